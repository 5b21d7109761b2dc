import { create } from "zustand";
import {
  asCommandError,
  backend,
  type CommandError,
  type Exchange,
  type ExchangeEvent,
  type Request,
} from "../ipc";

/** The last answer of a tab, and the one on its way. */
export interface ExchangeView {
  /** Stays, dimmed, until the next one is here. */
  done: Exchange | null;
  running: { id: string; last: ExchangeEvent | null } | null;
  /** Why the command itself failed; a failed exchange says so in `done.error`. */
  error: CommandError | null;
}

export const NO_EXCHANGE: ExchangeView = { done: null, running: null, error: null };

/** Exchanges by tab id. */
export const useExchanges = create<Record<string, ExchangeView>>(() => ({}));

const change = (tab: string, part: Partial<ExchangeView>) =>
  useExchanges.setState((all) => ({ [tab]: { ...(all[tab] ?? NO_EXCHANGE), ...part } }));

let count = 0;

/** Sends; a second press while it runs does nothing. */
export async function send(tab: string, path: string | null, request: Request): Promise<void> {
  if (useExchanges.getState()[tab]?.running) return;
  const id = `${tab}-${++count}`;
  change(tab, { running: { id, last: null }, error: null });
  try {
    const args = { exchange: id, path, request, allowCrossOriginBody: false };
    const done = await backend().stream("send", args, (last) => change(tab, { running: { id, last } }));
    change(tab, { done, running: null });
  } catch (thrown) {
    change(tab, { running: null, error: asCommandError(thrown) });
  }
}

/** Cancels what a tab is sending. */
export async function cancel(tab: string): Promise<void> {
  const running = useExchanges.getState()[tab]?.running;
  if (running) await backend().call("cancel", { exchange: running.id });
}
