import "./StatusBadge.css";

/** The colour family of a status code. */
export function statusTone(status: number): "ok" | "warn" | "danger" {
  if (status >= 400) return "danger";
  return status >= 300 ? "warn" : "ok";
}

/** A response's status: code and words. */
export function StatusBadge({ status, text }: { status: number; text?: string }) {
  return (
    <span className="status" data-tone={statusTone(status)}>
      {status} {text}
    </span>
  );
}
