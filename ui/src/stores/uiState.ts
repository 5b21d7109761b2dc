import { backend, type Draft, type WorkspaceView } from "../ipc";
import { flushDrafts, useDrafts } from "./drafts";
import { folderChanged } from "./inherited";
import { type LayoutState, useLayout } from "./layout";
import { forgetClosed, itemChanged } from "./tabLife";
import { openTab, type Tab, useTabs } from "./tabs";
import { beforeLeaving, onWorkspaceEvent, useWorkspace } from "./workspace";

/** Short: a window may be closed right after a tab was opened. */
const SAVE_AFTER = 100;

type Kept = Partial<{ tabs: unknown; active: unknown; layout: unknown }>;

const text = (value: unknown): value is string => typeof value === "string";

function tabFrom(value: unknown): Tab[] {
  const kept = value as Partial<Tab> | null;
  if (typeof kept !== "object" || kept === null || !text(kept.id)) return [];
  const path = text(kept.path) ? kept.path : null;
  const name = text(kept.name) ? kept.name : "";
  const method = text(kept.method) ? kept.method : "GET";
  return [{ id: kept.id, path, name, method, preview: kept.preview === true, unsaved: false }];
}

function layoutFrom(value: unknown): Partial<LayoutState> {
  if (typeof value !== "object" || value === null) return {};
  const now = useLayout.getState() as unknown as Record<string, unknown>;
  const known = Object.entries(value).filter(
    ([key, each]) => key !== "overlay" && key in now && typeof each === typeof now[key],
  );
  return Object.fromEntries(known);
}

/** The tabs of an earlier window with their drafts; one whose file is gone comes as it was typed. */
export function tabsFrom(uiState: unknown, drafts: readonly Draft[]): { tabs: Tab[]; active: string | null } {
  const kept = (typeof uiState === "object" && uiState !== null ? uiState : {}) as Kept;
  const byTab = new Map(drafts.map((draft) => [draft.tab, draft]));
  const tabs = (Array.isArray(kept.tabs) ? kept.tabs : [])
    .flatMap(tabFrom)
    // A new request in which nothing was typed has nothing to come back to.
    .filter((tab) => tab.path !== null || byTab.has(tab.id))
    .map((tab): Tab => {
      const draft = byTab.get(tab.id);
      if (!draft) return tab;
      const { name, method } = draft.request;
      return { ...tab, name: name || tab.name, method, path: draft.path, preview: false, unsaved: true };
    });
  const open = new Set(tabs.map((tab) => tab.id));
  const lost = drafts
    .filter((draft) => !open.has(draft.tab))
    .map((draft): Tab => {
      const { name, method } = draft.request;
      return { id: draft.tab, path: draft.path, name, method, preview: false, unsaved: true };
    });
  const all = [...tabs, ...lost];
  const active = all.find((tab) => tab.id === kept.active) ?? all[0];
  return { tabs: all, active: active?.id ?? null };
}

/** Shows the tabs, drafts and sizes that were kept for a workspace. */
export function restore(workspace: WorkspaceView): void {
  const { tabs, active } = tabsFrom(workspace.uiState, workspace.drafts);
  useTabs.setState({ tabs, active, closed: [] });
  forgetClosed();
  for (const { tab, request, baseRevision } of workspace.drafts)
    useDrafts.setState({ [tab]: { request, saved: null, revision: baseRevision } });
  useLayout.setState(layoutFrom((workspace.uiState as Kept | null)?.layout));
}

/** A workspace seen for the first time shows its first request, so that the first Send is one key away. */
function welcome({ nodes }: WorkspaceView): void {
  const first = nodes.find((node) => node.kind === "request");
  if (!first) return;
  const { path, name, method } = first;
  useTabs.setState((state) => openTab(state, { path, name, method: method ?? "GET" }, "preview"));
}

const stateNow = () => {
  const { tabs, active } = useTabs.getState();
  const { overlay: _, ...layout } = useLayout.getState();
  return { tabs, active, layout };
};

function restoreOrWelcome(workspace: WorkspaceView): void {
  restore(workspace);
  if (workspace.uiState === null && workspace.drafts.length === 0) welcome(workspace);
}

/** Restores what was kept, follows outside changes, and keeps tabs, sizes and drafts from now on. */
export function startKeeping(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown = useWorkspace.getState().workspace?.id ?? null;
  const now = useWorkspace.getState().workspace;
  if (now) restoreOrWelcome(now);
  const save = async () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    if (!shown) return;
    await backend()
      .call("saveUiState", { state: stateNow() })
      .catch(() => undefined);
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), SAVE_AFTER);
  };
  const flush = async () => {
    await Promise.all([save(), flushDrafts()]);
  };
  const onHide = () => void flush();
  const undo = [
    useWorkspace.subscribe(({ workspace }) => {
      if ((workspace?.id ?? null) === shown) return;
      shown = workspace?.id ?? null;
      if (workspace) restoreOrWelcome(workspace);
      else useTabs.setState({ tabs: [], active: null, closed: [] });
    }),
    useTabs.subscribe((state, before) => {
      soon();
      if (state.tabs !== before.tabs) forgetClosed();
    }),
    useLayout.subscribe(soon),
    onWorkspaceEvent((event) => {
      if (event.type !== "item") return;
      itemChanged(event.path, event.revision);
      folderChanged(event.path);
    }),
    beforeLeaving(flush),
  ];
  window.addEventListener("pagehide", onHide);
  document.addEventListener("visibilitychange", onHide);
  return () => {
    clearTimeout(timer);
    window.removeEventListener("pagehide", onHide);
    document.removeEventListener("visibilitychange", onHide);
    for (const each of undo) each();
  };
}
