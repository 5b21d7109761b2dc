import type { Request } from "../ipc";

/** A request with nothing in it. */
export function emptyRequest(name: string): Request {
  return {
    name,
    description: "",
    seq: null,
    tags: [],
    method: "GET",
    url: "",
    params: [],
    headers: [],
    body: { type: "none" },
    auth: { type: "inherit" },
    variables: [],
    checks: [],
    captures: [],
    scripts: [],
    settings: {
      encodeUrl: null,
      timeoutMs: null,
      followRedirects: null,
      maxRedirects: null,
      forwardAuthorization: null,
      verifyTls: null,
      useCookies: null,
      httpVersion: null,
    },
    docs: "",
  };
}
