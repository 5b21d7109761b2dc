import { createPortal } from "react-dom";
import { m } from "../../messages";
import type { Variables } from "./variables";

/** What a variable is worth and where that comes from, beside the pointer. */
export function VariableCard({
  name,
  variables,
  at,
}: {
  name: string;
  variables: Variables;
  at: { x: number; y: number };
}) {
  const info = variables.find(name);
  return createPortal(
    <div role="tooltip" className="template-card" style={{ left: at.x, top: at.y }}>
      {info ? (
        <>
          <code className="mono">{info.secret ? m.variable.secret : info.value || m.variable.empty}</code>
          <small>{info.origin}</small>
        </>
      ) : (
        <>
          <div>{m.variable.undefined(name)}</div>
          <small>{m.variable.undefinedHint}</small>
        </>
      )}
    </div>,
    document.body,
  );
}
