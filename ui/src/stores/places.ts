import type { MoveItems, Node } from "../ipc";
import { freeAmong } from "./freeName";

/** Where dragged or moved items are to land: beside or into the item named. */
export interface Landing {
  id: string;
  place: "before" | "inside" | "after";
}

const isUnder = (path: string, folder: string) => path.startsWith(`${folder}/`);

/** The items without those that go along with a folder that is among them. */
export function outermost(paths: readonly string[]): string[] {
  return paths.filter((path) => !paths.some((other) => isUnder(path, other)));
}

/** What to ask of the core for a move; null when a folder would go into itself. */
export function moveTo(nodes: readonly Node[], ids: readonly string[], to: Landing): MoveItems | null {
  const paths = outermost(ids);
  const target = nodes.find((node) => node.path === to.id);
  if (!target || paths.length === 0) return null;
  const parent = to.place === "inside" ? target.path : target.parent;
  if (paths.some((path) => path === parent || isUnder(parent, path))) return null;
  const siblings = nodes.filter((node) => node.parent === parent && !paths.includes(node.path));
  if (to.place === "inside") return { paths, parent, index: siblings.length };
  const at = siblings.findIndex((node) => node.path === target.path);
  if (at < 0) return null;
  return { paths, parent, index: to.place === "after" ? at + 1 : at };
}

/** The folder a new item belongs in when this one is chosen: itself, or the folder it is in. */
export function folderFor(nodes: readonly Node[], chosen: string | undefined): string {
  const node = nodes.find((each) => each.path === chosen);
  if (!node) return "";
  return node.kind === "folder" ? node.path : node.parent;
}

/** A name no sibling has: "New folder", "New folder 2". */
export function freeName(nodes: readonly Node[], parent: string, name: string): string {
  const siblings = nodes.filter((node) => node.parent === parent);
  return freeAmong(
    siblings.map((node) => node.name),
    name,
  );
}
