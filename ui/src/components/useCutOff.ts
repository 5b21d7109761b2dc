import { type RefObject, useEffect, useState } from "react";

export interface CutOff {
  /** There is more in the row than it has room for. */
  isCut: boolean;
  /** Something is scrolled out of sight before what is shown, or after it. */
  before: boolean;
  after: boolean;
}

const NONE: CutOff = { isCut: false, before: false, after: false };

/**
 * What of a row that scrolls sideways is out of sight. Whether anything is cut off is told by the row's
 * parent, so that a button shown because of it does not itself decide it.
 */
export function useCutOff(row: RefObject<HTMLElement | null>): CutOff {
  const [cut, setCut] = useState(NONE);
  useEffect(() => {
    const list = row.current;
    const around = list?.parentElement;
    if (!list || !around) return;
    const look = () => {
      const last = list.lastElementChild as HTMLElement | null;
      const first = list.firstElementChild as HTMLElement | null;
      const needed = last && first ? last.offsetLeft + last.offsetWidth - first.offsetLeft + PADDING : 0;
      let room = around.clientWidth;
      // Not laid out: a part that is hidden, say.
      if (room === 0) return setCut(NONE);
      for (const other of around.children)
        if (other !== list && !other.classList.contains("tabs-more"))
          room -= (other as HTMLElement).offsetWidth;
      const isCut = needed > room;
      const end = list.scrollLeft + list.clientWidth;
      const next = {
        isCut,
        before: isCut && list.scrollLeft > 1,
        after: isCut && end < list.scrollWidth - 1,
      };
      setCut((now) =>
        now.isCut === next.isCut && now.before === next.before && now.after === next.after ? now : next,
      );
    };
    // A mouse without a sideways wheel gets through as well.
    const onWheel = (event: WheelEvent) => {
      if (event.deltaX !== 0 || list.scrollWidth <= list.clientWidth) return;
      event.preventDefault();
      list.scrollLeft += event.deltaY;
    };
    const watch = new ResizeObserver(look);
    watch.observe(around);
    watch.observe(list);
    for (const tab of list.children) watch.observe(tab);
    const inside = new MutationObserver(() => {
      for (const tab of list.children) watch.observe(tab);
      look();
    });
    inside.observe(list, { childList: true });
    list.addEventListener("scroll", look, { passive: true });
    list.addEventListener("wheel", onWheel, { passive: false });
    look();
    return () => {
      watch.disconnect();
      inside.disconnect();
      list.removeEventListener("scroll", look);
      list.removeEventListener("wheel", onWheel);
    };
  }, [row]);
  return cut;
}

/** Of the row, before its first entry. */
const PADDING = 8;
