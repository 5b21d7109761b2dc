import type { Suggestion } from "../components/Suggestions";
import type { Auth, Body, Inherited, Request } from "../ipc";
import { m } from "../messages";

/** Request header fields people write by hand, by the registry of RFC 9110 and common use. */
const NAMES = [
  "Accept",
  "Accept-Charset",
  "Accept-Encoding",
  "Accept-Language",
  "Authorization",
  "Cache-Control",
  "Connection",
  "Content-Disposition",
  "Content-Encoding",
  "Content-Language",
  "Content-Length",
  "Content-Type",
  "Cookie",
  "Date",
  "DNT",
  "Expect",
  "Forwarded",
  "From",
  "Host",
  "Idempotency-Key",
  "If-Match",
  "If-Modified-Since",
  "If-None-Match",
  "If-Range",
  "If-Unmodified-Since",
  "Max-Forwards",
  "Origin",
  "Pragma",
  "Prefer",
  "Proxy-Authorization",
  "Range",
  "Referer",
  "SOAPAction",
  "TE",
  "Traceparent",
  "Transfer-Encoding",
  "Upgrade",
  "User-Agent",
  "Via",
  "X-API-Key",
  "X-Correlation-ID",
  "X-CSRF-Token",
  "X-Forwarded-For",
  "X-Forwarded-Host",
  "X-Forwarded-Proto",
  "X-HTTP-Method-Override",
  "X-Request-ID",
  "X-Requested-With",
];

const TYPES = [
  "application/json",
  "application/xml",
  "application/x-www-form-urlencoded",
  "application/octet-stream",
  "application/problem+json",
  "application/vnd.api+json",
  "multipart/form-data",
  "text/plain",
  "text/html",
  "text/csv",
];

const VALUES: Record<string, readonly string[]> = {
  accept: ["*/*", ...TYPES],
  "content-type": TYPES,
  "accept-encoding": ["gzip", "br", "zstd", "identity", "gzip, deflate, br, zstd"],
  "accept-language": ["en", "en-US", "en;q=0.8, *;q=0.5"],
  authorization: ["Bearer {{token}}", "Basic "],
  "cache-control": ["no-cache", "no-store", "max-age=0", "only-if-cached"],
  connection: ["keep-alive", "close"],
  "content-encoding": ["gzip", "br", "zstd"],
  expect: ["100-continue"],
  prefer: ["return=minimal", "return=representation", "respond-async"],
  pragma: ["no-cache"],
  range: ["bytes=0-1023"],
  te: ["trailers"],
  "x-requested-with": ["XMLHttpRequest"],
  "idempotency-key": ["{{$guid}}"],
  "x-request-id": ["{{$guid}}"],
};

const MOST = 12;

/** Names to offer for what was typed. */
export function completeHeaderName(typed: string): Suggestion[] {
  return ranked(NAMES, typed);
}

/** Values to offer for a header. */
export function completeHeaderValue(name: string, typed: string): Suggestion[] {
  return ranked(VALUES[name.trim().toLowerCase()] ?? [], typed);
}

/** Media types to offer. */
export const completeMediaType = (typed: string): Suggestion[] => ranked(TYPES, typed);

function ranked(list: readonly string[], typed: string): Suggestion[] {
  const wanted = typed.toLowerCase();
  const found = list.filter((each) => each.toLowerCase().includes(wanted));
  const starts = (each: string) => (each.toLowerCase().startsWith(wanted) ? 0 : 1);
  return found
    .sort((a, b) => starts(a) - starts(b))
    .slice(0, MOST)
    .map((text) => ({ text }));
}

/** A header that nobody wrote into this request. */
export interface ImpliedHeader {
  name: string;
  value: string;
  origin: string;
  /** A header of the request itself takes its place. */
  replaced: boolean;
}

const RAW = {
  json: "application/json",
  xml: "application/xml",
  text: "text/plain",
  sparql: "application/sparql-query",
};

function contentType(body: Body): string | null {
  switch (body.type) {
    case "none":
      return null;
    case "raw":
      return RAW[body.language];
    case "formUrlEncoded":
      return "application/x-www-form-urlencoded";
    case "multipart":
      return "multipart/form-data; boundary=…";
    case "file":
      return body.files.find((file) => file.selected)?.contentType || null;
  }
}

const NAMED: Partial<Record<Auth["type"], string>> = { basic: "Basic", bearer: "Bearer" };

function authHeader(request: Request, inherited: Inherited | null): [string, string] | null {
  const { auth } = request;
  if (auth.type === "apiKey" && auth.placement === "header" && auth.key) return [auth.key, auth.value];
  const type = auth.type === "inherit" ? (inherited?.auth?.scheme as Auth["type"] | undefined) : auth.type;
  const scheme = type && NAMED[type];
  return scheme ? ["Authorization", m.request.automatic.authValue(scheme)] : null;
}

/** What folders add, then what is added when the request is sent. */
export function impliedHeaders(
  request: Request,
  inherited: Inherited | null,
  version: string,
): { inherited: ImpliedHeader[]; automatic: ImpliedHeader[] } {
  const words = m.request.automatic;
  const own = new Set(request.headers.filter((h) => h.enabled).map((h) => h.name.trim().toLowerCase()));
  const above = (inherited?.headers ?? []).map((header) => ({
    ...header,
    replaced: own.has(header.name.toLowerCase()),
  }));
  const taken = new Set([...own, ...above.map((header) => header.name.toLowerCase())]);
  const type = contentType(request.body);
  const auth = authHeader(request, inherited);
  const list: [string, string, string][] = [["Host", words.calculated, words.host]];
  if (type) list.push(["Content-Type", type, words.body]);
  if (request.body.type !== "none") list.push(["Content-Length", words.calculated, words.body]);
  if (auth) list.push([auth[0], auth[1], words.auth]);
  if (request.settings.useCookies !== false) list.push(["Cookie", words.jarValue, words.jar]);
  list.push(
    ["User-Agent", `errand/${version}`, words.app],
    ["Accept", "*/*", words.app],
    ["Accept-Encoding", "gzip, deflate, br, zstd", words.app],
  );
  const automatic = list.map(([name, value, origin]) => {
    return { name, value, origin, replaced: taken.has(name.toLowerCase()) };
  });
  return { inherited: above, automatic };
}
