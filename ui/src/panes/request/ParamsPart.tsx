import { m } from "../../messages";
import { withPath, withQuery } from "../../request/params";
import { editDraft } from "../../stores/drafts";
import type { PartProps } from "./part";
import { Rows } from "./Rows";

/** Query and path parameters; the URL follows them. */
export function ParamsPart({ tab, request, variables }: PartProps) {
  const query = request.params.filter((p) => p.kind === "query");
  const path = request.params.filter((p) => p.kind === "path");
  return (
    <div className="req">
      <Rows
        title={m.request.query}
        label={m.request.queryTable}
        namePlaceholder={m.request.addParameter}
        saved={query}
        save={(rows) => editDraft(tab, withQuery(request, rows))}
        alone={(row) => ({ params: [{ ...row, kind: "query" }] })}
        variables={variables}
      />
      {path.length > 0 ? (
        <Rows
          title={m.request.path}
          label={m.request.pathTable}
          saved={path}
          save={(rows) => editDraft(tab, withPath(request, rows))}
          alone={(row) => ({ params: [{ ...row, kind: "path" }] })}
          variables={variables}
          fixed
        />
      ) : null}
    </div>
  );
}
