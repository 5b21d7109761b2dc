import { backend, type Folder, type LiteralFound, type Request } from "../ipc";
import { variablesChanged } from "./variables";
import { useWorkspace } from "./workspace";

/** Literals that the user wants in the file. For this session, and only these very values. */
const accepted = new Set<string>();

/** Remembers that a literal is to stay where it stands. */
export const acceptLiteral = (literal: string): void => void accepted.add(literal);
export const isAccepted = (literal: string): boolean => accepted.has(literal);
export const forgetAccepted = (): void => accepted.clear();

/** Puts a value into the keychain, for the chosen environment or else the collection; what names it. */
export async function keepSecret(name: string, value: string): Promise<string> {
  const environment = useWorkspace.getState().workspace?.environment ?? null;
  const kept = await backend().call("keepAsSecret", { environment, name, value });
  variablesChanged();
  return kept.reference;
}

/** Literals that look like credentials and that nobody has accepted yet. */
export async function newLiterals(what: { request?: Request; folder?: Folder }): Promise<LiteralFound[]> {
  const { request = null, folder = null } = what;
  const found = await backend().call("findLiterals", { request, folder });
  return found.filter(({ literal }) => !accepted.has(literal));
}
