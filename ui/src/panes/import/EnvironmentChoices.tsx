import { Checkbox } from "../../components/Checkbox";
import type { ImportEnvironment } from "../../ipc";
import { m } from "../../messages";
import type { Choices } from "./useChoices";
import "./EnvironmentChoices.css";

const words = m.importing;

/** The environments of an import, each with a box. */
export function EnvironmentChoices(props: { environments: readonly ImportEnvironment[]; choices: Choices }) {
  const { environments, choices } = props;
  if (environments.length === 0) return null;
  return (
    <section className="import-environments" aria-label={words.environments}>
      <h4 className="import-part">{words.environments}</h4>
      {environments.map(({ id, name, variables, secrets }) => (
        <div key={id} className="import-environment" title={name}>
          <Checkbox
            labelled
            label={name}
            checked={choices.isOn(id)}
            onChange={(on) => choices.checkEnvironment(id, on)}
          />
          <small>{words.environment(variables, secrets)}</small>
        </div>
      ))}
    </section>
  );
}
