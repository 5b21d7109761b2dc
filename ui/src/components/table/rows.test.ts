import { expect, it } from "vitest";
import { fromText, moveRow, newRow, toText } from "./rows";

const row = (name: string, value: string, enabled = true, description = "") =>
  newRow({ name, value, enabled, description });

it("survives the way to text and back, with descriptions and ids", () => {
  const rows = [row("expand", "lines", true, "Include lines"), row("currency", "EUR", false)];
  expect(fromText(toText(rows), rows)).toEqual(rows);
});

it("reads headers, pairs and cells of a spreadsheet", () => {
  const read = fromText("Accept: text/html\r\na=b=c\n\nx\ty\nlone");
  expect(read.map((r) => [r.name, r.value])).toEqual([
    ["Accept", "text/html"],
    ["a", "b=c"],
    ["x", "y"],
    ["lone", ""],
  ]);
});

it("keeps two rows of one name apart", () => {
  const rows = [row("a", "1", true, "first"), row("a", "2", true, "second")];
  expect(fromText("a: 3\na: 4", rows).map((r) => r.description)).toEqual(["first", "second"]);
});

it("moves within bounds", () => {
  const rows = [row("a", ""), row("b", "")];
  expect(moveRow(rows, 0, 1).map((r) => r.name)).toEqual(["b", "a"]);
  expect(moveRow(rows, 0, -1).map((r) => r.name)).toEqual(["a", "b"]);
});
