import { type PointerEvent, useRef, useState } from "react";

/** Where a dragged row would land, relative to the row under the pointer. */
export interface DropPlace {
  index: number;
  place: "before" | "inside" | "after";
}

interface RowDrag {
  rowHeight: number;
  count: number;
  isFolder(index: number): boolean;
  scroller(): HTMLElement | null;
  onDrop(from: number, to: DropPlace): void;
}

/**
 * Dragging rows of equal height by pointer events. HTML5 drag and drop is not used: web views treat
 * it differently on every platform, and it cannot be driven by WebDriver.
 */
export function useRowDrag(options: RowDrag) {
  const [target, setTarget] = useState<DropPlace | null>(null);
  const drag = useRef<{ from: number; y: number; active: boolean; target: DropPlace | null } | null>(null);

  const placeAt = (clientY: number): DropPlace | null => {
    const box = options.scroller();
    if (!box) return null;
    const rect = box.getBoundingClientRect();
    if (clientY < rect.top + options.rowHeight) box.scrollTop -= options.rowHeight / 2;
    if (clientY > rect.bottom - options.rowHeight) box.scrollTop += options.rowHeight / 2;
    const y = clientY - rect.top + box.scrollTop;
    const index = Math.max(0, Math.min(options.count - 1, Math.floor(y / options.rowHeight)));
    const part = y / options.rowHeight - index;
    if (options.isFolder(index) && part > 0.25 && part < 0.75) return { index, place: "inside" };
    return { index, place: part < 0.5 ? "before" : "after" };
  };

  const finish = (drop: boolean) => {
    const done = drag.current;
    drag.current = null;
    setTarget(null);
    if (drop && done?.active && done.target) options.onDrop(done.from, done.target);
    return done?.active ?? false;
  };

  const start = (event: PointerEvent, from: number) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    drag.current = { from, y: event.clientY, active: false, target: null };
    const move = (e: globalThis.PointerEvent) => {
      const now = drag.current;
      if (!now) return;
      if (!now.active && Math.abs(e.clientY - now.y) < 5) return;
      now.active = true;
      now.target = placeAt(e.clientY);
      setTarget(now.target);
    };
    const stop = (drop: boolean) => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", up);
      window.removeEventListener("keydown", key, true);
      if (finish(drop)) window.addEventListener("click", swallow, { capture: true, once: true });
      // No click follows a drag that ended elsewhere; do not swallow a later one.
      setTimeout(() => window.removeEventListener("click", swallow, true));
    };
    const up = () => stop(true);
    const key = (e: globalThis.KeyboardEvent) => {
      if (e.key === "Escape") stop(false);
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", up);
    window.addEventListener("keydown", key, true);
  };

  return { target, start };
}

const swallow = (event: MouseEvent) => {
  event.stopPropagation();
  event.preventDefault();
};
