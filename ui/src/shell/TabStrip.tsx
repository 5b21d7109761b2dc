import type { KeyboardEvent } from "react";
import { IconButton } from "../components/IconButton";
import { Plus, X } from "../components/icons";
import { MethodTag } from "../components/MethodTag";
import { m } from "../messages";
import { runCommand } from "../stores/commands";
import { requestClose } from "../stores/tabLife";
import { pinTab, stepTab, type Tab, useTabs } from "../stores/tabs";

/** The open requests. Double click pins, middle click closes. */
export function TabStrip() {
  const { tabs, active } = useTabs();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.altKey) return;
    if (event.key === "Delete" && active) requestClose(active);
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
      // WebKitGTK pastes with the middle button and scrolls with it elsewhere; here it closes.
      onMouseDown={(event) => event.button === 1 && event.preventDefault()}
      onMouseUp={(event) => event.button === 1 && requestClose(tab.id)}
      title={tab.path ?? undefined}
    >
      <MethodTag method={tab.method} loose />
      <span className="strip-name">{name}</span>
      {tab.unsaved ? <span className="strip-dot" aria-hidden /> : null}
      <span className="strip-close">
        <IconButton label={m.tabs.close(name)} icon={X} small onPress={() => requestClose(tab.id)} />
      </span>
    </div>
  );
}
