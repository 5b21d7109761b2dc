import type { MenuEntry } from "../../components/Menu";
import { asCommandError, backend } from "../../ipc";
import { m } from "../../messages";
import { pickPath } from "../../stores/picking";
import { askToImport } from "../../stores/transfer";
import { closeWorkspace, openWorkspace, useWorkspace } from "../../stores/workspace";
import { askToCreate, pickAndOpen } from "./opening";

/** Says at the workspace why it could not be done. */
const tell = (thrown: unknown) => useWorkspace.setState({ error: asCommandError(thrown) });

async function openInWindow(): Promise<void> {
  const path = await pickPath("folder", m.start.pickOpen);
  if (path) await backend().call("openWindow", { path });
}

const openEmptyWindow = async () => void (await backend().call("openWindow", { path: null }));

/** The lines of the workspace menu: other workspaces, and the ways to one. */
export function useWorkspaceMenu(): MenuEntry[] {
  const recent = useWorkspace((s) => s.recent);
  const root = useWorkspace((s) => s.workspace?.root);
  const others = recent.filter(({ path, exists }) => exists && path !== root).slice(0, 8);
  const run = (work: () => Promise<void>) => () => void work().catch(tell);
  return [
    ...others.map(({ path, name }) => ({ id: path, title: name, run: run(() => openWorkspace(path)) })),
    ...(others.length > 0 ? ["-" as const] : []),
    { id: "open", title: m.start.open, run: run(pickAndOpen) },
    { id: "window", title: m.start.newWindow, run: run(openInWindow) },
    { id: "empty", title: m.start.emptyWindow, run: run(openEmptyWindow) },
    "-",
    { id: "new", title: m.start.create, run: () => askToCreate(false) },
    { id: "import", title: m.importing.fresh, run: () => askToImport({ fresh: true }) },
    { id: "example", title: m.start.example, run: () => askToCreate(true) },
    ...(root === undefined
      ? []
      : ["-" as const, { id: "close", title: m.start.close, run: run(closeWorkspace) }]),
  ];
}
