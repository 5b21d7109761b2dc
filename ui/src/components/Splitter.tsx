import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from "react";
import "./Splitter.css";

export interface SplitProps {
  /** Accessible name of the handle: what it resizes. */
  label: string;
  direction: "row" | "column";
  /** Size of the first part: pixels, or a fraction of the whole when `unit` is "fraction". */
  size: number;
  unit?: "pixels" | "fraction";
  min?: number;
  max?: number;
  onResize(size: number): void;
  /** A double click on the handle comes back to this. */
  initial?: number;
  first: ReactNode;
  second: ReactNode;
}

/** Two parts and a handle between them, to be dragged or moved by arrow keys. The owner keeps the size. */
export function Split(props: SplitProps) {
  const { direction, size, unit = "pixels", min = 160, max = unit === "fraction" ? 0.8 : 600 } = props;
  const box = useRef<HTMLDivElement>(null);
  const least = unit === "fraction" ? Math.min(min, 0.2) : min;
  const set = (to: number) => props.onResize(Math.min(max, Math.max(least, to)));
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const rect = box.current?.getBoundingClientRect();
    if (event.button !== 0 || !rect) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const handle = event.currentTarget;
    const move = (e: globalThis.PointerEvent) => {
      const pixels = direction === "row" ? e.clientX - rect.left : e.clientY - rect.top;
      set(
        unit === "fraction" ? pixels / (direction === "row" ? rect.width : rect.height) : Math.round(pixels),
      );
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", () => handle.removeEventListener("pointermove", move), {
      once: true,
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [less, more] = direction === "row" ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    const step = (unit === "fraction" ? 0.02 : 16) * (event.shiftKey ? 4 : 1);
    if (event.key === less) set(size - step);
    else if (event.key === more) set(size + step);
    else if (event.key === "Home") set(least);
    else if (event.key === "End") set(max);
    else return;
    event.preventDefault();
  };
  const percent = (value: number) => Math.round(unit === "fraction" ? value * 100 : value);
  return (
    <div ref={box} className="split" data-direction={direction}>
      <div
        className="split-part"
        style={{ flex: `0 0 ${unit === "fraction" ? `${size * 100}%` : `${size}px`}` }}
      >
        {props.first}
      </div>
      <div
        role="separator"
        className="split-handle"
        aria-label={props.label}
        aria-orientation={direction === "row" ? "vertical" : "horizontal"}
        aria-valuenow={percent(size)}
        aria-valuemin={percent(least)}
        aria-valuemax={percent(max)}
        tabIndex={0}
        onPointerDown={onPointerDown}
        onKeyDown={onKeyDown}
        onDoubleClick={() => props.initial !== undefined && set(props.initial)}
      />
      <div className="split-part split-rest">{props.second}</div>
    </div>
  );
}
