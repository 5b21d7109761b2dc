/** A stretch of a template: plain text, a `{{variable}}` (name inside) or a `:path` segment. */
export interface Segment {
  kind: "text" | "variable" | "path";
  start: number;
  end: number;
  /** Variable or path parameter name. */
  name: string;
}

const PATTERN = /\{\{\s*([^{}]*?)\s*\}\}|(?<=\/):([A-Za-z_][\w-]*)(?=[/?#]|$)/g;

/** Splits text for highlighting. `paths` says whether `:name` means a path parameter here. Linear. */
export function segments(text: string, paths = false): Segment[] {
  const out: Segment[] = [];
  let at = 0;
  const plain = (to: number) => {
    if (to > at) out.push({ kind: "text", start: at, end: to, name: "" });
  };
  const query = text.search(/[?#]/);
  for (const match of text.matchAll(PATTERN)) {
    const isPath = match[2] !== undefined;
    if (isPath && (!paths || (query >= 0 && match.index > query))) continue;
    plain(match.index);
    at = match.index + match[0].length;
    out.push({
      kind: isPath ? "path" : "variable",
      start: match.index,
      end: at,
      name: match[2] ?? match[1] ?? "",
    });
  }
  plain(text.length);
  return out;
}

/** The variable name being typed before the caret: after `{{` and not yet closed. */
export function openVariable(text: string, caret: number): { start: number; typed: string } | null {
  const open = text.lastIndexOf("{{", caret - 1);
  if (open < 0 || open + 2 > caret) return null;
  const typed = text.slice(open + 2, caret);
  return /[{}\s]/.test(typed.trimStart()) ? null : { start: open, typed: typed.trimStart() };
}
