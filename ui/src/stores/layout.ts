import { create } from "zustand";

export type Place = "collections" | "history";

/** What may lie over the window. */
export type Overlay =
  | "palette"
  | "shortcuts"
  | "settings"
  | "keys"
  | "security"
  | "environments"
  | "cookies"
  | "keychain"
  | "createWorkspace"
  | "createExample";

/** Sizes and what is shown; kept with the tabs by `saveUiState`. */
export interface LayoutState {
  place: Place;
  sidebar: boolean;
  sidebarWidth: number;
  /** Share of the request pane, side by side and stacked. */
  side: number;
  stacked: number;
  /** What requests were last shown in as code, and exported to; ids of the core. */
  codeTarget: string;
  exportFormat: string;
  /** What lies over the window. */
  overlay: Overlay | null;
}

export const useLayout = create<LayoutState>(() => ({
  place: "collections",
  sidebar: true,
  sidebarWidth: 272,
  side: 0.455,
  stacked: 0.5,
  codeTarget: "",
  exportFormat: "",
  overlay: null,
}));
