import { type ReactNode, useRef } from "react";
import { Menu as AriaMenu, MenuItem, MenuTrigger, Separator } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { Kbd } from "./Kbd";
import "./Menu.css";

/** One line of a menu; `"-"` is a line between groups. */
export type MenuEntry =
  | "-"
  | {
      id: string;
      title: string;
      keys?: string | undefined;
      danger?: boolean;
      disabled?: boolean;
      checked?: boolean;
      before?: ReactNode;
      run(): void;
    };

function Lines({ label, entries }: { label: string; entries: readonly MenuEntry[] }) {
  const run = (id: unknown) => {
    for (const entry of entries) if (entry !== "-" && entry.id === id) entry.run();
  };
  return (
    <AriaMenu
      aria-label={label}
      className="menu"
      onAction={run}
      disabledKeys={entries.flatMap((e) => (e !== "-" && e.disabled ? [e.id] : []))}
    >
      {entries.map((entry, at) =>
        entry === "-" ? (
          <Separator key={at} className="menu-line" />
        ) : (
          <MenuItem
            key={entry.id}
            id={entry.id}
            textValue={entry.title}
            className="menu-item"
            data-danger={entry.danger || undefined}
          >
            {entry.before}
            <span className="menu-title">{entry.title}</span>
            {entry.checked ? <span aria-hidden>✓</span> : null}
            {entry.keys ? <Kbd keys={entry.keys} /> : null}
          </MenuItem>
        ),
      )}
    </AriaMenu>
  );
}

export interface MenuProps {
  label: string;
  entries: readonly MenuEntry[];
  /** The Button or IconButton that opens it. */
  children: ReactNode;
}

/** A menu under its button. */
export function Menu({ label, entries, children }: MenuProps) {
  return (
    <MenuTrigger>
      {children}
      <Popover className="popover" offset={4}>
        <Lines label={label} entries={entries} />
      </Popover>
    </MenuTrigger>
  );
}

export interface ContextMenuProps {
  label: string;
  entries: readonly MenuEntry[];
  /** Where on screen; `null` is closed. */
  at: { x: number; y: number } | null;
  onClose(): void;
}

/** A menu at a place on screen, for a right click or the menu key. */
export function ContextMenu({ label, entries, at, onClose }: ContextMenuProps) {
  const anchor = useRef<HTMLDivElement>(null);
  const closing = entries.map((e) =>
    e === "-"
      ? e
      : {
          ...e,
          run: () => {
            onClose();
            e.run();
          },
        },
  );
  return (
    <>
      <div ref={anchor} className="menu-anchor" style={{ left: at?.x ?? 0, top: at?.y ?? 0 }} />
      <Popover
        className="popover"
        isOpen={at !== null}
        onOpenChange={(open) => !open && onClose()}
        triggerRef={anchor}
        placement="bottom start"
        offset={0}
      >
        <Lines label={label} entries={closing} />
      </Popover>
    </>
  );
}
