import { useVirtualizer } from "@tanstack/react-virtual";
import { Fragment, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { m } from "../../messages";
import type { Suggestion } from "../Suggestions";
import "./KeyValueTable.css";
import { fromText, type KeyValueRow, moveRow, newRow, toText } from "./rows";
import { TableRow, type ValueCell } from "./TableRow";

export interface KeyValueTableProps {
  /** Accessible name. */
  label: string;
  rows: readonly KeyValueRow[];
  onChange(rows: KeyValueRow[]): void;
  namePlaceholder?: string;
  /** Names come from elsewhere (path parameters): no adding, deleting or renaming. */
  fixed?: boolean;
  /** The whole table as text, one `name: value` a line. */
  bulk?: boolean;
  completeName?(typed: string): Suggestion[];
  renderValue?(cell: ValueCell): ReactNode;
  /** The name or the value of a row was left. */
  onLeave?(id: string, field: HTMLElement): void;
  /** Shown under a row, by its id. */
  note?: { row: string; content: ReactNode } | null;
}

const ROW = 30;
const VIRTUAL_FROM = 100;

/** Checkbox, name, value, description. The last, empty row adds; many lines may be pasted anywhere. */
export function KeyValueTable(props: KeyValueTableProps) {
  "use no memo";
  const { rows, onChange, onLeave, note } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const [blank, setBlank] = useState(newRow);
  const all = useMemo(() => (props.fixed ? rows : [...rows, blank]), [rows, blank, props.fixed]);
  const isVirtual = all.length > VIRTUAL_FROM;
  const virtual = useVirtualizer({
    count: all.length,
    enabled: isVirtual,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 8,
  });

  // Rows are memoised, so what they call must stay the same while the rows change.
  const now = useRef({ rows, onChange, blank, onLeave });
  useEffect(() => {
    now.current = { rows, onChange, blank, onLeave };
  });
  const change = useCallback((index: number, part: Partial<KeyValueRow>) => {
    const { rows, onChange, blank } = now.current;
    if (index < rows.length) return onChange(rows.map((r, at) => (at === index ? { ...r, ...part } : r)));
    onChange([...rows, { ...blank, ...part }]);
    setBlank(newRow());
  }, []);
  const remove = useCallback((index: number) => {
    now.current.onChange(now.current.rows.filter((_, at) => at !== index));
  }, []);
  const move = useCallback((index: number, by: -1 | 1) => {
    now.current.onChange(moveRow(now.current.rows, index, by));
  }, []);
  const leave = useCallback((index: number, field: HTMLElement) => {
    const row = now.current.rows[index];
    if (row) now.current.onLeave?.(row.id, field);
  }, []);
  const pasteLines = useCallback((index: number, text: string) => {
    const { rows, onChange } = now.current;
    const keep = rows.filter((r, at) => at !== index || r.name !== "" || r.value !== "");
    onChange([...keep.slice(0, index + 1), ...fromText(text), ...keep.slice(index + 1)]);
  }, []);

  if (props.bulk) return <BulkText label={props.label} rows={rows} onChange={onChange} />;

  const line = (index: number, top: number | undefined) => {
    const row = all[index];
    if (!row) return null;
    return (
      <TableRow
        key={row.id}
        row={row}
        index={index}
        top={top}
        isNew={!props.fixed && index === rows.length}
        fixed={props.fixed ?? false}
        namePlaceholder={props.namePlaceholder ?? m.table.addRow}
        renderValue={props.renderValue}
        complete={props.completeName}
        onChange={change}
        onDelete={remove}
        onMove={move}
        onPasteLines={pasteLines}
        onLeave={leave}
      />
    );
  };

  return (
    <div className="kv" data-virtual={isVirtual || undefined}>
      <div
        className="kv-scroll"
        ref={scroll}
        role="table"
        aria-label={props.label}
        aria-rowcount={all.length + 1}
      >
        {props.fixed ? null : (
          <div role="row" className="kv-row kv-head" aria-rowindex={1}>
            <div role="columnheader" className="kv-cell">
              <span className="visually-hidden">{m.table.enabled}</span>
            </div>
            {[m.table.name, m.table.value, m.table.description].map((title) => (
              <div key={title} role="columnheader" className="kv-cell">
                {title}
              </div>
            ))}
            <div role="none" className="kv-cell" />
          </div>
        )}
        {isVirtual ? (
          <div role="rowgroup" className="kv-space" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => line(item.index, item.start))}
          </div>
        ) : (
          <div role="rowgroup">
            {all.map((row, index) => (
              <Fragment key={row.id}>
                {line(index, undefined)}
                {note?.row === row.id ? (
                  <div role="row" className="kv-note">
                    <div role="cell">{note.content}</div>
                  </div>
                ) : null}
              </Fragment>
            ))}
          </div>
        )}
      </div>
      {note && isVirtual ? <div className="kv-note">{note.content}</div> : null}
    </div>
  );
}

/** The text is the person's own while they type; the rows follow it. */
function BulkText({ label, rows, onChange }: Pick<KeyValueTableProps, "label" | "rows" | "onChange">) {
  const [text, setText] = useState(() => toText(rows));
  return (
    <textarea
      className="mono kv-bulk"
      aria-label={m.table.bulkLabel(label)}
      value={text}
      spellCheck={false}
      onChange={(event) => {
        setText(event.currentTarget.value);
        onChange(fromText(event.currentTarget.value, rows));
      }}
    />
  );
}
