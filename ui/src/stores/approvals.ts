import { create } from "zustand";
import { backend, type CommandApproval } from "../ipc";

interface ApprovalsState {
  /**
   * What this workspace wants done on this machine to have its secrets, each in the core's words ("run the
   * command `x`"), with whether it may. Null until asked.
   */
  list: readonly CommandApproval[] | null;
  /** The one that lies over the window. */
  asking: string | null;
  /** Put off for this session: not asked about by itself again. */
  later: ReadonlySet<string>;
}

export const useApprovals = create<ApprovalsState>(() => ({ list: null, asking: null, later: new Set() }));

/** Asks the core what is wanted. */
export async function readApprovals(): Promise<readonly CommandApproval[]> {
  const list = await backend().call("secretCommands", {});
  useApprovals.setState({ list });
  return list;
}

/** Allows something on this machine, or no longer. */
export async function approve(command: string, approved: boolean): Promise<void> {
  useApprovals.setState({ list: await backend().call("approveCommand", { command, approved }) });
}

/** Asks the user about the first thing that is neither approved nor put off. */
export async function askForApproval(all = false): Promise<void> {
  const { later } = useApprovals.getState();
  const list = await readApprovals();
  const first = list.find(({ command, approved }) => !approved && (all || !later.has(command)));
  useApprovals.setState({ asking: first?.command ?? null });
}

/** Puts the question off. */
export function notNow(command: string): void {
  useApprovals.setState((s) => ({ asking: null, later: new Set([...s.later, command]) }));
}
