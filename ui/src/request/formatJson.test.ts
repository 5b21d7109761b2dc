import { expect, it } from "vitest";
import { formatJson } from "./formatJson";

it.each([
  ['{"a":1,"b":[true,null]}', '{\n  "a": 1,\n  "b": [\n    true,\n    null\n  ]\n}'],
  ['{"a":{},"b":[],"c":[{}]}', '{\n  "a": {},\n  "b": [],\n  "c": [\n    {}\n  ]\n}'],
  [
    '{"id":{{id}},{{key}}:"{{v}} x","n":1{{rest}},"m":{{n}}0}',
    '{\n  "id": {{id}},\n  {{key}}: "{{v}} x",\n  "n": 1{{rest}},\n  "m": {{n}}0\n}',
  ],
  ['"a\\"{b,c}"', '"a\\"{b,c}"'],
])("formats %s", (text, expected) => {
  expect(formatJson(text)).toBe(expected);
  expect(formatJson(expected)).toBe(expected);
});

it.each(["", "{", '{"a":1,}', "nonsense here"])("leaves %s alone", (text) =>
  expect(formatJson(text)).toBeNull(),
);
