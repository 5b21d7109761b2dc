import { useState } from "react";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { ProgressLine } from "../../components/Progress";
import { RowViewer } from "../../components/rows/RowViewer";
import { StatusBadge } from "../../components/StatusBadge";
import { Tabs } from "../../components/Tabs";
import { m } from "../../messages";
import { NO_EXCHANGE, useExchanges } from "../../stores/exchange";
import "./ResponsePane.css";
import { useBodyView } from "./useBodyView";

type Section = "body" | "headers";

/** The last answer of one tab. */
export function ResponsePane({ tab }: { tab: string }) {
  const { done, running, error } = useExchanges((s) => s[tab] ?? NO_EXCHANGE);
  const [section, setSection] = useState<Section>("body");
  const failed = error ?? done?.error;
  const hop = done?.hops.at(-1);
  return (
    <section aria-label={m.response.region} className="response" data-old={running !== null || undefined}>
      {running ? <ProgressLine label={m.response.sending} /> : null}
      {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
      {done ? (
        <Tabs<Section>
          label={m.response.sections}
          tabs={[
            { id: "body", title: m.response.body },
            { id: "headers", title: m.request.headers, badge: hop?.headers.length ?? 0 },
          ]}
          selected={section}
          onSelect={setSection}
          aside={
            <>
              {done.status ? <StatusBadge status={done.status} text={done.reason} /> : null}
              <span className="response-figure">{Math.round(done.durationUs / 1000)} ms</span>
              {done.body ? <span className="response-figure">{size(done.body.size)}</span> : null}
            </>
          }
        >
          {section === "headers" ? (
            <dl className="response-headers mono" data-selectable>
              {hop?.headers.map((header, at) => (
                <div key={at}>
                  <dt>{header.name}</dt>
                  <dd>{header.value}</dd>
                </div>
              ))}
            </dl>
          ) : done.body ? (
            <Body body={done.body.id} contentType={done.body.contentType} />
          ) : null}
        </Tabs>
      ) : failed || running ? null : (
        <EmptyState title={m.response.empty} hint={m.response.emptyHint} />
      )}
    </section>
  );
}

function Body({ body, contentType }: { body: string; contentType: string }) {
  const { source, fold } = useBodyView(body, contentType, "pretty");
  return source ? (
    <RowViewer label={m.response.body} source={source} onFold={fold} foldLabel={m.response.fold} />
  ) : null;
}

function size(bytes: number): string {
  const units = ["B", "KB", "MB", "GB"];
  const power = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value >= 100 || power === 0 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}
