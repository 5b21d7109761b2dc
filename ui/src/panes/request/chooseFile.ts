import { m } from "../../messages";
import { pickPath } from "../../stores/picking";
import { useWorkspace } from "../../stores/workspace";

/** Asks for a file, one to send unless another title says so. One inside the workspace is named from its root, so that it works elsewhere too. */
export async function chooseFile(title = m.request.bodyPart.pickTitle): Promise<string | null> {
  const path = await pickPath("file", title).catch(() => null);
  const root = useWorkspace.getState().workspace?.root;
  const inside = path !== null && root !== undefined && /^[\\/]/.test(path.slice(root.length));
  return inside && path.startsWith(root) ? path.slice(root.length + 1) : path;
}
