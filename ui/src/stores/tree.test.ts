import { expect, it } from "vitest";
import type { Node } from "../ipc";
import { filterTree, nest } from "./tree";

const node = (path: string, kind: Node["kind"]): Node => ({
  path,
  parent: path.split("/").slice(0, -1).join("/"),
  name: path.split("/").at(-1) ?? "",
  kind,
  method: "GET",
  protocol: null,
  error: null,
});
const tree = nest([
  node("a", "folder"),
  node("a/b", "folder"),
  node("a/b/c", "request"),
  node("d", "request"),
]);

it("nests and counts", () => {
  expect(tree.map((t) => [t.id, t.count])).toEqual([
    ["a", 1],
    ["d", 0],
  ]);
  expect(tree[0]?.children?.[0]?.children?.[0]?.id).toBe("a/b/c");
});

it("keeps the way to what a filter finds", () => {
  expect(filterTree(tree, "C").map((t) => t.id)).toEqual(["a"]);
  expect(filterTree(tree, "zz")).toEqual([]);
});
