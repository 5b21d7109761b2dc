import {
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { RowGutter, RowText } from "./RowLine";
import "./RowViewer.css";
import { scaleOf } from "./scale";
import { CHARACTER, type RowSource } from "./source";
import { COLUMN_WINDOW, useRowCache } from "./useRowCache";

/** What a pane may ask of a viewer. */
export interface RowViewerHandle {
  /** Brings a row (from 0) and a column into view, in the middle when it was out of sight. */
  reveal(row: number, column?: number): void;
  focus(): void;
  /** The first row in view, from 0. */
  firstRow(): number;
}

export interface RowViewerProps {
  /** Accessible name. */
  label: string;
  source: RowSource;
  /** Closes or opens the fold at a row (from 0); the owner answers with a new source. */
  onFold?(row: number, close: boolean): void;
  /** Accessible name of a fold arrow, before the line number. */
  foldLabel?: string;
  /** Wide enough for the largest line number when the source hides rows; else it follows `rowCount`. */
  gutterDigits?: number;
  /** The hit that one is at, among those the rows are marked with: row, and column of the whole line. */
  current?: { row: number; column: number } | null;
  handle?: Ref<RowViewerHandle>;
}

const ROW = 20;
const OVERSCAN = 4;
/** Above the first row. */
const MARGIN = 6;
/** JetBrains Mono is 0.6 em wide. */

/** A view over any number of rows. Only what is in sight, and a little around it, exists. */
export function RowViewer(props: RowViewerProps) {
  const { label, source, onFold, foldLabel = "", gutterDigits, current, handle } = props;
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ width: 800, height: 600 });
  const [at, setAt] = useState({ row: 0, column: 0 });
  // A scroll event that only echoes what was set from a position must not round that position.
  const echo = useRef({ top: -1, left: -1 });

  const gutter = 30 + Math.max(3, gutterDigits ?? String(source.rowCount).length) * CHARACTER;
  const textWidth = Math.max(100, view.width - gutter);
  const rows = scaleOf(source.rowCount + 1, ROW, view.height);
  const columns = scaleOf(source.columns + 4, CHARACTER, textWidth);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setView({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const moveTo = (row: number, column: number) => {
    const element = box.current;
    if (!element) return;
    const next = {
      row: Math.max(0, Math.min(rows.last, row)),
      column: Math.max(0, Math.min(columns.last, column)),
    };
    echo.current = {
      top: Math.round(rows.toPixels(next.row)),
      left: Math.round(columns.toPixels(next.column)),
    };
    element.scrollTop = echo.current.top;
    element.scrollLeft = echo.current.left;
    setAt(next);
  };

  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    const { scrollTop, scrollLeft } = element;
    const row = Math.abs(scrollTop - echo.current.top) <= 1 ? at.row : rows.toUnits(scrollTop);
    const column = Math.abs(scrollLeft - echo.current.left) <= 1 ? at.column : columns.toUnits(scrollLeft);
    if (row !== at.row || column !== at.column) {
      echo.current = { top: -1, left: -1 };
      setAt({ row, column });
    }
  };

  // A wheel step must move by rows, not by the many rows one pixel of a squeezed scroll bar stands for.
  const onWheel = (event: WheelEvent) => {
    if (!rows.squeezed && !columns.squeezed) return;
    event.preventDefault();
    const unit = event.deltaMode === 1 ? ROW : event.deltaMode === 2 ? view.height : 1;
    const [dx, dy] = event.shiftKey ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
    moveTo(at.row + (dy * unit) / ROW, at.column + (dx * unit) / CHARACTER);
  };
  useEffect(() => {
    const element = box.current;
    element?.addEventListener("wheel", onWheel, { passive: false });
    return () => element?.removeEventListener("wheel", onWheel);
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const page = view.height / ROW - 1;
    const command = event.ctrlKey || event.metaKey;
    const moves: Record<string, [number, number]> = {
      ArrowDown: [at.row + 1, at.column],
      ArrowUp: [at.row - 1, at.column],
      ArrowRight: [at.row, at.column + 4],
      ArrowLeft: [at.row, at.column - 4],
      PageDown: [at.row + page, at.column],
      PageUp: [at.row - page, at.column],
      Home: command ? [0, 0] : [at.row, 0],
      End: command ? [rows.last, 0] : [at.row, columns.last],
    };
    const move = moves[event.key];
    if (!move || event.altKey || event.shiftKey || (event.target as Element).tagName === "BUTTON") return;
    event.preventDefault();
    moveTo(...move);
  };

  useImperativeHandle(handle, () => ({
    focus: () => box.current?.focus(),
    firstRow: () => Math.floor(at.row),
    reveal: (row, column = 0) => {
      const inView = row >= at.row + 1 && row < at.row + view.height / ROW - 2;
      const shown = textWidth / CHARACTER;
      const columnInView = column >= at.column && column < at.column + shown - 10;
      moveTo(inView ? at.row : row - view.height / ROW / 2, columnInView ? at.column : column - shown / 2);
    },
  }));

  const first = Math.max(0, Math.floor(at.row) - OVERSCAN);
  const last = Math.min(source.rowCount, Math.ceil(at.row + view.height / ROW) + OVERSCAN);
  const long = source.columns > 2 * COLUMN_WINDOW;
  const columnFrom = long ? Math.max(0, Math.floor(at.column / COLUMN_WINDOW - 0.25) * COLUMN_WINDOW) : 0;
  const rowAt = useRowCache(source, first, last, columnFrom);
  // The rows of a layer follow each other in the flow: a box of its own for each would be a layer of its own.
  const y = MARGIN - Math.round((at.row - first) * ROW);
  const x = Math.round((columnFrom - at.column) * CHARACTER);
  const shown = Array.from({ length: Math.max(0, last - first) }, (_, n) => first + n);

  return (
    <div
      ref={box}
      role="table"
      className="rows"
      aria-label={label}
      aria-rowcount={source.rowCount}
      tabIndex={0}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
    >
      <div className="rows-space" role="none" style={{ height: rows.pixels, width: columns.pixels + gutter }}>
        <div className="rows-window" role="rowgroup" style={{ width: view.width, height: view.height }}>
          <div className="rows-clip" role="none" style={{ left: gutter }}>
            <div className="rows-layer" role="none" style={{ transform: `translate(${x}px, ${y}px)` }}>
              {shown.map((n) => (
                <RowText
                  key={n}
                  index={n}
                  row={rowAt(n)}
                  current={current?.row === n ? current.column - columnFrom : -1}
                />
              ))}
            </div>
          </div>
          <div className="rows-gutter" role="none" style={{ width: gutter }}>
            <div className="rows-layer" role="none" style={{ transform: `translateY(${y}px)` }}>
              {shown.map((n) => (
                <RowGutter key={n} index={n} row={rowAt(n)} foldLabel={foldLabel} onFold={onFold} />
              ))}
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}
