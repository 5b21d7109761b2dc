import type { Auth, KeyText } from "../ipc";
import type { Scheme } from "./blank";
import { valueAt } from "./fields";
import { allFields } from "./schemes";

/** Whether a secret field holds the secret itself rather than the name of one. */
export const isLiteral = (value: string): boolean => value.trim() !== "" && !value.includes("{{");

/** `clientSecret` as a variable's name: `client_secret`. */
const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const GENERAL = new Set(["value", "key", "token", "password", "private_key"]);
const SHORT: Partial<Record<Scheme, string>> = {
  apiKey: "api",
  awsV4: "aws",
  edgeGrid: "edgegrid",
  oauth1: "oauth",
};

/** Who the provider is, by a URL of the auth or the request: `github` of `https://api.github.com/…`. */
export function providerOf(urls: readonly string[]): string {
  for (const url of urls) {
    const host = /^https?:\/\/([^/:?#{}]+)/.exec(url)?.[1] ?? "";
    const labels = host.split(".");
    if (labels.length < 2 || /^[\d.]+$/.test(host)) continue;
    const short = (labels.at(-2) ?? "").length <= 3 && labels.length > 2 ? labels.at(-3) : labels.at(-2);
    if (short) return short.toLowerCase().replaceAll(/[^a-z0-9]/g, "_");
  }
  return "";
}

/** A name for the secret in a field: of the provider where one can be told, else of the scheme. */
export function suggestName(
  auth: Auth,
  at: string,
  requestUrl: string,
  isTaken: (name: string) => boolean,
): string {
  const last = snake(at.split(".").at(-1) ?? "secret");
  const urls = ["issuer", "accessTokenUrl", "authorizationUrl"].map((each) =>
    String(valueAt(auth, each) ?? ""),
  );
  const scheme = SHORT[auth.type] ?? auth.type.toLowerCase();
  const provider = providerOf([...urls, requestUrl]);
  const field = last === "value" ? "key" : last;
  const prefix = provider || (GENERAL.has(last) || auth.type === "awsV4" ? scheme : "");
  const name = prefix && !field.startsWith(prefix) ? `${prefix}_${field}` : field;
  let free = name;
  for (let count = 2; isTaken(free); count += 1) free = `${name}_${count}`;
  return free;
}

/** The text of a key, if it is text. */
export const keyText = (key: KeyText): string => (key.type === "text" ? key.value : "");

/** Paths of the secret fields that hold a literal. */
export function literalFields(auth: Auth): string[] {
  return allFields(auth.type)
    .filter((field) => {
      const value = valueAt(auth, field.at);
      if (field.kind === "secret") return isLiteral(String(value ?? ""));
      return field.kind === "key" && isLiteral(keyText(value as KeyText));
    })
    .map((field) => field.at);
}
