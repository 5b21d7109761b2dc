import { type KeyboardEvent, useId, useState } from "react";
import type { CodeTarget } from "../../ipc";
import { m } from "../../messages";
import { grouped, titleOf } from "./targets";

const words = m.code;

interface TargetListProps {
  targets: readonly CodeTarget[];
  selected: string;
  onSelect(id: string): void;
}

/** Languages and libraries with a field that narrows them; the arrows choose at once. */
export function TargetList({ targets, selected, onSelect }: TargetListProps) {
  const base = useId();
  const [typed, setTyped] = useState("");
  const groups = grouped(targets, typed);
  const flat = groups.flatMap((group) => group.targets);
  const index = flat.findIndex((each) => each.id === selected);
  const onKeyDown = (event: KeyboardEvent) => {
    const last = flat.length - 1;
    const to = {
      ArrowDown: index === last ? 0 : index + 1,
      ArrowUp: index <= 0 ? last : index - 1,
      Enter: Math.max(0, index),
    }[event.key];
    const next = to === undefined ? undefined : flat[to];
    if (!next) return;
    event.preventDefault();
    onSelect(next.id);
  };
  return (
    <>
      <div className="code-search">
        <input
          className="field-input"
          role="combobox"
          aria-label={words.search}
          aria-expanded
          aria-controls={base}
          aria-activedescendant={index >= 0 ? `${base}-${selected}` : undefined}
          aria-autocomplete="list"
          placeholder={words.search}
          value={typed}
          autoFocus
          spellCheck={false}
          autoComplete="off"
          onKeyDown={onKeyDown}
          onChange={(event) => {
            const text = event.currentTarget.value;
            setTyped(text);
            // What is found is shown, so that Enter or nothing more is needed.
            const found = grouped(targets, text).flatMap((group) => group.targets);
            const first = found[0];
            if (first && !found.some((each) => each.id === selected)) onSelect(first.id);
          }}
        />
      </div>
      <div role="listbox" id={base} aria-label={words.targets} className="dialog-list">
        {groups.map((group) => (
          <div key={group.language} role="group" aria-label={group.language}>
            {group.targets.length > 1 ? (
              <p className="code-language" aria-hidden>
                {group.language}
              </p>
            ) : null}
            {group.targets.map((target) => (
              <div
                key={target.id}
                id={`${base}-${target.id}`}
                role="option"
                aria-label={titleOf(target)}
                aria-selected={target.id === selected}
                className="dialog-line code-line"
                data-below={group.targets.length > 1 || undefined}
                ref={target.id === selected ? (line) => line?.scrollIntoView({ block: "nearest" }) : null}
                onClick={() => onSelect(target.id)}
              >
                {group.targets.length > 1 ? (
                  <span>{target.library || target.language}</span>
                ) : (
                  <>
                    <span>{target.language}</span>
                    <small>{target.library}</small>
                  </>
                )}
              </div>
            ))}
          </div>
        ))}
        {flat.length === 0 ? <p className="code-nothing">{words.nothing(typed.trim())}</p> : null}
      </div>
    </>
  );
}
