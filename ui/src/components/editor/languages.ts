import { StreamLanguage, type StreamParser } from "@codemirror/language";
import type { Extension } from "@codemirror/state";

const stream = (parser: StreamParser<unknown>): Extension => StreamLanguage.define(parser);
const clike = () => import("@codemirror/legacy-modes/mode/clike");
const javascript = (config?: { typescript?: boolean }) =>
  import("@codemirror/lang-javascript").then((made) => made.javascript(config));
const shell = () => import("@codemirror/legacy-modes/mode/shell").then((made) => stream(made.shell));
const ruby = () => import("@codemirror/legacy-modes/mode/ruby").then((made) => stream(made.ruby));

/** PHP has no mode of its own there; it reads like C with dollars. */
const php = async (): Promise<Extension> => {
  const made = await clike();
  const words = (text: string) => Object.fromEntries(text.split(" ").map((word) => [word, true]));
  return stream(
    made.clike({
      name: "php",
      keywords: words(
        "as break case catch class const continue declare default do echo else elseif extends final finally fn for foreach function global if implements include instanceof interface match namespace new print private protected public readonly require require_once return static switch throw trait try use var while yield",
      ),
      atoms: words("true false null TRUE FALSE NULL"),
      hooks: {
        "#": (from: { skipToEnd(): void }) => {
          from.skipToEnd();
          return "comment";
        },
        "<": (from: { match(pattern: RegExp): unknown }) => (from.match(/^\?php/) ? "meta" : false),
        $: (from: { eatWhile(pattern: RegExp): unknown }) => {
          from.eatWhile(/\w/);
          return "variableName";
        },
      },
    }),
  );
};

/** How each language is highlighted, loaded when first asked for. */
const LANGUAGES = {
  json: () => import("@codemirror/lang-json").then((made) => made.json()),
  xml: () => import("@codemirror/lang-xml").then((made) => made.xml()),
  javascript: () => javascript(),
  typescript: () => javascript({ typescript: true }),
  shell,
  bash: shell,
  http: () => import("@codemirror/legacy-modes/mode/http").then((made) => stream(made.http)),
  powershell: () =>
    import("@codemirror/legacy-modes/mode/powershell").then((made) => stream(made.powerShell)),
  python: () => import("@codemirror/legacy-modes/mode/python").then((made) => stream(made.python)),
  rust: () => import("@codemirror/legacy-modes/mode/rust").then((made) => stream(made.rust)),
  go: () => import("@codemirror/legacy-modes/mode/go").then((made) => stream(made.go)),
  java: () => clike().then((made) => stream(made.java)),
  kotlin: () => clike().then((made) => stream(made.kotlin)),
  csharp: () => clike().then((made) => stream(made.csharp)),
  c: () => clike().then((made) => stream(made.c)),
  cpp: () => clike().then((made) => stream(made.cpp)),
  dart: () => clike().then((made) => stream(made.dart)),
  objectivec: () => clike().then((made) => stream(made.objectiveC)),
  php,
  ruby,
  // Near enough: do, end, strings with #{}, atoms and comments are the same.
  elixir: ruby,
  swift: () => import("@codemirror/legacy-modes/mode/swift").then((made) => stream(made.swift)),
  r: () => import("@codemirror/legacy-modes/mode/r").then((made) => stream(made.r)),
  clojure: () => import("@codemirror/legacy-modes/mode/clojure").then((made) => stream(made.clojure)),
  perl: () => import("@codemirror/legacy-modes/mode/perl").then((made) => stream(made.perl)),
  lua: () => import("@codemirror/legacy-modes/mode/lua").then((made) => stream(made.lua)),
} satisfies Record<string, () => Promise<Extension>>;

/** Every language that is highlighted. */
export const LANGUAGE_NAMES = Object.keys(LANGUAGES) as (keyof typeof LANGUAGES)[];

export type CodeLanguage = keyof typeof LANGUAGES | "text";

/** The language of that name, or plain text where it is not highlighted. */
export const languageNamed = (name: string): CodeLanguage =>
  Object.hasOwn(LANGUAGES, name) ? (name as CodeLanguage) : "text";

/** A language's support, loaded when first asked for. */
export async function languageOf(language: CodeLanguage): Promise<Extension> {
  return language === "text" ? [] : LANGUAGES[language]();
}
