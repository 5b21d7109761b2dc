/** What is known of a variable where a field stands. */
export interface VariableInfo {
  name: string;
  /** Absent for a secret that is not shown. */
  value?: string;
  /** Which scope it came from, in words: "environment Staging". */
  origin: string;
  secret?: boolean;
}

/** The variables in scope of a field. A new object means that something changed. */
export interface Variables {
  find(name: string): VariableInfo | undefined;
  /** Those to offer for what was typed, best first. */
  complete(typed: string): VariableInfo[];
}

/** Variables from a plain list, inner scope first. */
export function variablesOf(list: readonly VariableInfo[]): Variables {
  const byName = new Map<string, VariableInfo>();
  for (const each of list) if (!byName.has(each.name)) byName.set(each.name, each);
  return {
    find: (name) => byName.get(name),
    complete: (typed) => {
      const wanted = typed.toLowerCase();
      const all = [...byName.values()];
      const starts = all.filter((v) => v.name.toLowerCase().startsWith(wanted));
      const contains = all.filter((v) => v.name.toLowerCase().indexOf(wanted) > 0);
      return [...starts, ...contains].slice(0, 50);
    },
  };
}
