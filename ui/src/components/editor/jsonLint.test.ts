import { describe, expect, it } from "vitest";
import { lintJson } from "./jsonLint";

describe("lintJson", () => {
  it.each([
    "",
    "{}",
    "[]",
    '{"a": [1, -2.5e3, true, null, "x\\n\\u00e4"], "b": {}}',
    '{"a": {{id}}, {{key}}: "{{v}} and text"}',
    "{{whole}}",
    '{"n": 1{{rest}}, "m": {{n}}0}',
    '{"a": "\\\\"}',
  ])("accepts %s", (text) => expect(lintJson(text)).toBeNull());

  it.each([
    ['{"a": 1,}', 8],
    ['{"a" 1}', 5],
    ['{"a": 01}', 6],
    ['{"a": "x}', 6],
    ["[1, 2", 5],
    ["{a: 1}", 1],
    ["[1] 2", 4],
    ['["\\x"]', 2],
    ["[1}", 2],
    ['{"a": nul}', 6],
  ])("finds what is wrong in %s", (text, from) => {
    const found = lintJson(text);
    expect(found).not.toBeNull();
    expect(Math.abs((found?.from ?? -9) - from)).toBeLessThanOrEqual(1);
  });

  it("is linear on deep and long texts", () => {
    expect(lintJson("[".repeat(200_000) + "]".repeat(200_000))).toBeNull();
  });
});
