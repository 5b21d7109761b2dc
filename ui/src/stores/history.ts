import { create } from "zustand";
import {
  asCommandError,
  backend,
  type CommandError,
  type HistoryDetail,
  type HistoryEntry,
  type Request,
  type SearchHistory,
} from "../ipc";
import { setDraft, useDrafts } from "./drafts";
import { send } from "./exchange";
import { useLayout } from "./layout";
import { openUnsaved } from "./saving";
import { readTab } from "./tabLife";
import { openTab, useTabs } from "./tabs";
import { useWorkspace } from "./workspace";

export type Span = "any" | "hour" | "day" | "week" | "month";

/** What is looked for in history. */
export interface HistoryFilter {
  words: string;
  /** `4xx`, `503`, …; any of them. */
  status: readonly string[];
  method: string;
  host: string;
  environment: string;
  span: Span;
  failed: boolean;
}

export const NO_FILTER: HistoryFilter = {
  words: "",
  status: [],
  method: "",
  host: "",
  environment: "",
  span: "any",
  failed: false,
};

export interface HistoryState {
  filter: HistoryFilter;
  /** Newest first, as far as read. */
  entries: readonly HistoryEntry[];
  /** Where older ones go on; `null` at the end. */
  next: number | null;
  loading: boolean;
  /** Whether a first page was read. */
  read: boolean;
  error: CommandError | null;
  selected: ReadonlySet<string>;
  /** The entry that is shown. */
  open: string | null;
  detail: HistoryDetail | null;
  detailError: CommandError | null;
  /** What was just done, in words. */
  told: { deleted: number; left: number } | null;
}

const FRESH: HistoryState = {
  filter: NO_FILTER,
  entries: [],
  next: null,
  loading: false,
  read: false,
  error: null,
  selected: new Set(),
  open: null,
  detail: null,
  detailError: null,
  told: null,
};

/** The history of the workspace, as far as it is shown. */
export const useHistory = create<HistoryState>(() => FRESH);

const PAGE = 100;
const HOURS: Record<Span, number> = { any: 0, hour: 1, day: 24, week: 24 * 7, month: 24 * 30 };

/** Only the latest question counts. */
let asked = 0;

/** What is looked for, or everything, in the words of the core. */
export function historyWanted(all: boolean, before: number | null, limit: number): SearchHistory {
  const filter = all ? NO_FILTER : useHistory.getState().filter;
  const hours = HOURS[filter.span];
  const since = hours === 0 ? null : new Date(Date.now() - hours * 3_600_000).toISOString();
  return {
    words: filter.words,
    status: [...filter.status],
    method: filter.method || null,
    host: filter.host || null,
    environment: filter.environment || null,
    since,
    until: null,
    failed: filter.failed,
    before,
    limit,
  };
}

const ask = (before: number | null, limit: number) =>
  backend().call("searchHistory", historyWanted(false, before, limit));

/** Reads the newest page of what is looked for. */
export async function searchHistory(): Promise<void> {
  const mine = ++asked;
  useHistory.setState({ loading: true });
  try {
    const { entries, next } = await ask(null, PAGE);
    if (mine === asked) useHistory.setState({ entries, next, loading: false, read: true, error: null });
  } catch (thrown) {
    if (mine === asked) useHistory.setState({ loading: false, read: true, error: asCommandError(thrown) });
  }
}

/** Reads the next older page. */
export async function moreHistory(): Promise<void> {
  const { next, loading } = useHistory.getState();
  if (next === null || loading) return;
  const mine = ++asked;
  useHistory.setState({ loading: true });
  try {
    const page = await ask(next, PAGE);
    if (mine !== asked) return;
    useHistory.setState((s) => ({
      entries: [...s.entries, ...page.entries],
      next: page.next,
      loading: false,
      error: null,
    }));
  } catch (thrown) {
    if (mine === asked) useHistory.setState({ loading: false, error: asCommandError(thrown) });
  }
}

/** Takes in what was sent meanwhile, without losing the pages already read. */
export async function newestHistory(): Promise<void> {
  const { entries, read, loading } = useHistory.getState();
  if (!read || loading) return;
  if (entries.length === 0) return searchHistory();
  const mine = ++asked;
  const page = await ask(null, PAGE).catch(() => null);
  if (mine !== asked || !page) return;
  const known = useHistory.getState().entries;
  const at = page.entries.findIndex((entry) => entry.id === known[0]?.id);
  // Nothing of what is shown is on the newest page any more: begin again.
  if (at < 0) useHistory.setState({ entries: page.entries, next: page.next });
  else useHistory.setState({ entries: [...page.entries.slice(0, at), ...known] });
}

let typing: ReturnType<typeof setTimeout> | undefined;

/** Looks for something else; words a little after they were typed. */
export function changeFilter(part: Partial<HistoryFilter>): void {
  useHistory.setState((s) => ({ filter: { ...s.filter, ...part }, selected: new Set() }));
  clearTimeout(typing);
  typing = setTimeout(() => void searchHistory(), "words" in part || "host" in part ? 150 : 0);
}

/** Shows an entry. */
export async function openEntry(id: string | null): Promise<void> {
  useHistory.setState({ open: id, detailError: null, ...(id === null ? { detail: null } : {}) });
  if (id === null) return;
  try {
    const detail = await backend().call("historyDetail", { id });
    if (useHistory.getState().open === id) useHistory.setState({ detail });
  } catch (thrown) {
    if (useHistory.getState().open === id)
      useHistory.setState({ detail: null, detailError: asCommandError(thrown) });
  }
}

/** Deletes entries with their bodies. */
export async function deleteEntries(ids: readonly string[]): Promise<void> {
  const told = await backend().call("deleteHistory", { ids: [...ids] });
  const gone = new Set(ids);
  const { open } = useHistory.getState();
  useHistory.setState((s) => ({
    entries: s.entries.filter((entry) => !gone.has(entry.id)),
    selected: new Set(),
    told,
  }));
  if (open !== null && gone.has(open)) await openEntry(null);
}

/** Applies the limits of the settings, or deletes everything of this workspace. */
export async function pruneHistory(all: boolean): Promise<void> {
  const told = await backend().call("pruneHistory", { all });
  useHistory.setState({ selected: new Set(), told });
  if (all) await openEntry(null);
  await searchHistory();
}

/** Forgets what is shown: another workspace has another history. */
export function resetHistory(): void {
  asked++;
  useHistory.setState(FRESH);
}

/**
 * Opens the request of an entry, as it was then, in a tab. The tab is that of its file when the file is
 * still there and holds no unsaved work: so it inherits what its folder gives.
 */
export async function openFromHistory(request: Request, path: string | null): Promise<string> {
  useLayout.setState({ place: "collections" });
  const isThere = useWorkspace.getState().workspace?.nodes.some((node) => node.path === path) ?? false;
  const open = useTabs.getState().tabs.find((tab) => tab.path === path);
  if (path === null || !isThere || open?.unsaved) return openUnsaved(request);
  const { name, method } = request;
  useTabs.setState((state) => openTab(state, { path, name, method }, "pin"));
  const tab = useTabs.getState().active ?? "";
  await readTab(tab);
  const draft = useDrafts.getState()[tab];
  if (!draft) return openUnsaved(request);
  const { seq } = draft.request;
  setDraft(tab, { ...draft, request: { ...request, name: draft.request.name, seq } });
  return tab;
}

/** Opens the request of an entry in a tab and sends it. */
export async function sendFromHistory({ request, path }: HistoryDetail): Promise<void> {
  const tab = await openFromHistory(request, path);
  const at = useTabs.getState().tabs.find((each) => each.id === tab)?.path ?? null;
  const draft = useDrafts.getState()[tab];
  if (draft) await send(tab, at, draft.request);
}
