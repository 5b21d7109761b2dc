import { useState } from "react";
import { Button } from "../../components/Button";
import type { Suggestion } from "../../components/Suggestions";
import { KeyValueTable, type KeyValueTableProps } from "../../components/table/KeyValueTable";
import { TemplateField } from "../../components/template/TemplateField";
import type { Variables } from "../../components/template/variables";
import type { Request } from "../../ipc";
import { m } from "../../messages";
import { useRowOffer } from "./useRowOffer";
import { useRows } from "./useRows";

/** A row as it is saved. */
export interface SavedRow {
  name: string;
  value: string;
  description: string;
  enabled: boolean;
}

interface RowsProps
  extends Omit<KeyValueTableProps, "rows" | "onChange" | "renderValue" | "bulk" | "onLeave" | "note"> {
  /** Shown over the table. */
  title: string;
  saved: readonly SavedRow[];
  save(rows: SavedRow[]): void;
  variables: Variables;
  completeValue?(name: string, typed: string): Suggestion[];
  /** A row as the only thing of a request. */
  alone(row: SavedRow): Partial<Request>;
}

/** A table of the request with its heading; values take variables, and all of it can be edited as text. */
export function Rows({ title, saved, save, variables, completeValue, alone, ...rest }: RowsProps) {
  const [rows, change] = useRows(saved, save);
  const [bulk, setBulk] = useState(false);
  const offer = useRowOffer({
    rowAt: (id: string) => rows.find((row) => row.id === id),
    alone: ({ name, value, description, enabled }) => alone({ name, value, description, enabled }),
    onValue: (id, value) => change(rows.map((row) => (row.id === id ? { ...row, value } : row))),
  });
  return (
    <div className="req-table" data-long={saved.length > 99 || undefined}>
      <div className="req-head">
        <h3 className="req-title">{title}</h3>
        {rest.fixed ? null : (
          <Button kind="quiet" small label={`${m.request.bulkEdit}: ${title}`} onPress={() => setBulk(!bulk)}>
            {bulk ? m.request.asTable : m.request.bulkEdit}
          </Button>
        )}
      </div>
      <KeyValueTable
        {...rest}
        rows={rows}
        onChange={change}
        bulk={bulk}
        onLeave={offer.onLeave}
        note={offer.note}
        renderValue={(cell) => (
          <TemplateField
            label={cell.label}
            value={cell.row.value}
            onChange={cell.onChange}
            onPaste={cell.onPaste}
            variables={variables}
            off={!cell.row.enabled}
            complete={completeValue && ((typed) => completeValue(cell.row.name, typed))}
          />
        )}
      />
    </div>
  );
}
