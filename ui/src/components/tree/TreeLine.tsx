import { ChevronRight } from "lucide-react";
import { memo, type PointerEvent, type ReactNode, useRef } from "react";
import type { TreeItem, TreeRow } from "./flatten";

export interface TreeLineProps<T extends TreeItem> {
  id: string;
  index: number;
  row: TreeRow<T>;
  top: number;
  selected: boolean;
  active: boolean;
  focused: boolean;
  renaming: boolean;
  /** Undefined in a tree without boxes. */
  checked: boolean | "mixed" | undefined;
  drop: "before" | "inside" | "after" | undefined;
  tone: "muted" | "broken" | "cut" | undefined;
  hint: string | undefined;
  before: ReactNode;
  after: ReactNode;
  onPointerDown(event: PointerEvent, index: number): void;
  onToggle(index: number): void;
  onRenamed(name: string | null): void;
}

function Line<T extends TreeItem>(props: TreeLineProps<T>) {
  const { row, index } = props;
  return (
    // Takes no focus by itself: the tree keeps it, also after a click, and says which line it is at.
    <div
      id={props.id}
      role="treeitem"
      className="tree-line"
      aria-label={props.hint ? `${row.item.label}, ${props.hint}` : row.item.label}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.setSize}
      aria-expanded={row.expanded}
      aria-selected={props.selected}
      aria-checked={props.checked}
      aria-current={props.active || undefined}
      data-focused={props.focused || undefined}
      data-drop={props.drop}
      data-index={index}
      data-tone={props.tone}
      style={{ transform: `translateY(${props.top}px)`, paddingLeft: 10 + (row.level - 1) * 15 }}
      onPointerDown={(event) => props.onPointerDown(event, index)}
    >
      {row.expanded === undefined ? (
        // Boxes of one level stand under each other.
        props.checked === undefined ? null : (
          <span className="tree-twist" />
        )
      ) : (
        <span
          className="tree-twist"
          data-open={row.expanded || undefined}
          onClick={(event) => {
            event.stopPropagation();
            props.onToggle(index);
          }}
        >
          <ChevronRight size={14} aria-hidden />
        </span>
      )}
      {props.checked === undefined ? null : (
        <span className="tree-box" aria-hidden>
          <span className="tree-check" data-checked={props.checked} />
        </span>
      )}
      {props.before}
      {props.renaming ? (
        <RenameField name={row.item.label} onDone={props.onRenamed} />
      ) : (
        <span className="tree-label" onPointerEnter={sayWhole}>
          {row.item.label}
        </span>
      )}
      {props.after}
    </div>
  );
}

/** A label that is cut off says all of itself under the pointer. */
const sayWhole = ({ currentTarget: label }: PointerEvent<HTMLElement>) => {
  label.title = label.scrollWidth > label.clientWidth ? (label.textContent ?? "") : "";
};

const focusAll = (field: HTMLInputElement | null) => {
  field?.focus();
  field?.select();
};

/** A line of the tree; drawn again only when something of its own changes. */
export const TreeLine = memo(Line) as typeof Line;

function RenameField({ name, onDone }: { name: string; onDone(name: string | null): void }) {
  // Giving the focus back blurs the field, which must not rename a second time or after Escape.
  const isDone = useRef(false);
  const done = (to: string | null) => {
    if (isDone.current) return;
    isDone.current = true;
    onDone(to);
  };
  return (
    <input
      className="tree-rename"
      aria-label={name}
      defaultValue={name}
      ref={focusAll}
      spellCheck={false}
      onDoubleClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => event.stopPropagation()}
      onClick={(event) => event.stopPropagation()}
      onBlur={(event) => done(event.currentTarget.value.trim() || null)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") done(event.currentTarget.value.trim() || null);
        if (event.key === "Escape") done(null);
      }}
    />
  );
}
