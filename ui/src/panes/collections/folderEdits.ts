import { type KeyValueRow, newRow } from "../../components/table/rows";
import type { Folder, Header, Variable } from "../../ipc";

export type FolderSection =
  | "general"
  | "headers"
  | "variables"
  | "globals"
  | "auth"
  | "certificates"
  | "docs";
export type VariableRow = KeyValueRow & Partial<Pick<Variable, "type" | "secret" | "source">>;

/** A folder's settings as they are edited: tables as rows with ids. */
export interface Edited {
  folder: Folder;
  headers: KeyValueRow[];
  variables: VariableRow[];
  globals: VariableRow[];
  revision: string;
}

const variableRows = (list: readonly Variable[]): VariableRow[] => list.map((v) => ({ ...newRow(v), ...v }));
const headerRows = (list: readonly Header[]): KeyValueRow[] => list.map((each) => newRow(each));

const toVariables = (rows: readonly VariableRow[]): Variable[] =>
  rows.map(({ name, value, description, enabled, type = "string", secret = false, source = null }) => {
    return { name, value: secret ? "" : value, type, description, secret, source, enabled };
  });
const toHeaders = (rows: readonly KeyValueRow[]): Header[] =>
  rows.map(({ name, value, description, enabled }) => ({ name, value, description, enabled }));

export const edit = (folder: Folder, revision: string): Edited => ({
  folder,
  revision,
  headers: headerRows(folder.defaults.headers),
  variables: variableRows(folder.defaults.variables),
  globals: variableRows(folder.globals),
});

/** The folder as it is saved. */
export function edited({ folder, headers, variables, globals }: Edited): Folder {
  const defaults = { ...folder.defaults, headers: toHeaders(headers), variables: toVariables(variables) };
  return { ...folder, defaults, globals: toVariables(globals) };
}

/**
 * Mine, with the variables that this window declared in the file since it was read; null when more than
 * that was changed in it.
 */
export function withOwnVariables(mine: Folder, was: Folder, now: Folder): Folder | null {
  const rest = ({ defaults, ...folder }: Folder) =>
    JSON.stringify({ folder, defaults: { ...defaults, variables: [] } });
  if (rest(was) !== rest(now)) return null;
  const known = new Set([...was.defaults.variables, ...mine.defaults.variables].map(({ name }) => name));
  const added = now.defaults.variables.filter(({ name }) => !known.has(name));
  return { ...mine, defaults: { ...mine.defaults, variables: [...mine.defaults.variables, ...added] } };
}
