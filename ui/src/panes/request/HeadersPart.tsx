import { m } from "../../messages";
import {
  completeHeaderName,
  completeHeaderValue,
  type ImpliedHeader,
  impliedHeaders,
} from "../../request/headers";
import { editDraft, useDrafts } from "../../stores/drafts";
import { useWorkspace } from "../../stores/workspace";
import type { PartProps } from "./part";
import { Rows } from "./Rows";

/** The request's own headers, those of its folders, and those that are added when it is sent. */
export function HeadersPart({ tab, request, variables }: PartProps) {
  const above = useDrafts((s) => s[tab]?.inherited ?? null);
  const version = useWorkspace((s) => s.version);
  const { inherited, automatic } = impliedHeaders(request, above, version);
  return (
    <div className="req">
      <Rows
        title={m.request.headers}
        label={m.request.headerTable}
        namePlaceholder={m.request.addHeader}
        saved={request.headers}
        save={(headers) => editDraft(tab, { headers })}
        alone={(row) => ({ headers: [row] })}
        variables={variables}
        completeName={completeHeaderName}
        completeValue={completeHeaderValue}
      />
      <Implied title={m.request.inheritedHeaders} headers={inherited} />
      <Implied title={m.request.automaticHeaders} headers={automatic} />
    </div>
  );
}

function Implied({ title, headers }: { title: string; headers: readonly ImpliedHeader[] }) {
  if (headers.length === 0) return null;
  return (
    <div className="req-table">
      <div className="req-head">
        <h3 className="req-title">{title}</h3>
      </div>
      <div role="table" aria-label={title} className="implied">
        {headers.map((header, at) => (
          <div key={at} role="row" className="implied-row" data-replaced={header.replaced || undefined}>
            <span role="cell" className="mono">
              {header.name}
            </span>
            <span role="cell" className="mono" title={header.value}>
              {header.value}
            </span>
            <span role="cell" title={header.origin}>
              {header.replaced ? m.request.replaced : header.origin}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
