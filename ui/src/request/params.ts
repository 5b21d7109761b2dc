import type { Param, Request } from "../ipc";
import { pathRows, renamePath } from "./path";
import { isBlank, queryRows, type SyncedRow, setQuery } from "./query";
import { isSame } from "./same";

type UrlAndParams = Pick<Request, "url" | "params">;

const ofKind = (params: readonly Param[], kind: Param["kind"]) => params.filter((each) => each.kind === kind);

/** What a row of a table says of a parameter. */
export type ParamText = Omit<Param, "kind">;

const asParams = (rows: readonly SyncedRow[], old: readonly Param[], kind: Param["kind"]): Param[] =>
  rows.map(({ from, ...row }) => ({
    ...row,
    kind,
    description: (from === null ? undefined : old[from]?.description) ?? "",
  }));

/** The text of the URL was edited: the tables follow. */
export function withUrl(request: UrlAndParams, url: string): UrlAndParams {
  const query = ofKind(request.params, "query");
  const path = ofKind(request.params, "path");
  const params = [
    ...asParams(queryRows(url, query), query, "query"),
    ...asParams(pathRows(url, path), path, "path"),
  ];
  return { url, params };
}

/** The query table was edited: the text follows. */
export function withQuery(request: UrlAndParams, rows: readonly ParamText[]): UrlAndParams {
  const params = [
    ...rows.map((row): Param => ({ ...row, kind: "query" })),
    ...ofKind(request.params, "path"),
  ];
  return { url: setQuery(request.url, rows), params };
}

/** The path table was edited; another name is written into the text. */
export function withPath(request: UrlAndParams, rows: readonly ParamText[]): UrlAndParams {
  const old = ofKind(request.params, "path");
  let { url } = request;
  rows.forEach((row, at) => {
    const was = old[at];
    if (was && was.name !== row.name) url = renamePath(url, was.name, row.name);
  });
  const kept = rows.map((row): Param => ({ ...row, kind: "path" }));
  const params = [...ofKind(request.params, "query"), ...asParams(pathRows(url, kept), kept, "path")];
  return { url, params };
}

/**
 * A request as read, with what its URL and its tables lack put in: the core sends parameters that only one
 * of them has, so neither may be lost by the first edit.
 */
export function inStep(request: Request): Request {
  const query = ofKind(request.params, "query");
  const path = ofKind(request.params, "path");
  const first = queryRows(request.url, query);
  const says = (row: Param, at: number) =>
    first.some((each) => each.from === at && each.name === row.name && each.value === row.value);
  const absent = new Set(query.filter((row, at) => row.enabled && !isBlank(row) && !says(row, at)));
  const there = query.filter((row) => !absent.has(row));
  const synced = asParams(queryRows(request.url, there), there, "query");
  const rows = [...synced, ...absent];
  const paths = asParams(pathRows(request.url, path), path, "path").map((row) => ({
    ...row,
    enabled: path.find((each) => each.name === row.name)?.enabled ?? true,
  }));
  const url = setQuery(request.url, rows);
  const params = [...rows, ...paths];
  return isSame(params, request.params) && url === request.url ? request : { ...request, url, params };
}
