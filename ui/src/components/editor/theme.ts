import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const look = EditorView.theme({
  "&": { height: "100%", color: "var(--fg)", backgroundColor: "var(--bg)", fontSize: "var(--text-code)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "20px", fontVariantLigatures: "none" },
  ".cm-content": { caretColor: "var(--fg)", padding: "6px 0" },
  ".cm-cursor": { borderLeftColor: "var(--fg)" },
  ".cm-gutters": { backgroundColor: "var(--bg)", color: "var(--fg-faint)", border: "0" },
  // Where the cursor is, which is nowhere before somebody goes there.
  ".cm-activeLine": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLine": {
    backgroundColor: "color-mix(in srgb, var(--bg-raised) 50%, transparent)",
  },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--accent) 30%, transparent) !important",
  },
  ".cm-matchingBracket": {
    backgroundColor: "var(--bg-selected) !important",
    outline: "1px solid var(--line-strong)",
  },
  ".cm-searchMatch": { backgroundColor: "var(--hit-bg)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--hit-current-bg)" },
  ".cm-panels": { backgroundColor: "var(--bg-raised)", color: "var(--fg)", borderColor: "var(--line)" },
  ".cm-textfield, .cm-button": {
    border: "1px solid var(--line)",
    borderRadius: "4px",
    background: "var(--bg)",
    color: "var(--fg)",
  },
  ".cm-tooltip": {
    border: "1px solid var(--line)",
    borderRadius: "6px",
    backgroundColor: "var(--bg-overlay)",
    color: "var(--fg)",
    boxShadow: "var(--shadow)",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--bg-selected)",
    color: "var(--fg)",
  },
  ".cm-variable": { color: "var(--var-fg)", backgroundColor: "var(--var-bg)", borderRadius: "3px" },
  ".cm-variable *": { color: "inherit" },
  ".cm-variable-unknown": { color: "var(--var-bad-fg)", backgroundColor: "var(--var-bad-bg)" },
  ".cm-variable-card": { padding: "8px 10px", maxWidth: "420px" },
});

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.variableName)], color: "var(--syn-key)" },
  { tag: [tags.string, tags.attributeValue, tags.regexp], color: "var(--syn-string)" },
  { tag: [tags.number, tags.attributeName], color: "var(--syn-number)" },
  { tag: [tags.bool, tags.null, tags.keyword, tags.typeName], color: "var(--syn-literal)" },
  { tag: tags.tagName, color: "var(--syn-tag)" },
  { tag: [tags.punctuation, tags.bracket, tags.operator], color: "var(--syn-punct)" },
  { tag: tags.comment, color: "var(--syn-comment)" },
]);

/** The look of code, from the tokens: it follows the theme without a new editor. */
export const editorTheme = [look, syntaxHighlighting(colours)];
