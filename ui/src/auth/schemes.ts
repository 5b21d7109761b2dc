import type { Auth } from "../ipc";
import type { Scheme } from "./blank";
import type { AuthField, SchemeFields } from "./fields";
import { OAUTH2 } from "./oauth2";

const user: AuthField = { at: "username", kind: "text", label: "username" };
const password: AuthField = { at: "password", kind: "secret", label: "password" };
const usesRsa = (auth: Auth) => auth.type === "oauth1" && auth.signatureMethod.startsWith("RSA");

export const JWS_ALGORITHMS = [
  "HS256",
  "HS384",
  "HS512",
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
] as const;

const PUBLIC_KEY_ALGORITHMS = JWS_ALGORITHMS.filter((name) => !name.startsWith("HS"));

/** Every scheme's fields, in the order they are shown. */
export const SCHEMES: Partial<Record<Scheme, SchemeFields>> = {
  basic: { main: [user, password] },
  bearer: { main: [{ at: "token", kind: "secret", label: "token" }] },
  apiKey: {
    main: [
      { at: "key", kind: "text", label: "name" },
      { at: "value", kind: "secret", label: "value" },
      { at: "placement", kind: "select", label: "place", options: ["header", "query", "cookie"] },
    ],
  },
  digest: { main: [user, password] },
  ntlm: {
    main: [
      { ...user, hint: "ntlmUser" },
      password,
      { at: "domain", kind: "text", label: "domain", hint: "optional" },
    ],
  },
  negotiate: {
    main: [
      { at: "service", kind: "text", label: "service", hint: "negotiateService", placeholder: "HTTP@host" },
      { at: "delegate", kind: "switch", label: "delegate", hint: "delegate" },
    ],
  },
  wsse: {
    main: [
      user,
      password,
      { at: "digest", kind: "select", label: "wsseDigest", hint: "wsseDigest", options: ["hex", "raw"] },
    ],
  },
  netrc: { main: [{ at: "file", kind: "text", label: "file", hint: "netrc", placeholder: "~/.netrc" }] },
  hawk: {
    main: [
      { at: "id", kind: "text", label: "keyId" },
      { at: "key", kind: "secret", label: "key" },
      { at: "algorithm", kind: "select", label: "algorithm", options: ["sha256", "sha1"] },
      { at: "includePayloadHash", kind: "switch", label: "payloadHash", hint: "payloadHash" },
    ],
    advanced: [
      {
        id: "more",
        fields: [
          { at: "ext", kind: "text", label: "ext", hint: "hawkExt" },
          { at: "app", kind: "text", label: "app" },
          { at: "dlg", kind: "text", label: "dlg" },
        ],
      },
    ],
  },
  edgeGrid: {
    main: [
      { at: "clientToken", kind: "secret", label: "clientToken" },
      { at: "clientSecret", kind: "secret", label: "clientSecret" },
      { at: "accessToken", kind: "secret", label: "accessToken" },
    ],
    advanced: [
      {
        id: "more",
        fields: [
          { at: "headersToSign", kind: "text", label: "headersToSign", hint: "commas" },
          { at: "maxBodyBytes", kind: "text", label: "maxBodyBytes", placeholder: "131072" },
        ],
      },
    ],
  },
  awsV4: {
    main: [
      { at: "accessKeyId", kind: "text", label: "accessKeyId", hint: "awsKeys" },
      { at: "secretAccessKey", kind: "secret", label: "secretAccessKey" },
      { at: "sessionToken", kind: "secret", label: "sessionToken", hint: "sessionToken" },
      { at: "service", kind: "text", label: "awsService", hint: "fromHost", placeholder: "s3" },
      { at: "region", kind: "text", label: "region", hint: "fromHost", placeholder: "eu-central-1" },
      { at: "profileName", kind: "text", label: "profile", hint: "awsProfile" },
    ],
    advanced: [
      {
        id: "signature",
        fields: [
          { at: "placement", kind: "select", label: "signaturePlace", options: ["header", "query"] },
          {
            at: "payload",
            kind: "select",
            label: "payload",
            hint: "payload",
            options: ["signed", "unsigned", "streamed"],
          },
          {
            at: "expires",
            kind: "text",
            label: "expires",
            placeholder: "300",
            when: (auth) => auth.type === "awsV4" && auth.placement === "query",
          },
        ],
      },
    ],
  },
  oauth1: {
    main: [
      { at: "consumerKey", kind: "text", label: "consumerKey" },
      { at: "consumerSecret", kind: "secret", label: "consumerSecret", when: (auth) => !usesRsa(auth) },
      {
        at: "signatureMethod",
        kind: "list",
        label: "signatureMethod",
        options: [
          "HMAC-SHA1",
          "HMAC-SHA256",
          "HMAC-SHA512",
          "RSA-SHA1",
          "RSA-SHA256",
          "RSA-SHA512",
          "PLAINTEXT",
        ],
      },
      { at: "privateKey", kind: "key", label: "privateKey", when: usesRsa },
      { at: "accessToken", kind: "secret", label: "accessToken", hint: "oauth1Token" },
      { at: "accessTokenSecret", kind: "secret", label: "accessTokenSecret" },
      { at: "realm", kind: "text", label: "realm", hint: "realm" },
    ],
    advanced: [
      {
        id: "threeLegged",
        fields: [
          { at: "requestTokenUrl", kind: "text", label: "requestTokenUrl", hint: "threeLegged" },
          { at: "authorizationUrl", kind: "text", label: "authorizationUrl" },
          { at: "accessTokenUrl", kind: "text", label: "accessTokenUrl" },
          { at: "callbackUrl", kind: "text", label: "callbackUrl", hint: "callbackUrl" },
          { at: "verifier", kind: "secret", label: "verifier", hint: "verifier" },
        ],
      },
      {
        id: "signature",
        fields: [
          { at: "placement", kind: "select", label: "place", options: ["header", "query", "body"] },
          { at: "includeBodyHash", kind: "switch", label: "bodyHash", hint: "bodyHash" },
          { at: "timestamp", kind: "text", label: "timestamp", hint: "fixed" },
          { at: "nonce", kind: "text", label: "nonce", hint: "fixed" },
          { at: "version", kind: "text", label: "version", placeholder: "1.0" },
        ],
      },
    ],
  },
  oauth2: OAUTH2,
  jwt: {
    main: [
      { at: "algorithm", kind: "list", label: "algorithm", options: JWS_ALGORITHMS },
      { at: "key", kind: "key", label: "key", hint: "jwtKey" },
      {
        at: "secretBase64",
        kind: "switch",
        label: "secretBase64",
        when: (auth) => auth.type === "jwt" && auth.algorithm.startsWith("HS"),
      },
      { at: "claims", kind: "json", label: "claims", hint: "jwtClaims" },
      { at: "expiresIn", kind: "text", label: "expiresIn", hint: "expiresIn" },
    ],
    advanced: [
      {
        id: "more",
        fields: [
          { at: "keyId", kind: "text", label: "kid", hint: "optional" },
          { at: "headers", kind: "json", label: "jwtHeaders" },
          { at: "placement", kind: "place", label: "place" },
          { at: "prefix", kind: "text", label: "prefix" },
        ],
      },
    ],
  },
  asap: {
    main: [
      { at: "issuer", kind: "text", label: "assertionIssuer" },
      { at: "audience", kind: "text", label: "audience", hint: "commas" },
      { at: "keyId", kind: "text", label: "kid", hint: "asapKeyId" },
      { at: "privateKey", kind: "key", label: "privateKey" },
    ],
    advanced: [
      {
        id: "more",
        fields: [
          { at: "subject", kind: "text", label: "subject", hint: "asapSubject" },
          {
            at: "algorithm",
            kind: "list",
            label: "algorithm",
            options: PUBLIC_KEY_ALGORITHMS,
          },
          { at: "expiresIn", kind: "text", label: "expiresIn", placeholder: "60" },
          { at: "claims", kind: "json", label: "moreClaims" },
        ],
      },
    ],
  },
};

/** Every field of a scheme, shown or not. */
export function allFields(scheme: Scheme): readonly AuthField[] {
  const { main = [], advanced = [] } = SCHEMES[scheme] ?? {};
  return [...main, ...advanced.flatMap((group) => group.fields)];
}
