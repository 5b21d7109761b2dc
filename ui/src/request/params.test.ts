import { describe, expect, it } from "vitest";
import cases from "../../../crates/template/tests/fixtures/url-params.json";
import { withPath, withQuery, withUrl } from "./params";
import { pathRows, renamePath } from "./path";
import { queryRows, setQuery } from "./query";

// The same cases as the core's own rules are tested with.
describe("the URL and its tables", () => {
  it.each(cases.queryRows)("query rows: $name", ({ url, old, rows }) =>
    expect(queryRows(url, old)).toEqual(rows),
  );
  it.each(cases.setQuery)("set query: $name", ({ url, rows, expected }) =>
    expect(setQuery(url, rows)).toBe(expected),
  );
  it.each(cases.pathRows)("path rows: $name", ({ url, old, rows }) =>
    expect(pathRows(url, old)).toEqual(rows),
  );
  it.each(cases.renamePath)("rename: $name", ({ url, from, to, expected }) =>
    expect(renamePath(url, from, to)).toBe(expected),
  );

  it("keeps descriptions with their rows, and the two kinds apart", () => {
    const start = withUrl({ url: "", params: [] }, "https://x/:id?a=1");
    const described = withQuery(start, [{ name: "a", value: "1", description: "first", enabled: true }]);
    const edited = withUrl(described, "https://x/:key?b=2&a=1");
    expect(edited.params.map((p) => [p.kind, p.name, p.description])).toEqual([
      ["query", "b", ""],
      ["query", "a", "first"],
      ["path", "key", ""],
    ]);
    const renamed = withPath(edited, [{ name: "order", value: "7", description: "", enabled: true }]);
    expect(renamed.url).toBe("https://x/:order?b=2&a=1");
    expect(renamed.params.at(-1)?.value).toBe("7");
  });

  it("is quick with a thousand parameters", () => {
    const query = Array.from({ length: 1000 }, (_, n) => `name${n}=value${n}`).join("&");
    const before = withUrl({ url: "", params: [] }, `https://x/?${query}`);
    expect(withUrl(before, `https://x/?${query}&`).params).toHaveLength(1000);
    expect(setQuery(before.url, before.params)).toBe(before.url);
  });
});
