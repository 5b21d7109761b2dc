import { blankAuth } from "../auth/blank";
import type { Auth, ClientCertificate, Node, Request, Row, Variable } from "../ipc";
import { type Handlers, memoryBackend } from "../ipc/memory";
import { emptyRequest } from "../stores/drafts";
import { Credentials, goodToken } from "./credentials";
import { digestExchange } from "./exchanges";
import { Interchange } from "./interchange";

const item = (parent: string, name: string, method: string | null): Node => ({
  path: parent ? `${parent}/${name}` : name,
  parent,
  name,
  kind: method ? "request" : "folder",
  method,
  protocol: null,
  error: null,
});

const nodes: Node[] = [
  item("", "Orders", null),
  item("Orders", "List orders", "GET"),
  item("Orders", "Get one order", "GET"),
  item("Orders", "Create order", "POST"),
  item("Orders", "Update status", "PATCH"),
  item("Orders", "Cancel order", "DELETE"),
  item("Orders", "Refunds", null),
  item("Orders/Refunds", "List refunds", "GET"),
  item("Orders/Refunds", "Refund order", "POST"),
  item("", "Catalogue", null),
  item("Catalogue", "Search products", "GET"),
  item("Catalogue", "Replace product", "PUT"),
  item("", "Authentication", null),
  item("Authentication", "Who am I", "GET"),
];

const order: Request = {
  ...emptyRequest("Get one order"),
  url: "{{base_url}}/v1/orders/:order_id?expand=lines",
  params: [
    { name: "expand", value: "lines", kind: "query", description: "Include order lines", enabled: true },
    { name: "currency", value: "EUR", kind: "query", description: "ISO 4217", enabled: false },
    {
      name: "order_id",
      value: "{{last_order}}",
      kind: "path",
      description: "From Create order",
      enabled: true,
    },
  ],
  headers: [{ name: "Accept", value: "application/json", description: "", enabled: true }],
};

const answer = JSON.stringify(
  {
    id: "ord_8Jq2mX",
    status: "paid",
    total: { amount: 12990, currency: "EUR" },
    customer: { id: "cus_2210", email: "ada@example.com", verified: true },
    lines: [{ sku: "LAMP-OAK-30", quantity: 3, unit_price: 4330, discount: null }],
    placed_at: "2026-11-18T09:12:44Z",
  },
  null,
  2,
).split("\n");

const PATTERN = /"(?:[^"\\]|\\.)*"(?=(\s*:)?)|-?\d[\d.eE+-]*|true|false|null|[{}[\],:]/g;

/** A line of JSON as a row, coloured. */
export function jsonRow(text: string, number: number): Row {
  const tokens = [...text.matchAll(PATTERN)].map((match): Row["tokens"][number] => {
    const first = match[0][0] ?? "";
    const kind = match[1]
      ? "key"
      : first === '"'
        ? "string"
        : /[-\d]/.test(first)
          ? "number"
          : /[a-z]/.test(first)
            ? "keyword"
            : "punctuation";
    return [match.index, match[0].length, kind];
  });
  return { number, text, columns: text.length, tokens, fold: /[{[]$/.test(text) ? "open" : null, cells: [] };
}

const progress = { rows: answer.length, fraction: 1, done: true, problem: null };

const credentials = new Credentials();
credentials.recipients = [
  { name: "Ada Lovelace", publicKey: "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj" },
];
credentials.sealedFile = ".errand/secrets.age";
credentials.hasHole = true;
credentials.token = goodToken(true);
credentials.shared = [{ environment: "Staging", name: "token", change: "new" }];

const oauth2 = blankAuth("oauth2");
const aws = blankAuth("awsV4");
/** What some requests prove themselves by; the others inherit. */
const auths: Partial<Record<string, Auth>> = {
  "Authentication/Who am I": { type: "digest", username: "ada", password: "{{token}}" },
  ...(oauth2 ? { "Orders/Create order": oauth2 } : {}),
  ...(aws ? { "Orders/Update status": aws } : {}),
};

const variables: Variable[] = [
  {
    name: "base_url",
    value: "https://shop.example.com",
    type: "string",
    description: "",
    secret: false,
    source: null,
    enabled: true,
  },
  {
    name: "token",
    value: "",
    type: "string",
    description: "For the shop",
    secret: true,
    source: null,
    enabled: true,
  },
  {
    name: "vault_token",
    value: "",
    type: "string",
    description: "",
    secret: true,
    source: {
      type: "vault",
      address: "",
      path: "secret/data/shop/production/storefront",
      field: "token",
      namespace: "",
    },
    enabled: true,
  },
  {
    name: "gh_token",
    value: "",
    type: "string",
    description: "",
    secret: true,
    source: { type: "command", command: "gh auth token" },
    enabled: true,
  },
];
credentials.commands = ["run the command `gh auth token`"];

const certificate: ClientCertificate = {
  domain: "*.example.com",
  files: { type: "pem", certificateFilePath: "certs/client.pem", privateKeyFilePath: "certs/client.key" },
  passphrase: "{{certificate_passphrase}}",
  disabled: false,
};

const asDescribed = {
  ok: false,
  violations: [
    { path: "/lines/0/sku", message: '4330 is not of type "string"' },
    { path: "/customer/email", message: '"ada" is not a "email"' },
    { path: "", message: '"total" is a required property' },
  ],
};

const handlers: Handlers = {
  ...credentials.handlers,
  ...new Interchange().handlers,
  readEnvironment: ({ name }) => ({
    revision: "1",
    environment: {
      name,
      color: "",
      description: "",
      extends: null,
      dotEnvFile: null,
      variables,
      clientCertificates: [certificate],
    },
    secrets: [
      { name: "token", state: "stored" },
      { name: "vault_token", state: "missing" },
      { name: "gh_token", state: "missing" },
    ],
  }),
  saveEnvironment: ({ environment }) => ({ revision: "2", environment, secrets: [] }),
  dynamicVariables: () => [],
  readFolder: ({ path }) => {
    const { settings } = emptyRequest("");
    return {
      path,
      revision: "1",
      folder: {
        name: path || "Storefront API",
        description: "",
        seq: null,
        docs: "",
        globals: [],
        clientCertificates: [certificate],
        defaults: { headers: [], auth: oauth2 ?? { type: "none" }, variables: [], scripts: [], settings },
      },
    };
  },
  saveFolder: ({ path }) => ({ path, revision: "2" }),
  boot: () => {
    throw {
      code: "not-in-memory",
      message: "The sample is put into the stores by hand.",
      hint: null,
      where: null,
    };
  },
  saveDraft: () => ({}),
  saveSettings: ({ settings }) => settings,
  selectEnvironment: () => ({}),
  readRequest: ({ path }) => ({
    path,
    revision: "1",
    inherited: { auth: { scheme: "oauth2", origin: "Storefront API", path: "" }, headers: [] },
    request:
      path === "Orders/Get one order"
        ? order
        : {
            ...emptyRequest(path.split("/").at(-1) ?? ""),
            method: nodes.find((n) => n.path === path)?.method ?? "GET",
            url: "{{base_url}}/v1/orders?after={{cursor}}",
            auth: auths[path] ?? { type: "inherit" },
          },
  }),
  send: async ({ request }, report) => {
    report({ type: "phase", phase: "waiting", host: "example.com" });
    await new Promise((done) => setTimeout(done, 400));
    if (request.auth.type === "digest") return digestExchange;
    return {
      historyId: "1",
      state: "complete",
      startedAt: "2026-11-18T09:12:44Z",
      environment: "Staging",
      method: request.method,
      url: request.url,
      status: 200,
      reason: "OK",
      httpVersion: "HTTP/2",
      durationUs: 84_000,
      hops: [],
      error: null,
      body: {
        id: "1",
        size: 212_000_000,
        contentType: "application/json",
        language: "json",
        views: ["pretty", "raw"],
      },
      checks: [],
      captures: [],
      warnings: [],
      ...(request.method === "POST" ? { schema: asDescribed } : {}),
    };
  },
  openView: () => ({ view: "1", progress, columns: [] }),
  closeView: () => ({}),
  viewProgress: () => progress,
  foldRow: () => progress,
  rows: ({ from, to }) => ({
    rows: answer.slice(from, to).map((line, at) => jsonRow(line, from + at + 1)),
    progress,
  }),
  openWorkspace: () => sampleWorkspace,
  searchHistory: () => ({ entries: [], next: null }),
  variables: () => [
    {
      name: "base_url",
      value: "https://shop.example.com",
      secret: false,
      missing: false,
      scope: "environment",
      origin: 'Environment "Staging"',
      overridden: false,
    },
    {
      name: "last_order",
      value: "ord_8Jq2mX",
      secret: false,
      missing: false,
      scope: "runtime",
      origin: "Set by Create order",
      overridden: false,
    },
  ],
};

/** A core made of samples, for `npm run dev` in a browser. */
export const sampleBackend = memoryBackend(handlers);

export const sampleWorkspace = {
  id: "sample",
  name: "Storefront API",
  root: "/storefront",
  nodes,
  environments: [
    { name: "Local", color: "#3fb97f", extends: null, error: null },
    { name: "Staging", color: "#e0a63c", extends: null, error: null },
  ],
  environment: "Staging",
  branch: "main",
  uiState: null,
  drafts: [],
};
