import { expect, it } from "vitest";
import { decoded, page } from "./page";

it("puts the policy before anything of the page", () => {
  const shown = page("<html><head><script>alert(1)</script>");
  expect(shown.indexOf("default-src 'none'")).toBeLessThan(shown.indexOf("<script>"));
  expect(shown).not.toContain("script-src");
});

it("reads the charset that was named, and UTF-8 else", () => {
  const latin = new Uint8Array([0xe4]);
  expect(decoded(latin, "text/html; charset=iso-8859-1")).toBe("ä");
  expect(decoded(new Uint8Array([0xc3, 0xa4]), "text/html; charset=nonsense")).toBe("ä");
});
