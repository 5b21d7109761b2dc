import type { ReactNode } from "react";
import { Select, type SelectProps } from "./Select";
import "./Form.css";

/** A choice with its label above. */
export function LabelledSelect<K extends string>(props: SelectProps<K>) {
  return (
    <div className="form-field">
      <span className="field-label">{props.label}</span>
      <Select {...props} />
    </div>
  );
}

/** Fields under each other. */
export function Form({ children }: { children: ReactNode }) {
  return <div className="form">{children}</div>;
}
