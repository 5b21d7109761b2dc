import { expect, it } from "vitest";
import type { Row, Token } from "./source";
import { stretches } from "./stretches";

const row = (text: string, tokens: Token[], hits: Row["hits"] = []): Row => ({
  number: 1,
  text,
  columns: text.length,
  tokens,
  hits,
});

it("draws a line of JSON in as few stretches as it has colours", () => {
  const line = row('  "id": 12,', [
    [2, 4, "key"],
    [6, 1, "punctuation"],
    [8, 2, "number"],
    [10, 1, "punctuation"],
  ]);
  const { parts, quiet } = stretches(line);
  expect(quiet).toBe(true);
  expect(parts.map((part) => [part.text, part.kind])).toEqual([
    ["  ", null],
    ['"id"', "key"],
    [": ", null],
    ["12", "number"],
    [",", null],
  ]);
});

it("keeps the colour of text between tags", () => {
  const { quiet, parts } = stretches(
    row("<a>hello</a>", [
      [0, 3, "tag"],
      [8, 4, "tag"],
    ]),
  );
  expect(quiet).toBe(false);
  expect(parts.map((part) => part.kind)).toEqual(["tag", null, "tag"]);
});

it("marks hits across and within tokens, and loses no character", () => {
  const line = row(
    '"status": "paid"',
    [
      [0, 8, "key"],
      [8, 1, "punctuation"],
      [10, 6, "string"],
    ],
    [
      [5, 6],
      [11, 4],
    ],
  );
  const { parts } = stretches(line);
  expect(parts.map((part) => part.text).join("")).toBe(line.text);
  expect(
    parts
      .filter((part) => part.hit?.[0] === 5)
      .map((part) => part.text)
      .join(""),
  ).toBe('us": "');
  expect(parts.filter((part) => part.hit?.[0] === 11).map((part) => part.text)).toEqual(["paid"]);
});
