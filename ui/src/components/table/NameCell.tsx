import { type ClipboardEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import { m } from "../../messages";
import { type Suggestion, SuggestionList, useSuggestions } from "../Suggestions";

interface NameCellProps {
  label: string;
  value: string;
  placeholder: string | undefined;
  readOnly: boolean;
  onChange(value: string): void;
  onPaste(event: ClipboardEvent<HTMLInputElement>): void;
  complete: ((typed: string) => Suggestion[]) | undefined;
}

/** The name of a row, with the names its owner knows offered while typing. */
export function NameCell({
  label,
  value,
  placeholder,
  readOnly,
  onChange,
  onPaste,
  complete,
}: NameCellProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typing, setTyping] = useState(false);
  const list = typing && complete && value !== "" ? complete(value).filter((s) => s.text !== value) : [];
  const pick = (picked: Suggestion) => {
    onChange(picked.text);
    setTyping(false);
  };
  const suggestions = useSuggestions(list, pick);
  const box = suggestions.open ? field.current?.getBoundingClientRect() : undefined;
  return (
    <>
      <input
        ref={field}
        className="mono kv-name"
        aria-label={label}
        aria-autocomplete={complete ? "list" : undefined}
        aria-controls={suggestions.open ? id : undefined}
        aria-activedescendant={suggestions.open ? `${id}-${suggestions.index}` : undefined}
        value={value}
        placeholder={placeholder}
        readOnly={readOnly}
        spellCheck={false}
        autoComplete="off"
        onPaste={onPaste}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          setTyping(true);
          suggestions.reset();
        }}
        onBlur={() => setTyping(false)}
        onKeyDown={(event: KeyboardEvent) => suggestions.onKeyDown(event)}
      />
      {suggestions.open && box ? (
        <SuggestionList
          id={id}
          label={m.table.suggestions}
          list={list}
          index={suggestions.index}
          at={{ x: box.left, y: box.bottom + 2 }}
          onPick={pick}
        />
      ) : null}
    </>
  );
}
