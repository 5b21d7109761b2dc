import { create } from "zustand";
import {
  asCommandError,
  backend,
  type CommandError,
  type Exchange,
  type ExchangeEvent,
  type Phase,
  type Request,
} from "../ipc";
import { useSettings } from "./settings";

/** A request on its way, as far as the core told. */
export interface Running {
  id: string;
  /** When it began, by this window's clock. */
  since: number;
  phase: Phase;
  /** The host the phase is about. */
  host: string;
  /** Bytes on the wire so far, and announced. */
  received: number;
  expected: number | null;
  cancelling: boolean;
}

/** The last answer of a tab, and the one on its way. */
export interface ExchangeView {
  /** Stays, dimmed, until the next one is here. */
  done: Exchange | null;
  running: Running | null;
  /** Why the command itself failed; a failed exchange says so in `done.error`. */
  error: CommandError | null;
  /** What was sent last, to send it again another way. */
  sent: { path: string | null; request: Request } | null;
}

export const NO_EXCHANGE: ExchangeView = { done: null, running: null, error: null, sent: null };

/** Exchanges by tab id. */
export const useExchanges = create<Record<string, ExchangeView>>(() => ({}));

const change = (tab: string, part: Partial<ExchangeView>) =>
  useExchanges.setState((all) => ({ [tab]: { ...(all[tab] ?? NO_EXCHANGE), ...part } }));

let count = 0;

/** What one event changes of a request on its way. */
export function followed(running: Running, event: ExchangeEvent): Running {
  switch (event.type) {
    case "phase":
      return { ...running, phase: event.phase, host: event.host || running.host };
    case "growth":
      return { ...running, phase: "downloading", received: event.received, expected: event.expected };
    case "redirect":
      return { ...running, received: 0, expected: null };
    default:
      return running;
  }
}

/** Sends; a second press while it runs does nothing. */
export async function send(
  tab: string,
  path: string | null,
  request: Request,
  allowCrossOriginBody = false,
): Promise<void> {
  if (useExchanges.getState()[tab]?.running) return;
  const id = `${tab}-${++count}`;
  const running: Running = {
    id,
    since: Date.now(),
    phase: "preparing",
    host: "",
    received: 0,
    expected: null,
    cancelling: false,
  };
  change(tab, { running, error: null, sent: { path, request } });
  const onEvent = (event: ExchangeEvent) => {
    const now = useExchanges.getState()[tab]?.running;
    if (now?.id === id) change(tab, { running: followed(now, event) });
  };
  try {
    const args = { exchange: id, path, request, allowCrossOriginBody };
    const done = await backend().stream("send", args, onEvent);
    change(tab, { done, running: null });
  } catch (thrown) {
    change(tab, { running: null, error: asCommandError(thrown) });
  }
}

/** Sends what was sent last once more; `allowCrossOriginBody` lets a redirect take the body along. */
export async function sendAgain(tab: string, allowCrossOriginBody = false): Promise<void> {
  const sent = useExchanges.getState()[tab]?.sent;
  if (sent) await send(tab, sent.path, sent.request, allowCrossOriginBody);
}

/** Cancels what a tab is sending. */
export async function cancel(tab: string): Promise<void> {
  const running = useExchanges.getState()[tab]?.running;
  if (!running) return;
  change(tab, { running: { ...running, cancelling: true } });
  await backend().call("cancel", { exchange: running.id });
}

/** Stops or starts verifying the certificate of one host. */
export async function trustHost(host: string, insecure: boolean): Promise<void> {
  useSettings.setState(await backend().call("trustHost", { host, insecure }));
}
