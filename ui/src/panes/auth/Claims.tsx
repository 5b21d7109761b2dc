import { claimLines } from "../../auth/claims";
import type { ClaimsView } from "../../ipc";
import { m } from "../../messages";

const moment = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });
const momentOf = (at: Date) => (Number.isNaN(at.getTime()) ? "" : moment.format(at));

/** What a token says of itself, to be unfolded. */
export function Claims({ title, claims }: { title: string; claims: ClaimsView }) {
  const words = m.auth.token;
  const lines = claimLines(claims.json);
  return (
    <details className="token-claims">
      <summary>{title}</summary>
      {claims.note ? (
        <p className="auth-hint" data-checked={claims.checked || undefined}>
          {claims.note}
        </p>
      ) : null}
      {lines.length === 0 ? (
        <pre className="mono" data-selectable>
          {claims.json}
        </pre>
      ) : (
        <table aria-label={title} data-selectable>
          <thead className="visually-hidden">
            <tr>
              <th scope="col">{words.claim}</th>
              <th scope="col">{words.value}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.name}>
                <th scope="row" className="mono">
                  {line.name}
                </th>
                <td className="mono">
                  {line.value}
                  {line.at ? <small> {momentOf(line.at)}</small> : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
