import { type KeyboardEvent, useState } from "react";
import { createPortal } from "react-dom";
import "./Suggestions.css";

/** One line of a completion list. */
export interface Suggestion {
  text: string;
  detail?: string;
}

/** State of a completion list under a text field: which line is chosen, and the keys it takes. */
export function useSuggestions(list: readonly Suggestion[], onPick: (picked: Suggestion) => void) {
  const [chosen, setChosen] = useState(0);
  const [closed, setClosed] = useState(false);
  const open = !closed && list.length > 0;
  const index = Math.min(chosen, Math.max(0, list.length - 1));
  /** Returns true when the key was for the list. */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!open) return false;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      setChosen((index + (event.key === "ArrowDown" ? 1 : list.length - 1)) % list.length);
    } else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") {
      const picked = list[index];
      if (picked) onPick(picked);
    } else if (event.key === "Escape") {
      setClosed(true);
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  /** To be called when the text changed: opens again, first line chosen. */
  const reset = () => {
    setChosen(0);
    setClosed(false);
  };
  return { open, index, onKeyDown, reset };
}

interface SuggestionListProps {
  id: string;
  label: string;
  list: readonly Suggestion[];
  index: number;
  at: { x: number; y: number };
  onPick(picked: Suggestion): void;
}

/** As in Suggestions.css, with the field it belongs to. */
const TALLEST = 248;
const FIELD = 38;

/** Under its place, or over the field where there is no room below. */
function placed({ x, y }: { x: number; y: number }) {
  const fits = y + TALLEST <= window.innerHeight || y < TALLEST;
  return fits ? { left: x, top: y } : { left: x, bottom: window.innerHeight - y + FIELD };
}

/** The list itself, drawn over everything at a place on screen. */
export function SuggestionList({ id, label, list, index, at, onPick }: SuggestionListProps) {
  return createPortal(
    <div id={id} role="listbox" aria-label={label} className="suggestions" style={placed(at)}>
      {list.map((each, n) => (
        <div
          key={each.text}
          id={`${id}-${n}`}
          role="option"
          aria-selected={n === index}
          className="suggestion"
          ref={n === index ? (line) => line?.scrollIntoView({ block: "nearest" }) : null}
          // Not click: the field would lose its focus, and with it the list.
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(each);
          }}
        >
          <span>{each.text}</span>
          {each.detail ? <small>{each.detail}</small> : null}
        </div>
      ))}
    </div>,
    document.body,
  );
}
