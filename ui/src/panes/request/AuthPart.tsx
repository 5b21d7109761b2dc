import type { ReactNode } from "react";
import { Select } from "../../components/Select";
import { TemplateField } from "../../components/template/TemplateField";
import type { Auth } from "../../ipc";
import { m } from "../../messages";
import { editDraft, useDrafts } from "../../stores/drafts";
import { putAside, takeBack } from "./alternatives";
import type { PartProps } from "./part";

type Kind = Auth["type"];
const w = m.request.authPart;

const FRESH: Record<Exclude<Kind, "other">, Auth> = {
  inherit: { type: "inherit" },
  none: { type: "none" },
  basic: { type: "basic", username: "", password: "" },
  bearer: { type: "bearer", token: "" },
  apiKey: { type: "apiKey", key: "X-API-Key", value: "", placement: "header" },
};

/** The name of a scheme as people say it. */
export function schemeName(scheme: string): string {
  const known: Record<string, string> = {
    none: w.none,
    basic: w.basic,
    bearer: w.bearer,
    apiKey: w.apiKey,
  };
  return known[scheme] ?? scheme;
}

/** How the request proves who it is from. */
export function AuthPart({ tab, request, variables }: PartProps) {
  const { auth } = request;
  const set = (next: Auth) => editDraft(tab, { auth: next });
  const kept = auth.type === "other" ? auth : takeBack<Auth & { type: "other" }>(tab, "auth", "other");
  const choose = (kind: Kind) => {
    putAside(tab, "auth", auth.type, auth);
    const next = takeBack<Auth>(tab, "auth", kind) ?? (kind === "other" ? undefined : FRESH[kind]);
    if (next) set(next);
  };
  const options: { id: Kind; title: string }[] = [
    { id: "inherit", title: w.inherit },
    { id: "none", title: w.none },
    { id: "basic", title: w.basic },
    { id: "bearer", title: w.bearer },
    { id: "apiKey", title: w.apiKey },
    ...(kept ? [{ id: "other" as const, title: w.other(kept.scheme) }] : []),
  ];
  const field = (label: string, value: string, change: (value: string) => void) => (
    <Field label={label}>
      <TemplateField label={label} value={value} onChange={change} variables={variables} framed />
    </Field>
  );
  return (
    <div className="req req-form">
      <Field label={w.type}>
        <Select label={w.type} options={options} selected={auth.type} onSelect={choose} />
      </Field>
      {auth.type === "inherit" ? <InheritedFrom tab={tab} /> : null}
      {auth.type === "none" ? <p className="req-hint">{w.noneHint}</p> : null}
      {auth.type === "basic" ? (
        <>
          {field(w.user, auth.username, (username) => set({ ...auth, username }))}
          {field(w.password, auth.password, (password) => set({ ...auth, password }))}
        </>
      ) : null}
      {auth.type === "bearer" ? field(w.token, auth.token, (token) => set({ ...auth, token })) : null}
      {auth.type === "apiKey" ? (
        <>
          {field(w.key, auth.key, (key) => set({ ...auth, key }))}
          {field(w.value, auth.value, (value) => set({ ...auth, value }))}
          <Field label={w.place}>
            <Select
              label={w.place}
              options={[
                { id: "header", title: w.header },
                { id: "query", title: w.query },
              ]}
              selected={auth.placement}
              onSelect={(placement) => set({ ...auth, placement })}
            />
          </Field>
        </>
      ) : null}
      {auth.type === "other" ? <p className="req-hint">{w.otherHint(auth.scheme)}</p> : null}
      {["basic", "bearer", "apiKey"].includes(auth.type) ? <p className="req-hint">{w.secretHint}</p> : null}
    </div>
  );
}

function InheritedFrom({ tab }: { tab: string }) {
  const inherited = useDrafts((s) => s[tab]?.inherited?.auth ?? null);
  return (
    <p className="req-hint">
      {inherited ? w.inheritsFrom(schemeName(inherited.scheme), inherited.origin) : w.inheritsNothing}
    </p>
  );
}

/** A label beside its control. */
export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="req-field">
      <span className="req-label" aria-hidden>
        {label}
      </span>
      {children}
    </div>
  );
}
