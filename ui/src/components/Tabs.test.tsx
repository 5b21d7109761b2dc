import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Tabs } from "./Tabs";

const TITLES = ["Params", "Headers", "Auth", "Body", "Docs"];
const scrolled = vi.fn();
let room = 200;

beforeEach(() => {
  scrolled.mockClear();
  // happy-dom lays nothing out: five tabs of 80 px.
  const of = (name: keyof HTMLElement, get: (this: HTMLElement) => number) =>
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get });
  of("clientWidth", () => room);
  of("offsetWidth", () => 80);
  of("offsetLeft", function () {
    return this.role === "tab" ? TITLES.indexOf(this.dataset.tab ?? "") * 80 : 0;
  });
  vi.spyOn(Element.prototype, "scrollIntoView").mockImplementation(function (this: Element) {
    scrolled(this.getAttribute("data-tab"));
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  Object.defineProperty(HTMLElement.prototype, "clientWidth", { configurable: true, get: () => 0 });
  Object.defineProperty(HTMLElement.prototype, "offsetWidth", { configurable: true, get: () => 800 });
  Object.defineProperty(HTMLElement.prototype, "offsetLeft", { configurable: true, get: () => 0 });
});

function Parts() {
  const [selected, setSelected] = useState("Params");
  return (
    <Tabs
      label="Parts"
      tabs={TITLES.map((id) => ({ id, title: id }))}
      selected={selected}
      onSelect={setSelected}
    >
      {selected}
    </Tabs>
  );
}

it("scrolls what is chosen into sight and lists all of it where there is no room", async () => {
  room = 200;
  render(<Parts />);
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "All of Parts" }));
  expect(screen.getAllByRole("menuitem").map((each) => each.textContent)).toEqual([
    "Params✓",
    ...TITLES.slice(1),
  ]);
  await user.click(screen.getByRole("menuitem", { name: "Docs" }));
  expect(screen.getByRole("tab", { name: "Docs" }).getAttribute("aria-selected")).toBe("true");
  expect(screen.getByRole("tabpanel").textContent).toBe("Docs");
  expect(scrolled).toHaveBeenLastCalledWith("Docs");
});

it("keeps every tab a tab for the keyboard and for screen readers", () => {
  room = 200;
  render(<Parts />);
  const list = screen.getByRole("tablist", { name: "Parts" });
  expect(screen.getAllByRole("tab")).toHaveLength(5);
  expect(list.querySelector("button:not([role=tab])")).toBeNull();
  fireEvent.keyDown(list, { key: "End" });
  expect(document.activeElement).toBe(screen.getByRole("tab", { name: "Docs" }));
  expect(scrolled).toHaveBeenLastCalledWith("Docs");
});

it("has no such menu where everything is in sight", () => {
  room = 500;
  render(<Parts />);
  expect(screen.queryByRole("button", { name: "All of Parts" })).toBeNull();
});
