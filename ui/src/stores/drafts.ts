import { create } from "zustand";
import { backend, type Inherited, type Request, type RequestDoc } from "../ipc";
import { emptyRequest } from "../request/empty";
import { inStep } from "../request/params";
import { isSame } from "../request/same";
import { changeTab, useTabs } from "./tabs";

export { emptyRequest };

/** What is typed in one tab. */
export interface DraftState {
  request: Request;
  /** As last saved; `null` when never, or not yet read. */
  saved: Request | null;
  revision: string | null;
  /** What it gets from its folders; absent until read. */
  inherited?: Inherited | null;
}

/** Requests being edited, by tab id. */
export const useDrafts = create<Record<string, DraftState>>(() => ({}));

const EMPTY = emptyRequest("");

/** Whether closing the tab would lose something. */
export function isUnsaved(draft: DraftState): boolean {
  return !isSame(draft.request, draft.saved ?? EMPTY);
}

/** Puts what was read from disk into a tab. */
export function loadDraft(tab: string, doc: RequestDoc): void {
  const request = inStep(doc.request);
  setDraft(tab, { request, saved: request, revision: doc.revision, inherited: doc.inherited });
}

/** Puts a draft into a tab, whose marks follow. */
export function setDraft(tab: string, draft: DraftState): void {
  useDrafts.setState({ [tab]: draft });
  const open = useTabs.getState().tabs.find((each) => each.id === tab);
  if (!open) return;
  const { method, name } = draft.request;
  const unsaved = isUnsaved(draft);
  if (open.unsaved !== unsaved || open.method !== method || open.name !== name)
    useTabs.setState((state) => changeTab(state, tab, { unsaved, method, name }));
}

/** Changes a request as typed: marks the tab, and keeps the draft with the core a moment later. */
export function editDraft(tab: string, part: Partial<Request>): void {
  const draft = useDrafts.getState()[tab];
  if (!draft) return;
  setDraft(tab, { ...draft, request: { ...draft.request, ...part } });
  keepSoon(tab);
}

/** Forgets what is typed in tabs that are neither open nor to be reopened. */
export function forgetDrafts(keep: (tab: string) => boolean): void {
  const all = useDrafts.getState();
  const kept = Object.entries(all).filter(([tab]) => keep(tab));
  if (kept.length < Object.keys(all).length) useDrafts.setState(Object.fromEntries(kept), true);
}

const KEEP_AFTER = 300;
const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** Keeps a tab's draft with the core in a moment. */
export function keepSoon(tab: string): void {
  clearTimeout(timers.get(tab));
  timers.set(
    tab,
    setTimeout(() => void keepNow(tab), KEEP_AFTER),
  );
}

/** A saved or discarded draft is not to come back. */
export function stopKeeping(tab: string): void {
  clearTimeout(timers.get(tab));
  timers.delete(tab);
}

/** Keeps every draft that still waits; for a window that may be gone in a moment. */
export async function flushDrafts(): Promise<void> {
  await Promise.all([...timers.keys()].map(keepNow));
}

async function keepNow(tab: string): Promise<void> {
  stopKeeping(tab);
  const draft = useDrafts.getState()[tab];
  const open = useTabs.getState().tabs.find((each) => each.id === tab);
  if (!draft || !open) return;
  const { request, revision } = draft;
  const kept = { tab, path: open.path, baseRevision: revision, request };
  const keeping = isUnsaved(draft)
    ? backend().call("saveDraft", { draft: kept })
    : backend().call("discardDraft", { tab });
  // What is typed stays here in any case; a folder that cannot be written is told when saving.
  await keeping.catch(() => undefined);
}
