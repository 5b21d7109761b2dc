import { expect, it } from "vitest";
import { MAX_PIXELS, scaleOf } from "./scale";

it("maps pixels one to one while the content fits an element", () => {
  const scale = scaleOf(1000, 20, 600);
  expect(scale.squeezed).toBe(false);
  expect(scale.pixels).toBe(20_000);
  expect(scale.toUnits(400)).toBe(20);
  expect(scale.toPixels(20)).toBe(400);
});

it("reaches the first and the last of 30,000,000 rows", () => {
  const scale = scaleOf(30_000_000, 20, 600);
  expect(scale.pixels).toBe(MAX_PIXELS);
  expect(scale.toUnits(0)).toBe(0);
  expect(scale.toUnits(MAX_PIXELS - 600)).toBe(30_000_000 - 30);
  expect(scale.toUnits(scale.toPixels(12_345_678))).toBeCloseTo(12_345_678, 3);
});

it("does not divide by nothing when there are no rows", () => {
  expect(scaleOf(0, 20, 600).toUnits(0)).toBe(0);
});
