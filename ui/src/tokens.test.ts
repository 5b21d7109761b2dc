import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(`${import.meta.dirname}/tokens.css`, "utf8");

function tokens(theme: string): Record<string, string> {
  const block = css.split(`:root[data-theme="${theme}"] {`)[1]?.split("}")[0] ?? "";
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((m) => [m[1], m[2]]));
}

/** WCAG 2.2 relative luminance. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function ratio(a: string, b: string): number {
  const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (hi + 0.05) / (lo + 0.05);
}

const surfaces = ["bg", "bg-sunken", "bg-raised", "bg-hover", "bg-selected", "bg-overlay"];
const text: [string, string[]][] = [
  ["fg", [...surfaces, "hit-bg", "hit-current-bg"]],
  ["fg-muted", surfaces],
  ["fg-faint", ["bg", "bg-sunken"]],
  ["accent-fg", ["accent"]],
  ["accent-text", ["bg", "bg-sunken", "accent-bg"]],
  ["ok", ["bg", "ok-bg"]],
  ["warn", ["bg", "warn-bg"]],
  ["danger", ["bg", "danger-bg", "bg-overlay"]],
  ["var-fg", ["bg", "bg-sunken", "var-bg"]],
  ["var-bad-fg", ["bg", "bg-sunken", "var-bad-bg"]],
  ["path-fg", ["bg", "bg-sunken"]],
  ...["get", "post", "put", "patch", "delete", "gql", "stream", "other"].map((m): [string, string[]] => [
    `method-${m}`,
    ["bg", "bg-sunken", "bg-selected"],
  ]),
  ...["key", "string", "number", "literal", "punct", "comment", "tag"].map((s): [string, string[]] => [
    `syn-${s}`,
    ["bg"],
  ]),
];

describe.each(["light", "dark", "contrast"])("tokens: %s", (theme) => {
  const set = tokens(theme);
  const need = theme === "contrast" ? 7 : 4.5;

  it("has the same names as the others", () => {
    expect(Object.keys(set).sort()).toEqual(Object.keys(tokens("light")).sort());
  });

  it.each(text)("--%s can be read on its surfaces", (fg, backgrounds) => {
    for (const bg of backgrounds) {
      const value = ratio(set[fg] ?? "", set[bg] ?? "");
      expect(value, `--${fg} on --${bg} is ${value.toFixed(2)}`).toBeGreaterThanOrEqual(need);
    }
  });

  it("focus ring, field borders and the unsaved mark stand out (3:1)", () => {
    for (const mark of ["focus", "line-strong", "unsaved", "accent"])
      for (const bg of ["bg", "bg-sunken"])
        expect(ratio(set[mark] ?? "", set[bg] ?? ""), `${mark} on ${bg}`).toBeGreaterThanOrEqual(3);
  });
});
