import type { KeyboardEvent } from "react";
import type { TreeItem, TreeRow } from "./flatten";

/** What a key press means in a tree (WAI-ARIA tree view pattern). */
export type TreeMove =
  | { kind: "focus"; index: number; extend: boolean }
  | { kind: "expand" | "collapse"; ids: string[] }
  | { kind: "open" | "toggle" | "rename" | "delete" | "all" | "menu" }
  | { kind: "reorder"; by: -1 | 1 }
  | { kind: "type"; letter: string };

/** Reads a key press against the visible rows; `undefined` leaves the key to others. */
export function readTreeKey<T extends TreeItem>(
  event: KeyboardEvent,
  rows: readonly TreeRow<T>[],
  index: number,
  page: number,
): TreeMove | undefined {
  const row = rows[index];
  if (!row) return undefined;
  const command = event.ctrlKey || event.metaKey;
  const focus = (to: number): TreeMove => ({
    kind: "focus",
    index: Math.max(0, Math.min(rows.length - 1, to)),
    extend: event.shiftKey,
  });
  if (command && event.key.toLowerCase() === "a") return { kind: "all" };
  if (event.altKey && event.key === "ArrowUp") return { kind: "reorder", by: -1 };
  if (event.altKey && event.key === "ArrowDown") return { kind: "reorder", by: 1 };
  if (command || event.altKey) return undefined;
  switch (event.key) {
    case "ArrowDown":
      return focus(index + 1);
    case "ArrowUp":
      return focus(index - 1);
    case "Home":
      return focus(0);
    case "End":
      return focus(rows.length - 1);
    case "PageDown":
      return focus(index + page);
    case "PageUp":
      return focus(index - page);
    case "ArrowRight":
      if (row.expanded === false) return { kind: "expand", ids: [row.item.id] };
      return row.expanded && row.item.children?.length ? focus(index + 1) : undefined;
    case "ArrowLeft":
      if (row.expanded) return { kind: "collapse", ids: [row.item.id] };
      return row.parent ? focus(rows.findIndex((r) => r.item === row.parent)) : undefined;
    case "Enter":
      return { kind: "open" };
    case " ":
      return { kind: "toggle" };
    case "F2":
      return { kind: "rename" };
    case "Delete":
      return { kind: "delete" };
    case "ContextMenu":
      return { kind: "menu" };
    case "F10":
      return event.shiftKey ? { kind: "menu" } : undefined;
    case "*":
      return {
        kind: "expand",
        ids: rows.filter((r) => r.parent === row.parent && r.expanded === false).map((r) => r.item.id),
      };
    default:
      return event.key.length === 1 ? { kind: "type", letter: event.key } : undefined;
  }
}
