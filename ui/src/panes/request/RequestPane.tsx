import { lazy, Suspense } from "react";
import { ProgressLine } from "../../components/Progress";
import { type TabItem, Tabs } from "../../components/Tabs";
import type { Variables } from "../../components/template/variables";
import type { Request } from "../../ipc";
import { m } from "../../messages";
import { useCommands } from "../../stores/commands";
import { useDrafts } from "../../stores/drafts";
import { NO_NOTES, useNotes } from "../../stores/notes";
import { duplicateTab, saveTab } from "../../stores/saving";
import { type RequestSection, showSection, useSections } from "../../stores/sections";
import { codeOfTab } from "../../stores/transfer";
import { BodyPart } from "./BodyPart";
import { ChecksPart } from "./ChecksPart";
import { DocsPart } from "./DocsPart";
import { HeadersPart } from "./HeadersPart";
import { ParamsPart } from "./ParamsPart";
import "./parts.css";
import { RequestNotes } from "./RequestNotes";
import { ScriptsPart } from "./ScriptsPart";
import { SettingsPart } from "./SettingsPart";

/** Loaded when it is first looked at: the schemes and what belongs to them are not needed to start. */
const AuthPart = lazy(() => import("./AuthPart").then((made) => ({ default: made.AuthPart })));

/** Rows that count: on, and not blank. */
const on = (rows: readonly { enabled: boolean; name: string }[]) =>
  rows.filter((row) => row.enabled && row.name !== "").length;

const SET = "•";

function bodyBadge({ body }: Request): string | number | null {
  if (body.type === "formUrlEncoded" || body.type === "multipart") return on(body.rows);
  if (body.type === "raw") return body.text === "" ? null : SET;
  return body.type === "file" && body.files.length > 0 ? SET : null;
}

function sections(request: Request): TabItem<RequestSection>[] {
  const { params, headers, auth, checks, captures, scripts, settings, docs } = request;
  const own = Object.values(settings).filter((value) => value !== null).length;
  return [
    { id: "params", title: m.request.params, badge: on(params) },
    { id: "headers", title: m.request.headers, badge: on(headers) },
    { id: "auth", title: m.request.auth, badge: ["inherit", "none"].includes(auth.type) ? null : SET },
    { id: "body", title: m.request.body, badge: bodyBadge(request) },
    {
      id: "checks",
      title: m.request.checks,
      badge: [...checks, ...captures].filter((each) => each.enabled && each.expression !== "").length,
    },
    ...(scripts.length > 0
      ? [{ id: "scripts" as const, title: m.request.scripts, badge: scripts.length }]
      : []),
    { id: "settings", title: m.request.settings, badge: own },
    { id: "docs", title: m.request.docs, badge: docs === "" ? null : SET },
  ];
}

/** The parts of one tab's request. */
export function RequestPane({ tab, variables }: { tab: string; variables: Variables }) {
  const request = useDrafts((s) => s[tab]?.request);
  const chosen = useSections((s) => s[tab]);
  const failed = useNotes((s) => (s[tab] ?? NO_NOTES).readError !== null);
  useCommands({
    save: () => void saveTab(tab),
    duplicate: () => duplicateTab(tab, m.request.copyOf),
    copyAsCode: () => codeOfTab(tab),
  });
  if (!request)
    return (
      <section aria-label={m.request.region} className="request">
        <RequestNotes tab={tab} />
        {failed ? null : <ProgressLine label={m.request.notes.reading} />}
      </section>
    );
  const tabs = sections(request);
  const selected = tabs.find((each) => each.id === chosen)?.id ?? "params";
  const part = { tab, request, variables };
  return (
    <section aria-label={m.request.region} className="request">
      <RequestNotes tab={tab} />
      <div className="request-parts">
        <Tabs<RequestSection>
          label={m.request.sections}
          tabs={tabs}
          selected={selected}
          onSelect={(id) => showSection(tab, id)}
        >
          {selected === "params" ? <ParamsPart {...part} /> : null}
          {selected === "headers" ? <HeadersPart {...part} /> : null}
          {selected === "auth" ? (
            <Suspense>
              <AuthPart {...part} />
            </Suspense>
          ) : null}
          {selected === "body" ? <BodyPart {...part} /> : null}
          {selected === "checks" ? <ChecksPart {...part} /> : null}
          {selected === "scripts" ? <ScriptsPart scripts={request.scripts} /> : null}
          {selected === "settings" ? <SettingsPart {...part} /> : null}
          {selected === "docs" ? <DocsPart {...part} /> : null}
        </Tabs>
      </div>
    </section>
  );
}
