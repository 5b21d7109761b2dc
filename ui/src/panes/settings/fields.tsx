import { useState } from "react";
import { TextField } from "../../components/TextField";
import { m } from "../../messages";

interface NumberFieldProps {
  label: string;
  value: number;
  unit: string;
  onCommit(value: number): void;
}

/** A whole number with its unit; kept when the field is left or Enter is pressed. */
export function NumberField({ label, value, unit, onCommit }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = typed ?? String(value);
  const isGood = /^\d{1,12}$/.test(text.trim());
  const commit = () => {
    if (typed === null || !isGood) return;
    setTyped(null);
    if (Number(text) !== value) onCommit(Number(text));
  };
  return (
    <div className="setting-number" onBlur={commit}>
      <span className="setting-label" aria-hidden>
        {label}
      </span>
      <TextField
        label={`${label}, ${unit}`}
        mono
        value={text}
        error={isGood ? null : m.settings.number}
        onChange={setTyped}
        onEnter={commit}
        onEscape={() => setTyped(null)}
      />
      <span className="setting-unit" aria-hidden>
        {unit}
      </span>
    </div>
  );
}

interface TextSettingProps {
  label: string;
  value: string;
  placeholder?: string;
  onCommit(value: string): void;
}

/** Text that is kept when the field is left or Enter is pressed. */
export function TextSetting({ label, value, placeholder = "", onCommit }: TextSettingProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const commit = () => {
    if (typed === null) return;
    setTyped(null);
    if (typed.trim() !== value) onCommit(typed.trim());
  };
  return (
    <div className="setting-text" onBlur={commit}>
      <TextField
        labelled
        mono
        label={label}
        placeholder={placeholder}
        value={typed ?? value}
        onChange={setTyped}
        onEnter={commit}
      />
    </div>
  );
}
