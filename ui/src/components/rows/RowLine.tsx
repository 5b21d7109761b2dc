import { memo, type ReactNode } from "react";
import type { Row } from "./source";
import { type Stretch, stretches } from "./stretches";

/** The text of one row. Not drawn again while it scrolls. */
export const RowText = memo(function RowText({
  row,
  index,
  current,
}: {
  row: Row | undefined;
  index: number;
  /** Where the hit one is at starts in the text; -1 when it is not in this row. */
  current: number;
}) {
  const line = row ? stretches(row) : null;
  return (
    <div role="row" aria-rowindex={index + 1} className="rows-line" data-quiet={line?.quiet || undefined}>
      <span role="cell">
        {line?.parts.map((part, key) => piece(part, key, current))}
        {row?.fold === "closed" ? <span className="rows-folded"> … </span> : null}
        {"\n"}
      </span>
    </div>
  );
});

function piece({ text, at, kind, hit }: Stretch, key: number, current: number): ReactNode {
  const className = kind ? `tok-${kind}` : undefined;
  if (hit)
    return (
      <mark key={key} className={className} data-current={hit[0] === current || undefined}>
        {text}
      </mark>
    );
  return className ? (
    <span key={at} className={className}>
      {text}
    </span>
  ) : (
    text
  );
}

interface GutterProps {
  row: Row | undefined;
  index: number;
  foldLabel: string;
  onFold: ((row: number, close: boolean) => void) | undefined;
}

/** The line number of one row and, where a fold starts, its arrow. */
export const RowGutter = memo(function RowGutter({ row, index, foldLabel, onFold }: GutterProps) {
  const foldable = row?.fold != null && onFold !== undefined;
  return (
    <div className="rows-number" data-foldable={foldable || undefined}>
      {foldable ? (
        <button
          type="button"
          tabIndex={-1}
          aria-label={`${foldLabel} ${row.number}`}
          aria-expanded={row.fold === "open"}
          className="rows-fold"
          onClick={() => onFold(index, row.fold === "open")}
        />
      ) : null}
      {row?.number ?? "\u00a0"}
    </div>
  );
});
