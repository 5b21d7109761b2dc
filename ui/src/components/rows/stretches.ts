import type { Row, TokenKind } from "./source";

/** A part of a row's text that is drawn in one way. */
export interface Stretch {
  text: string;
  /** Where it starts in the row's text. */
  at: number;
  /** Its colour; none is the row's own. */
  kind: TokenKind | null;
  /** The hit it is a part of. */
  hit: readonly [start: number, length: number] | null;
}

/**
 * Cuts a row's text into as few stretches as its colours and hits allow. In a `quiet` row what is no token
 * has no ink, so the row takes the colour of punctuation and that needs no stretch of its own.
 */
export function stretches(row: Row): { parts: Stretch[]; quiet: boolean } {
  const { text, tokens } = row;
  let end = 0;
  let quiet = tokens.length > 0;
  for (const [start, length] of tokens) {
    if (quiet && text.slice(end, start).trim() !== "") quiet = false;
    end = start + length;
  }
  if (quiet && text.slice(end).trim() !== "") quiet = false;

  const parts: Stretch[] = [];
  const put = (from: number, to: number, kind: TokenKind | null, hit: Stretch["hit"]) => {
    if (to <= from) return;
    const last = parts.at(-1);
    const piece = text.slice(from, to);
    // White space takes any colour, so that it joins what is before it.
    const isBlank = kind === null && quiet && piece.trim() === "";
    if (last && last.hit === null && hit === null && (last.kind === kind || isBlank)) last.text += piece;
    else parts.push({ text: piece, at: from, kind, hit });
  };
  const hits = row.hits ?? [];
  let next = 0;
  const cut = (from: number, to: number, kind: TokenKind | null) => {
    let at = from;
    while (at < to) {
      let hit = hits[next];
      while (hit && hit[0] + hit[1] <= at) hit = hits[++next];
      if (!hit || hit[0] >= to) break;
      put(at, Math.max(at, hit[0]), kind, null);
      const stop = Math.min(to, hit[0] + hit[1]);
      put(Math.max(at, hit[0]), stop, kind, hit);
      at = stop;
    }
    put(at, to, kind, null);
  };
  let at = 0;
  for (const [start, length, kind] of tokens) {
    cut(at, start, null);
    cut(Math.max(at, start), start + length, quiet && kind === "punctuation" ? null : kind);
    at = start + length;
  }
  cut(at, text.length, null);
  return { parts, quiet };
}
