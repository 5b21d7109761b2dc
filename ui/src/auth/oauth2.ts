import type { Auth, Flow } from "../ipc";
import type { AuthOf } from "./blank";
import type { AuthField, SchemeFields } from "./fields";

/** The flows, most used first. */
export const FLOWS: readonly Flow[] = [
  "authorization_code",
  "client_credentials",
  "device_code",
  "resource_owner_password_credentials",
  "jwt_bearer",
  "token_exchange",
  "implicit",
];

const oauth2 = (auth: Auth): AuthOf<"oauth2"> | null => (auth.type === "oauth2" ? auth : null);
const inFlow =
  (...flows: Flow[]) =>
  (auth: Auth): boolean => {
    const flow = oauth2(auth)?.flow;
    return flow !== undefined && flows.includes(flow);
  };
const byBrowser = inFlow("authorization_code", "implicit");
const byCode = inFlow("authorization_code");
const byDevice = inFlow("device_code");
const byPassword = inFlow("resource_owner_password_credentials");
const byAssertion = inFlow("jwt_bearer");
const byExchange = inFlow("token_exchange");
const hasTokenRequest = (auth: Auth) => !inFlow("implicit")(auth);
const provesByKey = (auth: Auth) => oauth2(auth)?.clientAuthentication === "private_key_jwt";
const signsItself = (auth: Auth) => provesByKey(auth) || provesBySecret(auth);
const provesBySecret = (auth: Auth) => oauth2(auth)?.clientAuthentication === "client_secret_jwt";

const MAIN: readonly AuthField[] = [
  { at: "flow", kind: "select", label: "flow", options: FLOWS },
  { at: "issuer", kind: "text", label: "issuer", hint: "issuer", placeholder: "https://" },
  { at: "authorizationUrl", kind: "text", label: "authorizationUrl", when: byBrowser },
  { at: "deviceAuthorizationUrl", kind: "text", label: "deviceAuthorizationUrl", when: byDevice },
  { at: "accessTokenUrl", kind: "text", label: "accessTokenUrl", when: hasTokenRequest },
  { at: "credentials.clientId", kind: "text", label: "clientId" },
  {
    at: "credentials.clientSecret",
    kind: "secret",
    label: "clientSecret",
    hint: "clientSecret",
    when: hasTokenRequest,
  },
  { at: "resourceOwner.username", kind: "text", label: "username", when: byPassword },
  { at: "resourceOwner.password", kind: "secret", label: "password", when: byPassword },
  { at: "assertion.issuer", kind: "text", label: "assertionIssuer", hint: "assertion", when: byAssertion },
  { at: "assertion.subject", kind: "text", label: "subject", hint: "assertionSubject", when: byAssertion },
  { at: "assertion.key", kind: "key", label: "privateKey", when: byAssertion },
  { at: "exchange.subjectToken", kind: "secret", label: "subjectToken", when: byExchange },
  { at: "exchange.actorToken", kind: "secret", label: "actorToken", hint: "optional", when: byExchange },
  { at: "scope", kind: "text", label: "scope", hint: "scope" },
  {
    at: "callbackUrl",
    kind: "text",
    label: "callbackUrl",
    hint: "callbackUrl",
    placeholder: "http://127.0.0.1/callback",
    when: byBrowser,
  },
];

/** OAuth 2.0 and OpenID Connect. */
export const OAUTH2: SchemeFields = {
  main: MAIN,
  advanced: [
    {
      id: "client",
      fields: [
        {
          at: "clientAuthentication",
          kind: "select",
          label: "clientAuthentication",
          hint: "clientAuthentication",
          options: ["basic", "post", "client_secret_jwt", "private_key_jwt", "tls_client_auth", "none"],
          when: hasTokenRequest,
        },
        { at: "clientKey", kind: "key", label: "clientKey", when: provesByKey },
        {
          at: "clientKeyAlgorithm",
          kind: "list",
          label: "algorithm",
          options: ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"],
          when: provesByKey,
        },
        {
          at: "clientKeyAlgorithm",
          kind: "list",
          label: "algorithm",
          options: ["HS256", "HS384", "HS512"],
          when: provesBySecret,
        },
        { at: "clientKeyId", kind: "text", label: "kid", when: signsItself },
      ],
    },
    {
      id: "assertion",
      fields: [
        {
          at: "assertion.audience",
          kind: "text",
          label: "audience",
          hint: "tokenEndpoint",
          when: byAssertion,
        },
        {
          at: "assertion.algorithm",
          kind: "list",
          label: "algorithm",
          options: ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"],
          when: byAssertion,
        },
        { at: "assertion.keyId", kind: "text", label: "kid", when: byAssertion },
        { at: "assertion.claims", kind: "json", label: "moreClaims", when: byAssertion },
        { at: "exchange.subjectTokenType", kind: "text", label: "subjectTokenType", when: byExchange },
        { at: "exchange.actorTokenType", kind: "text", label: "actorTokenType", when: byExchange },
        { at: "exchange.requestedTokenType", kind: "text", label: "requestedTokenType", when: byExchange },
      ],
    },
    {
      id: "asking",
      fields: [
        { at: "pkce.disabled", kind: "off", label: "pkce", hint: "pkce", when: byCode },
        {
          at: "pkce.method",
          kind: "list",
          label: "pkceMethod",
          options: ["S256", "plain"],
          when: (auth) => byCode(auth) && oauth2(auth)?.pkce.disabled === false,
        },
        { at: "audience", kind: "text", label: "audience", hint: "audience" },
        { at: "resource", kind: "text", label: "resource", hint: "resource" },
        { at: "prompt", kind: "text", label: "prompt", placeholder: "login consent", when: byBrowser },
        { at: "state", kind: "text", label: "state", hint: "fixed", when: byBrowser },
        { at: "pushedAuthorization", kind: "switch", label: "par", hint: "par", when: byCode },
        {
          at: "pushedAuthorizationUrl",
          kind: "text",
          label: "parUrl",
          when: (auth) => byCode(auth) && oauth2(auth)?.pushedAuthorization === true,
        },
        { at: "dpop", kind: "switch", label: "dpop", hint: "dpop" },
      ],
    },
    {
      id: "endpoints",
      fields: [
        { at: "refreshTokenUrl", kind: "text", label: "refreshTokenUrl", hint: "refreshTokenUrl" },
        { at: "revocationUrl", kind: "text", label: "revocationUrl" },
        { at: "introspectionUrl", kind: "text", label: "introspectionUrl" },
        { at: "jwksUrl", kind: "text", label: "jwksUrl", hint: "jwksUrl" },
      ],
    },
    {
      id: "token",
      fields: [
        {
          at: "tokenConfig.source",
          kind: "select",
          label: "tokenKind",
          options: ["access_token", "id_token"],
        },
        { at: "tokenConfig.placement", kind: "place", label: "place" },
        { at: "headerPrefix", kind: "text", label: "prefix", hint: "prefix", placeholder: "Bearer" },
        { at: "settings.autoFetchToken", kind: "switch", label: "autoFetch", hint: "autoFetch" },
        { at: "settings.autoRefreshToken", kind: "switch", label: "autoRefresh" },
        { at: "tokenConfig.id", kind: "text", label: "tokenId", hint: "tokenId" },
      ],
    },
    {
      id: "parameters",
      fields: [
        {
          at: "additionalParameters.authorizationRequest",
          kind: "parameters",
          label: "authorizationParameters",
          when: inFlow("authorization_code", "implicit", "device_code"),
        },
        {
          at: "additionalParameters.accessTokenRequest",
          kind: "parameters",
          label: "tokenParameters",
          when: hasTokenRequest,
        },
        {
          at: "additionalParameters.refreshTokenRequest",
          kind: "parameters",
          label: "refreshParameters",
          when: hasTokenRequest,
        },
      ],
    },
  ],
};
