import "./Segments.css";

export interface SegmentsProps<K extends string> {
  label: string;
  options: readonly { id: K; title: string }[];
  selected: K;
  onSelect(id: K): void;
}

/** One of a few ways to see the same thing (Pretty, Raw, Hex). A radio group in a row. */
export function Segments<K extends string>({ label, options, selected, onSelect }: SegmentsProps<K>) {
  return (
    <div role="radiogroup" aria-label={label} className="segments">
      {options.map((option) => (
        <label
          key={option.id}
          className="segments-option"
          data-selected={option.id === selected || undefined}
        >
          <input
            type="radio"
            className="visually-hidden"
            name={label}
            checked={option.id === selected}
            onChange={() => onSelect(option.id)}
          />
          {option.title}
        </label>
      ))}
    </div>
  );
}
