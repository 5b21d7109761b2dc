import type { Extension } from "@codemirror/state";

export type CodeLanguage = "json" | "xml" | "text" | "javascript";

/** A language's support, loaded when first asked for. */
export async function languageOf(language: CodeLanguage): Promise<Extension> {
  switch (language) {
    case "json":
      return (await import("@codemirror/lang-json")).json();
    case "xml":
      return (await import("@codemirror/lang-xml")).xml();
    case "javascript":
      return (await import("@codemirror/lang-javascript")).javascript();
    default:
      return [];
  }
}
