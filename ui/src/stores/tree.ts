import type { Node } from "../ipc";

/** A node of the workspace with what is under it, as the tree component wants it. */
export interface TreeNode {
  id: string;
  label: string;
  node: Node;
  children?: TreeNode[];
  /** Requests below, at any depth. */
  count: number;
}

/** Nests the flat list of the core (parents before children, display order). */
export function nest(nodes: readonly Node[]): TreeNode[] {
  const roots: TreeNode[] = [];
  const folders = new Map<string, TreeNode>();
  for (const node of nodes) {
    const item: TreeNode = { id: node.path, label: node.name, node, count: 0 };
    if (node.kind === "folder") {
      item.children = [];
      folders.set(node.path, item);
    }
    (folders.get(node.parent)?.children ?? roots).push(item);
    if (node.kind !== "folder")
      for (let up = folders.get(node.parent); up; up = folders.get(up.node.parent)) up.count += 1;
  }
  return roots;
}

/** What a filter leaves: matching items, and folders on the way to them. `null` filter leaves all. */
export function filterTree(items: readonly TreeNode[], text: string): TreeNode[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return items as TreeNode[];
  const keep = (item: TreeNode): TreeNode[] => {
    if (item.label.toLowerCase().includes(wanted)) return [item];
    const children = item.children?.flatMap(keep) ?? [];
    return children.length > 0 ? [{ ...item, children }] : [];
  };
  return items.flatMap(keep);
}
