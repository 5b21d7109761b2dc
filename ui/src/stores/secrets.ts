import { asCommandError, backend, type KeychainView, type SecretState } from "../ipc";
import { changeEnvironment, saveEnvironment, useEnvironments, type VariableRow } from "./environments";
import { takeEvent, useWorkspace } from "./workspace";

const editedNow = (name: string) => useEnvironments.getState().edited[name];

/** Whether a value stored now would be forgotten when the app closes. */
export const isSessionOnly = (): boolean => useWorkspace.getState().keychain.state !== "available";

function setState(environment: string, name: string, state: SecretState): void {
  const edited = editedNow(environment);
  if (edited)
    changeEnvironment(environment, {
      unsaved: edited.unsaved,
      secrets: { ...edited.secrets, [name]: state },
    });
}

async function attempt(environment: string, work: () => Promise<void>): Promise<boolean> {
  const unsaved = editedNow(environment)?.unsaved ?? false;
  changeEnvironment(environment, { unsaved, failed: null });
  try {
    await work();
    return true;
  } catch (thrown) {
    const now = editedNow(environment)?.unsaved ?? false;
    changeEnvironment(environment, { unsaved: now, failed: asCommandError(thrown) });
    return false;
  }
}

function changeRow(environment: string, id: string, part: Partial<VariableRow>): void {
  const rows = editedNow(environment)?.rows.map((row) => (row.id === id ? { ...row, ...part } : row));
  if (rows) changeEnvironment(environment, { rows });
}

/** Puts a value into the keychain. It is not kept here. */
export function storeSecret(environment: string, name: string, value: string): Promise<boolean> {
  return attempt(environment, async () => {
    const { state } = await backend().call("setSecret", { environment, name, value });
    setState(environment, name, state);
  });
}

/**
 * Makes a variable secret: its value goes to the keychain first; only then is it taken out of the file,
 * which is saved at once so that the value does not stay on disk.
 */
export async function makeSecret(environment: string, row: VariableRow): Promise<void> {
  if (row.value === "") {
    setState(environment, row.name, editedNow(environment)?.secrets[row.name] ?? "missing");
    return changeRow(environment, row.id, { secret: true });
  }
  if (!(await storeSecret(environment, row.name, row.value))) return;
  changeRow(environment, row.id, { secret: true, value: "" });
  await saveEnvironment(environment);
}

/** Makes a secret an ordinary variable without a value; what the keychain held is deleted. */
export async function makePlain(environment: string, row: VariableRow): Promise<void> {
  const name = row.heldAs ?? row.name;
  if (name !== "" && !(await removeSecret(environment, name))) return;
  changeRow(environment, row.id, { secret: false, value: "" });
}

/** Deletes the value of a secret. */
export function removeSecret(environment: string, name: string): Promise<boolean> {
  return attempt(environment, async () => {
    await backend().call("deleteSecret", { environment, name });
    setState(environment, name, "missing");
  });
}

/** The value of a secret, because the user asked to see it. */
export async function revealSecret(environment: string, name: string): Promise<string | null> {
  let value: string | null = null;
  await attempt(environment, async () => {
    value = (await backend().call("revealSecret", { environment, name })).value;
  });
  return value;
}

function showKeychain(keychain: KeychainView): void {
  takeEvent({ type: "keychain", keychain });
}

/** Asks the keychain again how it is. */
export async function checkKeychain(): Promise<void> {
  showKeychain(await backend().call("keychain", {}));
}

/** Accepts that the keychain is another one than last time. */
export async function adoptKeychain(): Promise<void> {
  showKeychain(await backend().call("adoptKeychain", {}));
}
