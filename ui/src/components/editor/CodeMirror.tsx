import {
  autocompletion,
  type CompletionContext,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from "@codemirror/language";
import { linter } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
  placeholder,
} from "@codemirror/view";
import { useEffect, useRef } from "react";
import type { CodeEditorProps } from "../CodeEditor";
import { variablesOf } from "../template/variables";
import { lintJson } from "./jsonLint";
import { languageOf } from "./languages";
import { editorTheme } from "./theme";
import { variableMarks } from "./variableMarks";

const NO_VARIABLES = variablesOf([]);

/** The editor itself; loaded when first needed, through CodeEditor. */
export default function CodeMirror(props: CodeEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const now = useRef(props);
  const parts = useRef({
    language: new Compartment(),
    variables: new Compartment(),
    state: new Compartment(),
  });
  useEffect(() => {
    now.current = props;
  });

  useEffect(() => {
    if (!place.current) return;
    const { language, variables, state } = parts.current;
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: now.current.value,
        extensions: [
          basics(),
          language.of([]),
          variables.of([]),
          state.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) now.current.onChange?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  const { value, language, label, readOnly, variables, lint = true, hint, wrap } = props;
  useEffect(() => {
    const editor = view.current;
    // What is typed here came from here; only a change from elsewhere replaces the text.
    if (editor && editor.state.doc.toString() !== value)
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);
  useEffect(() => {
    let gone = false;
    void languageOf(language).then((extension) => {
      const checks = language === "json" && lint ? [jsonLinter] : [];
      if (!gone) view.current?.dispatch({ effects: parts.current.language.reconfigure([extension, checks]) });
    });
    return () => {
      gone = true;
    };
  }, [language, lint]);
  useEffect(() => {
    const scope = variables ?? NO_VARIABLES;
    const complete = (context: CompletionContext) => {
      const open = context.matchBefore(/\{\{\s*[\w$.-]*/);
      if (!open) return null;
      const typed = open.text.replace(/^\{\{\s*/, "");
      const options = scope
        .complete(typed)
        .map((v) => ({ label: v.name, detail: v.origin, apply: `${v.name}}}` }));
      return { from: open.to - typed.length, options, filter: false };
    };
    const extension: Extension = variables
      ? [variableMarks(scope), autocompletion({ override: [complete], icons: false })]
      : [];
    view.current?.dispatch({ effects: parts.current.variables.reconfigure(extension) });
  }, [variables]);
  useEffect(() => {
    view.current?.dispatch({
      effects: parts.current.state.reconfigure([
        EditorState.readOnly.of(readOnly ?? false),
        EditorView.contentAttributes.of({ "aria-label": label }),
        hint ? placeholder(hint) : [],
        wrap ? EditorView.lineWrapping : [],
      ]),
    });
  }, [readOnly, label, hint, wrap]);

  return <div ref={place} className="code-editor" />;
}

const jsonLinter = linter((editor) => {
  const found = lintJson(editor.state.doc.toString());
  return found ? [{ ...found, severity: "error" as const }] : [];
});

function basics(): Extension {
  return [
    lineNumbers(),
    foldGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    editorTheme,
    // Tab indents; Escape then Tab leaves the editor. Ctrl+Enter is left to the window: it sends.
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap.filter((each) => each.key !== "Mod-Enter"),
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...completionKeymap,
      indentWithTab,
    ]),
  ];
}
