import { memo, type ReactNode } from "react";
import type { Row } from "./source";

/** Cuts a row's text into coloured and marked stretches. */
function pieces(row: Row): ReactNode[] {
  const out: ReactNode[] = [];
  const hits = row.hits ?? [];
  const put = (from: number, to: number, kind: string) => {
    let at = from;
    for (const [start, length, current] of hits) {
      const end = Math.min(to, start + length);
      if (end <= at || start >= to) continue;
      if (start > at) out.push(piece(out.length, row.text.slice(at, start), kind));
      const begin = Math.max(at, start);
      out.push(
        <mark key={out.length} className={`tok-${kind}`} data-current={current || undefined}>
          {row.text.slice(begin, end)}
        </mark>,
      );
      at = end;
    }
    if (at < to) out.push(piece(out.length, row.text.slice(at, to), kind));
  };
  let at = 0;
  for (const [start, length, kind] of row.tokens) {
    if (start > at) put(at, start, "plain");
    put(start, start + length, kind);
    at = start + length;
  }
  if (at < row.text.length) put(at, row.text.length, "plain");
  return out;
}

function piece(key: number, text: string, kind: string): ReactNode {
  return kind === "plain" ? (
    text
  ) : (
    <span key={key} className={`tok-${kind}`}>
      {text}
    </span>
  );
}

/** The text of one row at its place. Not drawn again while it scrolls. */
export const RowText = memo(function RowText({
  row,
  index,
  top,
}: {
  row: Row | undefined;
  index: number;
  top: number;
}) {
  return (
    <div role="row" aria-rowindex={index + 1} className="rows-line" style={{ top }}>
      <span role="cell">
        {row ? pieces(row) : null}
        {row?.fold === "closed" ? <span className="rows-folded"> … </span> : null}
        {"\n"}
      </span>
    </div>
  );
});

interface GutterProps {
  row: Row | undefined;
  index: number;
  top: number;
  foldLabel: string;
  onFold: ((row: number, close: boolean) => void) | undefined;
}

/** The line number of one row and, where a fold starts, its arrow. */
export const RowGutter = memo(function RowGutter({ row, index, top, foldLabel, onFold }: GutterProps) {
  const foldable = row?.fold != null && onFold !== undefined;
  return (
    <div className="rows-number" style={{ top }}>
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
      {row?.number ?? ""}
    </div>
  );
});
