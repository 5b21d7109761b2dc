import { literalFields } from "../auth/literals";
import type {
  AuthCheckRow,
  AuthVerdict,
  Exchange,
  FlowHop,
  Hop,
  LiteralFound,
  LoginEvent,
  RecipientView,
  Request,
  SharedSecret,
  TokenView,
} from "../ipc";
import { CommandError } from "../ipc";
import type { Handlers } from "../ipc/memory";
import { PROVIDERS } from "./providers";

const fail = (code: string, message: string, hint: string | null = null): never => {
  throw new CommandError({ code, message, hint, where: null });
};

/** A hop to a token endpoint, as the core would tell of it. */
export function sampleHop(part: Partial<Hop> = {}): Hop {
  return {
    method: "POST",
    url: "https://login.example.com/token",
    requestHead: "POST /token HTTP/1.1\nHost: login.example.com\nAuthorization: Basic ••••••\n",
    requestHeadExact: true,
    requestBodySize: 29,
    requestBody: "grant_type=client_credentials",
    status: 200,
    reason: "OK",
    httpVersion: "HTTP/1.1",
    headers: [{ name: "Content-Type", value: "application/json" }],
    trailers: [],
    bodySize: 90,
    decodedSize: 90,
    remote: "127.0.0.1:443",
    reused: false,
    timings: { start: 0, lookup: 900, connect: 4000, tls: 9000, send: 100, wait: 22_000, download: 300 },
    tls: null,
    cookies: [],
    dropped: [],
    challenge: null,
    ...part,
  };
}

export const sampleFlow: FlowHop[] = [
  {
    title: "Token request",
    hop: sampleHop(),
    answer: '{"access_token":"••••••","token_type":"Bearer"}',
    error: null,
  },
];

const noToken: TokenView = {
  state: "none",
  tokenType: "",
  scopes: [],
  obtainedAt: null,
  expiresAt: null,
  sessionOnly: false,
  needsPerson: true,
  canRefresh: false,
  canRevoke: false,
  canIntrospect: false,
  accessClaims: null,
  idClaims: null,
  problem: null,
  hops: [],
};

export const goodToken = (needsPerson: boolean): TokenView => ({
  ...noToken,
  state: "valid",
  tokenType: "Bearer",
  scopes: ["openid", "orders:read"],
  obtainedAt: new Date().toISOString(),
  expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  needsPerson,
  canRefresh: true,
  canRevoke: true,
  canIntrospect: true,
  idClaims: {
    json: JSON.stringify({
      header: { alg: "RS256", kid: "k1" },
      claims: { iss: "https://login.example.com", sub: "ada", exp: 1_800_000_000 },
    }),
    checked: true,
    note: "Signature checked with the key k1.",
  },
  hops: sampleFlow,
});

function checkedExchange(status: number, reason: string): Exchange {
  return {
    historyId: null,
    state: "complete",
    startedAt: "2026-11-21T09:12:44Z",
    environment: null,
    method: "GET",
    url: "https://shop.test/orders",
    status,
    reason,
    httpVersion: "HTTP/1.1",
    durationUs: 42_000,
    hops: [sampleHop({ method: "GET", url: "https://shop.test/orders", status, reason })],
    error: null,
    body: null,
    checks: [],
    captures: [],
    warnings: [],
  };
}

/** Rows whose name is that of a credential; a word before a blank is a scheme and stays. */
function namedSecrets({ headers, params, body }: Request): LiteralFound[] {
  const rows = body.type === "formUrlEncoded" || body.type === "multipart" ? body.rows : [];
  return [...headers, ...params, ...rows]
    .filter(({ name, value }) => CREDENTIAL.test(name) && value.length >= 6 && !value.includes("{{"))
    .map(({ name, value }) => {
      const literal = value.replace(/^\w{1,11} /, "");
      return {
        place: `rows.${name}`,
        label: name,
        literal,
        shown: `${literal.slice(0, 2)}…`,
        suggestion: name.toLowerCase().replaceAll("-", "_"),
        reason: "the name of a credential",
      };
    });
}
const CREDENTIAL = /^(authorization|x-api-key|api_key|password)$/i;

/** Credentials as the real core keeps them, in memory: what tests and the sample window look into. */
export class Credentials {
  /** The keychain: `environment/name` or `/name` for the collection. */
  readonly kept = new Map<string, string>();
  readonly approved = new Set<string>();
  commands: string[] = [];
  token: TokenView = noToken;
  /** What the next login waits for. */
  waits: LoginEvent | null = {
    type: "browser",
    url: "https://login.example.com/authorize?client_id=shop",
    redirectUri: "http://127.0.0.1:49152/callback",
    listening: true,
    problem: null,
  };
  publicKey: string | null = null;
  recipients: RecipientView[] = [];
  sealedFile: string | null = null;
  shared: SharedSecret[] = [];
  /** Whether the checked server lets a tampered credential in. */
  hasHole = false;
  finished: string | null = null;
  /** Pages that were opened in the browser. */
  readonly opened: string[] = [];
  /** Why no browser opens. */
  noBrowser: string | null = null;
  private end: ((error: CommandError | null) => void) | null = null;

  private keep(environment: string | null, wanted: string, value: string): string {
    let name = wanted;
    const key = () => `${environment ?? ""}/${name}`;
    for (let n = 2; this.kept.has(key()) && this.kept.get(key()) !== value; n += 1) name = `${wanted}_${n}`;
    this.kept.set(key(), value);
    return name;
  }

  private readonly approvals = () =>
    this.commands.map((command) => ({ command, approved: this.approved.has(command) }));

  private readonly sharing = () => ({
    publicKey: this.publicKey,
    recipients: this.recipients,
    sealedFile: this.sealedFile,
    canOpen: this.sealedFile !== null && this.recipients.some((each) => each.publicKey === this.publicKey),
    problem: null,
  });

  private readonly plan = () => ({
    sealedBy: "Ada",
    sealedAt: "2026-11-20T10:00:00Z",
    secrets: this.shared,
  });

  readonly handlers: Handlers = {
    keepAsSecret: ({ environment, name, value }) => {
      const kept = this.keep(environment, name, value);
      return { name: kept, reference: `{{${kept}}}`, state: "stored" };
    },
    findLiterals: ({ request, folder }) => {
      const auth = request?.auth ?? folder?.defaults.auth;
      if (!auth) return [];
      const inAuth = literalFields(auth).map((at): LiteralFound => {
        const [name = ""] = at.split(".").slice(-1);
        const literal = String((auth as unknown as Record<string, unknown>)[name]);
        return {
          place: `auth.${at}`,
          label: `The ${name} of the auth`,
          literal,
          shown: `${literal.slice(0, 2)}…`,
          suggestion: name,
          reason: "a secret field",
        };
      });
      return [...inAuth, ...(request ? namedSecrets(request) : [])];
    },
    token: ({ auth }) => {
      const isUnattended = auth.type === "oauth2" && auth.flow === "client_credentials";
      return { ...this.token, needsPerson: !isUnattended };
    },
    logIn: ({ place }, report) => {
      const unattended = place.auth.type === "oauth2" && place.auth.flow === "client_credentials";
      if (!unattended && this.waits) {
        report(this.waits);
        return new Promise<TokenView>((done, failed) => {
          this.end = (error) => {
            this.end = null;
            if (error) return failed(error);
            this.token = goodToken(true);
            done(this.token);
          };
        });
      }
      for (const hop of sampleFlow) report({ type: "hop", hop });
      this.token = goodToken(false);
      return this.token;
    },
    finishLogin: ({ url }) => {
      if (!url.includes("code="))
        fail("bad-redirect", "That address holds no code.", "Copy the whole address.");
      this.finished = url;
      this.end?.(null);
      return {};
    },
    cancel: () => {
      this.end?.(new CommandError({ code: "cancelled", message: "Cancelled.", hint: null, where: null }));
      return {};
    },
    refreshToken: () => {
      this.token = goodToken(true);
      return this.token;
    },
    revokeToken: () => {
      this.token = noToken;
      return this.token;
    },
    logOut: () => {
      this.token = noToken;
      return this.token;
    },
    introspectToken: () => ({ text: '{"active":true,"username":"ada"}' }),
    copyToken: () => ({ value: "the-token-itself" }),
    openLink: ({ url }) => {
      if (this.noBrowser) fail("no-browser", this.noBrowser, `Open it by hand: ${url}`);
      this.opened.push(url);
      return {};
    },
    providers: () => PROVIDERS,
    checkAuth: async ({ otherEnvironment }, report) => {
      const row = (
        variant: AuthCheckRow["variant"],
        title: string,
        verdict: AuthVerdict,
        exchange: Exchange | null,
        note: string,
      ): AuthCheckRow => ({ variant, title, exchange, verdict, note });
      const refused = checkedExchange(401, "Unauthorized");
      const rows = [
        row("valid", "The valid credential", "good", checkedExchange(200, "OK"), "Let in."),
        row("nothing", "No credential", "good", refused, "Refused."),
        row("wrong", "A wrong credential", "good", refused, "Refused."),
        this.hasHole
          ? row(
              "tampered",
              "A tampered token",
              "hole",
              checkedExchange(200, "OK"),
              "The signature is not checked.",
            )
          : row("tampered", "A tampered token", "good", refused, "Refused."),
        row("expired", "An expired token", "skipped", null, "This scheme has none."),
        ...(otherEnvironment
          ? [row("otherEnvironment", `The credential of ${otherEnvironment}`, "good", refused, "Refused.")]
          : []),
      ];
      for (const each of rows) report(each);
      return { rows, holes: this.hasHole ? 1 : 0 };
    },
    secretCommands: this.approvals,
    approveCommand: ({ command, approved }) => {
      if (!this.commands.includes(command)) this.commands.push(command);
      if (approved) this.approved.add(command);
      else this.approved.delete(command);
      return this.approvals();
    },
    sharing: this.sharing,
    createIdentity: () => {
      this.publicKey = "age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq";
      return this.sharing();
    },
    saveRecipients: ({ recipients }) => {
      this.recipients = recipients;
      return this.sharing();
    },
    sealSecrets: () => {
      this.sealedFile = ".errand/secrets.age";
      return {
        file: this.sealedFile,
        secrets: this.kept.size,
        recipients: this.recipients.length,
        withoutValue: [],
      };
    },
    readShared: this.plan,
    takeShared: ({ secrets }) => {
      const taken = new Set(secrets.map(({ environment, name }) => `${environment ?? ""}/${name}`));
      this.shared = this.shared.map((each) =>
        taken.has(`${each.environment ?? ""}/${each.name}`) ? { ...each, change: "same" } : each,
      );
      for (const name of taken) this.kept.set(name, "from the file");
      return this.plan();
    },
  };
}
