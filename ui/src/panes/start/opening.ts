import { m } from "../../messages";
import { pickPath } from "../../stores/picking";
import { createWorkspace, openWorkspace } from "../../stores/workspace";

/** Asks for a folder and opens it; nothing happens when none is chosen. */
export async function pickAndOpen(): Promise<void> {
  const path = await pickPath("folder", m.start.pickOpen);
  if (path) await openWorkspace(path);
}

/** Asks for a folder and makes a workspace there, named like the folder. */
export async function pickAndCreate(example: boolean): Promise<void> {
  const path = await pickPath("folder", example ? m.start.pickExample : m.start.pickCreate);
  if (!path) return;
  const folder = path.split(/[\\/]/).findLast((part) => part !== "") ?? path;
  await createWorkspace(path, example ? m.start.exampleName : folder, example);
}
