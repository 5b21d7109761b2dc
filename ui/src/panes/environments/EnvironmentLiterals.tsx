import { type EnvironmentParts, replaceInParts } from "../../auth/environmentLiterals";
import { changeEnvironment, saveEnvironment, useEnvironments } from "../../stores/environments";
import { storeSecret } from "../../stores/secrets";
import { LiteralsDialog } from "../auth/LiteralsDialog";

const close = () => useEnvironments.setState({ literals: null });

/** Asks about secrets in an environment that is about to be saved. */
export function EnvironmentLiterals() {
  const asked = useEnvironments((s) => s.literals);
  const edited = useEnvironments((s) => (asked ? s.edited[asked.name] : undefined));
  if (!asked || !edited) return null;
  const { name, found, force } = asked;
  const keep = async (called: string, literal: string) => {
    if (await storeSecret(name, called, literal)) return `{{${called}}}`;
    throw useEnvironments.getState().edited[name]?.failed;
  };
  const done = ({ rows, certificates }: EnvironmentParts) => {
    close();
    const environment = { ...edited.environment, clientCertificates: [...certificates] };
    changeEnvironment(name, { rows, environment });
    void saveEnvironment(name, force);
  };
  return (
    <LiteralsDialog<EnvironmentParts>
      key={name}
      inside={{ rows: edited.rows, certificates: edited.environment.clientCertificates }}
      found={found}
      replace={replaceInParts}
      keep={keep}
      onDone={done}
      onClose={close}
    />
  );
}
