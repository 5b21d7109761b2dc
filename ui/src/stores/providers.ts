import {
  type Auth,
  asCommandError,
  backend,
  type ProviderRequest,
  type ProviderView,
  type Variable,
} from "../ipc";
import { emptyRequest } from "../request/empty";
import { inStep } from "../request/params";
import { freeName } from "./places";
import { openTab, useTabs } from "./tabs";
import { variablesChanged } from "./variables";
import { takeEvent, useWorkspace } from "./workspace";

let known: Promise<ProviderView[]> | null = null;

/** The services whose auth is known; asked for once. */
export function providers(): Promise<ProviderView[]> {
  known ??= backend()
    .call("providers", {})
    .catch((thrown) => {
      known = null;
      throw asCommandError(thrown);
    });
  return known;
}

/** Forgets what was asked: for another core. */
export const forgetProviders = (): void => {
  known = null;
};

const variable = (name: string, value: string, description: string, secret: boolean): Variable => {
  return { name, value, type: "string", description, secret, source: null, enabled: true };
};

/** Adds variables that are not there yet, and the values of those that are empty. */
function joined(list: readonly Variable[], wanted: readonly Variable[]): Variable[] {
  const known = list.map((each) => {
    const mine = wanted.find(({ name }) => name === each.name);
    return mine && !each.secret && each.value === "" ? { ...each, value: mine.value } : each;
  });
  return [...known, ...wanted.filter(({ name }) => !list.some((each) => each.name === name))];
}

async function putVariables(environment: string | null, wanted: readonly Variable[]): Promise<void> {
  if (wanted.length === 0) return;
  if (environment !== null) {
    const { environment: file, revision } = await backend().call("readEnvironment", { name: environment });
    const changed = { ...file, variables: joined(file.variables, wanted) };
    const args = { name: environment, environment: changed, baseRevision: revision, force: false };
    await backend().call("saveEnvironment", args);
    return;
  }
  const { folder, revision } = await backend().call("readFolder", { path: "" });
  const defaults = { ...folder.defaults, variables: joined(folder.defaults.variables, wanted) };
  const args = { path: "", folder: { ...folder, defaults }, baseRevision: revision || null, force: false };
  await backend().call("saveFolder", args);
}

/** Puts other names of variables into everything that is text. */
function renamed<T>(inside: T, names: ReadonlyMap<string, string>): T {
  const text = JSON.stringify(inside).replaceAll(/\{\{\s*([\w.-]+)\s*\}\}/g, (whole, name: string) => {
    const to = names.get(name);
    return to === undefined ? whole : `{{${to}}}`;
  });
  return JSON.parse(text) as T;
}

export interface Filled {
  auth: Auth;
  request: ProviderRequest | null;
}

/**
 * Makes the variables a provider's auth needs, secrets in the keychain and the rest in the file, and gives
 * the auth that uses them. `values` are by the provider's own names.
 */
export async function fillIn(
  provider: ProviderView,
  auth: Auth,
  values: Readonly<Record<string, string>>,
): Promise<Filled> {
  const environment = useWorkspace.getState().workspace?.environment ?? null;
  const names = new Map<string, string>();
  for (const { name, secret } of provider.variables) {
    const value = values[name] ?? "";
    if (!secret || value === "") continue;
    const kept = await backend().call("keepAsSecret", { environment, name, value });
    if (kept.name !== name) names.set(name, kept.name);
  }
  const rest = provider.variables
    .filter(({ name, secret }) => !secret || (values[name] ?? "") === "")
    .map(({ name, label, secret }) => variable(name, secret ? "" : (values[name] ?? ""), label, secret));
  await putVariables(environment, rest);
  variablesChanged();
  return { auth: renamed(auth, names), request: renamed(provider.request, names) };
}

/** Makes the request to try a provider with, and opens it. */
export async function addFirstRequest(parent: string, first: ProviderRequest, auth: Auth): Promise<void> {
  const nodes = useWorkspace.getState().workspace?.nodes ?? [];
  const name = freeName(nodes, parent, first.name);
  const headers = first.headers.map((each) => ({ ...each, description: "", enabled: true }));
  const { method, url } = first;
  const request = inStep({ ...emptyRequest(name), method, url, headers, auth });
  const { path } = await backend().call("createRequest", { parent, request, tab: null });
  if (!nodes.some((node) => node.path === path)) {
    const node = { path, parent, name, kind: "request" as const, method, protocol: null, error: null };
    takeEvent({ type: "tree", nodes: [...nodes, node] });
  }
  useTabs.setState((s) => openTab(s, { path, name, method }, "pin"));
}
