import { m } from "../../messages";

/** What is wrong with a JSON text, and where (offsets in the text). */
export interface JsonProblem {
  from: number;
  to: number;
  message: string;
}

type Want = "value" | "key" | "first-key" | "first-value" | "colon" | "comma" | "end";

const STRING = /"(?:[^"\\\n]|\\.)*"/y;
const WORD = /[^\s,:[\]{}"]+/y;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;
const VARIABLE = /\{\{[^{}\n]*\}\}/y;

/**
 * The first problem of a JSON text in which `{{variables}}` may stand for a value, a key or a part of
 * a string or number. Own, because web views disagree about where `JSON.parse` says an error is.
 */
export function lintJson(text: string): JsonProblem | null {
  let at = 0;
  const stack: ("{" | "[")[] = [];
  let want = "value" as Want;
  const problem = (message: string, from = at, to = at + 1): JsonProblem => ({
    from: Math.min(from, text.length),
    to: Math.min(Math.max(to, from), text.length),
    message,
  });
  const after = () => (stack.length > 0 ? "comma" : "end");
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  const words: Record<Want, string> = {
    value: "a value",
    "first-value": "a value or ]",
    key: "a name in double quotes",
    "first-key": "a name in double quotes or }",
    colon: ":",
    comma: stack.length ? ", or the end" : ",",
    end: m.editor.trailing,
  };

  while (true) {
    while (at < text.length && /\s/.test(text[at] as string)) at += 1;
    const c = text[at];
    if (c === undefined) break;
    if (want === "end") return problem(m.editor.trailing, at, text.length);
    const closes = c === "}" ? "{" : c === "]" ? "[" : null;
    if (closes) {
      const may = want === "comma" || want === (c === "}" ? "first-key" : "first-value");
      if (!may || stack.at(-1) !== closes) return problem(m.editor.expected(words[want]));
      stack.pop();
      want = after();
      at += 1;
    } else if (want === "comma" || want === "colon") {
      if (c !== (want === "comma" ? "," : ":")) return problem(m.editor.expected(words[want]));
      want = want === "comma" ? (stack.at(-1) === "{" ? "key" : "value") : "value";
      at += 1;
    } else {
      const variable = match(VARIABLE);
      const isKey: boolean = want === "key" || want === "first-key";
      if (variable) {
        at += variable.length;
        // A number or word may go on after a variable: {{n}}0.
        const more = match(WORD);
        if (more) at += more.length;
        want = isKey ? "colon" : after();
      } else if (c === '"') {
        const string = match(STRING);
        if (!string) return problem(m.editor.unclosed('"'), at, at + 1);
        const bad = /\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(string.replace(/\\\\/g, "__"));
        if (bad) return problem(m.editor.badEscape, at + bad.index, at + bad.index + 2);
        at += string.length;
        want = isKey ? "colon" : after();
      } else if (isKey) return problem(m.editor.expected(words[want]));
      else if (c === "{" || c === "[") {
        stack.push(c);
        want = c === "{" ? "first-key" : "first-value";
        at += 1;
      } else {
        const word = match(WORD);
        if (!word) return problem(m.editor.expected(words[want]));
        const good = word === "true" || word === "false" || word === "null" || NUMBER.test(word);
        const goesOn = text.startsWith("{{", at + word.length);
        if (!good && !goesOn)
          return problem(
            /^[-\d]/.test(word) ? m.editor.badNumber : m.editor.expected(words.value),
            at,
            at + word.length,
          );
        at += word.length;
        if (goesOn) continue;
        want = after();
      }
    }
  }
  if (want === "end") return null;
  const open = stack.at(-1);
  if (open) return problem(m.editor.unclosed(open), text.length - 1, text.length);
  return text.trim() === "" ? null : problem(m.editor.expected(words[want]));
}
