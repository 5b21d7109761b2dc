import { lazy, Suspense, useState } from "react";
import { CodeEditor } from "../../components/CodeEditor";
import { EmptyState } from "../../components/EmptyState";
import { Spinner } from "../../components/Progress";
import { Segments } from "../../components/Segments";
import { m } from "../../messages";
import { editDraft } from "../../stores/drafts";
import type { PartProps } from "./part";

const Markdown = lazy(() => import("../../components/Markdown"));
const w = m.request.docsPart;

/** What people should know of the request, in Markdown. */
export function DocsPart({ tab, request }: PartProps) {
  const [mode, setMode] = useState<"edit" | "preview">(request.docs === "" ? "edit" : "preview");
  return (
    <div className="req req-fill">
      <div className="req-bar">
        <Segments<"edit" | "preview">
          label={w.mode}
          options={[
            { id: "edit", title: w.edit },
            { id: "preview", title: w.preview },
          ]}
          selected={mode}
          onSelect={setMode}
        />
      </div>
      {mode === "edit" ? (
        <div className="req-editor">
          <CodeEditor
            label={w.text}
            language="text"
            value={request.docs}
            onChange={(docs) => editDraft(tab, { docs })}
            hint={w.hint}
            wrap
          />
        </div>
      ) : request.docs.trim() === "" ? (
        <EmptyState title={w.empty} hint={w.emptyHint} />
      ) : (
        <Suspense fallback={<Spinner label={m.common.loading} />}>
          <Markdown label={w.rendered} text={request.docs} />
        </Suspense>
      )}
    </div>
  );
}
