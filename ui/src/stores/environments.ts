import { create } from "zustand";
import { asFolder } from "../auth/environmentLiterals";
import { type KeyValueRow, newRow } from "../components/table/rows";
import {
  asCommandError,
  backend,
  type CommandError,
  type Environment,
  type EnvironmentDoc,
  type LiteralFound,
  type SecretState,
  type Variable,
} from "../ipc";
import { m } from "../messages";
import { askForApproval } from "./approvals";
import { freeAmong } from "./freeName";
import { newLiterals } from "./literals";
import { renameSecrets } from "./renames";
import { onWorkspaceEvent, selectEnvironment, takeEvent, useWorkspace } from "./workspace";

/** A variable as it is edited. */
export type VariableRow = KeyValueRow &
  Pick<Variable, "secret" | "type" | "source"> & {
    /** The name the file has it under as a secret, and so the keychain its value; absent when it has not. */
    heldAs?: string;
  };

/** An environment that is being edited. */
export interface EditedEnvironment {
  environment: Environment;
  rows: readonly VariableRow[];
  revision: string;
  /** Where the value of each secret is, by name. */
  secrets: Record<string, SecretState>;
  unsaved: boolean;
  /** It was changed elsewhere while there was unsaved work. */
  conflict: boolean;
  failed: CommandError | null;
}

interface EnvironmentsState {
  shown: string | null;
  /** By the name on disk. Work that is not saved stays while another one is looked at. */
  edited: Record<string, EditedEnvironment>;
  failed: CommandError | null;
  deleted: Environment | null;
  /** Secrets found in what is about to be saved; nothing is written before that is answered. */
  literals: { name: string; found: LiteralFound[]; force: boolean } | null;
}

export const useEnvironments = create<EnvironmentsState>(() => ({
  shown: null,
  edited: {},
  failed: null,
  deleted: null,
  literals: null,
}));

function fromDoc({ environment, revision, secrets }: EnvironmentDoc): EditedEnvironment {
  return {
    environment,
    revision,
    rows: environment.variables.map((variable): VariableRow => {
      const row = { ...newRow(variable), ...variable };
      return variable.secret ? { ...row, heldAs: variable.name } : row;
    }),
    secrets: Object.fromEntries(secrets.map(({ name, state }) => [name, state])),
    unsaved: false,
    conflict: false,
    failed: null,
  };
}

/** What is written to the file: the value of a secret never is. */
export function toEnvironment({ environment, rows }: EditedEnvironment): Environment {
  const variables = rows
    .filter((row) => row.name !== "" || row.value !== "" || row.secret)
    .map(({ name, value, description, enabled, secret, type, source }): Variable => {
      return {
        name,
        value: secret ? "" : value,
        type,
        description,
        secret,
        source: secret ? source : null,
        enabled,
      };
    });
  return { ...environment, variables };
}

const put = (name: string, edited: EditedEnvironment) =>
  useEnvironments.setState((s) => ({ edited: { ...s.edited, [name]: edited } }));

const forget = (name: string) =>
  useEnvironments.setState((s) => {
    const { [name]: _, ...edited } = s.edited;
    return { edited };
  });

/** Changes what is being edited; nothing is saved yet. */
export function changeEnvironment(name: string, part: Partial<EditedEnvironment>): void {
  const edited = useEnvironments.getState().edited[name];
  if (edited) put(name, { ...edited, unsaved: true, ...part });
}

async function attempt(work: () => Promise<void>): Promise<void> {
  useEnvironments.setState({ failed: null });
  try {
    await work();
  } catch (thrown) {
    useEnvironments.setState({ failed: asCommandError(thrown) });
  }
}

/** Shows an environment; reads it unless there is unsaved work. */
export function showEnvironment(name: string | null): Promise<void> {
  useEnvironments.setState({ shown: name });
  return name === null ? Promise.resolve() : readAgain(name);
}

/** Reads an environment as it is on disk. Unsaved work is never replaced, only marked. */
export function readAgain(name: string): Promise<void> {
  return attempt(async () => {
    const doc = await backend().call("readEnvironment", { name });
    const edited = useEnvironments.getState().edited[name];
    if (edited?.unsaved) {
      const { secrets } = fromDoc(doc);
      // A secret that is not in the file yet may have its value already.
      const states = { ...edited.secrets, ...secrets };
      put(name, {
        ...edited,
        secrets: states,
        conflict: edited.conflict || doc.revision !== edited.revision,
      });
    } else put(name, fromDoc(doc));
  });
}

/** Gives up unsaved work for what is in the file. */
export function takeTheirs(name: string): Promise<void> {
  forget(name);
  return readAgain(name);
}

/** Saves; `force` writes over a change made elsewhere. True when it is saved. */
export async function saveEnvironment(name: string, force = false): Promise<boolean> {
  const edited = useEnvironments.getState().edited[name];
  if (!edited) return false;
  const environment = toEnvironment(edited);
  try {
    // A value that the file has had all along (a demo's password, say) is nobody's news.
    const had = edited.environment.variables.filter((each) => !each.secret).map((each) => each.value);
    const all = await newLiterals({ folder: asFolder(environment) });
    const found = all.filter(({ literal }) => !had.includes(literal));
    if (found.length > 0) {
      useEnvironments.setState({ literals: { name, found, force } });
      return false;
    }
    const baseRevision = await renameSecrets(name, edited, force);
    const args = { name, environment, baseRevision, force };
    const saved = fromDoc(await backend().call("saveEnvironment", args));
    // The rows keep their ids, so that the focus stays where it was.
    const rows = saved.rows.map((row, at) => ({ ...row, id: edited.rows[at]?.id ?? row.id }));
    const to = environment.name;
    if (to !== name) forget(name);
    put(to, { ...saved, rows });
    if (to !== name) renamed(name, to);
    recolour(to, environment.color);
    await deleteOrphans(edited, to);
    // What a source newly needs is asked about while it is remembered; else the note says so.
    if (environment.variables.some((each) => each.source)) await askForApproval().catch(() => undefined);
    return true;
  } catch (thrown) {
    const failed = asCommandError(thrown);
    const conflict = failed.code === "conflict";
    changeEnvironment(name, conflict ? { conflict: true } : { failed });
    return false;
  }
}

/** A secret whose row was taken out leaves nothing in the keychain once the file is saved without it. */
async function deleteOrphans({ secrets, rows }: EditedEnvironment, environment: string): Promise<void> {
  const kept = new Set(rows.filter((row) => row.secret).flatMap((row) => [row.name, row.heldAs]));
  for (const [name, state] of Object.entries(secrets))
    if (!kept.has(name) && (state === "stored" || state === "sessionOnly"))
      await backend().call("deleteSecret", { environment, name });
}

function renamed(from: string, to: string): void {
  const { shown } = useEnvironments.getState();
  if (shown === from) useEnvironments.setState({ shown: to });
  const { workspace } = useWorkspace.getState();
  if (!workspace) return;
  const environments = workspace.environments.map((each) =>
    each.name === from ? { ...each, name: to } : each,
  );
  const environment = workspace.environment === from ? to : workspace.environment;
  useWorkspace.setState({ workspace: { ...workspace, environments, environment } });
}

function recolour(name: string, color: string): void {
  const environments = useWorkspace.getState().workspace?.environments ?? [];
  if (environments.some((each) => each.name === name && each.color !== color))
    takeEvent({
      type: "environments",
      environments: environments.map((each) => (each.name === name ? { ...each, color } : each)),
    });
}

const listNow = () => useWorkspace.getState().workspace?.environments ?? [];

/** Makes an environment, empty or with the variables (not the secrets' values) of another. */
export function createEnvironment(copyFrom: string | null): Promise<void> {
  return attempt(async () => {
    const names = listNow().map((each) => each.name);
    const wanted = copyFrom ? m.environments.copyName(copyFrom) : m.environments.new;
    const name = freeAmong(names, wanted);
    const doc = await backend().call("createEnvironment", { name, copyFrom });
    added(doc.environment);
    put(name, fromDoc(doc));
    useEnvironments.setState({ shown: name });
  });
}

function added({ name, color }: Environment): void {
  if (!listNow().some((each) => each.name === name))
    takeEvent({ type: "environments", environments: [...listNow(), { name, color, error: null }] });
}

/** Deletes an environment; `undoDeleteEnvironment` puts its file back, and its secrets are still there. */
export function deleteEnvironment(name: string): Promise<void> {
  return attempt(async () => {
    const { environment } = await backend().call("readEnvironment", { name });
    await backend().call("deleteEnvironment", { name });
    forget(name);
    takeEvent({ type: "environments", environments: listNow().filter((each) => each.name !== name) });
    if (useWorkspace.getState().workspace?.environment === name) await selectEnvironment(null);
    useEnvironments.setState({ shown: null, deleted: environment });
  });
}

export function undoDeleteEnvironment(): Promise<void> {
  return attempt(async () => {
    const environment = useEnvironments.getState().deleted;
    if (!environment) return;
    const { name } = environment;
    const { revision } = await backend().call("createEnvironment", { name, copyFrom: null });
    await backend().call("saveEnvironment", { name, environment, baseRevision: revision, force: true });
    added(environment);
    useEnvironments.setState({ deleted: null });
    await showEnvironment(name);
  });
}

/** Follows changes made elsewhere, while the environments are on screen. Returns the undo. */
export function followEnvironments(): () => void {
  return onWorkspaceEvent((event) => {
    if (event.type !== "environments" && event.type !== "keychain") return;
    const { shown } = useEnvironments.getState();
    if (shown !== null && listNow().some((each) => each.name === shown)) void readAgain(shown);
  });
}
