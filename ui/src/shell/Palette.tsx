import { type KeyboardEvent, useState } from "react";
import { Dialog } from "../components/Dialog";
import { Kbd } from "../components/Kbd";
import { MethodTag } from "../components/MethodTag";
import { SearchField } from "../components/TextField";
import { type CommandId, DEFAULT_KEYS, keysOf } from "../keys";
import { m } from "../messages";
import { canRun, runCommand } from "../stores/commands";
import { useSettings } from "../stores/settings";
import { openTab, useTabs } from "../stores/tabs";
import { useWorkspace } from "../stores/workspace";

interface Line {
  id: string;
  title: string;
  method?: string;
  keys?: string | undefined;
  run(): void;
}

/** How well a title answers what was typed: words in any order; null is not at all. */
function score(title: string, typed: string): number | null {
  const lower = title.toLowerCase();
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.every((word) => lower.includes(word))) return null;
  return lower.startsWith(words[0] ?? "") ? 0 : 1;
}

/** One field for requests and commands. */
export default function Palette({ onClose }: { onClose(): void }) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const nodes = useWorkspace((s) => s.workspace?.nodes) ?? [];
  const own = useSettings((s) => s.keys);
  const commands = (Object.keys(DEFAULT_KEYS) as CommandId[])
    .filter((id) => id !== "palette" && canRun(id))
    .map(
      (id): Line => ({ id, title: m.commands[id], keys: keysOf(id, own)[0], run: () => void runCommand(id) }),
    );
  const requests = nodes
    .filter((node) => node.kind === "request")
    .map((node): Line => {
      const open = { path: node.path, name: node.name, method: node.method ?? "GET" };
      const run = () => useTabs.setState((s) => openTab(s, open, "pin"));
      return { id: node.path, title: node.name, method: open.method, run };
    });
  const lines = [...requests, ...commands]
    .map((line) => ({ line, rank: score(line.title, text) }))
    .filter((each) => each.rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .slice(0, 50)
    .map((each) => each.line);
  const index = Math.min(chosen, Math.max(0, lines.length - 1));
  const run = (line: Line | undefined) => {
    onClose();
    // After the dialog has given the focus back, so that the command may move it.
    if (line) setTimeout(line.run);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") setChosen((index + 1) % Math.max(1, lines.length));
    else if (event.key === "ArrowUp") setChosen((index + lines.length - 1) % Math.max(1, lines.length));
    else if (event.key === "Enter") run(lines[index]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={m.palette.title} open onClose={onClose}>
      <div onKeyDown={onKeyDown}>
        <SearchField
          label={m.palette.title}
          placeholder={m.palette.placeholder}
          value={text}
          onChange={(typed) => {
            setText(typed);
            setChosen(0);
          }}
          onEscape={onClose}
          autoFocus
        />
        <div role="listbox" aria-label={m.palette.commands} className="palette-list">
          {lines.map((line, at) => (
            <div
              key={line.id}
              role="option"
              aria-selected={at === index}
              className="palette-line"
              ref={at === index ? (element) => element?.scrollIntoView({ block: "nearest" }) : null}
              onClick={() => run(line)}
            >
              {line.method ? <MethodTag method={line.method} /> : null}
              <span>{line.title}</span>
              {line.keys ? <Kbd keys={line.keys} /> : null}
            </div>
          ))}
          {lines.length === 0 ? <p className="palette-line">{m.palette.nothing}</p> : null}
        </div>
      </div>
    </Dialog>
  );
}
