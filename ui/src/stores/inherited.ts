import { backend } from "../ipc";
import { useDrafts } from "./drafts";
import { useTabs } from "./tabs";

/** A folder, or the collection for an empty path, was changed: what its open requests inherit may be else. */
export function folderChanged(folder: string): void {
  for (const { id, path } of useTabs.getState().tabs)
    if (path !== null && (folder === "" || path.startsWith(`${folder}/`))) void readInherited(id, path);
}

async function readInherited(tab: string, path: string): Promise<void> {
  const inherited = await backend()
    .call("inherited", { path })
    .catch(() => null);
  const draft = useDrafts.getState()[tab];
  if (inherited && draft) useDrafts.setState({ [tab]: { ...draft, inherited } });
}
