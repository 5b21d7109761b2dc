import "./Progress.css";

/** A thin line along the top of a pane; without a fraction it only says that something is going on. */
export function ProgressLine({ label, fraction }: { label: string; fraction?: number | null }) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuenow={fraction == null ? undefined : Math.round(fraction * 100)}
      className="progress"
      data-unknown={fraction == null || undefined}
    >
      <div style={fraction == null ? undefined : { width: `${fraction * 100}%` }} />
    </div>
  );
}

/** A small turning ring with its reason. */
export function Spinner({ label }: { label: string }) {
  return <span role="status" aria-label={label} className="spinner" />;
}
