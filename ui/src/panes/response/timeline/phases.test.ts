import { expect, it } from "vitest";
import { bars, ticks } from "./phases";

it("lays the phases of a hop end to end, without those that did not happen", () => {
  const timings = { start: 100, lookup: null, connect: null, tls: null, send: 5, wait: 40, download: 0 };
  expect(bars(timings)).toEqual([
    { phase: "send", from: 100, length: 5 },
    { phase: "wait", from: 105, length: 40 },
    { phase: "download", from: 145, length: 0 },
  ]);
});

it("scales in round figures", () => {
  expect(ticks(84_000)).toEqual([0, 50_000]);
  expect(ticks(950)).toEqual([0, 500]);
  expect(ticks(0)).toEqual([0]);
  expect(ticks(20_000).length).toBeLessThanOrEqual(6);
});
