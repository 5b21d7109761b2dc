import { newRow } from "../../components/table/rows";
import { variablesOf } from "../../components/template/variables";
import { m } from "../../messages";
import {
  changeEnvironment,
  type EditedEnvironment,
  useEnvironments,
  type VariableRow,
} from "../../stores/environments";
import { storeSecret } from "../../stores/secrets";
import { CertificatesTable } from "../auth/CertificatesTable";

/** Keeps a secret of the environment that is being edited; its variable is in the table at once. */
async function keepHere(environment: string, name: string, value: string): Promise<string> {
  if (!(await storeSecret(environment, name, value)))
    throw useEnvironments.getState().edited[environment]?.failed;
  const rows = useEnvironments.getState().edited[environment]?.rows ?? [];
  const declared: VariableRow = { ...newRow({ name }), type: "string", secret: true, source: null };
  changeEnvironment(environment, { rows: [...rows.filter((each) => each.name !== name), declared] });
  return `{{${name}}}`;
}

/** The client certificates of one environment. */
export function EnvironmentCertificates({ name, edited }: { name: string; edited: EditedEnvironment }) {
  const { environment, rows } = edited;
  const variables = variablesOf(
    rows.map((row) => ({ name: row.name, value: row.value, secret: row.secret, origin: environment.name })),
  );
  const count = environment.clientCertificates.length;
  return (
    <details className="environment-certificates" open={count > 0}>
      <summary>
        {m.auth.certificates.title}
        {count > 0 ? ` (${count})` : ""}
      </summary>
      <CertificatesTable
        list={environment.clientCertificates}
        onChange={(clientCertificates) =>
          changeEnvironment(name, { environment: { ...environment, clientCertificates } })
        }
        variables={variables}
        keeper={{ environment: name, keep: (called, value) => keepHere(name, called, value) }}
      />
    </details>
  );
}
