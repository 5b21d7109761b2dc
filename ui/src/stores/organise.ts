import { create } from "zustand";
import { copyText } from "../components/clipboard";
import { asCommandError, backend, type CommandError, type Node } from "../ipc";
import { m } from "../messages";
import { emptyRequest } from "../request/empty";
import { isUnsaved, useDrafts } from "./drafts";
import { folderFor, freeName, type Landing, moveTo, outermost } from "./places";
import { closeNow, followMoves, itemChanged } from "./tabLife";
import { openTab, type Tab, useTabs } from "./tabs";
import { takeEvent, useWorkspace } from "./workspace";

interface Undo {
  token: string;
  text: string;
  /** Tabs that were closed with their files. */
  tabs: readonly Tab[];
  paths: readonly string[];
}

export interface OrganiseState {
  /** What is chosen in the tree. */
  selected: ReadonlySet<string>;
  renaming: string | null;
  /** What was just made elsewhere and is to be seen. */
  revealed: string | null;
  /** Items that wait to be pasted elsewhere. */
  cut: readonly string[];
  undo: Undo | null;
  /** Why the last change could not be made; stays until the next one or until closed. */
  failed: CommandError | null;
  /** Items whose new place is being asked for. */
  moving: readonly string[] | null;
  /** The folder (or "" for the collection) whose settings are open. */
  settingsOf: string | null;
  /** The part of them to show first. */
  settingsPart: "auth" | "certificates" | null;
}

/** What goes on in the tree. */
export const useOrganise = create<OrganiseState>(() => ({
  selected: new Set(),
  renaming: null,
  revealed: null,
  cut: [],
  undo: null,
  failed: null,
  moving: null,
  settingsOf: null,
  settingsPart: null,
}));

const nodesNow = (): readonly Node[] => useWorkspace.getState().workspace?.nodes ?? [];
const showNodes = (nodes: Node[]) => takeEvent({ type: "tree", nodes });

/** Does something to the tree; why it could not be done is told beside it. */
export async function attempt(work: () => Promise<void>): Promise<void> {
  useOrganise.setState({ failed: null });
  try {
    await work();
  } catch (thrown) {
    useOrganise.setState({ failed: asCommandError(thrown) });
  }
}

/** Takes in where items are now: the tree, the open tabs and what is chosen follow. */
function follow(paths: readonly (readonly [string, string])[], nodes: Node[]): void {
  showNodes(nodes);
  followMoves(paths);
  const there = (path: string) => paths.find(([from]) => from === path)?.[1] ?? path;
  useOrganise.setState((s) => ({ selected: new Set([...s.selected].map(there)), cut: s.cut.map(there) }));
}

const choose = (paths: readonly string[]) => useOrganise.setState({ selected: new Set(paths) });

/** Opens a request of the tree. */
export function openNode(node: Node, how: "preview" | "pin"): void {
  const wanted = { path: node.path, name: node.name, method: node.method ?? "GET" };
  useTabs.setState((s) => openTab(s, wanted, how));
}

/** Makes a request in the folder of what is chosen, opens it, and asks for its name. */
export function newRequestAt(chosen: string | undefined): Promise<void> {
  return attempt(async () => {
    const parent = folderFor(nodesNow(), chosen);
    const name = freeName(nodesNow(), parent, m.collections.new);
    const args = { parent, request: emptyRequest(name), tab: null };
    const { path } = await backend().call("createRequest", args);
    if (!nodesNow().some((node) => node.path === path)) {
      const node: Node = { path, parent, name, kind: "request", method: "GET", protocol: null, error: null };
      showNodes([...nodesNow(), node]);
    }
    useTabs.setState((s) => openTab(s, { path, name, method: "GET" }, "pin"));
    choose([path]);
    useOrganise.setState({ renaming: path });
  });
}

/** Makes a folder in the folder of what is chosen, and asks for its name. */
export function newFolderAt(chosen: string | undefined): Promise<void> {
  return attempt(async () => {
    const parent = folderFor(nodesNow(), chosen);
    const name = freeName(nodesNow(), parent, m.collections.folderName);
    const { paths, nodes } = await backend().call("createFolder", { parent, name });
    showNodes(nodes);
    const path = paths[0]?.[1];
    if (!path) return;
    choose([path]);
    useOrganise.setState({ renaming: path });
  });
}

/** Renames an item and its file; its tabs follow. */
export function renameItem(path: string, name: string): Promise<void> {
  return attempt(async () => {
    const moved = await backend().call("rename", { path, name });
    follow(moved.paths, moved.nodes);
  });
}

/** Copies items beside themselves and chooses the copies. */
export function duplicateItems(ids: readonly string[]): Promise<void> {
  return attempt(async () => {
    const moved = await backend().call("duplicate", { paths: outermost(ids) });
    showNodes(moved.nodes);
    choose(moved.paths.map(([, to]) => to));
  });
}

/** Moves items beside or into another. */
export function moveItems(ids: readonly string[], to: Landing): Promise<void> {
  const wanted = moveTo(nodesNow(), ids, to);
  return wanted ? moveExactly(wanted.paths, wanted.parent, wanted.index) : Promise.resolve();
}

/** Moves items to the end of a folder; "" is the top. */
export function moveInto(ids: readonly string[], parent: string): Promise<void> {
  const paths = outermost(ids).filter((path) => path !== parent && !parent.startsWith(`${path}/`));
  const index = nodesNow().filter((node) => node.parent === parent && !paths.includes(node.path)).length;
  return paths.length > 0 ? moveExactly(paths, parent, index) : Promise.resolve();
}

function moveExactly(paths: string[], parent: string, index: number): Promise<void> {
  return attempt(async () => {
    const moved = await backend().call("moveItems", { paths, parent, index });
    follow(moved.paths, moved.nodes);
    useOrganise.setState({ cut: [] });
  });
}

/** Deletes items; the bar that appears brings them back. Unsaved work in their tabs stays open. */
export function deleteItems(ids: readonly string[]): Promise<void> {
  return attempt(async () => {
    const paths = outermost(ids);
    const named = nodesNow().find((node) => node.path === paths[0])?.name ?? "";
    const { undo, nodes } = await backend().call("delete", { paths });
    const tabs = closeTabsUnder(paths);
    showNodes(nodes);
    const text = paths.length === 1 ? m.collections.deleted(named) : m.collections.deletedMany(paths.length);
    useOrganise.setState({ undo: { token: undo, text, tabs, paths }, selected: new Set() });
  });
}

function closeTabsUnder(paths: readonly string[]): Tab[] {
  const isUnder = (tab: Tab) =>
    tab.path !== null && paths.some((path) => tab.path === path || tab.path?.startsWith(`${path}/`));
  const closed: Tab[] = [];
  for (const tab of useTabs.getState().tabs.filter(isUnder)) {
    const draft = useDrafts.getState()[tab.id];
    if (tab.unsaved || (draft && isUnsaved(draft))) itemChanged(tab.path ?? "", null);
    else {
      closeNow(tab.id);
      closed.push(tab);
    }
  }
  return closed;
}

/** Brings back what was deleted last, and its tabs. */
export function undoDelete(): Promise<void> {
  const { undo } = useOrganise.getState();
  if (!undo) return Promise.resolve();
  return attempt(async () => {
    const { nodes } = await backend().call("undoDelete", { undo: undo.token });
    useOrganise.setState({ undo: null });
    showNodes(nodes);
    choose(undo.paths);
    const back = nodes.filter((node) =>
      undo.paths.some((p) => node.path === p || node.path.startsWith(`${p}/`)),
    );
    for (const node of back) itemChanged(node.path, "");
    for (const { path, name, method } of undo.tabs)
      useTabs.setState((s) => openTab(s, { path, name, method }, "pin"));
  });
}

/** Puts the request, as typed or as saved, on the clipboard as a curl command. */
export function copyAsCurl(path: string): Promise<void> {
  return attempt(() => copyText(curlOf(path)));
}

async function curlOf(path: string): Promise<string> {
  const tab = useTabs.getState().tabs.find((each) => each.path === path);
  const typed = tab && useDrafts.getState()[tab.id]?.request;
  const request = typed ?? (await backend().call("readRequest", { path })).request;
  return (await backend().call("toCurl", { request })).text;
}

/** The absolute path of an item's file, on the clipboard: for an editor. */
export function copyPath(path: string): Promise<void> {
  return attempt(() => copyText(`${useWorkspace.getState().workspace?.root ?? ""}/${path}`));
}
