import { type KeyboardEvent, useId, useState } from "react";
import { Dialog } from "../components/Dialog";
import { Kbd } from "../components/Kbd";
import { MethodTag } from "../components/MethodTag";
import { m } from "../messages";
import { useSettings } from "../stores/settings";
import { useWorkspace } from "../stores/workspace";
import { type PaletteLine, paletteLines, useRecent } from "./paletteLines";

/** One field for requests, history, environments and commands. */
export default function Palette({ onClose }: { onClose(): void }) {
  const base = useId();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const nodes = useWorkspace((s) => s.workspace?.nodes) ?? [];
  const environments = useWorkspace((s) => s.workspace?.environments) ?? [];
  const keys = useSettings((s) => s.keys);
  const entries = useRecent(text);
  const lines = paletteLines(text, { nodes, environments, entries, keys });
  const index = Math.min(chosen, Math.max(0, lines.length - 1));
  const run = (line: PaletteLine | undefined) => {
    onClose();
    // After the dialog has given the focus back, so that the command may move it.
    if (line) setTimeout(line.run);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const last = Math.max(0, lines.length - 1);
    const to = {
      ArrowDown: index === last ? 0 : index + 1,
      ArrowUp: index === 0 ? last : index - 1,
      PageDown: Math.min(last, index + 10),
      PageUp: Math.max(0, index - 10),
    }[event.key];
    if (to !== undefined) setChosen(to);
    else if (event.key === "Enter") run(lines[index]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={m.palette.title} open bare onClose={onClose}>
      <input
        className="palette-field"
        role="combobox"
        aria-label={m.app.search}
        aria-expanded
        aria-controls={base}
        aria-activedescendant={lines.length > 0 ? `${base}-${index}` : undefined}
        aria-autocomplete="list"
        placeholder={m.palette.placeholder}
        value={text}
        autoFocus
        spellCheck={false}
        autoComplete="off"
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setChosen(0);
        }}
      />
      <div role="listbox" id={base} aria-label={m.palette.results} className="palette-list">
        {lines.map((line, at) => (
          <Line
            key={line.id}
            id={`${base}-${at}`}
            line={line}
            chosen={at === index}
            first={text.trim() === "" && line.kind !== lines[at - 1]?.kind}
            onRun={() => run(line)}
          />
        ))}
        {lines.length === 0 ? <p className="palette-line">{m.palette.nothing}</p> : null}
      </div>
    </Dialog>
  );
}

interface LineProps {
  id: string;
  line: PaletteLine;
  chosen: boolean;
  /** The first of its kind carries the kind's name. */
  first: boolean;
  onRun(): void;
}

function Line({ id, line, chosen, first, onRun }: LineProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      aria-label={[line.method, line.title, line.detail].filter(Boolean).join(" ")}
      className="palette-line"
      data-first={first || undefined}
      ref={chosen ? (element) => element?.scrollIntoView({ block: "nearest" }) : null}
      onClick={onRun}
    >
      {line.method ? <MethodTag method={line.method} /> : null}
      {line.color === undefined ? null : (
        <span className="palette-mark">
          <span className="top-dot" style={line.color ? { background: line.color } : undefined} />
        </span>
      )}
      {line.kind === "commands" ? <span className="palette-mark" /> : null}
      <span className="palette-title">{line.title}</span>
      {line.detail ? <small className="palette-detail">{line.detail}</small> : null}
      {line.keys ? <Kbd keys={line.keys} /> : <small className="palette-kind">{m.palette[line.kind]}</small>}
    </div>
  );
}
