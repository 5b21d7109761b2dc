import { expect, it } from "vitest";
import { render } from "./Markdown";

it("renders Markdown", () => {
  expect(render("# A\n\n*b* `c`")).toBe("<h1>A</h1>\n<p><em>b</em> <code>c</code></p>\n");
});

it.each([
  "<img src=x onerror=alert(1)>",
  "<script>alert(1)</script>",
  "<a href='javascript:alert(1)'>x</a>",
  "[x](javascript:alert(1))",
  '[x](https://example.com "t")',
  "![x](https://example.com/a.png)",
  "<https://example.com>",
  "|a|\n|:-:|\n|b|",
  "[x]: javascript:alert(1)\n\n[x]",
])("makes nothing that runs, fetches, opens or styles: %s", (text) => {
  const place = document.createElement("div");
  place.innerHTML = render(text);
  for (const element of place.querySelectorAll("*")) {
    expect(["IMG", "SCRIPT", "IFRAME", "STYLE", "OBJECT"]).not.toContain(element.tagName);
    for (const name of element.getAttributeNames()) expect(["title", "data-align"]).toContain(name);
  }
});
