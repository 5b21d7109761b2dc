import { lintJson } from "../components/editor/jsonLint";

const PIECE = /"(?:[^"\\\n]|\\.)*"|\{\{[^{}\n]*\}\}|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * JSON with one member a line, two spaces deep; `{{variables}}` stay as they are written. Null for a
 * text that is not JSON: nothing in it may be moved then.
 */
export function formatJson(text: string): string | null {
  if (text.trim() === "" || lintJson(text)) return null;
  let out = "";
  let depth = 0;
  let opened = false;
  const line = () => {
    out += `\n${"  ".repeat(depth)}`;
  };
  for (const [piece] of text.matchAll(PIECE)) {
    if (piece === "}" || piece === "]") {
      depth -= 1;
      if (!opened) line();
      out += piece;
      opened = false;
      continue;
    }
    if (opened) line();
    opened = false;
    if (piece === ",") {
      out += piece;
      line();
    } else if (piece === ":") out += ": ";
    else {
      out += piece;
      opened = piece === "{" || piece === "[";
      if (opened) depth += 1;
    }
  }
  return out;
}
