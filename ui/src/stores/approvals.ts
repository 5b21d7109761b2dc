import { create } from "zustand";
import { backend } from "../ipc";

/** Commands that secrets come from, each with whether it may run; null until asked. */
export const useApprovals = create<{ byCommand: Readonly<Record<string, boolean>> | null }>(() => ({
  byCommand: null,
}));

const take = (list: readonly { command: string; approved: boolean }[]) =>
  useApprovals.setState({
    byCommand: Object.fromEntries(list.map(({ command, approved }) => [command, approved])),
  });

/** Asks the core which commands may run. */
export async function readApprovals(): Promise<void> {
  take(await backend().call("secretCommands", {}));
}

/** Lets a command run on this machine, or no longer. */
export async function approveCommand(command: string, approved: boolean): Promise<void> {
  take(await backend().call("approveCommand", { command, approved }));
}

/** Whether a command may run; one nobody has asked about may not. */
export const isApproved = (command: string): boolean => useApprovals.getState().byCommand?.[command] ?? false;
