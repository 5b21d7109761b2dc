import type { Auth, KeyText, TokenPlacement } from "../ipc";

export type Scheme = Auth["type"];
/** Auth of one scheme. */
export type AuthOf<S extends Scheme> = Extract<Auth, { type: S }>;

const noKey: KeyText = { type: "none" };
const inHeader: TokenPlacement = { header: "Authorization" };
const person = { username: "", password: "" };

const BLANK: { [S in Exclude<Scheme, "other">]: AuthOf<S> } = {
  inherit: { type: "inherit" },
  none: { type: "none" },
  basic: { type: "basic", ...person },
  bearer: { type: "bearer", token: "" },
  apiKey: { type: "apiKey", key: "X-API-Key", value: "", placement: "header" },
  digest: { type: "digest", ...person },
  ntlm: { type: "ntlm", ...person, domain: "" },
  negotiate: { type: "negotiate", service: "", delegate: false },
  wsse: { type: "wsse", ...person, digest: "hex" },
  netrc: { type: "netrc", file: "" },
  hawk: {
    type: "hawk",
    id: "",
    key: "",
    algorithm: "sha256",
    ext: "",
    app: "",
    dlg: "",
    includePayloadHash: false,
  },
  edgeGrid: {
    type: "edgeGrid",
    clientToken: "",
    clientSecret: "",
    accessToken: "",
    headersToSign: "",
    maxBodyBytes: "",
  },
  awsV4: {
    type: "awsV4",
    accessKeyId: "",
    secretAccessKey: "",
    sessionToken: "",
    service: "",
    region: "",
    profileName: "",
    placement: "header",
    payload: "signed",
    expires: "",
  },
  oauth1: {
    type: "oauth1",
    consumerKey: "",
    consumerSecret: "",
    accessToken: "",
    accessTokenSecret: "",
    callbackUrl: "",
    verifier: "",
    signatureMethod: "",
    privateKey: noKey,
    timestamp: "",
    nonce: "",
    version: "",
    realm: "",
    placement: "header",
    includeBodyHash: false,
    requestTokenUrl: "",
    authorizationUrl: "",
    accessTokenUrl: "",
  },
  oauth2: {
    type: "oauth2",
    flow: "authorization_code",
    issuer: "",
    authorizationUrl: "",
    accessTokenUrl: "",
    refreshTokenUrl: "",
    deviceAuthorizationUrl: "",
    pushedAuthorizationUrl: "",
    revocationUrl: "",
    introspectionUrl: "",
    jwksUrl: "",
    callbackUrl: "",
    credentials: { clientId: "", clientSecret: "" },
    clientAuthentication: "basic",
    clientKey: noKey,
    clientKeyAlgorithm: "",
    clientKeyId: "",
    resourceOwner: person,
    scope: "",
    audience: "",
    resource: "",
    prompt: "",
    state: "",
    pkce: { disabled: false, method: "" },
    pushedAuthorization: false,
    dpop: false,
    assertion: {
      issuer: "",
      subject: "",
      audience: "",
      algorithm: "",
      key: noKey,
      keyId: "",
      claims: "",
    },
    exchange: {
      subjectToken: "",
      subjectTokenType: "",
      actorToken: "",
      actorTokenType: "",
      requestedTokenType: "",
    },
    additionalParameters: { authorizationRequest: [], accessTokenRequest: [], refreshTokenRequest: [] },
    tokenConfig: { id: "", placement: inHeader, source: "access_token" },
    headerPrefix: "",
    settings: { autoFetchToken: true, autoRefreshToken: true },
  },
  jwt: {
    type: "jwt",
    algorithm: "HS256",
    key: noKey,
    secretBase64: false,
    keyId: "",
    claims: "{}",
    headers: "",
    expiresIn: "300",
    placement: inHeader,
    prefix: "Bearer",
  },
  asap: {
    type: "asap",
    algorithm: "",
    issuer: "",
    subject: "",
    audience: "",
    keyId: "",
    privateKey: noKey,
    claims: "",
    expiresIn: "",
  },
};

/** A scheme with nothing filled in; one that this version cannot apply has none. */
export function blankAuth(scheme: Scheme): Auth | null {
  return scheme === "other" ? null : BLANK[scheme];
}

/** Schemes as they are offered, in groups of those that are alike. */
export const SCHEME_GROUPS = [
  { id: "start", schemes: ["inherit", "none"] },
  { id: "plain", schemes: ["basic", "bearer", "apiKey", "netrc"] },
  { id: "tokens", schemes: ["oauth2", "oauth1", "jwt", "asap"] },
  { id: "challenge", schemes: ["digest", "ntlm", "negotiate"] },
  { id: "signed", schemes: ["awsV4", "hawk", "edgeGrid", "wsse"] },
] as const satisfies readonly { id: string; schemes: readonly Scheme[] }[];

/** The name a file gives a scheme, as the scheme it is here. */
export function schemeOfFile(name: string): Scheme | null {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  const known = Object.keys(BLANK).find((each) => each.toLowerCase() === plain);
  const other: Record<string, Scheme> = {
    aws: "awsV4",
    awsv4: "awsV4",
    akamaiedgegrid: "edgeGrid",
    oauth: "oauth1",
    kerberos: "negotiate",
  };
  return (known as Scheme | undefined) ?? other[plain] ?? null;
}
