/** Offsets of a stretch of text. */
export interface Stretch {
  from: number;
  to: number;
}

/** `{{name}}`: no braces in the name, and not blank (Postman's pattern). Of `{{{a}}}` the innermost pair counts. */
const VARIABLE = /\{\{(?=[^{}]*[^{}\s])[^{}]*\}\}/g;

/** The variables of a text, from left to right. Linear. */
export function variablesIn(text: string, within: Stretch = { from: 0, to: text.length }): Stretch[] {
  const part = text.slice(within.from, within.to);
  return [...part.matchAll(VARIABLE)].map((found) => ({
    from: within.from + found.index,
    to: within.from + found.index + found[0].length,
  }));
}

/** Where the mark first stands in a stretch, outside variables; -1 for nowhere. */
export function findOutside(text: string, within: Stretch, mark: string): number {
  let at = within.from;
  const look = (to: number) => {
    const found = text.slice(at, to).indexOf(mark);
    return found < 0 ? -1 : at + found;
  };
  for (const variable of variablesIn(text, within)) {
    const found = look(variable.from);
    if (found >= 0) return found;
    at = variable.to;
  }
  return look(within.to);
}

/** The pieces between the marks that are not inside variables. */
export function splitOutside(text: string, within: Stretch, mark: string): Stretch[] {
  const found: Stretch[] = [];
  const variables = variablesIn(text, within);
  let next = 0;
  let start = within.from;
  for (let at = within.from; at < within.to; at += 1) {
    const variable = variables[next];
    if (variable && at === variable.from) {
      at = variable.to - 1;
      next += 1;
    } else if (text[at] === mark) {
      found.push({ from: start, to: at });
      start = at + 1;
    }
  }
  return [...found, { from: start, to: within.to }];
}

/** The text with the marks, and double braces without a partner, percent-encoded outside variables. */
export function escapeOutside(text: string, marks: string): string {
  const plain = (part: string) =>
    [...part.replaceAll("{{", "%7B%7B").replaceAll("}}", "%7D%7D")]
      .map((c) => (marks.includes(c) ? `%${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}` : c))
      .join("");
  let out = "";
  let at = 0;
  for (const variable of variablesIn(text)) {
    out += plain(text.slice(at, variable.from)) + text.slice(variable.from, variable.to);
    at = variable.to;
  }
  return out + plain(text.slice(at));
}

/** The parts of a URL's text. Marks inside variables do not count. */
export interface UrlParts {
  /** From the first `/` after the authority up to the query. */
  path: Stretch;
  /** After the `?`; null where there is none. */
  query: Stretch | null;
  /** Where the `#` stands, or the end. */
  fragment: number;
}

export function urlParts(url: string): UrlParts {
  const hash = findOutside(url, { from: 0, to: url.length }, "#");
  const fragment = hash < 0 ? url.length : hash;
  const mark = findOutside(url, { from: 0, to: fragment }, "?");
  const end = mark < 0 ? fragment : mark;
  const scheme = url.slice(0, end).indexOf("://");
  const slash = findOutside(url, { from: scheme < 0 ? 0 : scheme + 3, to: end }, "/");
  return {
    path: { from: slash < 0 ? end : slash, to: end },
    query: mark < 0 ? null : { from: mark + 1, to: fragment },
    fragment,
  };
}
