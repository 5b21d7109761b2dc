import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it } from "vitest";
import { type ExportHistory, type HistoryEntry, type SearchHistory, setBackend } from "../../ipc";
import { memoryBackend } from "../../ipc/memory";
import { moreHistory, newestHistory, resetHistory, useHistory } from "../../stores/history";
import { byDay, dayTitle } from "./days";
import { HistoryPane } from "./HistoryPane";

const entry = (n: number): HistoryEntry => ({
  id: String(n),
  at: new Date(Date.UTC(2026, 10, 21, 12) - n * 1000).toISOString(),
  name: `Order ${n}`,
  method: "GET",
  url: `{{base_url}}/orders/${n}`,
  host: "shop.test",
  environment: null,
  status: n % 7 === 3 ? 503 : 200,
  state: "complete",
  error: null,
  durationUs: 1000,
  size: 10,
  checksPassed: 0,
  checksFailed: 0,
});

let total = 1000;
let asked: SearchHistory[] = [];

beforeEach(() => {
  total = 1000;
  asked = [];
  resetHistory();
  setBackend(
    memoryBackend({
      searchHistory: (args) => {
        asked.push(args);
        if (args.words === "nothing") return { entries: [], next: null };
        const from = args.before ?? 0;
        const count = Math.min(args.limit, total - from);
        const entries = Array.from({ length: count }, (_, n) => entry(from + n));
        return { entries, next: from + count < total ? from + count : null };
      },
      historyDetail: () => {
        throw { code: "history-unreadable", message: "Cannot be read.", hint: null, where: null };
      },
      deleteHistory: ({ ids }) => ({ deleted: ids.length, left: total - ids.length }),
    }),
  );
});

it("lists what was sent, newest first, and reads older pages by their cursor", async () => {
  render(<HistoryPane />);
  expect(await screen.findByRole("list", { name: "History" })).toBeTruthy();
  expect((await screen.findAllByRole("listitem")).length).toBeGreaterThan(3);
  expect(useHistory.getState().entries.length).toBe(100);
  await moreHistory();
  expect(asked.at(-1)?.before).toBe(100);
  expect(
    useHistory
      .getState()
      .entries.map((each) => each.id)
      .slice(99, 102),
  ).toEqual(["99", "100", "101"]);
});

it("draws a few lines of a long list, not all", async () => {
  total = 1_000_000;
  render(<HistoryPane />);
  await screen.findAllByRole("listitem");
  expect(screen.getAllByRole("listitem").length).toBeLessThan(60);
});

it("searches a little after the last key, and says when nothing matches", async () => {
  render(<HistoryPane />);
  await screen.findAllByRole("listitem");
  const before = asked.length;
  await userEvent.type(screen.getByRole("searchbox", { name: "Search history" }), "nothing");
  expect(await screen.findByText("Nothing in history matches")).toBeTruthy();
  expect(asked.length - before).toBeLessThan(4);
  await userEvent.click(screen.getByRole("button", { name: "Clear filters" }));
  await screen.findAllByRole("listitem");
});

it("deletes what is selected, after asking", async () => {
  render(<HistoryPane />);
  const [first] = await screen.findAllByRole("listitem");
  await userEvent.click(first as HTMLElement);
  await userEvent.click(screen.getByRole("button", { name: "Manage history" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "Delete entry" }));
  await userEvent.click(await screen.findByRole("button", { name: "Delete" }));
  await waitFor(() => expect(useHistory.getState().entries[0]?.id).toBe("1"));
  expect(useHistory.getState().told).toEqual({ deleted: 1, left: 999 });
});

it("takes in new entries without losing the pages already read", async () => {
  render(<HistoryPane />);
  await screen.findAllByRole("listitem");
  await moreHistory();
  useHistory.setState((s) => ({ entries: s.entries.slice(2) }));
  await newestHistory();
  expect(useHistory.getState().entries.length).toBe(200);
});

it("puts entries under their days", () => {
  const now = new Date(2026, 10, 21, 12);
  expect(dayTitle(new Date(2026, 10, 21, 1), now)).toBe("Today");
  expect(dayTitle(new Date(2026, 10, 20, 23), now)).toBe("Yesterday");
  const two = [
    { ...entry(0), at: now.toISOString() },
    { ...entry(1), at: new Date(2026, 10, 19).toISOString() },
  ];
  expect(byDay(two, now).filter((line) => "day" in line).length).toBe(2);
});

describe("the export", () => {
  const asks: ExportHistory[] = [];
  const cancelled: string[] = [];
  let settle: (() => void) | null = null;

  beforeEach(() => {
    asks.length = 0;
    cancelled.length = 0;
    settle = null;
    setBackend(
      memoryBackend({
        searchHistory: () => ({ entries: [entry(0), entry(1)], next: null }),
        historyDetail: () => {
          throw { code: "history-unreadable", message: "Cannot be read.", hint: null, where: null };
        },
        pickPath: () => ({ path: "/home/me/history.har" }),
        exportHistory: async (args, report) => {
          asks.push(args);
          report({ done: 100, of: 2000 });
          await new Promise<void>((resolve) => {
            settle = resolve;
          });
          if (cancelled.length > 0) throw { code: "cancelled", message: "Stopped.", hint: null, where: null };
          return { entries: 2000, requests: 2001, bodiesLeftOut: 1 };
        },
        cancel: ({ exchange }) => {
          cancelled.push(exchange);
          settle?.();
          return {};
        },
      }),
    );
  });

  const choose = async (name: string) => {
    await userEvent.click(screen.getByRole("button", { name: "Manage history" }));
    await userEvent.click(await screen.findByRole("menuitem", { name }));
  };

  it("writes what is selected, says how far it is and what was left out", async () => {
    render(<HistoryPane />);
    const [first] = await screen.findAllByRole("listitem");
    await userEvent.click(first as HTMLElement);
    await choose("Export entry as HAR…");
    expect(await screen.findByText(/^Exporting, 100 of 2\s000$/)).toBeTruthy();
    expect(asks[0]).toMatchObject({ ids: ["0"], to: "/home/me/history.har" });
    settle?.();
    const told = await screen.findByText(/2,000 entries exported to \/home\/me\/history.har/);
    expect(told.textContent).toContain("One body is longer than 16 MiB");
  });

  it("writes what is found, or all whatever is looked for, without a limit", async () => {
    render(<HistoryPane />);
    await screen.findAllByRole("listitem");
    await userEvent.type(screen.getByRole("searchbox", { name: "Search history" }), "order");
    await choose("Export what is found as HAR…");
    await waitFor(() => expect(asks).toHaveLength(1));
    expect(asks[0]).toMatchObject({ ids: null, search: { words: "order", limit: 0, before: null } });
    settle?.();
    await screen.findByText(/exported to/);
    await choose("Export all as HAR…");
    await waitFor(() => expect(asks).toHaveLength(2));
    expect(asks[1]).toMatchObject({ ids: null, search: { words: "", limit: 0 } });
  });

  it("can be stopped", async () => {
    render(<HistoryPane />);
    await screen.findAllByRole("listitem");
    await choose("Export all as HAR…");
    await userEvent.click(await screen.findByRole("button", { name: "Stop the export" }));
    await waitFor(() => expect(screen.queryByRole("progressbar")).toBeNull());
    expect(cancelled).toEqual([asks[0]?.id]);
    expect(screen.queryByRole("alert")).toBeNull();
  });
});
