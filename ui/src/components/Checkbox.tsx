import "./Checkbox.css";

interface ToggleProps {
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
  /** Show the label beside the box. */
  labelled?: boolean;
  disabled?: boolean;
}

interface CheckboxProps extends ToggleProps {
  /** It stands for several things of which only some are on. */
  mixed?: boolean;
}

/** A native check box, drawn quietly. */
export function Checkbox({ label, checked, mixed = false, onChange, labelled, disabled }: CheckboxProps) {
  return (
    <label className="toggle">
      <input
        ref={(box) => {
          if (box) box.indeterminate = mixed;
        }}
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
