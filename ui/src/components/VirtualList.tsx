import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import "./VirtualList.css";

interface VirtualListProps {
  label: string;
  role: "list" | "table";
  count: number;
  /** Height of a line before it is drawn, in pixels. */
  height: number;
  /** Above the lines, and stays there. */
  head?: ReactNode;
  render(at: number): ReactNode;
  onView?(first: number, last: number): void;
}

/** Lines of differing height, of which only those in view are drawn. */
export function VirtualList({ label, role, count, height, head, render, onView }: VirtualListProps) {
  // The virtualiser hands out one object that changes inside: the compiler must not remember it.
  "use no memo";
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    measureElement: (element) => element.getBoundingClientRect().height || height,
    overscan: 8,
  });
  const shown = virtual.getVirtualItems();
  const first = shown[0]?.index ?? 0;
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => onView?.(first, last));
  return (
    <div ref={box} className="virtual" tabIndex={0} role="group" aria-label={label}>
      <div role={role} aria-label={label} aria-rowcount={role === "table" ? count : undefined}>
        {head}
        <div
          className="virtual-body"
          role={role === "table" ? "rowgroup" : "none"}
          style={{ height: virtual.getTotalSize() }}
        >
          {shown.map((item) => (
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              role={role === "table" ? "row" : "listitem"}
              aria-posinset={role === "list" ? item.index + 1 : undefined}
              aria-setsize={role === "list" ? count : undefined}
              className="virtual-line"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {render(item.index)}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
