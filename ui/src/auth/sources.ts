import type { SecretSource } from "../ipc";
import type { m } from "../messages";

export type SourceKind = SecretSource["type"];
type SourceWord = keyof typeof m.sources.fields;
type SourceHint = keyof typeof m.sources.hints;

/** One field of a source. */
export interface SourceField {
  at: string;
  label: SourceWord;
  hint?: SourceHint;
  placeholder?: string;
  /** A file of the workspace. */
  file?: boolean;
  /** Nothing can be had without it. */
  needed?: boolean;
}

interface SourceShape {
  blank: SecretSource;
  fields: readonly SourceField[];
  /** Which field names it best in a line. */
  shown: string;
}

/** Every source and its fields, in the order they are offered. */
export const SOURCES: Record<SourceKind, SourceShape> = {
  environment: {
    blank: { type: "environment", variable: "" },
    shown: "variable",
    fields: [{ at: "variable", label: "variable", placeholder: "API_TOKEN", needed: true }],
  },
  dotEnv: {
    blank: { type: "dotEnv", file: "", variable: "" },
    shown: "variable",
    fields: [
      { at: "file", label: "file", placeholder: ".env", hint: "relative", file: true, needed: true },
      { at: "variable", label: "entry", placeholder: "API_TOKEN", needed: true },
    ],
  },
  file: {
    blank: { type: "file", file: "" },
    shown: "file",
    fields: [{ at: "file", label: "file", hint: "wholeFile", file: true, needed: true }],
  },
  command: {
    blank: { type: "command", command: "" },
    shown: "command",
    fields: [
      { at: "command", label: "command", hint: "command", placeholder: "gh auth token", needed: true },
    ],
  },
  vault: {
    blank: { type: "vault", address: "", path: "", field: "", namespace: "" },
    shown: "path",
    fields: [
      { at: "path", label: "path", placeholder: "secret/data/shop", needed: true },
      { at: "field", label: "field", placeholder: "token", needed: true },
      { at: "address", label: "address", hint: "vaultAddress", placeholder: "https://vault.example.com" },
      { at: "namespace", label: "namespace", hint: "optional" },
    ],
  },
  awsSecretsManager: {
    blank: { type: "awsSecretsManager", secret: "", field: "", region: "", profile: "", endpoint: "" },
    shown: "secret",
    fields: [
      { at: "secret", label: "secretName", placeholder: "shop/api", needed: true },
      { at: "field", label: "field", hint: "wholeSecret" },
      { at: "region", label: "region", hint: "awsDefault", placeholder: "eu-central-1" },
      { at: "profile", label: "profile", hint: "awsDefault" },
      { at: "endpoint", label: "endpoint", hint: "optional" },
    ],
  },
  onePassword: {
    blank: { type: "onePassword", reference: "", account: "" },
    shown: "reference",
    fields: [
      { at: "reference", label: "reference", placeholder: "op://vault/item/field", hint: "op", needed: true },
      { at: "account", label: "account", hint: "optional" },
    ],
  },
  bitwarden: {
    blank: { type: "bitwarden", item: "", field: "" },
    shown: "item",
    fields: [
      { at: "item", label: "item", hint: "bitwarden", needed: true },
      { at: "field", label: "field", placeholder: "password", hint: "bitwardenField" },
    ],
  },
  pass: {
    blank: { type: "pass", entry: "", field: "" },
    shown: "entry",
    fields: [
      { at: "entry", label: "entry", placeholder: "work/shop", needed: true },
      { at: "field", label: "field", hint: "passField" },
    ],
  },
};

const textAt = (source: SecretSource, at: string) =>
  String((source as unknown as Record<string, unknown>)[at] ?? "");

export const sourceValue = textAt;

/** The source with another text in a field. */
export const withField = (source: SecretSource, at: string, value: string): SecretSource =>
  ({ ...source, [at]: value }) as SecretSource;

/** What of a source is shown in a line. */
export const sourceSummary = (source: SecretSource): string => textAt(source, SOURCES[source.type].shown);

/** Whether everything is there that it cannot do without. */
export const isComplete = (source: SecretSource): boolean =>
  SOURCES[source.type].fields.every(({ at, needed }) => !needed || textAt(source, at).trim() !== "");
