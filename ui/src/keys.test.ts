import { expect, it } from "vitest";
import { combination, commandFor, DEFAULT_KEYS, keysOf } from "./keys";

const press = (key: string, mods: Partial<KeyboardEvent> = {}) =>
  ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...mods }) as KeyboardEvent;

it("names combinations", () => {
  expect(combination(press("t", { ctrlKey: true, shiftKey: true }))).toBe("Mod+Shift+T");
  expect(combination(press("Enter", { metaKey: true }), true)).toBe("Mod+Enter");
  expect(combination(press("Control", { ctrlKey: true }))).toBe("");
});

it("finds the command, and its own keys before the defaults", () => {
  expect(commandFor("Mod+P")).toBe("palette");
  expect(commandFor("Mod+Tab")).toBe("nextTab");
  expect(commandFor("Mod+Shift+Tab")).toBe("previousTab");
  expect(commandFor("Mod+Enter", { send: "F9" })).toBeNull();
  expect(commandFor("F9", { send: "F9" })).toBe("send");
});

it("gives no two commands the same keys", () => {
  const all = (Object.keys(DEFAULT_KEYS) as (keyof typeof DEFAULT_KEYS)[]).flatMap((id) => keysOf(id));
  expect(new Set(all).size).toBe(all.length);
});
