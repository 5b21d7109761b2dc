import { asCommandError, backend, type RequestDoc } from "../ipc";
import { setDraft, stopKeeping, useDrafts } from "./drafts";
import { newLiterals } from "./literals";
import { note, notesOf } from "./notes";
import { ask } from "./questions";
import { changeTab, newTabId, openTab, type Tab, useTabs } from "./tabs";
import { takeEvent, useWorkspace } from "./workspace";

const tabOf = (id: string): Tab | undefined => useTabs.getState().tabs.find((each) => each.id === id);

/** Tabs whose save is on its way, and the outside changes told meanwhile. */
const saving = new Map<string, (() => void)[]>();

/** Holds a change told while a save is on its way: it may be that save. */
export function afterSaving(tab: string, run: () => void): boolean {
  const waiting = saving.get(tab);
  waiting?.push(run);
  return waiting !== undefined;
}

/**
 * Saves a tab; one that never was asks for a name and a folder, and secrets in it are asked about before
 * anything is written. `close` closes the tab after such a question. True when it is on disk.
 */
export async function saveTab(tab: string, force = false, close = false): Promise<boolean> {
  const open = tabOf(tab);
  const draft = useDrafts.getState()[tab];
  if (!open || !draft || saving.has(tab)) return false;
  if (open.path === null) {
    ask({ kind: "save", tab, close: false });
    return false;
  }
  const { path } = open;
  const { request, revision } = draft;
  return guarded(tab, async () => {
    const found = await newLiterals({ request });
    if (found.length > 0) {
      ask({ kind: "literals", tab, found, force, close });
      return false;
    }
    const saved = await backend().call("saveRequest", { path, request, baseRevision: revision, force, tab });
    saveDone(tab, request, saved.revision);
    showInTree(path, request);
    return true;
  });
}

/** Makes the file of a request that never had one. Fails where the dialog shows it. */
export async function createFile(tab: string, name: string, parent: string): Promise<void> {
  const draft = useDrafts.getState()[tab];
  if (!draft) return;
  const request = { ...draft.request, name };
  stopKeeping(tab);
  const saved = await backend().call("createRequest", { parent, request, tab });
  const now = useDrafts.getState()[tab] ?? draft;
  useTabs.setState((state) => changeTab(state, tab, { path: saved.path, name, preview: false }));
  useDrafts.setState({ [tab]: { ...now, request: { ...now.request, name } } });
  note(tab, { gone: null });
  saveDone(tab, request, saved.revision);
  showInTree(saved.path, request);
  const inherited = await backend()
    .call("inherited", { path: saved.path })
    .catch(() => null);
  const later = useDrafts.getState()[tab];
  if (later) useDrafts.setState({ [tab]: { ...later, inherited } });
}

/** The core tells of changes made outside only: the tree is told of ours here. */
function showInTree(path: string, { name, method }: RequestDoc["request"]): void {
  const nodes = useWorkspace.getState().workspace?.nodes ?? [];
  const at = nodes.findIndex((node) => node.path === path);
  const was = nodes[at];
  if (was && was.name === name && was.method === method && was.kind === "request") return;
  const parent = path.split("/").slice(0, -1).join("/");
  const node = { path, parent, name, kind: "request" as const, method, protocol: null, error: null };
  takeEvent({ type: "tree", nodes: was ? nodes.with(at, node) : [...nodes, node] });
}

function saveDone(tab: string, request: RequestDoc["request"], revision: string): void {
  stopKeeping(tab);
  const now = useDrafts.getState()[tab];
  if (now) setDraft(tab, { ...now, saved: request, revision });
  note(tab, { saveError: null, readError: null, conflict: null });
}

async function guarded(tab: string, save: () => Promise<boolean>): Promise<boolean> {
  const waiting: (() => void)[] = [];
  saving.set(tab, waiting);
  try {
    return await save();
  } catch (thrown) {
    const error = asCommandError(thrown);
    if (error.code === "conflict") await conflictFound(tab);
    else note(tab, { saveError: error });
    return false;
  } finally {
    saving.delete(tab);
    for (const run of waiting) run();
  }
}

/** The file is not the one the draft began with: shows both sides. */
async function conflictFound(tab: string): Promise<void> {
  const path = tabOf(tab)?.path;
  if (!path) return;
  try {
    const conflict = await backend().call("readRequest", { path });
    note(tab, { conflict, saveError: null });
  } catch (thrown) {
    note(tab, { saveError: asCommandError(thrown) });
  }
}

/** Mine over theirs, in the file. Theirs waits as a closed tab. */
export async function keepMine(tab: string): Promise<void> {
  const theirs = notesOf(tab).conflict;
  if (!(await saveTab(tab, true)) || !theirs) return;
  note(tab, { aside: { side: "theirs", tab: setAside(theirs.request) } });
}

/** Theirs into the tab. Mine waits as a closed tab. */
export function takeTheirs(tab: string): void {
  const theirs = notesOf(tab).conflict;
  const draft = useDrafts.getState()[tab];
  if (!theirs || !draft) return;
  const aside = { side: "mine" as const, tab: setAside(draft.request) };
  stopKeeping(tab);
  const { request, revision, inherited } = theirs;
  setDraft(tab, { request, saved: request, revision, inherited });
  void backend()
    .call("discardDraft", { tab })
    .catch(() => undefined);
  note(tab, { conflict: null, saveError: null, aside });
}

/** Puts a request among the closed tabs, to be reopened as one that was never saved. */
function setAside(request: RequestDoc["request"]): string {
  const id = newTabId();
  const { name, method } = request;
  useTabs.setState((state) => ({
    closed: [...state.closed, { id, path: null, name, method, preview: false, unsaved: true }].slice(-20),
  }));
  useDrafts.setState({ [id]: { request, saved: null, revision: null } });
  return id;
}

/** Opens a copy of a request as one that was never saved. */
export function duplicateTab(tab: string, name: (name: string) => string): void {
  const draft = useDrafts.getState()[tab];
  if (!draft) return;
  const request = { ...draft.request, name: name(draft.request.name), seq: null };
  openUnsaved(request);
}

/** Opens a request that has no file yet in a tab of its own. */
export function openUnsaved(request: RequestDoc["request"]): string {
  const { method, name } = request;
  useTabs.setState((state) => openTab(state, { path: null, name, method }, "pin"));
  const id = useTabs.getState().active ?? "";
  setDraft(id, { request, saved: null, revision: null });
  return id;
}
