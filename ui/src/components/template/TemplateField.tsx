import {
  type ClipboardEvent,
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { m } from "../../messages";
import { type Suggestion, SuggestionList, useSuggestions } from "../Suggestions";
import { openVariable, segments } from "./parse";
import "./TemplateField.css";
import { VariableCard } from "./VariableCard";
import type { Variables } from "./variables";

export interface TemplateFieldProps {
  /** Accessible name. */
  label: string;
  value: string;
  onChange(value: string): void;
  variables: Variables;
  /** Highlight `:name` path segments. */
  paths?: boolean;
  placeholder?: string;
  /** Shown faded: a row that is not sent. */
  off?: boolean;
  readOnly?: boolean;
  /** Whole values to offer for what was typed; variables come first. */
  complete?(typed: string): Suggestion[];
  /** Drawn as a field of its own, with a border. */
  framed?: boolean;
  /** Drawn as dots while it is not being edited. */
  concealed?: boolean;
  onEnter?(): void;
  onLeave?(): void;
  /** May take a paste for itself by calling `preventDefault` (a curl command, many lines). */
  onPaste?(event: ClipboardEvent<HTMLInputElement>): void;
  onKeyDown?(event: KeyboardEvent<HTMLInputElement>): void;
  inputRef?: Ref<HTMLInputElement>;
}

const CHARACTER = 7.5;
const PADDING = 8;
/** Beyond this nobody reads colours, and the field must stay instant. */
const HIGHLIGHT_LIMIT = 20_000;

/** A native text field whose text is drawn by a coloured layer behind it. */
export function TemplateField(props: TemplateFieldProps) {
  const { value, variables } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const back = useRef<HTMLDivElement>(null);
  const [caret, setCaret] = useState<number | null>(null);
  const [hover, setHover] = useState<{ name: string; x: number; y: number } | null>(null);
  useImperativeHandle(props.inputRef, () => input.current as HTMLInputElement);

  const typing = caret === null ? null : openVariable(value, caret);
  const list: Suggestion[] = typing
    ? variables.complete(typing.typed).map((v) => ({ text: v.name, detail: v.origin }))
    : caret !== null && props.complete
      ? props.complete(value).filter((each) => each.text !== value)
      : [];
  const pick = (picked: Suggestion) => {
    if (caret === null) return;
    if (!typing) {
      props.onChange(picked.text);
      return setCaret(null);
    }
    const rest = value.slice(caret).replace(/^\s*\}\}/, "");
    const head = `${value.slice(0, typing.start)}{{${picked.text}}}`;
    props.onChange(head + rest);
    setCaret(null);
    requestAnimationFrame(() => input.current?.setSelectionRange(head.length, head.length));
  };
  const suggestions = useSuggestions(list, pick);

  const parts = segments(
    value.length > HIGHLIGHT_LIMIT ? value.slice(0, HIGHLIGHT_LIMIT) : value,
    props.paths,
  );
  const follow = () => {
    if (back.current && input.current) back.current.scrollLeft = input.current.scrollLeft;
  };
  const onMouseMove = (event: MouseEvent<HTMLInputElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = (event.clientX - box.left - PADDING + event.currentTarget.scrollLeft) / CHARACTER;
    const under = parts.find((p) => p.kind === "variable" && column >= p.start && column < p.end);
    if (under?.name !== hover?.name) {
      const x = box.left + PADDING - event.currentTarget.scrollLeft + (under?.start ?? 0) * CHARACTER;
      setHover(under ? { name: under.name, x: Math.max(8, x), y: box.bottom + 4 } : null);
    }
  };
  const listAt = () => {
    const box = input.current?.getBoundingClientRect();
    const x =
      (box?.left ?? 0) + PADDING + (typing?.start ?? 0) * CHARACTER - (input.current?.scrollLeft ?? 0);
    return { x: Math.min(x, window.innerWidth - 300), y: (box?.bottom ?? 0) + 4 };
  };

  return (
    <div
      className="template"
      data-framed={props.framed || undefined}
      data-off={props.off || undefined}
      data-concealed={props.concealed || undefined}
    >
      <div className="template-back" ref={back} aria-hidden>
        <span>
          {parts.map((part) => {
            const text = value.slice(part.start, part.end);
            if (part.kind === "text") return text;
            if (part.kind === "path")
              return (
                <span key={part.start} className="template-path">
                  {text}
                </span>
              );
            return (
              <span
                key={part.start}
                className="template-variable"
                data-unknown={variables.find(part.name) === undefined || undefined}
              >
                {text}
              </span>
            );
          })}
          {value.length > HIGHLIGHT_LIMIT ? value.slice(HIGHLIGHT_LIMIT) : null}
        </span>
      </div>
      <input
        ref={input}
        className="template-input"
        aria-label={props.label}
        aria-autocomplete="list"
        aria-controls={suggestions.open ? id : undefined}
        aria-activedescendant={suggestions.open ? `${id}-${suggestions.index}` : undefined}
        value={value}
        placeholder={props.placeholder}
        readOnly={props.readOnly}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        onChange={(event) => {
          props.onChange(event.currentTarget.value);
          setCaret(event.currentTarget.selectionStart);
          suggestions.reset();
        }}
        onScroll={follow}
        onSelect={follow}
        onKeyUp={follow}
        onPaste={props.onPaste}
        onBlur={() => {
          setCaret(null);
          props.onLeave?.();
        }}
        onMouseMove={onMouseMove}
        onMouseLeave={() => setHover(null)}
        onKeyDown={(event) => {
          if (suggestions.onKeyDown(event)) return;
          if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) props.onEnter?.();
          props.onKeyDown?.(event);
        }}
      />
      {suggestions.open && caret !== null ? (
        <SuggestionList
          id={id}
          label={m.variable.suggestions}
          list={list}
          index={suggestions.index}
          at={listAt()}
          onPick={pick}
        />
      ) : null}
      {hover ? <VariableCard name={hover.name} variables={variables} at={hover} /> : null}
    </div>
  );
}
