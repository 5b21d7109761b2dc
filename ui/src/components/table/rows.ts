/** One row of a key-value table. `id` is the table's own, never saved. */
export interface KeyValueRow {
  id: string;
  name: string;
  value: string;
  description: string;
  enabled: boolean;
}

let last = 0;

/** A new row with an id of its own. */
export function newRow(part: Partial<Omit<KeyValueRow, "id">> = {}): KeyValueRow {
  last += 1;
  return { id: `row-${last}`, name: "", value: "", description: "", enabled: true, ...part };
}

/** Rows as text, one `name: value` each; a row that is off starts with `//`. */
export function toText(rows: readonly KeyValueRow[]): string {
  return rows.map((r) => `${r.enabled ? "" : "// "}${r.name}: ${r.value}`).join("\n");
}

/** Reads `name: value`, `name=value` or tab-separated lines; descriptions of unchanged names stay. */
export function fromText(text: string, old: readonly KeyValueRow[] = []): KeyValueRow[] {
  const left = [...old];
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const off = /^\s*(\/\/|#)\s?/.exec(line);
      const body = off ? line.slice(off[0].length) : line.trim();
      const at = body.search(/[:=\t]/);
      const name = (at < 0 ? body : body.slice(0, at)).trim();
      const value = at < 0 ? "" : body.slice(at + 1).trim();
      const was = left.findIndex((row) => row.name === name);
      const kept = was < 0 ? undefined : left.splice(was, 1)[0];
      const row = newRow({ name, value, enabled: !off, description: kept?.description ?? "" });
      return kept ? { ...row, id: kept.id } : row;
    });
}

/** The rows with the one at `from` moved by one place up or down. */
export function moveRow(rows: readonly KeyValueRow[], from: number, by: -1 | 1): KeyValueRow[] {
  const to = from + by;
  const moved = rows[from];
  if (!moved || to < 0 || to >= rows.length) return [...rows];
  const next = rows.filter((_, at) => at !== from);
  next.splice(to, 0, moved);
  return next;
}
