import { backend, type PickKind } from "../ipc";

/** Asks for a place on disk with the system's dialog; null when none was chosen. */
export async function pickPath(
  kind: PickKind,
  title: string,
  suggestion: string | null = null,
): Promise<string | null> {
  return (await backend().call("pickPath", { kind, title, suggestion })).path;
}
