import { create } from "zustand";
import {
  type AuthPlace,
  asCommandError,
  backend,
  type CommandError,
  type FlowHop,
  type LoginEvent,
  type TokenView,
  type TokenWhich,
} from "../ipc";

/** A login on its way, as far as the core told. */
export interface Login {
  id: string;
  /** What it waits for: the browser, a code entered elsewhere, or the provider's next answer. */
  waiting: Exclude<LoginEvent, { type: "hop" }> | null;
  hops: readonly FlowHop[];
  cancelling: boolean;
}

/** What a window knows of the token of one auth. */
export interface TokenState {
  view: TokenView | null;
  /** A command that runs now and is no login. */
  busy: "reading" | "refreshing" | "revoking" | "leaving" | "asking" | null;
  login: Login | null;
  /** Why the last command failed; what the provider said is in the view. */
  failed: CommandError | null;
  /** What the provider said of it when it was last asked. */
  introspected: string | null;
}

export const NO_TOKEN: TokenState = { view: null, busy: null, login: null, failed: null, introspected: null };

/** Tokens by the place of their auth in this window. */
export const useTokens = create<Record<string, TokenState>>(() => ({}));

const now = (key: string) => useTokens.getState()[key] ?? NO_TOKEN;
const change = (key: string, part: Partial<TokenState>) =>
  useTokens.setState({ [key]: { ...now(key), ...part } });

async function run(key: string, busy: TokenState["busy"], work: () => Promise<TokenView>): Promise<void> {
  change(key, { busy, failed: null });
  try {
    const view = await work();
    // A look that ends after the provider was asked takes nothing away: it is still that token.
    const same = view.obtainedAt !== null && view.obtainedAt === now(key).view?.obtainedAt;
    change(key, { view, busy: null, introspected: same ? now(key).introspected : null });
  } catch (thrown) {
    change(key, { busy: null, failed: asCommandError(thrown) });
  }
}

/** Looks whether there is a token. */
export const readToken = (key: string, place: AuthPlace): Promise<void> =>
  run(key, "reading", () => backend().call("token", place));

export const refreshToken = (key: string, place: AuthPlace): Promise<void> =>
  run(key, "refreshing", () => backend().call("refreshToken", place));

export const revokeToken = (key: string, place: AuthPlace): Promise<void> =>
  run(key, "revoking", () => backend().call("revokeToken", place));

/** Forgets the token here; the provider is told nothing. */
export const logOut = (key: string, place: AuthPlace): Promise<void> =>
  run(key, "leaving", () => backend().call("logOut", place));

/** The token itself, because the user asked for it. */
export const tokenText = (place: AuthPlace, which: TokenWhich): Promise<string> =>
  backend()
    .call("copyToken", { place, which })
    .then(({ value }) => value);

let count = 0;

/** Gets a token, by the browser where the flow needs one. */
export async function logIn(key: string, place: AuthPlace): Promise<void> {
  if (now(key).login) return;
  const id = `login-${Date.now().toString(36)}-${++count}`;
  change(key, { failed: null, login: { id, waiting: null, hops: [], cancelling: false } });
  const onEvent = (event: LoginEvent) => {
    const { login } = now(key);
    if (login?.id !== id) return;
    if (event.type === "hop") change(key, { login: { ...login, hops: [...login.hops, event.hop] } });
    else change(key, { login: { ...login, waiting: event } });
  };
  try {
    change(key, { view: await backend().stream("logIn", { login: id, place }, onEvent), login: null });
  } catch (thrown) {
    const error = asCommandError(thrown);
    change(key, { login: null, failed: error.code === "cancelled" ? null : error });
    // The hops of a flow that failed are what one wants to see.
    const view = await backend()
      .call("token", place)
      .catch(() => null);
    if (view && !now(key).login) change(key, { view });
  }
}

/** What the provider says of the token, as JSON (RFC 7662). */
export async function introspectToken(key: string, place: AuthPlace): Promise<void> {
  change(key, { busy: "asking", failed: null });
  try {
    const { text } = await backend().call("introspectToken", place);
    change(key, { busy: null, introspected: text });
  } catch (thrown) {
    change(key, { busy: null, failed: asCommandError(thrown) });
  }
}

/** Gives a login up. */
export async function cancelLogin(key: string): Promise<void> {
  const { login } = now(key);
  if (!login) return;
  change(key, { login: { ...login, cancelling: true } });
  await backend().call("cancel", { exchange: login.id });
}

/** Hands in the address the browser ended at. */
export async function finishLogin(key: string, url: string): Promise<void> {
  const { login } = now(key);
  if (!login) return;
  try {
    change(key, { failed: null });
    await backend().call("finishLogin", { login: login.id, url });
  } catch (thrown) {
    change(key, { failed: asCommandError(thrown) });
  }
}
