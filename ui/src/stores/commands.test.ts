import { expect, it, vi } from "vitest";
import { handleCommand, listenToKeys } from "./commands";
import { ask } from "./questions";

it("leaves the keys alone from the moment a question is asked, before its dialog is there", () => {
  const open = vi.fn();
  const undo = [handleCommand("environments", open), listenToKeys()];
  const press = () => window.dispatchEvent(new KeyboardEvent("keydown", { key: "e", ctrlKey: true }));
  ask({ kind: "close", tab: "t" });
  press();
  expect(open).not.toHaveBeenCalled();
  ask(null);
  press();
  expect(open).toHaveBeenCalledOnce();
  for (const each of undo) each();
});
