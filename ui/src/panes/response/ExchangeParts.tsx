import { useState } from "react";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { type TabItem, Tabs } from "../../components/Tabs";
import type { Exchange } from "../../ipc";
import { m } from "../../messages";
import { BodyTab } from "./body/BodyTab";
import { CheckStrip, ChecksTab } from "./ChecksTab";
import { CookiesTab } from "./CookiesTab";
import { Failure } from "./Failure";
import { HeadersTab } from "./HeadersTab";
import { Outcome } from "./Outcome";
import { TimelineTab } from "./timeline/TimelineTab";

type Section = "body" | "headers" | "cookies" | "timeline" | "checks";

export interface ExchangePartsProps {
  exchange: Exchange;
  /** Sends the same once more; absent in history. */
  onAgain?: (allowCrossOriginBody?: boolean) => void;
  /** It came from history, where a body may have been pruned. */
  isPast?: boolean;
}

/** A finished exchange: how it ended, and its parts. */
export function ExchangeParts({ exchange, onAgain, isPast }: ExchangePartsProps) {
  const [section, setSection] = useState<Section>("body");
  const hop = exchange.hops.at(-1);
  const { checks } = exchange;
  const schema = exchange.schema;
  const passed = checks.filter((check) => check.passed).length + (schema?.ok ? 1 : 0);
  const looked = checks.length + (schema ? 1 : 0);
  const cookies = exchange.hops.reduce((count, each) => count + each.cookies.length, 0);
  const tabs: TabItem<Section>[] = [
    { id: "body", title: m.response.body },
    { id: "headers", title: m.response.headers, badge: hop?.headers.length ?? null },
    { id: "cookies", title: m.response.cookies, badge: cookies },
    { id: "timeline", title: m.response.timeline },
    {
      id: "checks",
      title: m.response.checks,
      badge: looked > 0 ? `${passed}/${looked}` : null,
    },
  ];
  return (
    <Tabs<Section>
      label={m.response.sections}
      tabs={tabs}
      selected={section}
      onSelect={setSection}
      aside={<Outcome exchange={exchange} />}
    >
      <div className="response-part">
        <Ending exchange={exchange} onAgain={onAgain} />
        <div className="response-fill">
          {section === "body" ? <Body exchange={exchange} isPast={isPast ?? false} /> : null}
          {section === "headers" ? <HeadersTab hop={hop} /> : null}
          {section === "cookies" ? <CookiesTab hops={exchange.hops} /> : null}
          {section === "timeline" ? <TimelineTab exchange={exchange} /> : null}
          {section === "checks" ? <ChecksTab exchange={exchange} /> : null}
        </div>
        {section === "body" ? <CheckStrip checks={checks} schema={schema} /> : null}
      </div>
    </Tabs>
  );
}

/** What there is to say about how it ended, over whatever part is shown. */
function Ending({ exchange, onAgain }: Pick<ExchangePartsProps, "exchange" | "onAgain">) {
  const { state, error, warnings, body } = exchange;
  const url = exchange.hops.at(-1)?.url ?? exchange.url;
  return (
    <>
      {state === "truncated" ? (
        <ErrorNote
          tone="warn"
          message={[m.response.truncated, error?.message].filter(Boolean).join(" ")}
          hint={error?.hint ?? m.response.truncatedHint}
        />
      ) : state === "cancelled" ? (
        <ErrorNote
          tone="warn"
          message={m.response.cancelled}
          hint={body ? m.response.cancelledHint : m.response.cancelledEmpty}
        />
      ) : error ? (
        <Failure error={error} url={url} onAgain={onAgain} />
      ) : null}
      {warnings.length > 0 ? (
        <ul className="warnings" aria-label={m.response.warnings} data-selectable>
          {warnings.map((warning, at) => (
            <li key={at}>{warning}</li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

function Body({ exchange, isPast }: { exchange: Exchange; isPast: boolean }) {
  const { body, status, reason, hops } = exchange;
  if (body && body.size > 0) return <BodyTab key={body.id} body={body} />;
  if (status === null) return null;
  if (isPast && (hops.at(-1)?.decodedSize ?? 0) > 0)
    return <EmptyState title={m.response.bodyGone} hint={m.response.bodyGoneHint} />;
  return <EmptyState title={m.response.noBody} hint={m.response.noBodyHint(`${status} ${reason}`.trim())} />;
}
