import { fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, it } from "vitest";
import { KeyValueTable } from "./KeyValueTable";
import { type KeyValueRow, newRow } from "./rows";

let rows: readonly KeyValueRow[] = [];

function Table({ start }: { start: KeyValueRow[] }) {
  const [now, setNow] = useState<readonly KeyValueRow[]>(start);
  rows = now;
  const complete = (typed: string) => ["Accept", "Accept-Language"].filter((n) => n.startsWith(typed));
  return (
    <KeyValueTable
      label="Headers"
      rows={now}
      onChange={setNow}
      completeName={(typed) => complete(typed).map((text) => ({ text }))}
    />
  );
}

const cell = (name: string) => screen.getByRole<HTMLInputElement>("textbox", { name });
const names = () => rows.map((row) => row.name);

it("adds with the last row, keeps its cells in place, and deletes", () => {
  render(<Table start={[]} />);
  const first = cell("Name, row 1");
  fireEvent.change(first, { target: { value: "a" } });
  expect(cell("Name, row 1")).toBe(first);
  fireEvent.change(cell("Value, row 1"), { target: { value: "1" } });
  fireEvent.change(cell("Name, row 2"), { target: { value: "b" } });
  expect(rows.map((row) => `${row.name}=${row.value}`)).toEqual(["a=1", "b="]);
  fireEvent.click(screen.getByRole("button", { name: "Delete a" }));
  expect(names()).toEqual(["b"]);
});

it("puts pasted lines where they were pasted", () => {
  render(<Table start={[newRow({ name: "a" }), newRow({ name: "z" })]} />);
  const clipboardData = { getData: () => "b: 1\nc: 2\n" };
  fireEvent.paste(cell("Name, row 1"), { clipboardData });
  expect(names()).toEqual(["a", "b", "c", "z"]);
  fireEvent.paste(cell("Name, row 5"), { clipboardData });
  expect(names()).toEqual(["a", "b", "c", "z", "b", "c"]);
});

it("moves rows by keys and completes names", () => {
  render(<Table start={[newRow({ name: "x" }), newRow({ name: "y" })]} />);
  fireEvent.keyDown(cell("Name, row 2"), { key: "ArrowUp", altKey: true });
  expect(names()).toEqual(["y", "x"]);
  fireEvent.change(cell("Name, row 3"), { target: { value: "Acc" } });
  fireEvent.keyDown(cell("Name, row 3"), { key: "ArrowDown" });
  fireEvent.keyDown(cell("Name, row 3"), { key: "Enter" });
  expect(names().at(-1)).toBe("Accept-Language");
});

it("draws only the rows in sight of a thousand", () => {
  render(<Table start={Array.from({ length: 1000 }, (_, n) => newRow({ name: `n${n}` }))} />);
  expect(screen.getByRole("table").getAttribute("aria-rowcount")).toBe("1002");
  expect(screen.getAllByRole("row").length).toBeLessThan(60);
  fireEvent.change(cell("Value, row 3"), { target: { value: "x" } });
  expect(rows[2]).toMatchObject({ name: "n2", value: "x" });
});
