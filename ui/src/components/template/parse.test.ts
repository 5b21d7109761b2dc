import { describe, expect, it } from "vitest";
import { openVariable, segments } from "./parse";

const kinds = (text: string, paths = true) =>
  segments(text, paths).map((s) => `${s.kind}:${s.name || text.slice(s.start, s.end)}`);

describe("segments", () => {
  it("finds variables and path parameters of a URL", () => {
    expect(kinds("{{base_url}}/v1/orders/:order_id?expand=lines")).toEqual([
      "variable:base_url",
      "text:/v1/orders/",
      "path:order_id",
      "text:?expand=lines",
    ]);
  });
  it("leaves ports and query values alone", () => {
    expect(kinds("http://localhost:8080/a?at=/:x")).toEqual(["text:http://localhost:8080/a?at=/:x"]);
  });
  it("leaves `:name` alone where no path is meant", () => {
    expect(kinds("/:id", false)).toEqual(["text:/:id"]);
  });
  it("takes an unclosed or empty variable as it is", () => {
    expect(kinds("{{a")).toEqual(["text:{{a"]);
    expect(segments("{{ }}")).toEqual([{ kind: "variable", start: 0, end: 5, name: "" }]);
  });
  it("stays linear on hostile text", () => {
    const text = "{{".repeat(100_000);
    expect(segments(text, true)).toHaveLength(1);
  });
});

describe("openVariable", () => {
  it("gives what was typed after the braces", () => {
    expect(openVariable("a{{ba", 5)).toEqual({ start: 1, typed: "ba" });
    expect(openVariable("{{", 2)).toEqual({ start: 0, typed: "" });
  });
  it("is null outside braces", () => {
    expect(openVariable("{{a}}b", 6)).toBeNull();
    expect(openVariable("ab", 2)).toBeNull();
    expect(openVariable("{{a", 1)).toBeNull();
  });
});
