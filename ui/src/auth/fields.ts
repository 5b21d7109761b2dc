import type { Auth } from "../ipc";
import type { m } from "../messages";

export type FieldWord = keyof typeof m.auth.fields;
export type HintWord = keyof typeof m.auth.hints;
export type OptionWord = keyof typeof m.auth.options;
export type GroupWord = keyof typeof m.auth.groups;

/** One field of a scheme. */
export interface AuthField {
  /** Where its value is: `credentials.clientSecret`. */
  at: string;
  /**
   * `key` is text or a file, `parameters` a list, `place` a header or query parameter by name, `list` a
   * select whose ids are the words themselves; an `off` switch is on where the value is false.
   */
  kind: "text" | "secret" | "select" | "list" | "switch" | "off" | "key" | "parameters" | "place" | "json";
  label: FieldWord;
  hint?: HintWord;
  /** Of a `select`: words from the catalogue. Of a `list`: the values, the first standing for empty. */
  options?: readonly string[];
  /** Shown while it is empty; not translated, since it goes over the wire. */
  placeholder?: string;
  when?(auth: Auth): boolean;
}

/** Fields under one heading; without a heading they are the first ones seen. */
export interface FieldGroup {
  id: GroupWord | "main";
  fields: readonly AuthField[];
}

/** A scheme's fields: those that matter, and those that seldom do. */
export interface SchemeFields {
  main: readonly AuthField[];
  advanced?: readonly FieldGroup[];
}

/** The value at a path of an auth. */
export function valueAt(auth: Auth, at: string): unknown {
  return at
    .split(".")
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], auth);
}

/** The auth with another value at a path. */
export function withValue(auth: Auth, at: string, value: unknown): Auth {
  const put = (object: unknown, [key = "", ...rest]: string[]): unknown => {
    const old = object as Record<string, unknown>;
    return { ...old, [key]: rest.length > 0 ? put(old[key], rest) : value };
  };
  return put(auth, at.split(".")) as Auth;
}

/** The fields shown now. */
export const shownFields = (fields: readonly AuthField[], auth: Auth): readonly AuthField[] =>
  fields.filter((field) => field.when?.(auth) ?? true);
