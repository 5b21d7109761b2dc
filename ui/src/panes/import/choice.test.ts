import { describe, expect, it } from "vitest";
import type { ImportNode } from "../../ipc";
import { below, checkedOf, chosenOf, endsOf, requestsIn, withChecked } from "./choice";

const node = (id: number, parent: number | null, kind: ImportNode["kind"] = "request"): ImportNode => {
  return { id, parent, name: `n${id}`, kind, method: "GET", url: null, notes: 0 };
};
// 0 Orders: 1 List, 2 Refunds: 3 All, 4 One; 5 Empty; 6 Who
const NODES = [
  node(0, null, "folder"),
  node(1, 0),
  node(2, 0, "folder"),
  node(3, 2),
  node(4, 2),
  node(5, null, "folder"),
  node(6, null),
];
const ends = endsOf(NODES);
const turn = (off: ReadonlySet<number>, at: number, checked: boolean) =>
  withChecked(off, ends, below(ends, at), checked);

describe("what goes along", () => {
  it("knows what is below an item", () => {
    expect(ends).toEqual([5, 2, 5, 4, 5, 6, 7]);
    expect(below(ends, 2)).toEqual([2, 3, 4]);
  });

  it("is everything at first", () => {
    const checked = checkedOf(NODES, new Set());
    expect(checked.every((each) => each === true)).toBe(true);
    expect(chosenOf(checked)).toBeNull();
    expect(requestsIn(NODES, checked)).toBe(4);
  });

  it("shows a folder as mixed while a part of it goes along", () => {
    const off = turn(new Set(), 3, false);
    const checked = checkedOf(NODES, off);
    expect(checked).toEqual(["mixed", true, "mixed", false, true, true, true]);
    expect(chosenOf(checked)).toEqual([0, 1, 2, 4, 5, 6]);
    expect(requestsIn(NODES, checked)).toBe(3);
  });

  it("takes all below a folder, and leaves an empty one by itself", () => {
    const off = turn(turn(new Set(), 0, false), 5, false);
    expect(checkedOf(NODES, off)).toEqual([false, false, false, false, false, false, true]);
    expect(checkedOf(NODES, turn(off, 2, true))).toEqual(["mixed", false, true, true, true, false, true]);
  });

  it("is quick with a hundred thousand", () => {
    const many = [node(0, null, "folder"), ...Array.from({ length: 100_000 }, (_, at) => node(at + 1, 0))];
    const off = withChecked(new Set(), endsOf(many), [5], false);
    expect(checkedOf(many, off)[0]).toBe("mixed");
  });
});
