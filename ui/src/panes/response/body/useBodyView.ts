import { useEffect, useRef, useState } from "react";
import type { Row, RowSource } from "../../../components/rows/source";
import {
  asCommandError,
  backend,
  type CommandError,
  type Filter,
  type Hit,
  type ViewKind,
  type ViewProgress,
} from "../../../ipc";

const AGAIN_AFTER = 150;

interface View {
  id: string;
  /** What it was opened for. */
  of: string;
  progress: ViewProgress;
  /** The longest line seen so far. */
  columns: number;
  /** Counts what changed the rows themselves: a fold, new hits. */
  changes: number;
  /** Whether a search runs whose hits are to be marked. */
  marked: boolean;
}

export interface BodyView {
  /** Names the view in commands; `null` until it is open. */
  id: string | null;
  source: RowSource | null;
  progress: ViewProgress | null;
  /** Why the view that was asked for cannot be opened; the one before it stays. */
  error: CommandError | null;
  fold(row: number, closed: boolean): Promise<void>;
  foldAll(level: number | null): Promise<void>;
  /** Looks at the rows again: something unfolded them, or there are other hits to mark. */
  refresh(marked: boolean): Promise<void>;
}

const close = (view: string) =>
  void backend()
    .call("closeView", { view })
    .catch(() => undefined);

/** A view of a stored body as rows: opened, followed while it is built, closed at the end. */
export function useBodyView(
  body: string,
  contentType: string,
  kind: ViewKind,
  filter: Filter | null,
  /** Characters after which a line goes on on the next row. */
  wrap: number | null,
): BodyView {
  const [view, setView] = useState<View | null>(null);
  const [failure, setFailure] = useState<{ of: string; error: CommandError } | null>(null);
  const current = useRef<string | null>(null);
  const of = JSON.stringify([body, contentType, kind, filter, wrap]);

  useEffect(() => {
    let gone = false;
    const open = async () => {
      const [body, contentType, kind, filter, wrap] = JSON.parse(of);
      const opened = await backend().call("openView", { body, contentType, kind, filter, wrap });
      if (gone) return close(opened.view);
      if (current.current !== null) close(current.current);
      current.current = opened.view;
      setFailure(null);
      setView({ id: opened.view, of, progress: opened.progress, columns: 0, changes: 0, marked: false });
    };
    open().catch((thrown) => !gone && setFailure({ of, error: asCommandError(thrown) }));
    return () => {
      gone = true;
    };
  }, [of]);
  useEffect(
    () => () => {
      if (current.current !== null) close(current.current);
      current.current = null;
    },
    [],
  );

  const id = view?.id ?? null;
  const growing = view !== null && !view.progress.done;
  useEffect(() => {
    if (id === null || !growing) return;
    const look = async () => {
      const progress = await backend().call("viewProgress", { view: id });
      setView((now) => (now?.id === id ? { ...now, progress } : now));
    };
    const timer = setInterval(() => void look().catch(() => undefined), AGAIN_AFTER);
    return () => clearInterval(timer);
  }, [id, growing]);

  const [made, setMade] = useState<{ source: RowSource; of: View } | null>(null);
  if (view && made?.of !== view) setMade({ source: sourceOf(view, setView), of: view });

  const changed = (progress: ViewProgress, part: Partial<View> = {}) =>
    setView((now) => now && { ...now, ...part, progress, changes: now.changes + 1 });
  return {
    id,
    source: made?.source ?? null,
    progress: view?.progress ?? null,
    error: failure?.of === of ? failure.error : null,
    fold: async (row, closed) => {
      if (id !== null) changed(await backend().call("foldRow", { view: id, row, closed }));
    },
    foldAll: async (level) => {
      if (id !== null) changed(await backend().call("foldAll", { view: id, level }));
    },
    refresh: async (marked) => {
      if (id === null) return;
      const progress = await backend().call("viewProgress", { view: id });
      changed(progress, { marked });
    },
  };
}

function sourceOf(view: View, setView: (change: (now: View | null) => View | null) => void): RowSource {
  return {
    rowCount: view.progress.rows,
    columns: view.columns,
    rowsAt: async (from, to, columnFrom, columnTo) => {
      const [{ rows }, { hits }] = await Promise.all([
        backend().call("rows", { view: view.id, from, to, columnFrom, columnTo }),
        view.marked ? backend().call("hitsIn", { view: view.id, from, to }) : { hits: [] },
      ]);
      const longest = rows.reduce((most, row) => Math.max(most, row.columns), 0);
      setView((now) => (now?.id === view.id && longest > now.columns ? { ...now, columns: longest } : now));
      return hits.length === 0 ? rows : withHits(rows, hits, from, columnFrom);
    },
  };
}

/** Puts hits (in columns of whole lines) onto the rows they are in (in characters of the cut text). */
export function withHits(
  rows: readonly Row[],
  hits: readonly Hit[],
  from: number,
  columnFrom: number,
): Row[] {
  const byRow = new Map<number, Hit[]>();
  for (const hit of hits) {
    const own = byRow.get(hit.row - from);
    if (own) own.push(hit);
    else byRow.set(hit.row - from, [hit]);
  }
  return rows.map((row, at) => {
    const own = byRow.get(at);
    if (!own) return row;
    const marks = own.flatMap((hit): [number, number][] => {
      const start = Math.max(0, hit.column - columnFrom);
      const end = Math.min(row.text.length, hit.column - columnFrom + hit.length);
      return end > start ? [[start, end - start]] : [];
    });
    return { ...row, hits: marks };
  });
}
