import { lazy, Suspense } from "react";
import { m } from "../messages";
import "./CodeEditor.css";
import type { CodeLanguage } from "./editor/languages";
import { Spinner } from "./Progress";
import type { Variables } from "./template/variables";

const CodeMirror = lazy(() => import("./editor/CodeMirror"));

export interface CodeEditorProps {
  /** Accessible name of the text. */
  label: string;
  value: string;
  onChange?(value: string): void;
  language: CodeLanguage;
  /** Marks and completes `{{variables}}`. */
  variables?: Variables;
  readOnly?: boolean;
  /** Break long lines instead of scrolling sideways. */
  wrap?: boolean;
  /** JSON only: say what is wrong while typing. On by default. */
  lint?: boolean;
  /** Shown while there is no text. */
  hint?: string;
}

/** A code editor that fills its place. CodeMirror is fetched with the first one. */
export function CodeEditor(props: CodeEditorProps) {
  return (
    <Suspense fallback={<Spinner label={m.common.loading} />}>
      <CodeMirror {...props} />
    </Suspense>
  );
}
