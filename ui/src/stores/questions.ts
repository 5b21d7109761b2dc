import { create } from "zustand";
import type { LiteralFound } from "../ipc";

/** Something a tab must know before it goes on. */
export type Question =
  /** Name and folder of a request that has no file; `close` closes the tab afterwards. */
  | { kind: "save"; tab: string; close: boolean }
  /** Unsaved work in a tab that is to be closed. */
  | { kind: "close"; tab: string }
  /** Secrets found in what is about to be saved; `close` closes the tab afterwards. */
  | { kind: "literals"; tab: string; found: LiteralFound[]; force: boolean; close: boolean }
  /** Mine beside theirs. */
  | { kind: "difference"; tab: string };

/** The question that lies over the window. */
export const useQuestion = create<{ question: Question | null }>(() => ({ question: null }));

export const ask = (question: Question | null): void => useQuestion.setState({ question });
