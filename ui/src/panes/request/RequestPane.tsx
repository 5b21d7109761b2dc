import { useState } from "react";
import { Tabs } from "../../components/Tabs";
import { KeyValueTable, type KeyValueTableProps } from "../../components/table/KeyValueTable";
import { TemplateField } from "../../components/template/TemplateField";
import type { Variables } from "../../components/template/variables";
import { m } from "../../messages";
import { editDraft, useDrafts } from "../../stores/drafts";
import { useRows } from "./useRows";

type Section = "params" | "headers";

/** The parts of one tab's request. */
export function RequestPane({ tab, variables }: { tab: string; variables: Variables }) {
  const request = useDrafts((s) => s[tab]?.request);
  const [section, setSection] = useState<Section>("params");
  if (!request) return <section aria-label={m.request.region} />;
  const query = request.params.filter((p) => p.kind === "query");
  const path = request.params.filter((p) => p.kind === "path");
  const value: KeyValueTableProps["renderValue"] = (cell) => (
    <TemplateField
      label={cell.label}
      value={cell.row.value}
      onChange={cell.onChange}
      onPaste={cell.onPaste}
      variables={variables}
      off={!cell.row.enabled}
    />
  );
  return (
    <section aria-label={m.request.region} style={{ height: "100%" }}>
      <Tabs<Section>
        label={m.request.sections}
        tabs={[
          { id: "params", title: m.request.params, badge: request.params.filter((p) => p.enabled).length },
          { id: "headers", title: m.request.headers, badge: request.headers.filter((h) => h.enabled).length },
        ]}
        selected={section}
        onSelect={setSection}
      >
        {section === "params" ? (
          <>
            <h3 className="request-part">{m.request.query}</h3>
            <Rows
              key={`${tab}-query`}
              label={m.request.queryTable}
              namePlaceholder={m.request.addParameter}
              saved={query}
              save={(rows) =>
                editDraft(tab, { params: [...rows.map((r) => ({ ...r, kind: "query" as const })), ...path] })
              }
              renderValue={value}
            />
            {path.length > 0 ? (
              <>
                <h3 className="request-part">{m.request.path}</h3>
                <Rows
                  key={`${tab}-path`}
                  label={m.request.pathTable}
                  saved={path}
                  save={(rows) =>
                    editDraft(tab, {
                      params: [...query, ...rows.map((r) => ({ ...r, kind: "path" as const }))],
                    })
                  }
                  renderValue={value}
                  fixed
                />
              </>
            ) : null}
          </>
        ) : (
          <Rows
            key={`${tab}-headers`}
            label={m.request.headerTable}
            namePlaceholder={m.request.addHeader}
            saved={request.headers}
            save={(headers) => editDraft(tab, { headers })}
            renderValue={value}
          />
        )}
      </Tabs>
    </section>
  );
}

interface Saved {
  name: string;
  value: string;
  description: string;
  enabled: boolean;
}

function Rows(
  props: Omit<KeyValueTableProps, "rows" | "onChange"> & { saved: Saved[]; save(rows: Saved[]): void },
) {
  const { saved, save, ...rest } = props;
  const [rows, change] = useRows(saved, save);
  return <KeyValueTable {...rest} rows={rows} onChange={change} />;
}
