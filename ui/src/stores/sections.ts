import { create } from "zustand";

/** The parts of a request. */
export type RequestSection =
  | "params"
  | "headers"
  | "auth"
  | "body"
  | "checks"
  | "scripts"
  | "settings"
  | "docs";

/** The part that is shown, by tab id. */
export const useSections = create<Record<string, RequestSection>>(() => ({}));

export const showSection = (tab: string, section: RequestSection): void =>
  useSections.setState({ [tab]: section });
