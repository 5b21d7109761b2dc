import type { KeyboardEvent } from "react";
import { IconButton } from "../components/IconButton";
import { Plus, X } from "../components/icons";
import { MethodTag } from "../components/MethodTag";
import { m } from "../messages";
import { runCommand } from "../stores/commands";
import { closeTab, pinTab, stepTab, type Tab, useTabs } from "../stores/tabs";

/** The open requests. Double click pins, middle click closes. */
export function TabStrip() {
  const { tabs, active } = useTabs();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.altKey) return;
    if (event.key === "Delete" && active) useTabs.setState((s) => closeTab(s, active));
    else if (event.key === "ArrowRight" || event.key === "ArrowLeft")
      useTabs.setState((s) => stepTab(s, event.key === "ArrowRight" ? 1 : -1));
    else return;
    event.preventDefault();
    const list = event.currentTarget;
    requestAnimationFrame(() => list.querySelector<HTMLElement>("[aria-selected=true]")?.focus());
  };
  return (
    <div className="strip">
      <div role="tablist" aria-label={m.tabs.label} className="strip-list" onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <StripTab key={tab.id} tab={tab} selected={tab.id === active} />
        ))}
      </div>
      <div className="strip-new">
        <IconButton label={m.tabs.new} icon={Plus} onPress={() => runCommand("newRequest")} />
      </div>
    </div>
  );
}

function StripTab({ tab, selected }: { tab: Tab; selected: boolean }) {
  const name = tab.name || m.tabs.untitled;
  return (
    <div
      role="tab"
      className="strip-tab"
      aria-label={tab.unsaved ? `${name}, ${m.tabs.unsaved}` : name}
      aria-selected={selected}
      data-preview={tab.preview || undefined}
      tabIndex={selected ? 0 : -1}
      ref={selected ? (line) => line?.scrollIntoView({ block: "nearest", inline: "nearest" }) : null}
      onClick={() => useTabs.setState({ active: tab.id })}
      onDoubleClick={() => useTabs.setState((s) => pinTab(s, tab.id))}
      onAuxClick={(event) => event.button === 1 && useTabs.setState((s) => closeTab(s, tab.id))}
    >
      <MethodTag method={tab.method} loose />
      <span className="strip-name">{name}</span>
      {tab.unsaved ? <span className="strip-dot" aria-hidden /> : null}
      <span className="strip-close">
        <IconButton
          label={m.tabs.close(name)}
          icon={X}
          small
          onPress={() => useTabs.setState((s) => closeTab(s, tab.id))}
        />
      </span>
    </div>
  );
}
