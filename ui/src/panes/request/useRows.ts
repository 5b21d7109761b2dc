import { useState } from "react";
import { type KeyValueRow, newRow } from "../../components/table/rows";

type Saved = Omit<KeyValueRow, "id">;

const same = (rows: readonly KeyValueRow[], saved: readonly Saved[]) =>
  rows.length === saved.length &&
  rows.every((row, at) => {
    const other = saved[at];
    return (
      other?.name === row.name &&
      other.value === row.value &&
      other.description === row.description &&
      other.enabled === row.enabled
    );
  });

/** Rows with ids of their own over rows of a request, which have none. Ids live as long as the place does. */
export function useRows(saved: readonly Saved[], save: (rows: Saved[]) => void) {
  const [rows, setRows] = useState(() => saved.map(newRow));
  let shown = rows;
  // Changed from elsewhere (the URL, an undo): keep the ids of the rows that stay in place.
  if (!same(rows, saved)) {
    shown = saved.map((each, at) => ({ ...newRow(each), id: rows[at]?.id ?? newRow().id }));
    setRows(shown);
  }
  const change = (next: KeyValueRow[]) => {
    setRows(next);
    save(next.map(({ name, value, description, enabled }) => ({ name, value, description, enabled })));
  };
  return [shown, change] as const;
}
