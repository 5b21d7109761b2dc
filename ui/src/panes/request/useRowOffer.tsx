import { type ReactNode, useEffect, useRef, useState } from "react";
import { isLiteral } from "../../auth/literals";
import { afterPress } from "../../components/afterPress";
import type { LiteralFound, Request } from "../../ipc";
import { emptyRequest } from "../../request/empty";
import { newLiterals } from "../../stores/literals";
import { KeepBar } from "../auth/KeepBar";

interface NamedValue {
  name: string;
  value: string;
}

interface RowsToWatch<K, R extends NamedValue> {
  rowAt(key: K): R | undefined;
  /** The row as the only thing of a request: what the core is asked about. */
  alone(row: R): Partial<Request>;
  onValue(key: K, value: string): void;
}

/** Something to be shown under a row. */
export interface RowNote<K> {
  row: K;
  content: ReactNode;
}

/**
 * Offers the keychain for a secret in a row of the request, when the row's name or its value say that it is
 * one. The core knows what such names are; it is asked once for what was typed, when the field is left.
 */
export function useRowOffer<K extends string | number, R extends NamedValue>(watch: RowsToWatch<K, R>) {
  const [offer, setOffer] = useState<{ row: K; value: string; found: LiteralFound } | null>(null);
  const asked = useRef(new Map<K, string>());
  const left = useRef<HTMLElement | null>(null);
  const waiting = useRef<(() => void) | null>(null);
  useEffect(() => () => waiting.current?.(), []);

  const onLeave = (key: K, field: HTMLElement) => {
    const row = watch.rowAt(key);
    if (!row || row.name === "" || !isLiteral(row.value)) return;
    const typed = `${row.name}\n${row.value}`;
    if (asked.current.get(key) === typed) return;
    asked.current.set(key, typed);
    const { value } = row;
    const request = { ...emptyRequest(""), ...watch.alone(row) };
    newLiterals({ request }).then(
      ([found]) => {
        if (!found) return;
        left.current = field;
        waiting.current?.();
        waiting.current = afterPress(() => setOffer({ row: key, value, found }));
      },
      // Saving asks again, and says what is wrong.
      () => asked.current.delete(key),
    );
  };
  const close = () => {
    setOffer(null);
    left.current?.focus();
  };
  const now = offer && watch.rowAt(offer.row);
  const note: RowNote<K> | null =
    offer && now && now.value === offer.value
      ? {
          row: offer.row,
          content: (
            <KeepBar
              key={offer.value}
              label={now.name}
              value={offer.found.literal}
              suggestion={offer.found.suggestion}
              onKept={(reference) => {
                watch.onValue(
                  offer.row,
                  offer.value.replace(offer.found.literal, () => reference),
                );
                close();
              }}
              onLeave={close}
            />
          ),
        }
      : null;
  return { note, onLeave };
}
