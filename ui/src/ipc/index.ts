import type { Backend } from "./backend";

export type * from "./backend";
export { asCommandError, CommandError } from "./backend";
export type * from "./generated/commands";

let chosen: Backend | null = null;

/** Chooses the core: once at start, or at the start of a test. */
export function setBackend(backend: Backend): void {
  chosen = backend;
}

/** The core. */
export function backend(): Backend {
  if (!chosen) throw new Error("No backend was chosen.");
  return chosen;
}
