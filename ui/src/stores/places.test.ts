import { expect, it } from "vitest";
import type { Node } from "../ipc";
import { freeName, moveTo, outermost } from "./places";

const node = (path: string, kind: Node["kind"] = "request"): Node => ({
  path,
  parent: path.split("/").slice(0, -1).join("/"),
  name: path.split("/").at(-1) ?? "",
  kind,
  method: null,
  protocol: null,
  error: null,
});
const nodes = [node("a", "folder"), node("a/x"), node("a/y"), node("a/z"), node("b", "folder"), node("c")];

it("counts positions without the items that move", () => {
  expect(moveTo(nodes, ["a/x"], { id: "a/z", place: "after" })).toEqual({
    paths: ["a/x"],
    parent: "a",
    index: 2,
  });
  expect(moveTo(nodes, ["a/z"], { id: "a/x", place: "before" })?.index).toBe(0);
  expect(moveTo(nodes, ["a/x", "c"], { id: "a", place: "inside" })).toEqual({
    paths: ["a/x", "c"],
    parent: "a",
    index: 2,
  });
});

it("moves no folder into itself, and no item twice", () => {
  expect(moveTo(nodes, ["a"], { id: "a/x", place: "before" })).toBeNull();
  expect(moveTo(nodes, ["a"], { id: "a", place: "inside" })).toBeNull();
  expect(outermost(["a", "a/x", "b"])).toEqual(["a", "b"]);
});

it("finds a free name among the siblings only", () => {
  expect(freeName(nodes, "a", "x")).toBe("x 2");
  expect(freeName(nodes, "", "x")).toBe("x");
});
