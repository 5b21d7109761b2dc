import type { ReactNode } from "react";

/** A label beside its control. */
export function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="req-field">
      <span className="req-label" aria-hidden>
        {label}
      </span>
      {children}
    </div>
  );
}
