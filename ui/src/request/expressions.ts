import type { Suggestion } from "../components/Suggestions";
import { m } from "../messages";

const w = m.request.checksPart.known;

const RESPONSE_HEADERS = [
  "content-type",
  "content-length",
  "cache-control",
  "etag",
  "location",
  "retry-after",
  "server",
  "set-cookie",
  "www-authenticate",
  "x-request-id",
];

const KNOWN: readonly Suggestion[] = [
  { text: "res.status", detail: w.status },
  { text: "res.statusText", detail: w.reason },
  { text: "res.responseTime", detail: w.time },
  { text: "res.size", detail: w.size },
  { text: "res.body", detail: w.body },
  { text: "res.body.", detail: w.member },
  ...RESPONSE_HEADERS.map((name) => ({ text: `res.headers.${name}`, detail: w.header })),
  { text: "$.", detail: w.jsonPath },
  { text: "$[0]", detail: w.jsonPath },
  { text: "//", detail: w.xPath },
  { text: "regex()", detail: w.regex },
];

/** What a check or a capture can look at, for what was typed. */
export function completeExpression(typed: string): Suggestion[] {
  const wanted = typed.trim().toLowerCase();
  return KNOWN.filter((each) => each.text.toLowerCase().includes(wanted)).slice(0, 14);
}
