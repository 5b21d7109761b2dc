import type { KeyboardEvent, Ref } from "react";
import "./TextField.css";

export interface TextFieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
  /** Show the label above the field instead of only telling it to screen readers. */
  labelled?: boolean;
  placeholder?: string;
  mono?: boolean;
  type?: "text" | "password" | "search" | "number";
  disabled?: boolean;
  /** What is wrong with the value and what to do, beside the field. */
  error?: string | null;
  autoFocus?: boolean;
  onEnter?(): void;
  onEscape?(): void;
  inputRef?: Ref<HTMLInputElement>;
}

/** A single-line text field. */
export function TextField(props: TextFieldProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) props.onEnter?.();
    if (event.key === "Escape" && props.onEscape) {
      event.stopPropagation();
      props.onEscape();
    }
  };
  return (
    <label className="field">
      <span className={props.labelled ? "field-label" : "visually-hidden"}>{props.label}</span>
      <input
        ref={props.inputRef}
        className={props.mono ? "field-input mono" : "field-input"}
        // WebKit would add the placeholder and the error to the name it takes from a label around the field.
        aria-label={props.label}
        type={props.type ?? "text"}
        value={props.value}
        placeholder={props.placeholder}
        disabled={props.disabled}
        aria-invalid={props.error ? true : undefined}
        autoFocus={props.autoFocus}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => props.onChange(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {props.error ? (
        <span className="field-error" role="alert">
          {props.error}
        </span>
      ) : null}
    </label>
  );
}

/** A field that filters or finds; Escape empties it. */
export function SearchField(props: TextFieldProps) {
  return <TextField {...props} type="search" onEscape={props.onEscape ?? (() => props.onChange(""))} />;
}
