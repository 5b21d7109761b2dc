import type { Imported } from "../ipc";
import { useLayout } from "./layout";
import { useOrganise } from "./organise";
import { openWorkspace } from "./workspace";

/** Goes to what an import wrote: its workspace, or its items in the tree. */
export async function showImported({ workspace, paths }: Imported): Promise<void> {
  if (workspace !== null) await openWorkspace(workspace);
  useLayout.setState({ place: "collections", sidebar: true });
  useOrganise.setState({ selected: new Set(paths), revealed: paths[0] ?? null });
}
