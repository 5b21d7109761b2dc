import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { type Exchange, type ExchangeEvent, setBackend, type WireError } from "../../ipc";
import { type Handlers, memoryBackend } from "../../ipc/memory";
import { emptyRequest } from "../../request/empty";
import { useApprovals } from "../../stores/approvals";
import { cancel, NO_EXCHANGE, send, useExchanges } from "../../stores/exchange";
import { useSections } from "../../stores/sections";
import { useSettings } from "../../stores/settings";
import { useTabs } from "../../stores/tabs";
import { ResponsePane } from "./ResponsePane";

const request = { ...emptyRequest("Orders"), url: "https://shop.test/orders" };
const finished: Exchange = {
  historyId: "1",
  state: "complete",
  startedAt: "2026-11-21T09:12:44Z",
  environment: null,
  method: "GET",
  url: "https://shop.test/orders",
  status: 200,
  reason: "OK",
  httpVersion: "HTTP/1.1",
  durationUs: 84_000,
  hops: [],
  error: null,
  body: { id: "b", size: 17, contentType: "application/json", language: "json", views: ["pretty", "raw"] },
  checks: [],
  captures: [],
  warnings: [],
};
const lines = ["{", '  "status": "paid",', '  "again": "paid"', "}"];
const progress = { rows: lines.length, fraction: 1, done: true, problem: null };
const failure = (code: string): WireError => ({
  code,
  message: `It failed: ${code}.`,
  hint: "Do this.",
  where: null,
});

function core(more: Handlers) {
  setBackend(
    memoryBackend({
      openView: ({ filter }) => {
        if (filter?.expression === "$[")
          throw { code: "bad-filter", message: "Not a JSONPath.", hint: null, where: null };
        return { view: "v", progress, columns: [] };
      },
      closeView: () => ({}),
      viewProgress: () => progress,
      rows: ({ from, to }) => ({
        rows: lines.slice(from, to).map((text, at) => ({
          number: from + at + 1,
          text,
          columns: text.length,
          tokens: [],
          fold: null,
          cells: [],
        })),
        progress,
      }),
      ...more,
    }),
  );
}

beforeEach(() => useExchanges.setState({ t: NO_EXCHANGE }));

it("says what belongs there before anything was sent", () => {
  render(<ResponsePane tab="t" />);
  expect(screen.getByText("No response yet")).toBeTruthy();
});

it("says what a slow request is doing, and cancels it", async () => {
  let end: (exchange: Exchange) => void = () => undefined;
  let tell: (event: ExchangeEvent) => void = () => undefined;
  const cancelled: string[] = [];
  core({
    send: (_, report) => {
      tell = report;
      return new Promise((done) => {
        end = done;
      });
    },
    cancel: ({ exchange }) => {
      cancelled.push(exchange);
      end({ ...finished, state: "cancelled", status: null, body: null, error: failure("cancelled") });
      return {};
    },
  });
  render(<ResponsePane tab="t" />);
  act(() => void send("t", null, request));
  act(() => tell({ type: "phase", phase: "waiting", host: "shop.test" }));
  const region = within(screen.getByRole("region", { name: "Response" }));
  expect(await region.findByText("Waiting for shop.test")).toBeTruthy();
  act(() => tell({ type: "growth", received: 1500, expected: 3000 }));
  expect(region.getByText("1.5 KB of 3.0 KB")).toBeTruthy();
  await userEvent.click(region.getByRole("button", { name: "Cancel" }));
  expect(cancelled.length).toBe(1);
  expect(await region.findByText("Nothing had arrived until then.")).toBeTruthy();
  await act(() => cancel("t"));
});

it("keeps the old answer while the next is on its way", async () => {
  core({ send: () => new Promise(() => undefined) });
  useExchanges.setState({ t: { ...NO_EXCHANGE, done: finished } });
  render(<ResponsePane tab="t" />);
  act(() => void send("t", null, request));
  expect(screen.getByRole("region", { name: "Response" }).dataset.old).toBe("true");
  expect(screen.getByRole("status", { name: "Outcome" }).textContent).toContain("200 OK");
});

it("offers to send without verifying a host, and says so while that is so", async () => {
  let verified = false;
  core({
    trustHost: ({ host, insecure }) => {
      const now = useSettings.getState();
      verified = insecure;
      return { ...now, sending: { ...now.sending, insecureHosts: insecure ? [host] : [] } };
    },
    send: () => ({ ...finished, hops: [hop()] }),
  });
  const done = {
    ...finished,
    state: "failed" as const,
    status: null,
    body: null,
    error: failure("tls-expired"),
  };
  useExchanges.setState({ t: { ...NO_EXCHANGE, done, sent: { path: null, request } } });
  render(<ResponsePane tab="t" />);
  expect(screen.getByRole("alert").textContent).toContain("Do this.");
  await userEvent.click(screen.getByRole("button", { name: "Send without verifying shop.test" }));
  expect(await screen.findByText("The certificate of shop.test is not verified.")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Verify again" }));
  await waitFor(() => expect(verified).toBe(false));
});

it("asks before a redirect takes the body elsewhere, and points limits to the settings", async () => {
  const allowed: boolean[] = [];
  core({
    send: ({ allowCrossOriginBody }) => {
      allowed.push(allowCrossOriginBody);
      return { ...finished, state: "failed", status: null, body: null, error: failure("timeout-total") };
    },
  });
  const done = { ...finished, state: "failed" as const, error: failure("cross-origin-body"), body: null };
  useExchanges.setState({ t: { ...NO_EXCHANGE, done, sent: { path: null, request } } });
  render(<ResponsePane tab="t" />);
  await userEvent.click(screen.getByRole("button", { name: "Send the body there this once" }));
  expect(allowed).toEqual([true]);
  expect(await screen.findByRole("button", { name: "Open settings" })).toBeTruthy();
});

it("says that a challenged request was sent again, and which certificate was shown", async () => {
  const tls = {
    version: "TLS 1.3",
    cipher: "",
    alpn: "",
    problem: null,
    clientCertificate: "CN=ada",
    certificates: [],
  };
  const challenged = { ...hop(), status: 401, reason: "Unauthorized", challenge: "Digest" };
  const done = { ...finished, hops: [challenged, { ...hop(), tls }] };
  useExchanges.setState({ t: { ...NO_EXCHANGE, done } });
  core({});
  render(<ResponsePane tab="t" />);
  await userEvent.click(screen.getByRole("tab", { name: "Timeline" }));
  const overview = within(screen.getByRole("list", { name: "2 requests" })).getAllByRole("listitem");
  expect(overview[0]?.textContent).toMatch(/^1401.*Sent again with credentials \(Digest\)$/);
  expect(overview[1]?.textContent).toMatch(/^2200/);
  const first = within(screen.getByRole("region", { name: "Request 1 of 2" }));
  expect(first.getByText("401: sent again with credentials (Digest)")).toBeTruthy();
  const second = within(screen.getByRole("region", { name: "Request 2 of 2" }));
  expect(second.getByText("CN=ada")).toBeTruthy();
  expect(second.queryByText(/sent again/)).toBeNull();
});

it("asks what a secret needs when nothing was sent for want of an approval", async () => {
  const wanted = "run the command `gh auth token`";
  core({ secretCommands: () => [{ command: wanted, approved: false }] });
  const done = { ...finished, state: "failed" as const, error: failure("not-approved"), body: null };
  useExchanges.setState({ t: { ...NO_EXCHANGE, done, sent: { path: null, request } } });
  render(<ResponsePane tab="t" />);
  await userEvent.click(screen.getByRole("button", { name: "Approve…" }));
  await waitFor(() => expect(useApprovals.getState().asking).toBe(wanted));
  useApprovals.setState(useApprovals.getInitialState(), true);
});

it("leads to the token when one is missing", async () => {
  core({});
  const done = { ...finished, state: "failed" as const, error: failure("login-needed"), body: null };
  useExchanges.setState({ t: { ...NO_EXCHANGE, done, sent: { path: null, request } } });
  useTabs.setState({ active: "t" });
  render(<ResponsePane tab="t" />);
  await userEvent.click(screen.getByRole("button", { name: "Open Auth" }));
  expect(useSections.getState().t).toBe("auth");
});

it("finds in the body, counts, and goes round", async () => {
  const asked: number[] = [];
  const hits = [1, 2].map((row, index) => ({ index, row, column: 13, length: 4 }));
  core({
    find: ({ text }) => ({ count: text === "paid" ? 2 : 0, done: true }),
    findProgress: () => ({ count: 2, done: true }),
    hitAfter: () => ({ hits: hits.slice(0, 1) }),
    hitsIn: () => ({ hits }),
    hit: ({ index }) => {
      asked.push(index);
      return hits[index] ?? hits[0] ?? { index: 0, row: 0, column: 0, length: 0 };
    },
  });
  useExchanges.setState({ t: { ...NO_EXCHANGE, done: finished } });
  render(<ResponsePane tab="t" />);
  await userEvent.click(screen.getByRole("button", { name: "Find" }));
  const field = screen.getByRole("searchbox", { name: "Find in response" });
  await userEvent.type(field, "paid");
  expect(await screen.findByText("1 of 2")).toBeTruthy();
  await userEvent.type(field, "{Enter}");
  expect(await screen.findByText("2 of 2")).toBeTruthy();
  await userEvent.type(field, "{Enter}");
  expect(await screen.findByText("1 of 2")).toBeTruthy();
  expect(asked).toEqual([0, 1, 0]);
  await waitFor(() => expect(document.querySelectorAll("mark").length).toBeGreaterThan(0));
  await userEvent.type(field, "{Escape}");
  expect(screen.queryByRole("searchbox", { name: "Find in response" })).toBeNull();
});

it("says beside the filter what is wrong with it, and keeps the body in view", async () => {
  core({});
  useExchanges.setState({ t: { ...NO_EXCHANGE, done: finished } });
  render(<ResponsePane tab="t" />);
  expect(await screen.findByText(/"status"/)).toBeTruthy();
  await userEvent.type(screen.getByRole("searchbox", { name: "Filter" }), "$[[");
  expect((await screen.findByRole("alert")).textContent).toContain("Not a JSONPath.");
  expect(screen.getByText(/"status"/)).toBeTruthy();
});

function hop(): Exchange["hops"][number] {
  const timings = { start: 0, lookup: null, connect: null, tls: null, send: 1, wait: 2, download: 3 };
  return {
    method: "GET",
    url: "https://shop.test/orders",
    requestHead: "GET /orders HTTP/1.1\nHost: shop.test\n",
    requestHeadExact: true,
    requestBodySize: 0,
    requestBody: "",
    status: 200,
    reason: "OK",
    httpVersion: "HTTP/1.1",
    headers: [],
    trailers: [],
    bodySize: 17,
    decodedSize: 17,
    remote: "127.0.0.1:443",
    reused: false,
    timings,
    tls: null,
    cookies: [],
    dropped: [],
    challenge: null,
  };
}

it("says where the body is not as its description says", async () => {
  const schema = {
    ok: false,
    violations: [
      { path: "/lines/0/sku", message: '3 is not of type "string"' },
      { path: "", message: '"total" is a required property' },
    ],
  };
  core({ send: () => ({ ...finished, schema }) });
  render(<ResponsePane tab="t" />);
  await act(() => send("t", null, request));
  expect(await screen.findByText("Not as the API's description says, in 2 places")).toBeTruthy();
  const checks = screen.getByRole("tab", { name: "Checks" });
  expect(checks.textContent).toContain("0/1");
  await userEvent.click(checks);
  const table = screen.getByRole("table", { name: "Not as the description says" });
  expect(within(table).getByRole("rowheader", { name: "$.lines[0].sku" })).toBeTruthy();
  expect(within(table).getByRole("rowheader", { name: "the whole body" })).toBeTruthy();
});
