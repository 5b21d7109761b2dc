import { create } from "zustand";
import type { CommandError, Request, RequestDoc } from "../ipc";

/** What a tab has to say about its request, beside it. */
export interface TabNotes {
  /** Why the file cannot be read. */
  readError: CommandError | null;
  /** Why the last save failed. */
  saveError: CommandError | null;
  /** The file as changed outside while there was unsaved work. */
  conflict: RequestDoc | null;
  /** Where the file was before it was deleted outside. */
  gone: string | null;
  /** A curl command that was put in, what it could not carry, and what was there before. */
  curl: { notes: readonly string[]; before: Request; error: CommandError | null } | null;
  /** The side of a conflict that was not taken, waiting as a closed tab. */
  aside: { side: "mine" | "theirs"; tab: string } | null;
}

export const NO_NOTES: TabNotes = {
  readError: null,
  saveError: null,
  conflict: null,
  gone: null,
  curl: null,
  aside: null,
};

/** Notes by tab id. */
export const useNotes = create<Record<string, TabNotes>>(() => ({}));

export const notesOf = (tab: string): TabNotes => useNotes.getState()[tab] ?? NO_NOTES;

export function note(tab: string, part: Partial<TabNotes>): void {
  useNotes.setState({ [tab]: { ...notesOf(tab), ...part } });
}
