import { create } from "zustand";
import type { KeychainView, RecentWorkspace, WireError, WorkspaceEvent, WorkspaceView } from "../ipc";
import { backend } from "../ipc";
import { useSettings } from "./settings";
import { nest, type TreeNode } from "./tree";

export interface WorkspaceState {
  booted: boolean;
  workspace: WorkspaceView | null;
  tree: readonly TreeNode[];
  recent: readonly RecentWorkspace[];
  keychain: KeychainView;
  /** Why the workspace could not be opened, or a problem told by `watch`. */
  error: WireError | null;
}

/** The workspace of this window, as the core last told it. */
export const useWorkspace = create<WorkspaceState>(() => ({
  booted: false,
  workspace: null,
  tree: [],
  recent: [],
  keychain: { state: "checking", message: "", sessionOnly: 0 },
  error: null,
}));

/** Takes one change the core told of. */
export function applyEvent(state: WorkspaceState, event: WorkspaceEvent): WorkspaceState {
  const { workspace } = state;
  switch (event.type) {
    case "keychain":
      return { ...state, keychain: event.keychain };
    case "problem":
      return { ...state, error: event.error };
    case "tree":
      return {
        ...state,
        tree: nest(event.nodes),
        workspace: workspace && { ...workspace, nodes: event.nodes },
      };
    case "environments":
      return { ...state, workspace: workspace && { ...workspace, environments: event.environments } };
    case "branch":
      return { ...state, workspace: workspace && { ...workspace, branch: event.branch } };
    default:
      return state;
  }
}

/** Shows a workspace that was just opened. */
export function showWorkspace(workspace: WorkspaceView): void {
  useWorkspace.setState({ workspace, tree: nest(workspace.nodes), error: null });
}

/** The first call of a window. */
export async function boot(): Promise<void> {
  const told = await backend().call("boot", {});
  useSettings.setState(told.settings);
  useWorkspace.setState({
    booted: true,
    recent: told.recent,
    keychain: told.keychain,
    error: told.workspaceError,
  });
  if (told.workspace) showWorkspace(told.workspace);
  void backend()
    .stream("watch", {}, (event) => useWorkspace.setState((state) => applyEvent(state, event)))
    .catch(() => undefined);
}

/** Chooses the environment that requests are sent in. */
export async function selectEnvironment(name: string | null): Promise<void> {
  await backend().call("selectEnvironment", { name });
  useWorkspace.setState((s) => ({ workspace: s.workspace && { ...s.workspace, environment: name } }));
}
