import type { Auth, Body, Request } from "../../ipc";
import { m } from "../../messages";

type Line = [name: string, value: string, off: boolean];

const rows = (list: readonly { name: string; value: string; enabled: boolean }[]): Line[] =>
  list.map(({ name, value, enabled }) => [name, value, !enabled]);

function authLines(auth: Auth): Line[] {
  const { type, ...rest } = auth;
  if (type === "inherit" || type === "none") return [];
  // Secrets are variables; what else is in these fields was typed there and is masked here.
  const shown = Object.entries(rest).map(([name, value]): Line => {
    const isHidden =
      (name === "password" || name === "token" || name === "value") && !/^\{\{.*\}\}$/.test(value);
    return [name, isHidden && value ? "••••••" : value, false];
  });
  return [["type", type, false], ...shown];
}

function bodyLines(body: Body): Line[] {
  switch (body.type) {
    case "formUrlEncoded":
      return rows(body.rows);
    case "multipart":
      return body.rows.map((row) => [
        row.name,
        row.kind === "file" ? row.files.join(", ") : row.value,
        !row.enabled,
      ]);
    case "file":
      return body.files.map((file) => [file.path, file.contentType, !file.selected]);
    default:
      return [];
  }
}

/** A request as it was written, for reading only. */
export function RequestWritten({ request }: { request: Request }) {
  const { params, headers, auth, body, checks } = request;
  const { checksPart } = m.request;
  return (
    <div role="region" aria-label={m.history.request} data-selectable>
      <Part title={m.request.query} lines={rows(params.filter((param) => param.kind === "query"))} />
      <Part title={m.request.path} lines={rows(params.filter((param) => param.kind === "path"))} />
      <Part title={m.request.headers} lines={rows(headers)} />
      <Part title={m.request.auth} lines={authLines(auth)} />
      <Part title={m.request.body} lines={bodyLines(body)} />
      {body.type === "raw" ? (
        <>
          <h3 className="part-title">{m.request.body}</h3>
          <pre className="entry-text mono">{body.text}</pre>
        </>
      ) : null}
      <Part
        title={m.request.checks}
        lines={checks.map((check) => [
          check.expression,
          `${checksPart.operators[check.operator]} ${check.value}`.trim(),
          !check.enabled,
        ])}
      />
    </div>
  );
}

function Part({ title, lines }: { title: string; lines: readonly Line[] }) {
  return lines.length === 0 ? null : (
    <>
      <h3 className="part-title">{title}</h3>
      <table className="facts mono" aria-label={title}>
        <tbody>
          {lines.map(([name, value, off], at) => (
            <tr key={at} className={off ? "entry-off" : undefined}>
              <th scope="row">{name}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
