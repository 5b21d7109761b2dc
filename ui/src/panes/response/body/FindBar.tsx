import { type KeyboardEvent, type Ref, useEffect, useRef } from "react";
import { IconButton } from "../../../components/IconButton";
import { ChevronDown, ChevronUp, X } from "../../../components/icons";
import { SearchField } from "../../../components/TextField";
import { m } from "../../../messages";
import { whole } from "../figures";
import type { FindOptions, FindState } from "./useFind";

export interface FindBarProps {
  options: FindOptions;
  onChange(options: FindOptions): void;
  find: FindState;
  onClose(): void;
  fieldRef: Ref<HTMLInputElement>;
}

/** What is looked for in the body, and where one is among the hits. */
export function FindBar({ options, onChange, find, onClose, fieldRef }: FindBarProps) {
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => bar.current?.querySelector("input")?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    const isStep = event.key === "Enter" && (event.target as Element).tagName === "INPUT";
    if (isStep || event.key === "F3") void find.step(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const { find: words } = m.response;
  const { progress, hit } = find;
  const said = !progress
    ? ""
    : progress.count === 0
      ? progress.done
        ? words.none
        : words.searching
      : words.of(hit ? whole(hit.index + 1) : "…", whole(progress.count), progress.done);
  return (
    <div ref={bar} className="find" onKeyDown={onKeyDown}>
      <SearchField
        label={words.label}
        placeholder={words.label}
        value={options.text}
        onChange={(text) => onChange({ ...options, text })}
        onEscape={onClose}
        error={find.error?.message ?? null}
        inputRef={fieldRef}
        mono
      />
      <Toggle
        label={words.caseSensitive}
        text="Aa"
        on={options.caseSensitive}
        onChange={(caseSensitive) => onChange({ ...options, caseSensitive })}
      />
      <Toggle
        label={words.wholeWord}
        text="ab"
        underlined
        on={options.wholeWord}
        onChange={(wholeWord) => onChange({ ...options, wholeWord })}
      />
      <Toggle
        label={words.regex}
        text=".*"
        on={options.regex}
        onChange={(regex) => onChange({ ...options, regex })}
      />
      <span role="status" className="find-count">
        {said}
      </span>
      <IconButton label={words.previous} icon={ChevronUp} small onPress={() => void find.step(-1)} />
      <IconButton label={words.next} icon={ChevronDown} small onPress={() => void find.step(1)} />
      <IconButton label={words.close} icon={X} small onPress={onClose} />
    </div>
  );
}

interface ToggleProps {
  label: string;
  text: string;
  on: boolean;
  underlined?: boolean;
  onChange(on: boolean): void;
}

function Toggle({ label, text, on, underlined, onChange }: ToggleProps) {
  return (
    <button
      type="button"
      className="find-toggle mono"
      aria-label={label}
      aria-pressed={on}
      title={label}
      data-underlined={underlined || undefined}
      onClick={() => onChange(!on)}
    >
      {text}
    </button>
  );
}
