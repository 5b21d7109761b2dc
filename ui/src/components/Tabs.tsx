import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { m } from "../messages";
import { IconButton } from "./IconButton";
import { ChevronDown } from "./icons";
import { Menu } from "./Menu";
import "./Tabs.css";
import { useCutOff } from "./useCutOff";

export interface TabItem<K extends string> {
  id: K;
  title: string;
  /** A count, "2/2", or a bullet for "set". */
  badge?: string | number | null;
}

export interface TabsProps<K extends string> {
  /** Accessible name of the row of tabs. */
  label: string;
  tabs: readonly TabItem<K>[];
  selected: K;
  onSelect(id: K): void;
  /** At the right end of the row. */
  aside?: ReactNode;
  children: ReactNode;
}

/** Underlined tabs over a panel (WAI-ARIA tabs, automatic activation). */
export function Tabs<K extends string>({ label, tabs, selected, onSelect, aside, children }: TabsProps<K>) {
  const base = useId();
  const row = useRef<HTMLDivElement>(null);
  const cut = useCutOff(row);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is cut off changes where it stands
  useEffect(() => {
    row.current
      ?.querySelector('[aria-selected="true"]')
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [selected, cut.isCut]);
  const onKeyDown = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.id === selected);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1 + tabs.length, Home: 0, End: tabs.length - 1 }[
      event.key
    ];
    const next = to === undefined || event.ctrlKey || event.altKey ? undefined : tabs[to % tabs.length];
    if (!next) return;
    event.preventDefault();
    onSelect(next.id);
    row.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <div className="tabs">
      <div className="tabs-row">
        <div
          role="tablist"
          aria-label={label}
          className="tabs-list"
          ref={row}
          data-more-before={cut.before || undefined}
          data-more-after={cut.after || undefined}
          onKeyDown={onKeyDown}
        >
          {tabs.map((tab) => (
            <button
              key={tab.id}
              type="button"
              role="tab"
              id={`${base}-${tab.id}`}
              className="tabs-tab"
              data-tab={tab.id}
              aria-label={tab.title}
              aria-selected={tab.id === selected}
              aria-controls={`${base}-panel`}
              tabIndex={tab.id === selected ? 0 : -1}
              onClick={() => onSelect(tab.id)}
            >
              <span className="tabs-title" data-title={tab.title}>
                {tab.title}
              </span>
              {tab.badge ? <span className="tabs-badge">{tab.badge}</span> : null}
            </button>
          ))}
        </div>
        {cut.isCut ? (
          <div className="tabs-more">
            <Menu
              label={m.common.allOf(label)}
              entries={tabs.map((tab) => ({
                id: tab.id,
                title: tab.title,
                checked: tab.id === selected,
                run: () => onSelect(tab.id),
              }))}
            >
              <IconButton small label={m.common.allOf(label)} icon={ChevronDown} />
            </Menu>
          </div>
        ) : null}
        {aside ? <div className="tabs-aside">{aside}</div> : null}
      </div>
      <div
        role="tabpanel"
        id={`${base}-panel`}
        aria-labelledby={`${base}-${selected}`}
        className="tabs-panel"
      >
        {children}
      </div>
    </div>
  );
}
