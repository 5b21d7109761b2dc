import type { Timings } from "../../../ipc";

export const PHASES = ["lookup", "connect", "tls", "send", "wait", "download"] as const;
export type PhaseName = (typeof PHASES)[number];

/** A stretch of the waterfall, in microseconds from the start of the exchange. */
export interface Bar {
  phase: PhaseName;
  from: number;
  length: number;
}

/** The phases of a hop one after the other; one that did not happen has no bar. */
export function bars(timings: Timings): Bar[] {
  let at = timings.start;
  return PHASES.flatMap((phase) => {
    const length = timings[phase];
    if (length === null) return [];
    const bar = { phase, from: at, length };
    at += length;
    return [bar];
  });
}

/** Round figures for a scale from 0 to `whole`, at most five of them after 0. */
export function ticks(whole: number): number[] {
  if (whole <= 0) return [0];
  const rough = whole / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= rough) ?? rough;
  const count = Math.floor(whole / step);
  return Array.from({ length: count + 1 }, (_, n) => n * step);
}
