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

/** Puts a reference in the place of a literal, wherever it stands below a place such as `auth.password`. */
export function replaceLiteral<T>(inside: T, place: string, literal: string, reference: string): T {
  const swap = (value: unknown): unknown => {
    if (typeof value === "string") return value.replaceAll(literal, () => reference);
    if (Array.isArray(value)) return value.map(swap);
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, swap(each)]));
    return value;
  };
  const part = place.split(".")[0] ?? "";
  const record = inside as Record<string, unknown>;
  // A folder has its auth, headers and variables among its defaults.
  const holder = part in record ? record : (record.defaults as Record<string, unknown> | undefined);
  if (!holder || !(part in holder)) return swap(inside) as T;
  const changed = { ...holder, [part]: swap(holder[part]) };
  return (holder === record ? changed : { ...record, defaults: changed }) as T;
}
