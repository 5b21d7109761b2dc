import "./Checkbox.css";

interface ToggleProps {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
  /** Show the label beside the box. */
  labelled?: boolean;
  disabled?: boolean;
}

/** A native check box, drawn quietly. */
export function Checkbox({ label, checked, onChange, labelled, disabled }: ToggleProps) {
  return (
    <label className="toggle">
      <input
        type="checkbox"
        className="checkbox"
        aria-label={label}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {labelled ? <span>{label}</span> : null}
    </label>
  );
}

/** On or off, at once. */
export function Switch({ label, checked, onChange, labelled = true, disabled }: ToggleProps) {
  return (
    <label className="toggle">
      <input
        type="checkbox"
        role="switch"
        aria-checked={checked}
        className="switch"
        aria-label={label}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {labelled ? <span>{label}</span> : null}
    </label>
  );
}
