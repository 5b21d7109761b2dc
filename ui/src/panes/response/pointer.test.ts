import { expect, it } from "vitest";
import { pathOf } from "./pointer";

it.each([
  ["", "$"],
  ["/id", "$.id"],
  ["/lines/0/sku", "$.lines[0].sku"],
  ["/unit price/a~1b/~0", '$["unit price"]["a/b"]["~"]'],
  ["/", '$[""]'],
  ["/01", '$["01"]'],
])("writes %s as a path", (pointer, path) => expect(pathOf(pointer)).toBe(path));
