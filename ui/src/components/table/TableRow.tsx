import { X } from "lucide-react";
import { type ClipboardEvent, type FocusEvent, type KeyboardEvent, memo, type ReactNode } from "react";
import { m } from "../../messages";
import { Checkbox } from "../Checkbox";
import { IconButton } from "../IconButton";
import type { Suggestion } from "../Suggestions";
import { NameCell } from "./NameCell";
import type { KeyValueRow } from "./rows";

/** What a value cell is given. */
export interface ValueCell {
  label: string;
  row: KeyValueRow;
  onChange(value: string): void;
  onPaste(event: ClipboardEvent<HTMLInputElement>): void;
}

export interface TableRowProps {
  row: KeyValueRow;
  index: number;
  top: number | undefined;
  /** The empty last row. */
  isNew: boolean;
  namePlaceholder: string;
  /** Names cannot be changed, rows neither added nor taken away. */
  fixed: boolean;
  renderValue: ((cell: ValueCell) => ReactNode) | undefined;
  complete: ((typed: string) => Suggestion[]) | undefined;
  onChange(index: number, part: Partial<KeyValueRow>): void;
  onDelete(index: number): void;
  onMove(index: number, by: -1 | 1): void;
  onPasteLines(index: number, text: string): void;
  /** The field of the name or of the value was left. */
  onLeave(index: number, field: HTMLElement): void;
}

/** One row; drawn again only when it changed. */
export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { row, index } = props;
  const change = (part: Partial<KeyValueRow>) => props.onChange(index, part);
  const onPaste = (event: ClipboardEvent<HTMLInputElement>) => {
    const text = event.clipboardData.getData("text/plain");
    if (props.fixed || !/[\r\n]\s*\S/.test(text)) return;
    event.preventDefault();
    props.onPasteLines(index, text);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      props.onMove(index, event.key === "ArrowUp" ? -1 : 1);
    }
  };
  const onBlur = (event: FocusEvent<HTMLElement>) => props.onLeave(index, event.target);
  const label = (column: string) => m.table.cell(column, index + 1);
  const value: ValueCell = {
    label: label(m.table.value),
    row,
    onChange: (v) => change({ value: v }),
    onPaste,
  };
  return (
    <div
      role="row"
      className="kv-row"
      aria-rowindex={index + 2}
      data-off={!row.enabled || undefined}
      style={props.top === undefined ? undefined : { transform: `translateY(${props.top}px)` }}
      onKeyDown={onKeyDown}
    >
      <div role="cell" className="kv-cell">
        {props.isNew || props.fixed ? null : (
          <Checkbox
            label={label(m.table.enabled)}
            checked={row.enabled}
            onChange={(enabled) => change({ enabled })}
          />
        )}
      </div>
      <div role="cell" className="kv-cell" onBlur={onBlur}>
        <NameCell
          label={label(m.table.name)}
          value={row.name}
          placeholder={props.isNew ? props.namePlaceholder : undefined}
          readOnly={props.fixed}
          onChange={(name) => change({ name })}
          onPaste={onPaste}
          complete={props.complete}
        />
      </div>
      <div role="cell" className="kv-cell" onBlur={onBlur}>
        {props.renderValue ? (
          props.renderValue(value)
        ) : (
          <input
            className="mono"
            aria-label={value.label}
            value={row.value}
            spellCheck={false}
            onPaste={onPaste}
            onChange={(event) => change({ value: event.currentTarget.value })}
          />
        )}
      </div>
      <div role="cell" className="kv-cell">
        <input
          className="kv-description"
          aria-label={label(m.table.description)}
          value={row.description}
          onChange={(event) => change({ description: event.currentTarget.value })}
        />
      </div>
      <div role="cell" className="kv-cell">
        {props.isNew || props.fixed ? null : (
          <span className="kv-delete">
            <IconButton
              label={m.table.deleteRow(row.name || String(index + 1))}
              icon={X}
              small
              onPress={() => props.onDelete(index)}
            />
          </span>
        )}
      </div>
    </div>
  );
});
