import { create } from "zustand";

/** One open request. */
export interface Tab {
  id: string;
  /** The request's file; `null` for one never saved. */
  path: string | null;
  name: string;
  method: string;
  /** Gives way to the next request that is only looked at. */
  preview: boolean;
  unsaved: boolean;
}

export interface TabsState {
  tabs: readonly Tab[];
  active: string | null;
  /** Closed tabs, last one last. */
  closed: readonly Tab[];
}

let last = 0;
/** An id no other tab of this window has, nor one of an earlier run. */
export const newTabId = () => `tab-${Date.now().toString(36)}-${++last}`;

/** Opens a request: its tab if it has one, else in place of the preview, else at the end. */
export function openTab(
  state: TabsState,
  wanted: Omit<Tab, "id" | "unsaved" | "preview">,
  how: "preview" | "pin",
): TabsState {
  const there = wanted.path === null ? undefined : state.tabs.find((tab) => tab.path === wanted.path);
  if (there) return { ...(how === "pin" ? pinTab(state, there.id) : state), active: there.id };
  const tab: Tab = { ...wanted, id: newTabId(), unsaved: false, preview: how === "preview" };
  const at = how === "preview" ? state.tabs.findIndex((each) => each.preview) : -1;
  const tabs = at < 0 ? [...state.tabs, tab] : state.tabs.with(at, tab);
  return { ...state, tabs, active: tab.id };
}

/** Changes one tab. An edit pins. */
export function changeTab(state: TabsState, id: string, part: Partial<Omit<Tab, "id">>): TabsState {
  const pinned = part.unsaved ? { preview: false } : {};
  return { ...state, tabs: state.tabs.map((tab) => (tab.id === id ? { ...tab, ...part, ...pinned } : tab)) };
}

export const pinTab = (state: TabsState, id: string): TabsState => changeTab(state, id, { preview: false });

/** Closes a tab; its right neighbour becomes active, or the left one. */
export function closeTab(state: TabsState, id: string): TabsState {
  const at = state.tabs.findIndex((tab) => tab.id === id);
  const gone = state.tabs[at];
  if (!gone) return state;
  const tabs = state.tabs.filter((tab) => tab !== gone);
  const active = state.active === id ? ((tabs[at] ?? tabs[at - 1])?.id ?? null) : state.active;
  return { tabs, active, closed: [...state.closed, gone].slice(-20) };
}

/** Brings the last closed tab back. */
export function reopenTab(state: TabsState): TabsState {
  const tab = state.closed.at(-1);
  if (!tab) return state;
  const closed = state.closed.slice(0, -1);
  const there = tab.path === null ? undefined : state.tabs.find((each) => each.path === tab.path);
  if (there) return { ...state, closed, active: there.id };
  return { tabs: [...state.tabs, { ...tab, preview: false }], active: tab.id, closed };
}

/** The tab beside the active one, round the ends. */
export function stepTab(state: TabsState, by: 1 | -1): TabsState {
  const at = state.tabs.findIndex((tab) => tab.id === state.active);
  const next = state.tabs.at((at + by) % Math.max(1, state.tabs.length));
  return next ? { ...state, active: next.id } : state;
}

/** The open tabs of this window. */
export const useTabs = create<TabsState>(() => ({ tabs: [], active: null, closed: [] }));
