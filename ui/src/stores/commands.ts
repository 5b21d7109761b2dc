import { useEffect } from "react";
import { type CommandId, combination, commandFor } from "../keys";
import { useQuestion } from "./questions";
import { useSettings } from "./settings";

type Run = () => void;
const handlers = new Map<CommandId, Run[]>();

/** Says what a command does while it is called for; the last one to say so wins. Returns the undo. */
export function handleCommand(id: CommandId, run: Run): () => void {
  handlers.set(id, [...(handlers.get(id) ?? []), run]);
  return () =>
    handlers.set(
      id,
      (handlers.get(id) ?? []).filter((each) => each !== run),
    );
}

/** Runs a command; false when nothing here does it. */
export function runCommand(id: CommandId): boolean {
  const run = handlers.get(id)?.at(-1);
  run?.();
  return run !== undefined;
}

export const canRun = (id: CommandId): boolean => (handlers.get(id)?.length ?? 0) > 0;

/** Says what commands do while a component is shown. */
export function useCommands(commands: Partial<Record<CommandId, Run>>): void {
  useEffect(() => {
    const undo = Object.entries(commands).map(([id, run]) => handleCommand(id as CommandId, run));
    return () => {
      for (const each of undo) each();
    };
  });
}

/** Listens to the keys of the whole window. Returns the undo. */
export function listenToKeys(target: Window = window): () => void {
  const mac = /Mac/.test(navigator.platform);
  const onKey = (event: KeyboardEvent) => {
    const pressed = combination(event, mac);
    const id = pressed === "" ? null : commandFor(pressed, useSettings.getState().keys, mac);
    if (!id || !canRun(id)) return;
    // F2 and other bare keys belong to the thing in focus first.
    if (event.defaultPrevented) return;
    // What lies behind a dialog must not change while the dialog asks.
    if (document.querySelector("[role=dialog], [role=alertdialog]")) return;
    // One that was just asked for may not be there yet.
    if (useQuestion.getState().question !== null) return;
    event.preventDefault();
    runCommand(id);
  };
  target.addEventListener("keydown", onKey);
  return () => target.removeEventListener("keydown", onKey);
}
