import type { Auth, Folder, Request, Variable } from "../ipc";
import { withQuery } from "../request/params";

/** What people wrote for people: a secret that happens to be a word in it stays that word. */
const PROSE = new Set(["name", "description", "docs", "domain", "type"]);

/** The same, where a text is exactly the literal; what is for people is left alone. */
function exactly<T>(inside: T, literal: string, reference: string): T {
  const swap = (value: unknown): unknown => {
    if (value === literal) return reference;
    if (Array.isArray(value)) return value.map(swap);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, PROSE.has(key) ? each : swap(each)]),
    );
  };
  return swap(inside) as T;
}

/** The text with the reference in the literal's place, also where JSON writes it in its own way. */
function within(text: string, literal: string, reference: string): string {
  const asJson = JSON.stringify(literal).slice(1, -1);
  return text.replaceAll(literal, () => reference).replaceAll(asJson, () => reference);
}

/** `Authorization: Bearer abc`: the word stays, the rest is replaced. */
function withinRows<R extends { name: string; value: string }>(
  rows: readonly R[],
  name: string,
  literal: string,
  reference: string,
): R[] {
  return rows.map((row) =>
    row.name === name ? { ...row, value: within(row.value, literal, reference) } : row,
  );
}

/** A variable that is now the secret itself goes; one that holds it under another name refers to it. */
function inVariables(list: readonly Variable[], literal: string, reference: string): Variable[] {
  return list
    .filter((each) => each.secret || each.value !== literal || reference !== `{{${each.name}}}`)
    .map((each) => (!each.secret && each.value === literal ? { ...each, value: reference } : each));
}

const split = (place: string) => {
  const dot = place.indexOf(".");
  return dot < 0 ? [place, ""] : [place.slice(0, dot), place.slice(dot + 1)];
};

/** Puts a reference in the place of a literal found in a request. The URL and the parameters stay in step. */
export function replaceInRequest(
  request: Request,
  place: string,
  literal: string,
  reference: string,
): Request {
  const [part, name = ""] = split(place);
  const { auth, headers, body, params, url, variables } = request;
  const swap = (text: string) => within(text, literal, reference);
  const everywhere = {
    ...request,
    auth: exactly<Auth>(auth, literal, reference),
    headers: withinRows(
      exactly(headers, literal, reference),
      part === "headers" ? name : "",
      literal,
      reference,
    ),
    body:
      body.type === "raw" && part === "body"
        ? { ...body, text: swap(body.text) }
        : exactly(body, literal, reference),
    variables: inVariables(variables, literal, reference),
    url: part === "url" ? swap(url) : url,
  };
  const swapped = withinRows(
    exactly(params, literal, reference),
    part === "params" ? name : "",
    literal,
    reference,
  );
  if (JSON.stringify(swapped) === JSON.stringify(params)) return everywhere;
  const query = swapped.filter((each) => each.kind === "query");
  const stepped = withQuery({ url: everywhere.url, params: swapped }, query);
  return { ...everywhere, ...stepped };
}

/** Puts a reference in the place of a literal found in a folder's or the collection's settings. */
export function replaceInFolder(folder: Folder, place: string, literal: string, reference: string): Folder {
  const [part, name = ""] = split(place);
  const { defaults, globals, clientCertificates } = folder;
  return {
    ...folder,
    globals: inVariables(globals, literal, reference),
    clientCertificates: exactly(clientCertificates, literal, reference),
    defaults: {
      ...defaults,
      auth: exactly<Auth>(defaults.auth, literal, reference),
      headers: withinRows(
        exactly(defaults.headers, literal, reference),
        part === "headers" ? name : "",
        literal,
        reference,
      ),
      variables: inVariables(defaults.variables, literal, reference),
    },
  };
}
