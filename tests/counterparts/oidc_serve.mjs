// An OpenID provider on loopback: `oidc-provider`, certified by the OpenID Foundation, with a client for each way of
// client authentication and a small API that its tokens open. Says where it is in one line of JSON; ends when its
// input does.
//
// node oidc_serve.mjs FOLDER_OF_NODE_MODULES, and in the environment, each optional:
//   TOKEN_SECONDS   how long an access token lives (600)
//   DPOP_NONCE      when 1, DPoP proofs must carry the provider's nonce (RFC 9449 §8)
//   TLS_FOLDER      holds server.pem, server.key and ca.pem: a second listener over TLS asks for client certificates
import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const modules = createRequire(join(process.argv[2], "oidc_serve.cjs"));
const load = (name) => import(pathToFileURL(modules.resolve(name)));
const { Provider, errors } = await load("oidc-provider");
const jose = await load("jose");

const TOKEN_SECONDS = Number(process.env.TOKEN_SECONDS ?? 600);
const SCOPES = "orders:read orders:write";

const listen = (server) =>
  new Promise((ready) => server.listen(0, "127.0.0.1", () => ready(server.address().port)));

const server = createServer();
const issuer = `http://127.0.0.1:${await listen(server)}`;
const api = `${issuer}/api`;
const tls = process.env.TLS_FOLDER && tlsServer(process.env.TLS_FOLDER);
const secure = tls && `https://127.0.0.1:${await listen(tls)}`;

function tlsServer(folder) {
  const read = (name) => readFileSync(join(folder, name));
  return createTlsServer({
    key: read("server.key"),
    cert: read("server.pem"),
    ca: read("ca.pem"),
    requestCert: true,
    // Whether it will do is for the provider to say: other clients come without one.
    rejectUnauthorized: false,
  });
}

const jwk = (key, extra) => ({ ...key.export({ format: "jwk" }), ...extra });
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const clientKey = generateKeyPairSync("ec", { namedCurve: "P-256" });

const DEVICE = "urn:ietf:params:oauth:grant-type:device_code";
const SECRET = "a-secret-of-at-least-32-characters";

// Native: any port on loopback will do for the redirect (RFC 8252 §7.3).
const client = (client_id, token_endpoint_auth_method, more = {}) => ({
  client_id,
  client_name: `Errand's tests (${client_id})`,
  application_type: "native",
  token_endpoint_auth_method,
  redirect_uris: ["http://127.0.0.1/callback", "http://localhost/callback"],
  grant_types: ["authorization_code", "refresh_token", "client_credentials", DEVICE],
  response_types: ["code"],
  ...more,
});
const secret = { client_secret: SECRET };

const clients = [
  client("public", "none", { grant_types: ["authorization_code", "refresh_token", DEVICE] }),
  client("basic", "client_secret_basic", secret),
  client("post", "client_secret_post", secret),
  client("secret-jwt", "client_secret_jwt", secret),
  client("key-jwt", "private_key_jwt", { jwks: { keys: [jwk(clientKey.publicKey, { kid: "client", alg: "ES256" })] } }),
  client("implicit", "none", {
    grant_types: ["implicit"],
    response_types: ["id_token", "id_token token"],
  }),
];
if (tls) {
  clients.push(client("mutual-tls", "tls_client_auth", {
    tls_client_auth_subject_dn: "CN=mutual-tls",
    tls_client_certificate_bound_access_tokens: true,
  }));
}

const provider = new Provider(issuer, {
  clients,
  jwks: {
    keys: [
      jwk(rsa.privateKey, { kid: "rsa", use: "sig", alg: "RS256" }),
      jwk(ec.privateKey, { kid: "ec", use: "sig", alg: "ES256" }),
    ],
  },
  cookies: { keys: [randomBytes(32).toString("hex")] },
  scopes: ["openid", "offline_access", "profile", "email"],
  claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"] },
  responseTypes: ["code", "id_token", "id_token token", "code id_token"],
  clientAuthMethods: [
    "client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none",
    ...(tls ? ["tls_client_auth"] : []),
  ],
  pkce: { required: () => true },
  // Anyone may log in, under any name.
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: id, email: `${id}@example.test`, email_verified: true }),
  }),
  issueRefreshToken: async (_, who, code) => who.grantTypeAllowed("refresh_token") && code.scopes.size > 0,
  rotateRefreshToken: true,
  ttl: {
    AccessToken: TOKEN_SECONDS, ClientCredentials: TOKEN_SECONDS, IdToken: 600, AuthorizationCode: 60,
    DeviceCode: 600, RefreshToken: 86_400, Grant: 86_400, Interaction: 600, Session: 86_400,
  },
  discovery: tls && {
    mtls_endpoint_aliases: {
      token_endpoint: `${secure}/token`,
      introspection_endpoint: `${secure}/token/introspection`,
      revocation_endpoint: `${secure}/token/revocation`,
      userinfo_endpoint: `${secure}/me`,
    },
  },
  features: {
    devInteractions: { enabled: true },
    clientCredentials: { enabled: true },
    deviceFlow: { enabled: true },
    introspection: { enabled: true, allowedPolicy: async () => true },
    revocation: { enabled: true, allowedPolicy: async () => true },
    pushedAuthorizationRequests: { enabled: true },
    dPoP: {
      enabled: true,
      nonceSecret: randomBytes(32),
      requireNonce: () => process.env.DPOP_NONCE === "1",
    },
    resourceIndicators: {
      enabled: true,
      defaultResource: async () => undefined,
      useGrantedResource: async () => true,
      getResourceServerInfo: async (_, resource) => {
        if (resource !== api) throw new errors.InvalidTarget();
        return {
          scope: SCOPES, audience: api, accessTokenFormat: "jwt", accessTokenTTL: TOKEN_SECONDS,
          jwt: { sign: { alg: "RS256" } },
        };
      },
    },
    mTLS: tls && {
      enabled: true,
      tlsClientAuth: true,
      certificateBoundAccessTokens: true,
      getCertificate: (ctx) => ctx.socket.getPeerX509Certificate?.()?.toString(),
      certificateAuthorized: (ctx) => ctx.socket.authorized === true,
      certificateSubjectMatches: (ctx, property, expected) =>
        property === "tls_client_auth_subject_dn" && ctx.socket.getPeerX509Certificate?.()?.subject === expected,
    },
  },
});

// Its pages ask a server elsewhere for a font. Nothing here leaves this machine.
provider.use(async (ctx, next) => {
  await next();
  if (typeof ctx.body === "string") ctx.body = ctx.body.replaceAll(/@import url\([^)]*\);/g, "");
});

// The API that tokens for it open: `GET /api/orders` wants the scope `orders:read`.
provider.use(async (ctx, next) => {
  if (ctx.path !== "/api/orders") return next();
  try {
    const claims = await opened(ctx);
    ctx.body = { orders: [{ id: 1, item: "Pen" }], subject: claims.sub, client: claims.client_id, token: claims.jti, bound: claims.cnf };
  } catch (error) {
    ctx.status = 401;
    ctx.set("WWW-Authenticate", `${error.scheme ?? "Bearer"} error="invalid_token"`);
    ctx.body = { error: "invalid_token", error_description: error.message };
  }
});

const keys = jose.createLocalJWKSet({
  keys: [jwk(rsa.publicKey, { kid: "rsa", alg: "RS256" }), jwk(ec.publicKey, { kid: "ec", alg: "ES256" })],
});

async function opened(ctx) {
  const [scheme, token] = ctx.get("authorization").split(" ");
  if (!token) throw new Error("no token");
  const { payload } = await jose.jwtVerify(token, keys, { issuer, audience: api, typ: "at+jwt" });
  if (!payload.scope?.split(" ").includes("orders:read")) throw new Error("the scope orders:read is missing");
  const bound = payload.cnf?.jkt;
  if (scheme !== (bound ? "DPoP" : "Bearer")) throw new Error(`this token does not go with ${scheme}`);
  if (bound) await prove(ctx, token, bound).catch((error) => { throw Object.assign(error, { scheme: "DPoP" }); });
  return payload;
}

// RFC 9449 §4.3.
async function prove(ctx, token, thumbprint) {
  const proof = await jose.jwtVerify(ctx.get("dpop"), jose.EmbeddedJWK, { typ: "dpop+jwt", maxTokenAge: 60 });
  const hash = createHash("sha256").update(token).digest("base64url");
  const { htm, htu, ath, jti } = proof.payload;
  const fits = htm === ctx.method && htu === `${issuer}${ctx.path}` && ath === hash && jti;
  if (!fits) throw new Error("the proof is for another request or token");
  if ((await jose.calculateJwkThumbprint(proof.protectedHeader.jwk)) !== thumbprint) {
    throw new Error("the proof is made with another key");
  }
}

const answer = provider.callback();
server.on("request", answer);
tls?.on("request", answer);

console.log(JSON.stringify({
  issuer,
  api,
  secure,
  secret: SECRET,
  clientKey: clientKey.privateKey.export({ format: "pem", type: "pkcs8" }),
}));
process.stdin.on("end", () => process.exit(0)).resume();
