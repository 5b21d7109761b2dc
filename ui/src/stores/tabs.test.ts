import { describe, expect, it } from "vitest";
import { changeTab, closeTab, openTab, reopenTab, stepTab, type TabsState } from "./tabs";

const none: TabsState = { tabs: [], active: null, closed: [] };
const req = (path: string) => ({ path, name: path, method: "GET" });
const names = (s: TabsState) => s.tabs.map((t) => t.name).join(" ");
const active = (s: TabsState) => s.tabs.find((t) => t.id === s.active)?.name;

describe("tabs", () => {
  it("previews in one place until pinned or edited", () => {
    let s = openTab(openTab(none, req("a"), "preview"), req("b"), "preview");
    expect(names(s)).toBe("b");
    s = changeTab(s, s.active as string, { unsaved: true });
    s = openTab(s, req("c"), "preview");
    expect(names(s)).toBe("b c");
  });
  it("goes to the tab a request already has, and a double click pins it", () => {
    let s = openTab(openTab(none, req("a"), "preview"), req("b"), "pin");
    s = openTab(s, req("a"), "pin");
    expect(names(s)).toBe("a b");
    expect(s.tabs[0]?.preview).toBe(false);
  });
  it("closes towards the right, then the left, and reopens", () => {
    let s = ["a", "b", "c"].reduce((t, p) => openTab(t, req(p), "pin"), none);
    s = stepTab(s, -1);
    s = closeTab(s, s.active as string);
    expect([names(s), active(s)]).toEqual(["a c", "c"]);
    s = reopenTab(s);
    expect([names(s), active(s)]).toEqual(["a c b", "b"]);
    expect(active(stepTab(s, 1))).toBe("a");
  });
  it("does nothing with nothing", () => {
    expect(stepTab(none, 1)).toBe(none);
    expect(reopenTab(none)).toBe(none);
    expect(closeTab(none, "x")).toBe(none);
  });
});
