import { useEffect, useState } from "react";
import type { RowSource } from "../../components/rows/source";
import { backend, type ViewKind, type ViewProgress } from "../../ipc";

const AGAIN_AFTER = 150;

interface View {
  id: string;
  progress: ViewProgress;
  /** The longest line seen so far. */
  columns: number;
  /** Counts what changed the rows themselves: a fold. */
  folds: number;
}

/** A view of a stored body as rows: opened, followed while it is built, closed at the end. */
export function useBodyView(body: string, contentType: string, kind: ViewKind) {
  const [view, setView] = useState<View | null>(null);

  useEffect(() => {
    let gone = false;
    let id: string | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const follow = async () => {
      if (gone || id === null) return;
      const progress = await backend().call("viewProgress", { view: id });
      setView((now) => now && { ...now, progress });
      if (!progress.done) timer = setTimeout(() => void follow().catch(() => undefined), AGAIN_AFTER);
    };
    const open = async () => {
      const opened = await backend().call("openView", { body, contentType, kind, filter: null });
      id = opened.view;
      if (gone)
        return void backend()
          .call("closeView", { view: id })
          .catch(() => undefined);
      setView({ id, progress: opened.progress, columns: 0, folds: 0 });
      if (!opened.progress.done) await follow();
    };
    void open().catch(() => setView(null));
    return () => {
      gone = true;
      clearTimeout(timer);
      if (id !== null)
        void backend()
          .call("closeView", { view: id })
          .catch(() => undefined);
    };
  }, [body, contentType, kind]);

  const [source, setSource] = useState<{ source: RowSource; of: View } | null>(null);
  if (view && source?.of !== view) setSource({ source: sourceOf(view, setView), of: view });
  const fold = async (row: number, closed: boolean) => {
    if (!view) return;
    const progress = await backend().call("foldRow", { view: view.id, row, closed });
    setView((now) => now && { ...now, progress, folds: now.folds + 1 });
  };
  return { source: source?.source ?? null, fold, progress: view?.progress ?? null };
}

function sourceOf(view: View, setView: (change: (now: View | null) => View | null) => void): RowSource {
  return {
    rowCount: view.progress.rows,
    columns: view.columns,
    rowsAt: async (from, to, columnFrom, columnTo) => {
      const { rows } = await backend().call("rows", { view: view.id, from, to, columnFrom, columnTo });
      const longest = Math.max(0, ...rows.map((row) => row.columns));
      if (longest > view.columns)
        setView((now) => now && { ...now, columns: Math.max(now.columns, longest) });
      return rows;
    },
  };
}
