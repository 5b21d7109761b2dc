import { backend, CommandError } from "../ipc";
import { m } from "../messages";
import type { EditedEnvironment, VariableRow } from "./environments";

/** Where the value of a row is, by the name the keychain knows it under. */
export const stateOf = (row: VariableRow, secrets: EditedEnvironment["secrets"]) =>
  secrets[row.heldAs ?? row.name] ?? "missing";

/** New names by old ones, of secrets that have a value. */
function renamesIn({ rows, secrets }: EditedEnvironment): Map<string, string> {
  const renames = new Map<string, string>();
  for (const row of rows) {
    const { name, heldAs, secret } = row;
    const state = stateOf(row, secrets);
    if (secret && heldAs !== undefined && name !== heldAs && state !== "missing") renames.set(heldAs, name);
  }
  return renames;
}

/**
 * Saves the new names of secrets by themselves, so that nothing but a name differs from what is in the file:
 * the core then takes each for the same row and moves its value. Gives the revision to go on from.
 */
export async function renameSecrets(
  name: string,
  edited: EditedEnvironment,
  force: boolean,
): Promise<string> {
  const renames = renamesIn(edited);
  if (renames.size === 0) return edited.revision;
  const { environment, revision } = await backend().call("readEnvironment", { name });
  // Somebody else changed the file: the save that follows says so, and nothing was moved.
  if (revision !== edited.revision && !force) return edited.revision;
  const has = (wanted: string) => environment.variables.some((each) => each.name === wanted);
  for (const [from, to] of renames) if (to === "" || (has(from) && has(to))) throw taken(from, to);
  const variables = environment.variables.map((each) => {
    const to = each.secret ? renames.get(each.name) : undefined;
    return to === undefined ? each : { ...each, name: to };
  });
  const args = { name, environment: { ...environment, variables }, baseRevision: revision, force: false };
  return (await backend().call("saveEnvironment", args)).revision;
}

const taken = (from: string, to: string) =>
  new CommandError({
    code: "name-taken",
    message: to === "" ? m.environments.nameless(from) : m.environments.nameTaken(from, to),
    hint: m.environments.nameTakenHint,
    where: null,
  });
