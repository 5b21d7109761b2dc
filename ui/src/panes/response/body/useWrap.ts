import { type RefObject, useEffect, useState } from "react";
import { CHARACTER } from "../../../components/rows/source";
import { useSettings } from "../../../stores/settings";

/** Widths are taken in steps, so that dragging a splitter does not build a view for every pixel. */
const STEP = 8;
/** Characters left for line numbers, the fold arrow and some indentation. */
const BESIDE = 16;

/** How many characters fit on a row of `pane`, when lines are to be wrapped. */
export function useWrap(pane: RefObject<HTMLElement | null>): number | null {
  const wrap = useSettings((settings) => settings.wrap);
  const [characters, setCharacters] = useState<number | null>(null);
  useEffect(() => {
    if (!wrap || pane.current === null) return;
    const measure = new ResizeObserver(([entry]) => {
      const fits = (entry?.contentRect.width ?? 0) / CHARACTER - BESIDE;
      setCharacters(Math.max(STEP * 3, Math.floor(fits / STEP) * STEP));
    });
    measure.observe(pane.current);
    return () => measure.disconnect();
  }, [wrap, pane]);
  return wrap ? characters : null;
}
