import { EmptyState } from "../../components/EmptyState";
import { Check, X } from "../../components/icons";
import type { CheckResult, Exchange, SchemaCheck } from "../../ipc";
import { m } from "../../messages";
import { SchemaLine, SchemaViolations } from "./SchemaResult";

/** Results of the checks, and what was captured. */
export function ChecksTab({ exchange }: { exchange: Exchange }) {
  const { checksPart: words } = m.response;
  const { checks, captures } = exchange;
  const schema = exchange.schema;
  if (checks.length === 0 && captures.length === 0 && !schema)
    return <EmptyState title={words.none} hint={words.noneHint} />;
  return (
    <div className="part-scroll">
      {checks.length > 0 || schema ? <Results checks={checks} schema={schema} /> : null}
      {schema ? <SchemaViolations schema={schema} /> : null}
      {captures.length > 0 ? (
        <>
          <h3 className="part-title">{words.captures}</h3>
          <table className="facts mono" aria-label={words.captures}>
            <tbody data-selectable>
              {captures.map((capture, at) => (
                <tr key={at}>
                  <th scope="row">{capture.variable}</th>
                  <td data-bad={capture.error !== null || undefined}>{capture.error ?? capture.value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      ) : null}
    </div>
  );
}

interface ResultsProps {
  checks: readonly CheckResult[];
  /** The answer against its description, where there is one. */
  schema: SchemaCheck | undefined;
}

function Results({ checks, schema }: ResultsProps) {
  const { checksPart: words } = m.response;
  return (
    // biome-ignore lint/a11y/noRedundantRoles: without list-style it is no list to WebKit
    <ul role="list" className="results" aria-label={words.results}>
      {checks.map((result, at) => (
        <li key={at} data-bad={!result.passed || undefined}>
          {result.passed ? (
            <Check size={13} role="img" aria-label={words.passed} />
          ) : (
            <X size={13} role="img" aria-label={words.failed} />
          )}
          <span data-selectable title={result.message}>
            {result.message}
          </span>
          {!result.passed && result.actual ? (
            <span className="results-actual mono" data-selectable>
              {words.actual(result.actual)}
            </span>
          ) : null}
        </li>
      ))}
      {schema ? <SchemaLine schema={schema} /> : null}
    </ul>
  );
}

/** The results in short, under the body: what failed first. */
export function CheckStrip({ checks, schema }: ResultsProps) {
  // That all is as described goes without saying; the tab says it.
  const wrong = schema?.ok === false ? schema : undefined;
  if (checks.length === 0 && !wrong) return null;
  const sorted = [...checks].sort((a, b) => Number(a.passed) - Number(b.passed));
  return (
    <div className="check-strip">
      <Results checks={sorted} schema={wrong} />
    </div>
  );
}
