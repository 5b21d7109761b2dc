import { expect, it } from "vitest";
import { fuzzy } from "./fuzzy";

it("prefers starts, then words, then letters in order", () => {
  const cost = (text: string) => fuzzy(text, "ord") ?? Number.POSITIVE_INFINITY;
  const order = ["Order list", "List orders", "Border", "Online radio", "Zebra"];
  expect([...order].reverse().sort((a, b) => cost(a) - cost(b))).toEqual(order);
  expect(fuzzy("Zebra", "ord")).toBeNull();
});

it("takes words in any order", () => {
  expect(fuzzy("GET Get one order", "order get")).not.toBeNull();
  expect(fuzzy("anything", "")).toBe(0);
});
