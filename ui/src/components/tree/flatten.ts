/** One item of a tree; `children` present (even empty) makes it a folder. */
export interface TreeItem {
  id: string;
  label: string;
  children?: readonly TreeItem[];
}

/** A visible line of the tree, with what ARIA wants to know about its place. */
export interface TreeRow<T extends TreeItem> {
  item: T;
  /** From 1. */
  level: number;
  position: number;
  setSize: number;
  parent: T | null;
  expanded: boolean | undefined;
}

/** The lines to show, top to bottom: children of closed folders are left out. */
export function flatten<T extends TreeItem>(
  items: readonly T[],
  expanded: ReadonlySet<string>,
): TreeRow<T>[] {
  const rows: TreeRow<T>[] = [];
  const walk = (siblings: readonly T[], level: number, parent: T | null) => {
    siblings.forEach((item, at) => {
      const open = item.children ? expanded.has(item.id) : undefined;
      rows.push({ item, level, position: at + 1, setSize: siblings.length, parent, expanded: open });
      if (open) walk(item.children as readonly T[], level + 1, item);
    });
  };
  walk(items, 1, null);
  return rows;
}

/** Ids of every folder, for "expand all". */
export function folderIds(items: readonly TreeItem[]): Set<string> {
  const ids = new Set<string>();
  const walk = (siblings: readonly TreeItem[]) => {
    for (const item of siblings)
      if (item.children) {
        ids.add(item.id);
        walk(item.children);
      }
  };
  walk(items);
  return ids;
}

/** The next row, after `from` and wrapping round, whose label starts with what was typed. */
export function findByPrefix<T extends TreeItem>(
  rows: readonly TreeRow<T>[],
  from: number,
  typed: string,
): number {
  const wanted = typed.toLocaleLowerCase();
  // One letter moves on; more letters may stay on the row they already match.
  const first = typed.length > 1 ? 0 : 1;
  for (let step = first; step < rows.length + first; step++) {
    const at = (from + step) % rows.length;
    if (rows[at]?.item.label.toLocaleLowerCase().startsWith(wanted)) return at;
  }
  return -1;
}
