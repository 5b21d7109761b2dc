import { useEffect, useRef, useState } from "react";
import type { RowViewerHandle } from "../../../components/rows/RowViewer";
import { asCommandError, backend, type CommandError, type FindProgress, type Hit } from "../../../ipc";
import type { BodyView } from "./useBodyView";

const TYPED_AFTER = 120;
const AGAIN_AFTER = 100;

export interface FindOptions {
  text: string;
  regex: boolean;
  caseSensitive: boolean;
  wholeWord: boolean;
}

export const NO_FIND: FindOptions = { text: "", regex: false, caseSensitive: false, wholeWord: false };

export interface FindState {
  progress: FindProgress | null;
  hit: Hit | null;
  /** An expression that cannot be read. */
  error: CommandError | null;
  /** Goes to the next hit, or the one before; round the ends. */
  step(by: 1 | -1): Promise<void>;
}

/** A search in a view: started while typing, followed while it runs, its hits gone through. */
export function useFind(
  view: BodyView,
  options: FindOptions | null,
  viewer: { current: RowViewerHandle | null },
): FindState {
  const [progress, setProgress] = useState<FindProgress | null>(null);
  const [hit, setHit] = useState<Hit | null>(null);
  const [error, setError] = useState<CommandError | null>(null);
  // The latest view, for what runs later.
  const latest = useRef(view);
  useEffect(() => {
    latest.current = view;
  });
  const { id } = view;
  const text = options?.text ?? "";
  const { regex, caseSensitive, wholeWord } = options ?? NO_FIND;

  const show = async (wanted: number) => {
    if (id === null) return;
    const before = latest.current.progress?.rows;
    const found = await backend().call("hit", { view: id, index: wanted });
    const after = await backend().call("viewProgress", { view: id });
    if (after.rows !== before) await latest.current.refresh(true);
    setHit(found);
    // After the rows that were unfolded are known to the viewer.
    requestAnimationFrame(() => viewer.current?.reveal(found.row, found.column));
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: a search is of a view and what is looked for.
  useEffect(() => {
    if (id === null) return;
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shown = false;
    const follow = async (state: FindProgress) => {
      if (gone) return;
      setProgress(state);
      if (!shown && state.count > 0) {
        shown = true;
        await latest.current.refresh(true);
        const from = viewer.current?.firstRow() ?? 0;
        const to = latest.current.progress?.rows ?? from;
        const { hits } = await backend().call("hitAfter", { view: id, from, to });
        if (!gone) await show(hits[0]?.index ?? 0).catch(() => undefined);
      }
      if (gone) return;
      if (state.done) return latest.current.refresh(state.count > 0);
      timer = setTimeout(() => void again(), AGAIN_AFTER);
    };
    const again = () =>
      backend()
        .call("findProgress", { view: id })
        .then(follow)
        .catch(() => undefined);
    const start = async () => {
      setHit(null);
      setError(null);
      try {
        await follow(await backend().call("find", { view: id, text, regex, caseSensitive, wholeWord }));
        if (text === "") setProgress(null);
      } catch (thrown) {
        setProgress(null);
        if (!gone) setError(asCommandError(thrown));
      }
    };
    // Nothing was looked for and nothing is: the core need not hear of it.
    if (text === "" && progress === null) return;
    timer = setTimeout(() => void start(), text === "" ? 0 : TYPED_AFTER);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [id, text, regex, caseSensitive, wholeWord]);

  const step = async (by: 1 | -1) => {
    const count = progress?.count ?? 0;
    if (count === 0) return;
    await show(((hit?.index ?? (by === 1 ? -1 : 0)) + by + count) % count).catch(() => undefined);
  };
  return { progress: text === "" ? null : progress, hit, error, step };
}
