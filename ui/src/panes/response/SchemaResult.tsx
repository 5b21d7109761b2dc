import { Check, X } from "../../components/icons";
import type { SchemaCheck } from "../../ipc";
import { m } from "../../messages";
import { pathOf } from "./pointer";

const words = m.response.schema;

/** Whether the answer is as its description says, in one line of a list. */
export function SchemaLine({ schema }: { schema: SchemaCheck }) {
  return (
    <li data-bad={!schema.ok || undefined}>
      {schema.ok ? (
        <Check size={13} role="img" aria-label={m.response.checksPart.passed} />
      ) : (
        <X size={13} role="img" aria-label={m.response.checksPart.failed} />
      )}
      <span data-selectable>{schema.ok ? words.fine : words.wrong(schema.violations.length)}</span>
    </li>
  );
}

/** What the description does not allow, and where in the body it is. */
export function SchemaViolations({ schema }: { schema: SchemaCheck }) {
  if (schema.violations.length === 0) return null;
  return (
    <>
      <h3 className="part-title">{words.title}</h3>
      <table className="facts" aria-label={words.title}>
        <tbody data-selectable>
          {schema.violations.map(({ path, message }, at) => (
            <tr key={at}>
              <th scope="row" className="mono" title={path === "" ? words.whole : pathOf(path)}>
                {path === "" ? words.whole : pathOf(path)}
              </th>
              <td>{message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
