import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { findByPrefix, flatten, type TreeItem } from "./flatten";
import { readTreeKey, type TreeMove } from "./keys";
import "./Tree.css";
import { TreeLine } from "./TreeLine";
import { type DropPlace, useRowDrag } from "./useRowDrag";

export type { TreeItem } from "./flatten";

/** Where items are moved to: beside or into the item named. */
export interface TreeDrop {
  id: string;
  place: DropPlace["place"];
}

export interface TreeProps<T extends TreeItem> {
  /** Accessible name. */
  label: string;
  items: readonly T[];
  expanded: ReadonlySet<string>;
  onExpandedChange(expanded: Set<string>): void;
  selected: ReadonlySet<string>;
  onSelectedChange(selected: Set<string>): void;
  /** The item shown in the editor, if it is in this tree. */
  active?: string | null;
  /** An item to bring into view when it is there. */
  reveal?: string | null;
  /** Enter, click ("preview") or double click ("pin") on an item that is not a folder. */
  onOpen(item: T, how: "preview" | "pin"): void;
  /** The item whose name is being edited. */
  renaming?: string | null;
  onRenamingChange?(id: string | null): void;
  onRename?(item: T, name: string): void;
  onDelete?(ids: string[]): void;
  onMove?(ids: string[], to: TreeDrop): void;
  /** Called with the selection and the place on screen for a context menu. */
  onMenu?(ids: string[], at: { x: number; y: number }): void;
  /** Shown quieter, or as something wrong. */
  tone?(item: T): "muted" | "broken" | "cut" | undefined;
  /** What else a screen reader says about it. */
  hint?(item: T): string | undefined;
  /** Whether it is checked; with `onCheck` each line has a box, and Space turns it. */
  checked?(item: T): boolean | "mixed";
  onCheck?(items: readonly T[], checked: boolean): void;
  /** What stands before the label, such as a method tag. */
  before?(item: T): ReactNode;
  /** What stands at the right edge, such as a count. */
  after?(item: T): ReactNode;
}

const ROW = 26;

/** A virtual ARIA tree: ten thousand nodes scroll as a hundred do. Focus stays on the tree itself. */
export function Tree<T extends TreeItem>(props: TreeProps<T>) {
  // The virtualiser hands out one object that changes inside: the compiler must not remember it.
  "use no memo";
  const { items, expanded, selected } = props;
  const box = useRef<HTMLDivElement>(null);
  const base = useId();
  const rows = useMemo(() => flatten(items, expanded), [items, expanded]);
  const [focusId, setFocusId] = useState<string | null>(null);
  const anchor = useRef<string | null>(null);
  const typed = useRef({ text: "", at: 0 });
  const index = Math.max(
    0,
    rows.findIndex((r) => r.item.id === (focusId ?? props.active)),
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const drag = useRowDrag({
    rowHeight: ROW,
    count: rows.length,
    isFolder: (at) => rows[at]?.item.children !== undefined,
    scroller: () => box.current,
    onDrop: (from, to) => {
      const moved = rows[from]?.item.id;
      const onto = rows[to.index]?.item.id;
      if (!moved || !onto) return;
      const ids = selected.has(moved) ? rows.map((r) => r.item.id).filter((id) => selected.has(id)) : [moved];
      // Below the line of an open folder is before its first child.
      const first = to.place === "after" && rows[to.index]?.expanded ? rows[to.index + 1] : undefined;
      const inside = first && first.parent === rows[to.index]?.item ? first.item.id : undefined;
      const landing: TreeDrop = inside ? { id: inside, place: "before" } : { id: onto, place: to.place };
      if (!ids.includes(landing.id)) props.onMove?.(ids, landing);
    },
  });

  const activeIndex = props.active ? rows.findIndex((r) => r.item.id === props.active) : -1;
  useEffect(() => {
    if (activeIndex >= 0) virtual.scrollToIndex(activeIndex, { align: "auto" });
  }, [activeIndex, virtual]);

  const revealIndex = props.reveal ? rows.findIndex((r) => r.item.id === props.reveal) : -1;
  useEffect(() => {
    if (revealIndex >= 0) virtual.scrollToIndex(revealIndex, { align: "center" });
  }, [revealIndex, virtual]);

  const setExpanded = (ids: string[], open: boolean) => {
    const next = new Set(expanded);
    for (const id of ids) open ? next.add(id) : next.delete(id);
    props.onExpandedChange(next);
  };
  const toggle = (at: number) => {
    const row = rows[at];
    if (row) setExpanded([row.item.id], !row.expanded);
  };
  const range = (to: number) => {
    const anchored = rows.findIndex((r) => r.item.id === anchor.current);
    const from = anchored < 0 ? index : anchored;
    anchor.current = rows[from]?.item.id ?? null;
    return new Set(rows.slice(Math.min(from, to), Math.max(from, to) + 1).map((r) => r.item.id));
  };
  const focus = (to: number, extend: boolean) => {
    const id = rows[to]?.item.id;
    if (!id) return;
    setFocusId(id);
    virtual.scrollToIndex(to, { align: "auto" });
    if (extend) props.onSelectedChange(range(to));
    else {
      anchor.current = id;
      props.onSelectedChange(new Set([id]));
    }
  };
  const open = (at: number, how: "preview" | "pin") => {
    const row = rows[at];
    if (!row) return;
    if (row.item.children) toggle(at);
    else props.onOpen(row.item, how);
  };
  /** A box in a selection of several turns them all. */
  const turn = (at: number) => {
    const row = rows[at];
    if (!row) return;
    const together = selected.has(row.item.id)
      ? rows.filter((each) => selected.has(each.item.id)).map((each) => each.item)
      : [row.item];
    props.onCheck?.(together, props.checked?.(row.item) !== true);
  };
  const chosen = () => {
    const id = rows[index]?.item.id;
    if (id && !selected.has(id)) return [id];
    return rows.map((r) => r.item.id).filter((each) => selected.has(each));
  };

  const act = (move: TreeMove) => {
    const row = rows[index];
    if (!row) return;
    switch (move.kind) {
      case "focus":
        return focus(move.index, move.extend);
      case "expand":
        return setExpanded(move.ids, true);
      case "collapse":
        return setExpanded(move.ids, false);
      case "open":
        return open(index, "pin");
      case "toggle": {
        if (props.onCheck) return turn(index);
        const next = new Set(selected);
        if (!next.delete(row.item.id)) next.add(row.item.id);
        return props.onSelectedChange(next);
      }
      case "all":
        return props.onSelectedChange(new Set(rows.map((r) => r.item.id)));
      case "rename":
        return props.onRenamingChange?.(row.item.id);
      case "delete":
        return props.onDelete?.(chosen());
      case "menu": {
        const line = document.getElementById(`${base}-${index}`)?.getBoundingClientRect();
        return props.onMenu?.(chosen(), { x: (line?.left ?? 0) + 40, y: line?.bottom ?? 0 });
      }
      case "reorder": {
        const sibling = rows.filter((r) => r.parent === row.parent)[row.position - 1 + move.by];
        if (sibling)
          props.onMove?.([row.item.id], { id: sibling.item.id, place: move.by < 0 ? "before" : "after" });
        return;
      }
      case "type": {
        const now = performance.now();
        const text = now - typed.current.at < 700 ? typed.current.text + move.letter : move.letter;
        typed.current = { text, at: now };
        const found = findByPrefix(rows, index, text);
        if (found >= 0) focus(found, false);
      }
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / ROW) - 1);
    const move = readTreeKey(event, rows, index, page);
    if (!move) return;
    event.preventDefault();
    act(move);
  };
  const lineOf = (event: MouseEvent) => {
    const line = (event.target as Element).closest<HTMLElement>(".tree-line");
    return line ? Number(line.dataset.index) : -1;
  };
  const onClick = (event: MouseEvent) => {
    const at = lineOf(event);
    const id = rows[at]?.item.id;
    if (!id) return;
    setFocusId(id);
    if ((event.target as Element).closest(".tree-box")) return turn(at);
    if (event.shiftKey) return props.onSelectedChange(range(at));
    anchor.current = id;
    if (event.ctrlKey || event.metaKey) {
      const next = new Set(selected);
      if (!next.delete(id)) next.add(id);
      return props.onSelectedChange(next);
    }
    props.onSelectedChange(new Set([id]));
    open(at, "preview");
  };
  const onContextMenu = (event: MouseEvent) => {
    const id = rows[lineOf(event)]?.item.id;
    if (!id || !props.onMenu) return;
    event.preventDefault();
    setFocusId(id);
    const ids = selected.has(id) ? rows.map((r) => r.item.id).filter((each) => selected.has(each)) : [id];
    if (!selected.has(id)) props.onSelectedChange(new Set([id]));
    props.onMenu(ids, { x: event.clientX, y: event.clientY });
  };

  return (
    <div
      ref={box}
      role="tree"
      className="tree"
      aria-label={props.label}
      aria-multiselectable
      aria-activedescendant={rows.length ? `${base}-${index}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={(event) => {
        const item = rows[lineOf(event)]?.item;
        if (item && !item.children) props.onOpen(item, "pin");
      }}
      onContextMenu={onContextMenu}
    >
      <div className="tree-body" role="none" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((line) => {
          const row = rows[line.index];
          if (!row) return null;
          const id = row.item.id;
          return (
            <TreeLine
              key={id}
              id={`${base}-${line.index}`}
              index={line.index}
              row={row}
              top={line.start}
              selected={selected.has(id)}
              active={id === props.active}
              focused={line.index === index}
              renaming={id === props.renaming}
              drop={drag.target?.index === line.index ? drag.target.place : undefined}
              checked={props.onCheck ? props.checked?.(row.item) : undefined}
              tone={props.tone?.(row.item)}
              hint={props.hint?.(row.item)}
              before={props.before?.(row.item)}
              after={props.after?.(row.item)}
              onPointerDown={(event, at) => props.onMove && drag.start(event, at)}
              onToggle={toggle}
              onRenamed={(name) => {
                props.onRenamingChange?.(null);
                box.current?.focus();
                if (name && name !== row.item.label) props.onRename?.(row.item, name);
              }}
            />
          );
        })}
      </div>
    </div>
  );
}
