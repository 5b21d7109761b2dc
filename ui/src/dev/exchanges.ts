import type { Exchange } from "../ipc";
import { sampleHop } from "./credentials";

const URL = "https://shop.example.com/v1/me";
const head = (more = "") => `GET /v1/me HTTP/1.1\nHost: shop.example.com\nAccept: */*\n${more}`;

/** A Digest exchange: refused once with a challenge, then let in. */
export const digestExchange: Exchange = {
  historyId: null,
  state: "complete",
  startedAt: "2026-11-21T09:12:44Z",
  environment: "Staging",
  method: "GET",
  url: URL,
  status: 200,
  reason: "OK",
  httpVersion: "HTTP/1.1",
  durationUs: 71_000,
  hops: [
    sampleHop({
      method: "GET",
      url: URL,
      requestHead: head(),
      requestBody: "",
      requestBodySize: 0,
      status: 401,
      reason: "Unauthorized",
      headers: [
        {
          name: "WWW-Authenticate",
          value: 'Digest realm="shop", qop="auth", algorithm=SHA-256, nonce="5TsQWLVdgBdmrQ0X"',
        },
        { name: "Content-Length", value: "0" },
      ],
      bodySize: 0,
      decodedSize: 0,
      challenge: "Digest",
    }),
    sampleHop({
      method: "GET",
      url: URL,
      requestHead: head(
        'Authorization: Digest username="ada", realm="shop", nonce="5TsQWLVdgBdmrQ0X", uri="/v1/me", algorithm=SHA-256, qop=auth, nc=00000001, cnonce="••••••", response="••••••"\n',
      ),
      requestBody: "",
      requestBodySize: 0,
      reused: true,
      timings: {
        start: 38_000,
        lookup: null,
        connect: null,
        tls: null,
        send: 100,
        wait: 31_000,
        download: 300,
      },
    }),
  ],
  error: null,
  body: null,
  checks: [],
  captures: [],
  warnings: ["The server offered Basic as well; Digest was used, so that the password itself was not sent."],
};
