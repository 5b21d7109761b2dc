import { m } from "../../messages";

/** The colour of an environment's dot: one of a few that can be told apart in every theme, or none. */
export function ColorChoice({ value, onChange }: { value: string; onChange(color: string): void }) {
  const known = m.environments.colors;
  const colors: [string, string][] = [["", m.environments.noColor], ...Object.entries(known)];
  if (value !== "" && !(value.toLowerCase() in known)) colors.push([value, value]);
  return (
    <div className="form-field">
      <span className="field-label">{m.environments.color}</span>
      <div role="radiogroup" aria-label={m.environments.color} className="colors">
        {colors.map(([color, title]) => (
          <label key={color} className="color" title={title} data-none={color === "" || undefined}>
            <input
              type="radio"
              className="visually-hidden"
              name="environment-color"
              aria-label={title}
              checked={color === value.toLowerCase() || color === value}
              onChange={() => onChange(color)}
            />
            <span style={color ? { background: color } : undefined} aria-hidden />
          </label>
        ))}
      </div>
    </div>
  );
}
