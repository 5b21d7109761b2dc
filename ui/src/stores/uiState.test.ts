import { afterEach, describe, expect, it } from "vitest";
import type { Node, WorkspaceView } from "../ipc";
import { useTabs } from "./tabs";
import { startKeeping, tabsFrom } from "./uiState";
import { useWorkspace } from "./workspace";

const node = (path: string, kind: Node["kind"]): Node => ({
  path,
  parent: "",
  name: path,
  kind,
  method: kind === "request" ? "POST" : null,
  protocol: null,
  error: null,
});

const workspace = (part: Partial<WorkspaceView>): WorkspaceView => ({
  id: "w",
  name: "W",
  root: "/w",
  nodes: [node("broken.yml", "broken"), node("folder", "folder"), node("folder/a.yml", "request")],
  environments: [],
  environment: null,
  branch: null,
  uiState: null,
  drafts: [],
  ...part,
});

describe("what a window starts with", () => {
  afterEach(() => useWorkspace.setState({ workspace: null }));

  it("is the first request of a workspace that is new to it", () => {
    useWorkspace.setState({ workspace: workspace({}) });
    const stop = startKeeping();
    const { tabs, active } = useTabs.getState();
    expect(tabs).toMatchObject([{ path: "folder/a.yml", method: "POST", preview: true }]);
    expect(active).toBe(tabs[0]?.id);
    stop();
  });

  it("is nothing where the user closed every tab", () => {
    useWorkspace.setState({ workspace: workspace({ uiState: { tabs: [], active: null } }) });
    const stop = startKeeping();
    expect(useTabs.getState().tabs).toEqual([]);
    stop();
  });

  it("passes over what an earlier version wrote otherwise", () => {
    expect(tabsFrom({ tabs: [{ id: 3 }, null, "x"], active: 7 }, [])).toEqual({ tabs: [], active: null });
  });
});
