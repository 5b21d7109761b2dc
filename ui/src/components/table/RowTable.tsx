import { Fragment, type KeyboardEvent, type ReactNode, useState } from "react";
import { m } from "../../messages";
import { Checkbox } from "../Checkbox";
import { IconButton } from "../IconButton";
import { X } from "../icons";
import "./KeyValueTable.css";
import "./RowTable.css";

/** What a cell is given. */
export interface RowCell<T> {
  row: T;
  /** Accessible name: "Look at, row 1". */
  label: string;
  index: number;
  isNew: boolean;
  change(part: Partial<T>): void;
}

export interface RowColumn<T> {
  title: string;
  /** A track of a CSS grid: `minmax(0, 2fr)`, `120px`. */
  width: string;
  cell(cell: RowCell<T>): ReactNode;
}

export interface RowTableProps<T extends { enabled?: boolean }> {
  /** Accessible name. */
  label: string;
  rows: readonly T[];
  columns: readonly RowColumn<T>[];
  /** What the empty last row is made of. */
  blank: T;
  /** Rows cannot be switched off. */
  always?: boolean;
  onChange(rows: T[]): void;
  /** A field of a row was left. */
  onLeave?(at: number, field: HTMLElement): void;
  /** Shown under a row. */
  note?: { row: number; content: ReactNode } | null;
}

/** Rows with columns of any kind, each with a check box; the last, empty row adds. */
export function RowTable<T extends { enabled?: boolean }>(props: RowTableProps<T>) {
  const { rows, columns, blank, onChange, note } = props;
  // A key that changes with each added row gives the new last row fresh cells.
  const [keys, setKeys] = useState(() => rows.map(() => nextKey()));
  if (keys.length < rows.length + 1)
    setKeys([...keys, ...Array.from({ length: rows.length + 1 - keys.length }, nextKey)]);
  const template = `${props.always ? "" : "28px "}${columns.map((column) => column.width).join(" ")} 26px`;
  const change = (at: number, part: Partial<T>) => {
    if (at < rows.length) return onChange(rows.map((row, n) => (n === at ? { ...row, ...part } : row)));
    onChange([...rows, { ...blank, ...part }]);
  };
  const remove = (at: number) => {
    setKeys(keys.filter((_, n) => n !== at));
    onChange(rows.filter((_, n) => n !== at));
  };
  const move = (at: number, by: -1 | 1) => {
    const to = at + by;
    if (at >= rows.length || to < 0 || to >= rows.length) return;
    const swapped = <V,>(list: readonly V[]) => list.with(at, list[to] as V).with(to, list[at] as V);
    setKeys(swapped(keys));
    onChange(swapped(rows));
  };
  const onKeyDown = (at: number) => (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    move(at, event.key === "ArrowUp" ? -1 : 1);
  };
  return (
    <div
      className="kv row-table"
      data-always={props.always || undefined}
      role="table"
      aria-label={props.label}
      aria-rowcount={rows.length + 2}
    >
      <div role="row" className="kv-row kv-head" style={{ gridTemplateColumns: template }} aria-rowindex={1}>
        {props.always ? null : (
          <div role="columnheader" className="kv-cell">
            <span className="visually-hidden">{m.table.enabled}</span>
          </div>
        )}
        {columns.map(({ title }) => (
          <div key={title} role="columnheader" className="kv-cell">
            {title}
          </div>
        ))}
        <div role="none" className="kv-cell" />
      </div>
      {[...rows, blank].map((row, at) => (
        <Fragment key={keys[at] ?? at}>
          <div
            role="row"
            className="kv-row row-table-row"
            style={{ gridTemplateColumns: template }}
            aria-rowindex={at + 2}
            data-off={row.enabled === false || undefined}
            onKeyDown={onKeyDown(at)}
            onBlur={(event) => props.onLeave?.(at, event.target)}
          >
            {props.always ? null : (
              <div role="cell" className="kv-cell">
                {at < rows.length ? (
                  <Checkbox
                    label={m.table.cell(m.table.enabled, at + 1)}
                    checked={row.enabled ?? true}
                    onChange={(enabled) => change(at, { enabled } as Partial<T>)}
                  />
                ) : null}
              </div>
            )}
            {columns.map((column) => (
              <div key={column.title} role="cell" className="kv-cell">
                {column.cell({
                  row,
                  label: m.table.cell(column.title, at + 1),
                  index: at,
                  isNew: at === rows.length,
                  change: (part) => change(at, part),
                })}
              </div>
            ))}
            <div role="cell" className="kv-cell">
              {at < rows.length ? (
                <span className="kv-delete">
                  <IconButton
                    label={m.table.deleteRow(String(at + 1))}
                    icon={X}
                    small
                    onPress={() => remove(at)}
                  />
                </span>
              ) : null}
            </div>
          </div>
          {note?.row === at ? (
            <div role="row" className="kv-note">
              <div role="cell">{note.content}</div>
            </div>
          ) : null}
        </Fragment>
      ))}
    </div>
  );
}

let last = 0;
const nextKey = () => ++last;
