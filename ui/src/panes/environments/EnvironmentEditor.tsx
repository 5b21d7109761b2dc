import { Button } from "../../components/Button";
import { ErrorNote } from "../../components/ErrorNote";
import { LabelledSelect } from "../../components/Form";
import { TextField } from "../../components/TextField";
import type { Environment } from "../../ipc";
import { m } from "../../messages";
import {
  changeEnvironment,
  createEnvironment,
  deleteEnvironment,
  type EditedEnvironment,
  saveEnvironment,
  takeTheirs,
} from "../../stores/environments";
import { pickPath } from "../../stores/picking";
import { selectEnvironment, useWorkspace } from "../../stores/workspace";
import { ColorChoice } from "./ColorChoice";
import { EnvironmentCertificates } from "./EnvironmentCertificates";
import { VariablesTable } from "./VariablesTable";

/** React Aria keeps the empty string for "nothing chosen". */
const NONE = "\u0000";

/** Everything about one environment. `name` is its name on disk. */
export function EnvironmentEditor({ name, edited }: { name: string; edited: EditedEnvironment }) {
  const environments = useWorkspace((s) => s.workspace?.environments) ?? [];
  const root = useWorkspace((s) => s.workspace?.root) ?? "";
  const chosen = useWorkspace((s) => s.workspace?.environment) ?? null;
  const { environment, failed, conflict } = edited;
  const change = (part: Partial<Environment>) =>
    changeEnvironment(name, { environment: { ...environment, ...part } });
  const bases = environments.filter((each) => each.name !== name).map((each) => each.name);
  const browse = async () => {
    const path = await pickPath("file", m.environments.dotEnv);
    if (path) change({ dotEnvFile: path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path });
  };
  return (
    <>
      {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
      {conflict ? (
        <ErrorNote tone="warn" message={m.collections.conflict} hint={m.collections.conflictHint}>
          <Button onPress={() => void takeTheirs(name)}>{m.collections.theirs}</Button>
          <Button onPress={() => void saveEnvironment(name, true)}>{m.collections.mine}</Button>
        </ErrorNote>
      ) : null}
      <div className="environment-head">
        <TextField
          labelled
          label={m.environments.name}
          value={environment.name}
          onChange={(to) => change({ name: to })}
        />
        <Button disabled={name === chosen} onPress={() => void selectEnvironment(name)}>
          {name === chosen ? m.environments.inUse : m.environments.use}
        </Button>
        <Button onPress={() => void createEnvironment(name)}>{m.environments.copy}</Button>
        <Button kind="danger" onPress={() => void deleteEnvironment(name)}>
          {m.environments.delete}
        </Button>
      </div>
      <ColorChoice value={environment.color} onChange={(color) => change({ color })} />
      <div className="environment-pair">
        <LabelledSelect
          label={m.environments.extends}
          options={[
            { id: NONE, title: m.environments.extendsNone },
            ...bases.map((id) => ({ id, title: id })),
          ]}
          selected={environment.extends ?? NONE}
          onSelect={(to) => change({ extends: to === NONE ? null : to })}
        />
        <div className="form-row">
          <TextField
            labelled
            mono
            label={m.environments.dotEnv}
            placeholder=".env"
            value={environment.dotEnvFile ?? ""}
            onChange={(file) => change({ dotEnvFile: file === "" ? null : file })}
          />
          <Button onPress={() => void browse()}>{m.environments.browse}</Button>
        </div>
      </div>
      <VariablesTable environment={name} edited={edited} />
      <EnvironmentCertificates name={name} edited={edited} />
    </>
  );
}
