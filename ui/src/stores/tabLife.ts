import { asCommandError, backend, type RequestDoc } from "../ipc";
import { emptyRequest } from "../request/empty";
import { inStep } from "../request/params";
import { isSame } from "../request/same";
import { forgetDrafts, isUnsaved, keepSoon, loadDraft, setDraft, stopKeeping, useDrafts } from "./drafts";
import { useExchanges } from "./exchange";
import { note, notesOf, useNotes } from "./notes";
import { ask } from "./questions";
import { afterSaving, saveTab } from "./saving";
import { changeTab, closeTab, reopenTab, useTabs } from "./tabs";

const tabOf = (id: string) => useTabs.getState().tabs.find((each) => each.id === id);

/** Reads a tab's request when it has not been read yet. */
export async function readTab(tab: string): Promise<void> {
  const open = tabOf(tab);
  const draft = useDrafts.getState()[tab];
  if (!open || (draft && (draft.saved !== null || open.path === null))) return;
  if (open.path === null) setDraft(tab, { request: emptyRequest(""), saved: null, revision: null });
  else await lookAgain(tab);
}

/** Looks at a tab's file as it is now. Work that is not saved is never replaced. */
export async function lookAgain(tab: string): Promise<void> {
  const path = tabOf(tab)?.path;
  if (!path || afterSaving(tab, () => void lookAgain(tab))) return;
  try {
    const doc = await backend().call("readRequest", { path });
    if (tabOf(tab)?.path !== path || afterSaving(tab, () => void lookAgain(tab))) return;
    takeIn(tab, doc);
  } catch (thrown) {
    const error = asCommandError(thrown);
    // Moved while it was read: that was asked of the old place.
    if (tabOf(tab)?.path !== path) return;
    if (error.code === "not-found" && useDrafts.getState()[tab]) fileGone(tab, path);
    else note(tab, { readError: error });
  }
}

const withoutPlace = (request: RequestDoc["request"]) => ({ ...request, name: "", seq: null });

/** A file as read just now, against what the tab holds. */
function takeIn(tab: string, doc: RequestDoc): void {
  note(tab, { readError: null });
  const draft = useDrafts.getState()[tab];
  const theirs = inStep(doc.request);
  const { revision, inherited } = doc;
  if (!draft || (draft.saved !== null && !isUnsaved(draft))) {
    loadDraft(tab, doc);
    return;
  }
  const isMine = isSame(draft.request, theirs);
  // Read for the first time after a restart, or the same but for comments and order: nothing to choose.
  const isKnown =
    draft.saved === null
      ? draft.revision === revision
      : isSame(withoutPlace(draft.saved), withoutPlace(theirs));
  if (isMine || isKnown) {
    const request =
      draft.saved === null ? draft.request : { ...draft.request, name: theirs.name, seq: theirs.seq };
    setDraft(tab, { request, saved: theirs, revision, inherited });
    note(tab, { conflict: null });
    keepSoon(tab);
    return;
  }
  useDrafts.setState({ [tab]: { ...draft, inherited } });
  if (draft.revision !== revision) note(tab, { conflict: { ...doc, request: theirs } });
}

/** The file was deleted outside: what was in it stays, as work that is not saved. */
function fileGone(tab: string, path: string): void {
  const draft = useDrafts.getState()[tab];
  if (!draft) return;
  useTabs.setState((state) => changeTab(state, tab, { path: null }));
  setDraft(tab, { ...draft, saved: null, revision: null });
  note(tab, { gone: path, conflict: null });
  keepSoon(tab);
}

/** `watch` told of a file; "*" is every file. */
export function itemChanged(path: string, revision: string | null): void {
  for (const tab of useTabs.getState().tabs) {
    if (tab.path !== null && (path === "*" || tab.path === path)) {
      const known = useDrafts.getState()[tab.id]?.revision;
      if (known === undefined || (revision !== null && known === revision && path !== "*")) continue;
      void lookAgain(tab.id);
    } else if (revision !== null && notesOf(tab.id).gone === path) comeBack(tab.id, path);
  }
}

/** The file is there again (an undone delete, a branch switched back). */
function comeBack(tab: string, path: string): void {
  if (useTabs.getState().tabs.some((each) => each.path === path)) return;
  useTabs.setState((state) => changeTab(state, tab, { path }));
  note(tab, { gone: null });
  void lookAgain(tab);
}

/** Items were moved or renamed: their tabs go along. Pairs of old and new path, folders too. */
export function followMoves(paths: readonly (readonly [string, string])[]): void {
  for (const tab of useTabs.getState().tabs) {
    const was = tab.path ?? notesOf(tab.id).gone;
    if (was === null) continue;
    const move = paths.find(([from]) => was === from || was.startsWith(`${from}/`));
    if (!move || move[0] === move[1]) continue;
    const path = move[1] + was.slice(move[0].length);
    useTabs.setState((state) => changeTab(state, tab.id, { path }));
    note(tab.id, { gone: null });
    void lookAgain(tab.id);
  }
}

/** Closes a tab, or asks first when that would lose something. */
export function requestClose(tab: string): void {
  const draft = useDrafts.getState()[tab];
  if (draft ? isUnsaved(draft) : tabOf(tab)?.unsaved) ask({ kind: "close", tab });
  else closeNow(tab);
}

/** Closes a tab. Its draft stays at hand as long as the tab can be reopened. */
export function closeNow(tab: string): void {
  stopKeeping(tab);
  useTabs.setState((state) => closeTab(state, tab));
  void backend()
    .call("discardDraft", { tab })
    .catch(() => undefined);
  forgetClosed();
}

/** Saves, then closes; a request without a file asks for its place first. */
export async function saveAndClose(tab: string): Promise<void> {
  if (tabOf(tab)?.path === null) return ask({ kind: "save", tab, close: true });
  ask(null);
  if (await saveTab(tab, false, true)) closeNow(tab);
}

/** Brings the last closed tab back, with what was typed in it. */
export function reopenLast(): void {
  const before = new Set(useTabs.getState().tabs.map((tab) => tab.id));
  useTabs.setState(reopenTab);
  for (const { id } of useTabs.getState().tabs) {
    const draft = useDrafts.getState()[id];
    if (before.has(id) || !draft) continue;
    setDraft(id, draft);
    if (isUnsaved(draft)) keepSoon(id);
    void lookAgain(id);
  }
}

/** Opens the side of a conflict that was set aside. */
export function reopenAside(tab: string, aside: string): void {
  note(tab, { aside: null });
  const { closed } = useTabs.getState();
  const wanted = closed.find((each) => each.id === aside);
  if (!wanted) return;
  useTabs.setState({ closed: [...closed.filter((each) => each !== wanted), wanted] });
  reopenLast();
}

/** Forgets what belongs to tabs that cannot come back. */
export function forgetClosed(): void {
  const { tabs, closed } = useTabs.getState();
  const known = new Set([...tabs, ...closed].map((tab) => tab.id));
  forgetDrafts((tab) => known.has(tab));
  for (const store of [useNotes, useExchanges]) {
    const all = store.getState() as Record<string, unknown>;
    const kept = Object.entries(all).filter(([tab]) => known.has(tab));
    if (kept.length < Object.keys(all).length)
      (store.setState as (state: object, replace: true) => void)(Object.fromEntries(kept), true);
  }
}
