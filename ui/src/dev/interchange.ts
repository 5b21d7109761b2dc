import type {
  ApiChange,
  ApplyImport,
  CodeTarget,
  Export,
  ExportFormat,
  GenerateCode,
  ImportFrom,
  ImportNode,
  ImportPreview,
  ImportReceipt,
  ReceiptLine,
  ReceiptOutcome,
} from "../ipc";
import type { Handlers } from "../ipc/memory";

const fail = (code: string, message: string, hint: string | null = null, file = "", line = 0): never => {
  const where = file ? { file, line, column: 9 } : null;
  throw { code, message, hint, where };
};

/** Name, method or null for a folder, items in it. */
type Item = [name: string, method: string | null, items?: Item[]];

const SHOP: Item[] = [
  [
    "Orders",
    null,
    [
      ["List orders", "GET"],
      ["Get one order", "GET"],
      ["Create order", "POST"],
      [
        "Refunds",
        null,
        [["Refund an order, with a name so long that it does not fit beside its note", "POST"]],
      ],
    ],
  ],
  [
    "Catalogue",
    null,
    [
      ["Search products", "GET"],
      ["Order stream", "WS"],
      ["Replace product", "PUT"],
    ],
  ],
  ["Who am I", "GET"],
];

const many = (count: number): Item[] =>
  Array.from({ length: Math.ceil(count / 100) }, (_, folder) => [
    `Folder ${folder + 1}`,
    null,
    Array.from(
      { length: 100 },
      (_, at): Item => [`Request ${folder * 100 + at + 1}`, at % 3 ? "GET" : "POST"],
    ),
  ]);

/** A flat preview, with the lines that belong to each item. */
function flat(items: readonly Item[]): {
  nodes: ImportNode[];
  lines: { node: number | null; line: ReceiptLine }[];
} {
  const nodes: ImportNode[] = [];
  const lines: { node: number | null; line: ReceiptLine }[] = [];
  const walk = (list: readonly Item[], parent: number | null, above: string) => {
    for (const [name, method, below] of list) {
      const id = nodes.length;
      const place = above ? `${above} / ${name}` : name;
      const kind = method === null ? "folder" : method === "WS" ? "other" : "request";
      const url = method === null ? null : `https://shop.example.com/${id}`;
      const node: ImportNode = { id, parent, name, kind, method, url, notes: 0 };
      nodes.push(node);
      const say = (outcome: ReceiptOutcome, item: string, note = "", original = "") => {
        lines.push({ node: id, line: { outcome, place, item, note, original } });
        if (outcome !== "kept") node.notes += 1;
      };
      say("kept", method === null ? "folder" : "request");
      if (method === "POST") {
        say("converted", "pm.globals.get", "Became {{name}}");
        say(
          "notCarried",
          "protocolProfileBehavior.disableBodyPruning",
          "Errand always sends the body that is there, so there is nothing to turn off.",
          "extensions.postman",
        );
      }
      if (kind === "other")
        say("converted", "websocket", "Kept as it is; this version shows it and cannot open it yet.");
      walk(below ?? [], id, place);
    }
  };
  walk(items, null, "");
  lines.unshift({
    node: null,
    line: { outcome: "kept", place: "", item: "info", note: "", original: "" },
  });
  return { nodes, lines };
}

const FORMATS: ExportFormat[] = [
  { id: "postman", name: "Postman", fileExtension: "json", folder: false },
  { id: "opencollection", name: "OpenCollection", fileExtension: "yml", folder: false },
  { id: "bruno", name: "Bruno", fileExtension: "", folder: true },
  { id: "insomnia", name: "Insomnia", fileExtension: "yaml", folder: false },
  { id: "openapi", name: "OpenAPI", fileExtension: "json", folder: false },
  { id: "har", name: "HAR", fileExtension: "har", folder: false },
  { id: "curl", name: "curl", fileExtension: "sh", folder: false },
  { id: "http", name: "HTTP file", fileExtension: "http", folder: false },
  { id: "hurl", name: "Hurl", fileExtension: "hurl", folder: false },
  { id: "k6", name: "k6", fileExtension: "js", folder: false },
];

const outLines = (format: string): ReceiptLine[] =>
  format === "opencollection"
    ? []
    : [
        {
          outcome: "converted",
          place: "Orders / Create order",
          item: "captures",
          note: `${format} has none; a script sets the variable instead.`,
          original: "",
        },
        {
          outcome: "notCarried",
          place: "Orders / Create order",
          item: "first byte timeout",
          note: "There is no such setting there.",
          original: "",
        },
      ];

const change = (id: number, method: string, name: string, what: string[], edited = false): ApiChange => {
  return { id, name, method, path: what.length > 0 ? `Orders/${name}` : null, what, edited };
};

const DIFFERENCE = {
  added: [change(0, "POST", "Cancel order", []), change(1, "GET", "List shipments of an order", [])],
  changed: [
    change(2, "GET", "List orders", ["new query parameter limit", "parameter page is deprecated"]),
    change(3, "POST", "Create order", ["body: new required field currency"], true),
  ],
  gone: [change(4, "DELETE", "Purge orders", ["no longer in the description"])],
};

const target = (id: string, language: string, library: string, syntax: string): CodeTarget => {
  return { id, language, library, syntax };
};

const TARGETS: CodeTarget[] = [
  target("curl", "Shell", "curl", "shell"),
  target("wget", "Shell", "wget", "shell"),
  target("httpie", "Shell", "HTTPie", "shell"),
  target("powershell", "PowerShell", "", "powershell"),
  target("javascript-fetch", "JavaScript", "fetch", "javascript"),
  target("javascript-axios", "JavaScript", "axios", "javascript"),
  target("typescript-fetch", "TypeScript", "fetch", "typescript"),
  target("node-http", "Node", "http", "javascript"),
  target("python-requests", "Python", "requests", "python"),
  target("python-httpx", "Python", "httpx", "python"),
  target("python-aiohttp", "Python", "aiohttp", "python"),
  target("rust-reqwest", "Rust", "reqwest", "rust"),
  target("go", "Go", "net/http", "go"),
  target("java-httpclient", "Java", "HttpClient", "java"),
  target("java-okhttp", "Java", "OkHttp", "java"),
  target("php-curl", "PHP", "cURL", "php"),
  target("elixir", "Elixir", "Req", "elixir"),
  target("http", "HTTP/1.1", "", "http"),
];

function codeOf({ request, target, resolve }: GenerateCode): string {
  const url = resolve ? request.url.replace("{{base_url}}", "https://shop.example.com") : request.url;
  if (target.startsWith("python"))
    return `import requests\n\n# What the server needs to know\nresponse = requests.request(\n    "${request.method}",\n    "${url}",\n    headers={"Accept": "application/json", "Authorization": "Bearer {{token}}"},\n    timeout=30,\n)\nprint(response.status_code, response.text)\n`;
  if (target.startsWith("php"))
    return `<?php\n\n$curl = curl_init("${url}");\ncurl_setopt_array($curl, [\n    CURLOPT_CUSTOMREQUEST => "${request.method}",\n    CURLOPT_RETURNTRANSFER => true, // the body\n]);\necho curl_exec($curl);\n`;
  return `curl --request ${request.method} '${url}' \\\n  --header 'Accept: application/json' \\\n  --header 'Authorization: Bearer {{token}}'\n`;
}

/** What the core does when something is brought in or taken out, in memory. */
export class Interchange {
  /** Stands in for a full disk. */
  refuse: string | null = null;
  /** Where the same description was imported before. */
  linked: string | null = null;
  linkable = false;
  opensInPlace: string | null = null;
  wanted = [
    { host: "schemas.example.com", urls: ["https://schemas.example.com/order.json"] },
    {
      host: "api.example.org:8443",
      urls: ["https://api.example.org:8443/a.yml", "https://api.example.org:8443/b.yml"],
    },
  ];
  readonly fetched: string[][] = [];
  readonly applied: ApplyImport[] = [];
  readonly dropped: string[] = [];
  /** What reading waits for, to be seen while it reads. */
  wait: Promise<void> = Promise.resolve();

  readonly exported: Export[] = [];
  /** A folder that nothing is known of where it came from. */
  isUnlinked = false;
  isSame = false;
  readonly taken: number[][] = [];

  private count = 0;
  private held = new Map<string, ReturnType<typeof flat>>();

  private preview(from: ImportFrom, format: string | null): ImportPreview {
    const said = from.type === "text" ? from.text : from.type === "url" ? from.url : from.paths.join(" ");
    if (said.includes("broken"))
      fail(
        "import-syntax",
        "shop.json is not JSON: expected a value (line 12, column 9).",
        "Mend the file and try again, or name its format if it is another.",
        "shop.json",
        12,
      );
    if (said.includes("unknown") && format === null)
      fail(
        "import-unknown",
        "The text is in no format that Errand can import. Name the format if you know it.",
      );
    const { nodes, lines } = flat(said.includes("big") ? many(10_000) : SHOP);
    const id = `import-${++this.count}`;
    this.held.set(id, { nodes, lines });
    const total = (outcome: ReceiptOutcome) => lines.filter(({ line }) => line.outcome === outcome).length;
    return {
      id,
      format: format ?? "postman",
      formatName: format === null ? "Postman" : format,
      name: "Storefront API",
      nodes,
      environments: [
        { id: 0, name: "Staging", variables: 12, secrets: 2 },
        { id: 1, name: "Production", variables: 1, secrets: 0 },
      ],
      counts: {
        requests: nodes.filter((node) => node.kind !== "folder").length,
        folders: nodes.filter((node) => node.kind === "folder").length,
        environments: 2,
        kept: total("kept"),
        converted: total("converted"),
        notCarried: total("notCarried"),
      },
      secrets: [
        {
          id: 0,
          place: "Orders / Create order",
          what: "The password of the auth",
          name: "create_order_password",
          named: false,
          environment: null,
          node: 3,
        },
        {
          id: 1,
          place: "Staging",
          what: "The variable token",
          name: "token",
          named: true,
          environment: "Staging",
          node: null,
        },
      ],
      wanted: this.wanted,
      redirects: [],
      linkable: this.linkable,
      linked: this.linked,
      opensInPlace: this.opensInPlace,
    };
  }

  private lines({ id, outcome, node, from, to }: ImportReceipt) {
    const held = this.held.get(id) ?? fail("not-found", "This import is over.");
    const isBelow = (at: number | null): boolean =>
      at !== null && (at === node || isBelow(held.nodes[at]?.parent ?? null));
    const wanted = held.lines
      .filter((each) => node === null || isBelow(each.node))
      .map(({ line }) => line)
      .filter((line) => outcome === null || line.outcome === outcome);
    return { total: wanted.length, lines: wanted.slice(from, to) };
  }

  readonly handlers: Handlers = {
    pickPath: ({ kind }) => ({ path: kind === "folder" ? "/home/me/shop" : "/home/me/shop.json" }),
    previewImport: async ({ from, format }) => {
      await this.wait;
      return this.preview(from, format);
    },
    fetchForImport: ({ hosts }) => {
      this.fetched.push(hosts);
      this.wanted = this.wanted.filter(({ host }) => !hosts.includes(host));
      return this.preview({ type: "text", text: "" }, null);
    },
    importReceipt: (args) => this.lines(args),
    applyImport: async (args) => {
      await this.wait;
      if (this.refuse) fail("disk-full", this.refuse, "Make room and import again; nothing was written.");
      this.applied.push(args);
      const held = this.held.get(args.id);
      const nodes = held?.nodes.filter(({ id }) => args.nodes?.includes(id) ?? true) ?? [];
      return {
        workspace: args.target.type === "new" ? args.target.folder : null,
        paths: nodes.filter((node) => node.parent === null).map((node) => node.name),
        receipt: {
          requests: nodes.filter((node) => node.kind !== "folder").length,
          folders: nodes.filter((node) => node.kind === "folder").length,
          environments: args.environments?.length ?? 2,
          kept: 12,
          converted: 3,
          notCarried: 2,
        },
        sessionOnly: [],
      };
    },
    dropImport: ({ id }) => {
      this.dropped.push(id);
      return {};
    },
    exportFormats: () => FORMATS,
    previewExport: async ({ format }) => {
      await this.wait;
      if (format === "openapi")
        fail("export", "Orders has no URL that a description could name.", "Give its requests a URL.");
      return { files: format === "bruno" ? 14 : 1, bytes: 48_200, lines: outLines(format) };
    },
    export: async (args) => {
      await this.wait;
      if (this.refuse) fail("disk-full", this.refuse, "Make room and export again; nothing was written.");
      this.exported.push(args);
      return { files: [args.to], lines: outLines(args.format) };
    },
    codeTargets: () => TARGETS,
    generateCode: (args) => {
      if (args.target === "wget") fail("code", "wget cannot send this body.", "Choose another language.");
      const notes = args.target === "curl" ? [] : ["The timeout is for the whole request."];
      return { text: codeOf(args), notes };
    },
    openApiDifference: async ({ from }) => {
      await this.wait;
      if (this.isUnlinked && from === null)
        fail(
          "no-description",
          "It is not known where its description is.",
          "Choose the file or type the address.",
        );
      return this.isSame ? { id: "d1", added: [], changed: [], gone: [] } : { id: "d1", ...DIFFERENCE };
    },
    applyApiDifference: async ({ changes }) => {
      await this.wait;
      if (this.refuse) fail("disk-full", this.refuse, "Make room and try again; nothing was written.");
      this.taken.push(changes);
      const receipt = { requests: 1, folders: 0, environments: 0, kept: 1, converted: 0, notCarried: 0 };
      return { workspace: null, paths: ["Orders/Cancel order"], receipt, sessionOnly: [] };
    },
  };
}
