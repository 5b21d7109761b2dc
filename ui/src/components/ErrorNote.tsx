import type { ReactNode } from "react";
import { TriangleAlert } from "./icons";
import "./ErrorNote.css";

export interface ErrorNoteProps {
  message: string;
  /** What to do next. */
  hint?: string | null | undefined;
  /** What it is about: a file and line, a host. */
  where?: string | null | undefined;
  tone?: "danger" | "warn";
  /** Buttons. */
  children?: ReactNode;
}

/** What went wrong and what to do, beside the thing that is wrong. Stays until it is put right. */
export function ErrorNote({ message, hint, where, tone = "danger", children }: ErrorNoteProps) {
  return (
    <div role="alert" className="error-note" data-tone={tone}>
      <TriangleAlert size={15} aria-hidden />
      <div className="error-note-text" data-selectable>
        <p>{message}</p>
        {hint ? <p className="error-note-hint">{hint}</p> : null}
        {where ? <p className="error-note-hint mono">{where}</p> : null}
        {children ? <div className="error-note-actions">{children}</div> : null}
      </div>
    </div>
  );
}
