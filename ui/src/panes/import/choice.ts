import type { ImportNode } from "../../ipc";

/** What a box shows: all of it, none, or a part. */
export type Checked = boolean | "mixed";

/** The item behind the last one below each item. Items come in order, those above before those in them. */
export function endsOf(nodes: readonly ImportNode[]): number[] {
  const ends = nodes.map((_, at) => at + 1);
  for (let at = nodes.length - 1; at >= 0; at -= 1) {
    const parent = nodes[at]?.parent ?? null;
    if (parent !== null) ends[parent] = Math.max(ends[parent] ?? 0, ends[at] ?? 0);
  }
  return ends;
}

/** What every box shows, when the items in `off` were unchecked. `off` names only items with nothing below. */
export function checkedOf(nodes: readonly ImportNode[], off: ReadonlySet<number>): Checked[] {
  const all = new Uint32Array(nodes.length);
  const on = new Uint32Array(nodes.length);
  const checked: Checked[] = new Array(nodes.length);
  for (let at = nodes.length - 1; at >= 0; at -= 1) {
    if (all[at] === 0) {
      all[at] = 1;
      on[at] = off.has(at) ? 0 : 1;
    }
    const parent = nodes[at]?.parent ?? null;
    if (parent !== null) {
      all[parent] = (all[parent] ?? 0) + (all[at] ?? 0);
      on[parent] = (on[parent] ?? 0) + (on[at] ?? 0);
    }
    checked[at] = on[at] === 0 ? false : on[at] === all[at] ? true : "mixed";
  }
  return checked;
}

/** Checks or unchecks everything in `wanted` that has nothing below it. */
export function withChecked(
  off: ReadonlySet<number>,
  ends: readonly number[],
  wanted: Iterable<number>,
  checked: boolean,
): Set<number> {
  const next = new Set(off);
  for (const at of wanted) {
    if (ends[at] !== at + 1) continue;
    if (checked) next.delete(at);
    else next.add(at);
  }
  return next;
}

/** The item and everything below it. */
export function below(ends: readonly number[], at: number): number[] {
  return Array.from({ length: (ends[at] ?? at + 1) - at }, (_, step) => at + step);
}

/** What goes along: all (null), or the checked items with the folders they are in. */
export function chosenOf(checked: readonly Checked[]): number[] | null {
  if (checked.every((each) => each === true)) return null;
  return checked.flatMap((each, at) => (each === false ? [] : [at]));
}

/** How many requests go along. */
export function requestsIn(nodes: readonly ImportNode[], checked: readonly Checked[]): number {
  return nodes.reduce(
    (count, node, at) => count + (node.kind !== "folder" && checked[at] !== false ? 1 : 0),
    0,
  );
}
