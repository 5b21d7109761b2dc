import { useEffect, useState } from "react";
import { backend, type EnvironmentSummary, type HistoryEntry, type Node } from "../ipc";
import { type CommandId, DEFAULT_KEYS, keysOf } from "../keys";
import { m } from "../messages";
import { canRun, runCommand } from "../stores/commands";
import { openEntry } from "../stores/openEntry";
import { openTab, useTabs } from "../stores/tabs";
import { selectEnvironment } from "../stores/workspace";
import { fuzzy } from "./fuzzy";

/** One line of the palette. */
export interface PaletteLine {
  id: string;
  kind: "commands" | "environments" | "requests" | "history";
  title: string;
  /** Said quietly beside it, and searched as well. */
  detail?: string;
  method?: string;
  color?: string;
  keys?: string | undefined;
  run(): void;
}

const LIMIT = 60;
/** With nothing typed, a few of each are enough. */
const FEW = 8;

function commandLines(own: Record<string, string | undefined>): PaletteLine[] {
  return (Object.keys(DEFAULT_KEYS) as CommandId[])
    .filter((id) => id !== "palette" && canRun(id))
    .map((id) => ({
      id: `command ${id}`,
      kind: "commands",
      title: m.commands[id],
      keys: keysOf(id, own)[0],
      run: () => void runCommand(id),
    }));
}

function environmentLines(environments: readonly EnvironmentSummary[]): PaletteLine[] {
  const named = environments.map(({ name, color }): PaletteLine => {
    const run = () => void selectEnvironment(name);
    return {
      id: `environment ${name}`,
      kind: "environments",
      title: m.palette.useEnvironment(name),
      color,
      run,
    };
  });
  if (named.length === 0) return named;
  const run = () => void selectEnvironment(null);
  return [
    ...named,
    { id: "no environment", kind: "environments", title: m.app.noEnvironment, color: "", run },
  ];
}

function requestLines(nodes: readonly Node[]): PaletteLine[] {
  return nodes
    .filter((node) => node.kind === "request")
    .map(({ path, parent, name, method }) => {
      const wanted = { path, name, method: method ?? "GET" };
      const run = () => useTabs.setState((s) => openTab(s, wanted, "pin"));
      return { id: path, kind: "requests", title: name, detail: parent, method: wanted.method, run };
    });
}

function historyLines(entries: readonly HistoryEntry[]): PaletteLine[] {
  return entries.map(({ id, name, method, url, status }) => ({
    id: `history ${id}`,
    kind: "history",
    title: name || url,
    detail: [status ?? "", name ? url : ""].join(" ").trim(),
    method,
    run: () => void openEntry(id),
  }));
}

/** Recent exchanges that answer what is typed; the core does the searching. */
export function useRecent(typed: string): readonly HistoryEntry[] {
  const [found, setFound] = useState<readonly HistoryEntry[]>([]);
  useEffect(() => {
    let gone = false;
    const everything = { status: [], method: null, host: null, environment: null, since: null, until: null };
    const ask = () =>
      backend()
        .call("searchHistory", { ...everything, words: typed, failed: false, before: null, limit: FEW })
        .then(({ entries }) => !gone && setFound(entries))
        .catch(() => undefined);
    const timer = setTimeout(() => void ask(), typed === "" ? 0 : 150);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [typed]);
  return found;
}

interface Sources {
  nodes: readonly Node[];
  environments: readonly EnvironmentSummary[];
  entries: readonly HistoryEntry[];
  keys: Record<string, string | undefined>;
}

/** What answers the text typed, best first. */
export function paletteLines(typed: string, { nodes, environments, entries, keys }: Sources): PaletteLine[] {
  const requests = requestLines(nodes);
  const history = historyLines(entries);
  const rest = [...commandLines(keys), ...environmentLines(environments)];
  if (typed.trim() === "") return [...requests.slice(0, FEW), ...history, ...rest];
  return [...requests, ...rest, ...history]
    .flatMap((line) => {
      const own = fuzzy(line.title, typed);
      const wider = own ?? fuzzy(`${line.method ?? ""} ${line.title} ${line.detail ?? ""}`, typed);
      if (wider === null) return [];
      return [{ line, cost: own === null ? wider + 4 : wider }];
    })
    .sort((a, b) => a.cost - b.cost)
    .slice(0, LIMIT)
    .map(({ line }) => line);
}
