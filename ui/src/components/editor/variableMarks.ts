import {
  Decoration,
  type EditorView,
  hoverTooltip,
  MatchDecorator,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import { m } from "../../messages";
import type { Variables } from "../template/variables";

const PATTERN = /\{\{\s*([^{}\n]*?)\s*\}\}/g;

/** Marks `{{variables}}`, those that nothing defines too, and shows value and origin on hover. */
export function variableMarks(variables: Variables) {
  const marks = new MatchDecorator({
    regexp: PATTERN,
    decoration: (match) =>
      Decoration.mark({
        class: variables.find(match[1] ?? "") ? "cm-variable" : "cm-variable cm-variable-unknown",
      }),
  });
  const plugin = ViewPlugin.define(
    (view: EditorView) => ({
      decorations: marks.createDeco(view),
      update(update: ViewUpdate) {
        this.decorations = marks.updateDeco(update, this.decorations);
      },
    }),
    { decorations: (value) => value.decorations },
  );
  const hover = hoverTooltip((view, at) => {
    const line = view.state.doc.lineAt(at);
    for (const match of line.text.matchAll(PATTERN)) {
      const from = line.from + match.index;
      const to = from + match[0].length;
      if (at >= from && at <= to)
        return { pos: from, end: to, create: () => ({ dom: card(match[1] ?? "", variables) }) };
    }
    return null;
  });
  return [plugin, hover];
}

function card(name: string, variables: Variables): HTMLElement {
  const info = variables.find(name);
  const dom = document.createElement("div");
  dom.className = "cm-variable-card";
  const value = document.createElement("code");
  value.textContent = info
    ? info.secret
      ? m.variable.secret
      : info.value || m.variable.empty
    : m.variable.undefined(name);
  const origin = document.createElement("small");
  origin.textContent = info ? info.origin : m.variable.undefinedHint;
  dom.append(value, document.createElement("br"), origin);
  return dom;
}
