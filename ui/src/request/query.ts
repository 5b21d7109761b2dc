import { escapeOutside, findOutside, splitOutside, urlParts } from "./text";

/** One row of a parameter table: text as typed, nothing decoded. */
export interface ParamRow {
  name: string;
  value: string;
  /** Rows that are off are not in the URL. */
  enabled: boolean;
}

/** A row after the URL was edited; `from` is the row it was before, whose description stays with it. */
export interface SyncedRow extends ParamRow {
  from: number | null;
}

interface Pair {
  name: string;
  value: string;
  /** As it stands in the URL. */
  whole: string;
}

export const isBlank = (row: { name: string; value: string }) => row.name === "" && row.value === "";
const shows = (row: ParamRow) => row.enabled && !isBlank(row);
const writtenName = (row: ParamRow) => escapeOutside(row.name, "&#=");
const writtenValue = (row: ParamRow) => escapeOutside(row.value, "&#");
const sameName = (pair: Pair, row: ParamRow) => pair.name === row.name || pair.name === writtenName(row);
const sameValue = (pair: Pair, row: ParamRow) => pair.value === row.value || pair.value === writtenValue(row);

/** The pairs of the query that are rows: those with a name or a value. */
function pairs(url: string): Pair[] {
  const { query } = urlParts(url);
  if (!query) return [];
  return splitOutside(url, query, "&")
    .map((whole) => {
      const mark = findOutside(url, whole, "=");
      return {
        name: url.slice(whole.from, mark < 0 ? whole.to : mark),
        value: mark < 0 ? "" : url.slice(mark + 1, whole.to),
        whole: url.slice(whole.from, whole.to),
      };
    })
    .filter((pair) => !isBlank(pair));
}

/** For each pair the index of its old row: by name and value, then by name, then by place. */
function matchRows(found: readonly Pair[], old: readonly ParamRow[]): (number | null)[] {
  const from: (number | null)[] = found.map(() => null);
  const free = new Set(old.flatMap((row, at) => (shows(row) ? [at] : [])));
  for (const byValue of [true, false]) {
    found.forEach((pair, slot) => {
      if (from[slot] !== null) return;
      for (const at of free) {
        const row = old[at] as ParamRow;
        if (!sameName(pair, row) || (byValue && !sameValue(pair, row))) continue;
        from[slot] = at;
        free.delete(at);
        return;
      }
    });
  }
  const left = from.flatMap((at, slot) => (at === null ? [slot] : []));
  if (left.length === free.size) {
    const rest = [...free];
    for (const [n, slot] of left.entries()) from[slot] = rest[n] ?? null;
  }
  return from;
}

/**
 * The table's query rows after the text of the URL was edited; `old` are the rows before. Rows that are
 * off or blank stay behind the row they stood behind.
 */
export function queryRows(url: string, old: readonly ParamRow[]): SyncedRow[] {
  const found = pairs(url);
  const from = matchRows(found, old);
  const rows: SyncedRow[] = found.map((pair, slot) => {
    const at = from[slot] ?? null;
    const was = at === null ? undefined : old[at];
    // A cell whose text merely has its marks encoded in the URL stays as it was typed.
    return {
      name: was && sameName(pair, was) ? was.name : pair.name,
      value: was && sameValue(pair, was) ? was.value : pair.value,
      enabled: true,
      from: at,
    };
  });
  old.forEach((row, at) => {
    if (shows(row)) return;
    let place = 0;
    for (let before = at - 1; before >= 0 && place === 0; before -= 1)
      place = rows.findIndex((synced) => synced.from === before) + 1;
    rows.splice(place, 0, { name: row.name, value: row.value, enabled: row.enabled, from: at });
  });
  return rows;
}

/** The text of the URL after the table was edited. Pairs it already has stay as they are written there. */
export function setQuery(url: string, rows: readonly ParamRow[]): string {
  const have = pairs(url);
  const shown = rows.filter(shows);
  const isSame = have.length === shown.length && have.every((pair, at) => matches(pair, shown[at]));
  if (isSame) return url;
  const texts = new Map<string, string[]>();
  const key = (name: string, value: string) => `${name}\n${value}`;
  for (const pair of have)
    texts.set(key(pair.name, pair.value), [...(texts.get(key(pair.name, pair.value)) ?? []), pair.whole]);
  const query = shown.map((row) => {
    const [name, value] = [writtenName(row), writtenValue(row)];
    const known = texts.get(key(row.name, row.value))?.shift() ?? texts.get(key(name, value))?.shift();
    return known ?? `${name}=${value}`;
  });
  const { path, fragment } = urlParts(url);
  return `${url.slice(0, path.to)}${query.length > 0 ? "?" : ""}${query.join("&")}${url.slice(fragment)}`;
}

const matches = (pair: Pair, row: ParamRow | undefined) =>
  row !== undefined && sameName(pair, row) && sameValue(pair, row);
