import { create } from "zustand";
import type { KeychainView, RecentWorkspace, WireError, WorkspaceEvent, WorkspaceView } from "../ipc";
import { asCommandError, backend } from "../ipc";
import { useSettings } from "./settings";
import { nest, type TreeNode } from "./tree";

export interface WorkspaceState {
  booted: boolean;
  /** Of the app. */
  version: string;
  workspace: WorkspaceView | null;
  tree: readonly TreeNode[];
  recent: readonly RecentWorkspace[];
  keychain: KeychainView;
  /** Entries in history, once the core has counted them. */
  historyCount: number | null;
  /** Where the playground listens, when it runs. */
  playground: string | null;
  /** Why a workspace could not be opened. */
  error: WireError | null;
  /** Problems told by `watch`, until they are dismissed. */
  problems: readonly WireError[];
}

/** The workspace of this window, as the core last told it. */
export const useWorkspace = create<WorkspaceState>(() => ({
  booted: false,
  version: "",
  workspace: null,
  tree: [],
  recent: [],
  keychain: { state: "checking", message: "", sessionOnly: 0 },
  historyCount: null,
  playground: null,
  error: null,
  problems: [],
}));

/** Takes one change the core told of. */
export function applyEvent(state: WorkspaceState, event: WorkspaceEvent): WorkspaceState {
  const { workspace } = state;
  switch (event.type) {
    case "keychain":
      return { ...state, keychain: event.keychain };
    case "problem":
      return {
        ...state,
        problems: [...state.problems.filter((p) => p.message !== event.error.message), event.error],
      };
    case "playground":
      return { ...state, playground: event.url };
    case "tree":
      return {
        ...state,
        tree: nest(event.nodes),
        workspace: workspace && { ...workspace, nodes: event.nodes },
      };
    case "environments":
      return { ...state, workspace: workspace && { ...workspace, environments: event.environments } };
    case "history":
      return { ...state, historyCount: event.count };
    case "branch":
      return { ...state, workspace: workspace && { ...workspace, branch: event.branch } };
    default:
      return state;
  }
}

type Listener = (event: WorkspaceEvent) => void;
const listeners = new Set<Listener>();
const leavers = new Set<() => Promise<void>>();

/** Hears what `watch` tells, after this store took it in. Returns the undo. */
export function onWorkspaceEvent(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Runs before another workspace takes the place of this one. Returns the undo. */
export function beforeLeaving(run: () => Promise<void>): () => void {
  leavers.add(run);
  return () => leavers.delete(run);
}

/** Shows a workspace that was just opened. */
export function showWorkspace(workspace: WorkspaceView): void {
  useWorkspace.setState({ workspace, tree: nest(workspace.nodes), historyCount: null, error: null });
}

/** The first call of a window. */
export async function boot(): Promise<void> {
  const told = await backend().call("boot", {});
  useSettings.setState(told.settings);
  useWorkspace.setState({
    booted: true,
    version: told.version,
    recent: told.recent,
    keychain: told.keychain,
    playground: told.playground,
    error: told.workspaceError,
  });
  if (told.workspace) showWorkspace(told.workspace);
}

/** Takes in what the core tells of the workspace, until the window closes. */
export async function watch(): Promise<void> {
  try {
    await backend().stream("watch", {}, takeEvent);
  } catch (thrown) {
    useWorkspace.setState({ error: asCommandError(thrown) });
  }
}

/** Takes in one event. */
export function takeEvent(event: WorkspaceEvent): void {
  useWorkspace.setState((state) => applyEvent(state, event));
  for (const listener of listeners) listener(event);
}

/** Opens a folder in this window, in place of the workspace that was shown. Fails where it was asked for. */
export async function openWorkspace(path: string): Promise<void> {
  await leave();
  showWorkspace(await backend().call("openWorkspace", { path }));
}

/** Makes a workspace in a folder, and opens it here. */
export async function createWorkspace(path: string, name: string, example: boolean): Promise<void> {
  await leave();
  showWorkspace(await backend().call("createWorkspace", { path, name, example }));
}

async function leave(): Promise<void> {
  await Promise.all([...leavers].map((run) => run()));
}

/** Goes back to the start page; the workspace stays as it is on disk. */
export async function closeWorkspace(): Promise<void> {
  await leave();
  const { workspace, recent } = useWorkspace.getState();
  if (!workspace) return;
  const { name, root } = workspace;
  const others = recent.filter((each) => each.path !== root);
  useWorkspace.setState({
    workspace: null,
    tree: [],
    problems: [],
    recent: [{ name, path: root, exists: true }, ...others],
  });
}

/** Takes a folder off the list of recent ones. */
export async function forgetWorkspace(path: string): Promise<void> {
  await backend().call("forgetWorkspace", { path });
  useWorkspace.setState((s) => ({ recent: s.recent.filter((each) => each.path !== path) }));
}

/** Chooses the environment that requests are sent in. */
export async function selectEnvironment(name: string | null): Promise<void> {
  await backend().call("selectEnvironment", { name });
  useWorkspace.setState((s) => ({ workspace: s.workspace && { ...s.workspace, environment: name } }));
}
