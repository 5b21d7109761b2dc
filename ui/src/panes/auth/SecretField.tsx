import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { isLiteral } from "../../auth/literals";
import { afterPress } from "../../components/afterPress";
import { TemplateField } from "../../components/template/TemplateField";
import type { Variables } from "../../components/template/variables";
import { isAccepted } from "../../stores/literals";
import { KeepBar } from "./KeepBar";

/** Where a secret is kept, and how. */
export interface Keeper {
  /** None is the collection. */
  environment: string | null;
  /** Gives what names it from now on. */
  keep(name: string, value: string): Promise<string>;
}

/**
 * When to offer the keychain for what was typed. Leaving with the keyboard offers at once, so that the next
 * Tab stop is the offer; leaving with the pointer waits for its release, so that nothing moves under it.
 */
export function useKeepOffer(value: string) {
  const [offered, setOffered] = useState<"quiet" | "focus" | null>(null);
  const waiting = useRef<(() => void) | null>(null);
  const isOpen = offered !== null && isLiteral(value);
  // Asked when it is needed: what is accepted changes without a render.
  const isWanted = () => isLiteral(value) && !isAccepted(value);
  const stop = () => {
    waiting.current?.();
    waiting.current = null;
  };
  useEffect(() => () => waiting.current?.(), []);
  const onLeave = () => {
    if (!isWanted() || isOpen) return;
    stop();
    waiting.current = afterPress(() => setOffered("quiet"));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Tab" && !event.shiftKey && !isOpen && isWanted()) flushSync(() => setOffered("quiet"));
  };
  return {
    isOpen,
    takesFocus: offered === "focus",
    onLeave,
    onKeyDown,
    onEnter: () => isWanted() && setOffered("focus"),
    close: () => setOffered(null),
  };
}

interface SecretFieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
  variables: Variables;
  /** A name for the variable. */
  suggest(): string;
  /** Drawn as a field of its own; not in a table. */
  framed?: boolean;
  placeholder?: string;
}

/** A field for a secret: best the name of one, `{{name}}`; for a secret itself the keychain is offered. */
export function SecretField({
  label,
  value,
  onChange,
  variables,
  suggest,
  framed = true,
  placeholder,
}: SecretFieldProps) {
  const offer = useKeepOffer(value);
  const input = useRef<HTMLInputElement>(null);
  const isKey = value.includes("\n");
  return (
    <>
      <TemplateField
        inputRef={input}
        label={label}
        // A field holds one line; the lines of a key are kept as they are until they are typed over.
        value={isKey ? value.replaceAll(/\s*\n\s*/g, " ") : value}
        onChange={onChange}
        variables={variables}
        framed={framed}
        placeholder={placeholder}
        concealed={isLiteral(value)}
        onLeave={offer.onLeave}
        onEnter={offer.onEnter}
        onKeyDown={offer.onKeyDown}
        onPaste={(event) => {
          const text = event.clipboardData.getData("text/plain");
          if (!/-----BEGIN|^\s*\{[^{]/.test(text) || !text.trim().includes("\n")) return;
          event.preventDefault();
          onChange(text);
        }}
      />
      {offer.isOpen ? (
        <KeepBar
          key={value}
          label={label}
          value={value}
          suggestion={suggest()}
          autoFocus={offer.takesFocus}
          onKept={(reference) => {
            offer.close();
            onChange(reference);
            input.current?.focus();
          }}
          onLeave={() => {
            offer.close();
            input.current?.focus();
          }}
        />
      ) : null}
    </>
  );
}
