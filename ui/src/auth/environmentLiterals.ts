import { newRow } from "../components/table/rows";
import type { ClientCertificate, Environment, Folder } from "../ipc";
import { emptyRequest } from "../request/empty";
import type { VariableRow } from "../stores/environments";

/** An environment as the core looks through it for secrets: as if its parts were a folder's. */
export function asFolder({ name, variables, clientCertificates }: Environment): Folder {
  const { settings, auth } = emptyRequest("");
  return {
    name,
    description: "",
    seq: null,
    docs: "",
    globals: [],
    clientCertificates,
    defaults: { headers: [], auth, variables, scripts: [], settings },
  };
}

/** The parts of an environment that a secret may stand in. */
export interface EnvironmentParts {
  rows: readonly VariableRow[];
  certificates: readonly ClientCertificate[];
}

/**
 * Puts a reference in the place of a literal: a variable that holds it becomes the secret when the names
 * are the same, and the secret is declared where it is not yet.
 */
export function replaceInParts(
  { rows, certificates }: EnvironmentParts,
  _place: string,
  literal: string,
  reference: string,
): EnvironmentParts {
  const name = reference.slice(2, -2);
  const swapped = rows.map((row): VariableRow => {
    if (row.secret || row.value !== literal) return row;
    return row.name === name ? { ...row, secret: true, value: "" } : { ...row, value: reference };
  });
  const isThere = swapped.some((row) => row.name === name && row.secret);
  const declared: VariableRow = { ...newRow({ name }), type: "string", secret: true, source: null };
  return {
    rows: isThere ? swapped : [...swapped, declared],
    certificates: certificates.map((each) =>
      each.passphrase === literal ? { ...each, passphrase: reference } : each,
    ),
  };
}
