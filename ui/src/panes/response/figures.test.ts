import { expect, it } from "vitest";
import { bytes, duration } from "./figures";

it("says bytes in the unit that fits", () => {
  expect([0, 999, 1000, 12_345, 212_000_000, 5e12].map(bytes)).toEqual([
    "0 B",
    "999 B",
    "1.0 KB",
    "12.3 KB",
    "212 MB",
    "5.0 TB",
  ]);
});

it("says times in the unit that fits", () => {
  expect([84, 1200, 84_000, 2_100_000, 185_000_000].map(duration)).toEqual([
    "84 µs",
    "1.2 ms",
    "84 ms",
    "2.10 s",
    "3:05 min",
  ]);
});
