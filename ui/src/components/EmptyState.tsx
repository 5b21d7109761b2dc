import type { ReactNode } from "react";
import "./EmptyState.css";

/** What belongs in an empty place, and the action that puts it there. */
export function EmptyState({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: string;
  children?: ReactNode;
}) {
  return (
    <div className="empty">
      <p className="empty-title">{title}</p>
      {hint ? <p className="empty-hint">{hint}</p> : null}
      {children ? <div className="empty-actions">{children}</div> : null}
    </div>
  );
}
