import type { ParamRow, SyncedRow } from "./query";
import { type Stretch, splitOutside, urlParts } from "./text";

/** The path parameters of a URL's text: whole segments that begin with a colon. */
export function pathNames(url: string): (Stretch & { name: string })[] {
  return splitOutside(url, urlParts(url).path, "/").flatMap((part) => {
    const text = url.slice(part.from, part.to);
    const name = text.slice(1);
    return text.startsWith(":") && name !== "" && !name.includes("{{") ? [{ ...part, name }] : [];
  });
}

/**
 * The table's path rows after the URL was edited: one for each name, in the text's order. Values stay with
 * their names; when as many names went as came, the new ones take over the values.
 */
export function pathRows(url: string, old: readonly ParamRow[]): SyncedRow[] {
  const names = [...new Set(pathNames(url).map((found) => found.name))];
  const kept = (name: string) => old.findIndex((row) => row.name === name);
  const gone = old.flatMap((row, at) => (names.includes(row.name) ? [] : [at]));
  const came = names.filter((name) => kept(name) < 0).length;
  const renamed = came === gone.length ? gone : [];
  return names.map((name) => {
    const at = kept(name);
    const from = at >= 0 ? at : (renamed.shift() ?? null);
    return { name, value: from === null ? "" : (old[from]?.value ?? ""), enabled: true, from };
  });
}

/** The URL after a path parameter got another name in the table; marks that would end the segment are left out. */
export function renamePath(url: string, from: string, to: string): string {
  const name = to.replace(/[/?#{}]/g, "");
  if (name === "") return url;
  let out = "";
  let at = 0;
  for (const found of pathNames(url)) {
    if (found.name !== from) continue;
    out += `${url.slice(at, found.from)}:${name}`;
    at = found.to;
  }
  return out + url.slice(at);
}
