// Written by `make bindings` from crates/app/src/commands.rs and wire/. Do not edit.

/**
 * A further parameter.
 */
export type AdditionalParameter = { 
/**
 * Its name.
 */
name: string, 
/**
 * Its value.
 */
value: string, 
/**
 * Where it goes.
 */
placement: ParameterPlace, };

/**
 * Further parameters of each step.
 */
export type AdditionalParameters = { 
/**
 * Of the authorization (and device authorization) request.
 */
authorizationRequest: Array<AdditionalParameter>, 
/**
 * Of the token request.
 */
accessTokenRequest: Array<AdditionalParameter>, 
/**
 * Of the refresh request.
 */
refreshTokenRequest: Array<AdditionalParameter>, };

/**
 * One operation that differs.
 */
export type ApiChange = { 
/**
 * Counts from 0 over all three lists.
 */
id: number, 
/**
 * Name of the request.
 */
name: string, 
/**
 * Its method.
 */
method: string, 
/**
 * Where it is in the workspace.
 */
path: string | null, 
/**
 * In words: `new query parameter limit`.
 */
what: Array<string>, 
/**
 * Whether the user changed it since it was imported.
 */
edited: boolean, };

/**
 * What a description says otherwise than the workspace.
 */
export type ApiDifference = { 
/**
 * Names it until it is applied or dropped.
 */
id: string, 
/**
 * Operations that are new.
 */
added: Array<ApiChange>, 
/**
 * Operations that changed.
 */
changed: Array<ApiChange>, 
/**
 * Operations that are gone.
 */
gone: Array<ApiChange>, };

/**
 * Where an API key goes.
 */
export type ApiKeyPlace = "header" | "query" | "cookie";

/**
 * Takes changes over, without what the user edited.
 */
export type ApplyApiDifference = { 
/**
 * The difference.
 */
id: string, 
/**
 * The chosen changes.
 */
changes: Array<number>, };

/**
 * Writes a preview, as a whole or not at all.
 */
export type ApplyImport = { 
/**
 * The preview.
 */
id: string, 
/**
 * Where it goes.
 */
target: ImportTarget, 
/**
 * The chosen items; a folder brings only those of its items that are chosen too. None for all.
 */
nodes: Array<number> | null, 
/**
 * The chosen environments; none for all.
 */
environments: Array<number> | null, 
/**
 * What becomes of each credential; one that is not named is left out.
 */
secrets: Array<SecretDecision>, 
/**
 * Remember the description, for later differences.
 */
link: boolean, };

/**
 * Lets a command run when its output is asked for as a secret's value.
 */
export type ApproveCommand = { 
/**
 * The very command.
 */
command: string, 
/**
 * Allow or forbid.
 */
approved: boolean, };

/**
 * Atlassian ASAP (s2sauth.bitbucket.io/spec).
 */
export type Asap = { 
/**
 * `RS256`, `ES256`, …; empty for `RS256`.
 */
algorithm: string, 
/**
 * `iss`.
 */
issuer: string, 
/**
 * `sub`; empty for the issuer.
 */
subject: string, 
/**
 * `aud`; several are separated by commas.
 */
audience: string, 
/**
 * `kid`.
 */
keyId: string, 
/**
 * The private key: PEM, or Atlassian's `data:application/pkcs8;kid=…;base64,…`.
 */
privateKey: KeyText, 
/**
 * Further claims as a JSON object; empty for none.
 */
claims: string, 
/**
 * Seconds until it expires, at most 3600; empty for 60.
 */
expiresIn: string, };

/**
 * How a request proves who it is from. Fields take variables; secrets belong in secret variables.
 */
export type Auth = { "type": "inherit" } | { "type": "none" } | { "type": "basic", 
/**
 * User id.
 */
username: string, 
/**
 * Password.
 */
password: string, } | { "type": "bearer", 
/**
 * The token.
 */
token: string, } | { "type": "apiKey", 
/**
 * Header, parameter or cookie name.
 */
key: string, 
/**
 * Its value.
 */
value: string, 
/**
 * Where it goes.
 */
placement: ApiKeyPlace, } | { "type": "digest", 
/**
 * User name.
 */
username: string, 
/**
 * Password.
 */
password: string, } | { "type": "ntlm", 
/**
 * User name; `DOMAIN\user` and `user@domain` are understood.
 */
username: string, 
/**
 * Password.
 */
password: string, 
/**
 * Domain; empty for what the user name or the server says.
 */
domain: string, } | { "type": "negotiate", 
/**
 * The service's principal; empty for `HTTP@host`.
 */
service: string, 
/**
 * Hand the server a ticket to act on the user's behalf.
 */
delegate: boolean, } | { "type": "hawk" } & Hawk | { "type": "wsse", 
/**
 * User name.
 */
username: string, 
/**
 * Password.
 */
password: string, 
/**
 * What is made of the hash before it is encoded.
 */
digest: WsseDigest, } | { "type": "edgeGrid" } & EdgeGrid | { "type": "awsV4" } & AwsV4 | { "type": "oauth1" } & OAuth1 | { "type": "oauth2" } & OAuth2 | { "type": "jwt" } & Jwt | { "type": "asap" } & Asap | { "type": "netrc", 
/**
 * Path of the file; empty for `$NETRC` or the one in the home folder.
 */
file: string, } | { "type": "other", 
/**
 * The scheme's name in the file.
 */
scheme: string, };

/**
 * What a server did with each kind of credential.
 */
export type AuthCheck = { 
/**
 * In the order they were sent.
 */
rows: Array<AuthCheckRow>, 
/**
 * How many rows are let in that should have been refused.
 */
holes: number, };

/**
 * One kind of credential.
 */
export type AuthCheckRow = { 
/**
 * Which.
 */
variant: AuthVariant, 
/**
 * In words: `No credential`.
 */
title: string, 
/**
 * What came of it; none when it was not sent.
 */
exchange: Exchange | null, 
/**
 * What that means.
 */
verdict: AuthVerdict, 
/**
 * In a sentence.
 */
note: string, };

/**
 * Names the auth of a request, folder or collection, as shown (saved or not).
 */
export type AuthPlace = { 
/**
 * Path of the request or folder, for its variables and what it inherits; empty at the top.
 */
path: string, 
/**
 * The auth; `inherit` stands for the one above.
 */
auth: Auth, 
/**
 * The request as shown, for its own variables.
 */
request: Request | null, };

/**
 * Kinds of credentials.
 */
export type AuthVariant = "valid" | "nothing" | "wrong" | "tampered" | "expired" | "otherEnvironment";

/**
 * What a row means.
 */
export type AuthVerdict = "good" | "hole" | "refused" | "unusual" | "unclear" | "skipped";

/**
 * How the body takes part in an AWS signature.
 */
export type AwsPayload = "signed" | "unsigned" | "streamed";

/**
 * AWS Signature Version 4. Keys come from the fields, else from the profile, else from the
 * environment (`AWS_ACCESS_KEY_ID`, …), else from the profile `default`.
 */
export type AwsV4 = { 
/**
 * Access key id.
 */
accessKeyId: string, 
/**
 * Secret access key.
 */
secretAccessKey: string, 
/**
 * Session token of temporary credentials; empty for none.
 */
sessionToken: string, 
/**
 * Service, such as `s3`; empty for what the host name says.
 */
service: string, 
/**
 * Region, such as `eu-central-1`; empty for what the host name, profile or environment says.
 */
region: string, 
/**
 * Profile of the AWS files to take keys from; empty for none.
 */
profileName: string, 
/**
 * Where the signature goes.
 */
placement: SignaturePlace, 
/**
 * How the body takes part in the signature.
 */
payload: AwsPayload, 
/**
 * How long a signature in the query is valid, in seconds; empty for 300.
 */
expires: string, };

/**
 * What a request carries.
 */
export type Body = { "type": "none" } | { "type": "raw", 
/**
 * Decides highlighting and the default Content-Type.
 */
language: RawLanguage, 
/**
 * The text, before rendering.
 */
text: string, } | { "type": "formUrlEncoded", 
/**
 * Fields in order.
 */
rows: Array<FormRow>, } | { "type": "multipart", 
/**
 * Parts in order.
 */
rows: Array<MultipartRow>, } | { "type": "file", 
/**
 * The alternatives listed in the file; one is selected.
 */
files: Array<FileBody>, };

/**
 * A small body for a preview.
 */
export type BodyData = { 
/**
 * Base64 of the bytes; previews are limited to 16 MiB.
 */
base64: string, };

/**
 * Names a body.
 */
export type BodyId = { 
/**
 * From [`BodyInfo`].
 */
body: string, };

/**
 * A stored body.
 */
export type BodyInfo = { 
/**
 * Names it in the spool.
 */
id: string, 
/**
 * Decoded bytes.
 */
size: number, 
/**
 * Content-Type as it came.
 */
contentType: string, 
/**
 * What it seems to be: `json`, `xml`, `html`, `csv`, `image`, `text`, `binary`, …
 */
language: string, 
/**
 * Views that make sense, best first.
 */
views: Array<ViewKind>, };

/**
 * Everything a window needs for its first frame.
 */
export type Boot = { 
/**
 * Version of the app.
 */
version: string, 
/**
 * `linux`, `macos` or `windows`.
 */
platform: string, 
/**
 * App-wide settings.
 */
settings: Settings, 
/**
 * The workspace of this window, if one is open.
 */
workspace: WorkspaceView | null, 
/**
 * Why the last workspace could not be opened.
 */
workspaceError: WireError | null, 
/**
 * Workspaces opened before, newest first.
 */
recent: Array<RecentWorkspace>, 
/**
 * State of the keychain; checked in the background after the first frame.
 */
keychain: KeychainView, 
/**
 * The playground's URL when it runs.
 */
playground: string | null, };

/**
 * Cancels a running exchange.
 */
export type Cancel = { 
/**
 * As in [`Send`].
 */
exchange: string, };

/**
 * A value taken from a response into a variable (`runtime.actions`, `set-variable`).
 */
export type Capture = { 
/**
 * What is taken; the same expressions as a [`Check`].
 */
expression: string, 
/**
 * The variable that gets it.
 */
variable: string, 
/**
 * The scope it is set in.
 */
scope: CaptureScope, 
/**
 * Free text for people.
 */
description: string, 
/**
 * Disabled captures do nothing.
 */
enabled: boolean, };

/**
 * What one capture did.
 */
export type CaptureResult = { 
/**
 * The variable.
 */
variable: string, 
/**
 * The value, at most 200 characters; masked for a secret variable.
 */
value: string | null, 
/**
 * Why nothing was captured.
 */
error: string | null, };

/**
 * Scopes a capture may write to.
 */
export type CaptureScope = "runtime" | "request" | "folder" | "collection" | "environment";

/**
 * A certificate of the chain.
 */
export type Certificate = { 
/**
 * Subject name.
 */
subject: string, 
/**
 * Issuer name.
 */
issuer: string, 
/**
 * RFC 3339.
 */
notBefore: string, 
/**
 * RFC 3339.
 */
notAfter: string, 
/**
 * Subject alternative names.
 */
names: Array<string>, 
/**
 * SHA-256 in hex.
 */
fingerprint: string, };

/**
 * Where a certificate and its key are. Paths are relative to the workspace and take variables.
 */
export type CertificateFiles = { "type": "pem", 
/**
 * The certificate, with its chain.
 */
certificateFilePath: string, 
/**
 * Its private key.
 */
privateKeyFilePath: string, } | { "type": "pkcs12", 
/**
 * The file.
 */
pkcs12FilePath: string, };

/**
 * A declarative check on a response (`runtime.assertions` in `OpenCollection`).
 */
export type Check = { 
/**
 * What is looked at: `res.status`, `res.responseTime`, `res.size`, `res.headers.NAME`, `res.body`,
 * `res.body.a.b[0]`, a JSONPath (`$.a`, RFC 9535), an XPath (`/a/b` or `//b`), or `regex(…)` over the body.
 */
expression: string, 
/**
 * How it is compared.
 */
operator: Operator, 
/**
 * What with; may contain variables. Unused by the `is…` operators.
 */
value: string, 
/**
 * Free text for people.
 */
description: string, 
/**
 * Disabled checks are not evaluated.
 */
enabled: boolean, };

/**
 * Sends a request with credentials of several kinds and compares. Streams each row; the result is all.
 */
export type CheckAuth = { 
/**
 * Chosen by the caller; names it for `cancel`.
 */
exchange: string, 
/**
 * Where the request is saved.
 */
path: string | null, 
/**
 * The request as shown.
 */
request: Request, 
/**
 * The environment whose credentials must not work in the chosen one; none leaves that row out.
 */
otherEnvironment: string | null, };

/**
 * The result of one check.
 */
export type CheckResult = { 
/**
 * The check as written.
 */
check: Check, 
/**
 * Whether it holds.
 */
passed: boolean, 
/**
 * What was found, at most 200 characters.
 */
actual: string, 
/**
 * In words: `status is 200`, or why it fails.
 */
message: string, };

/**
 * What a token says of itself.
 */
export type ClaimsView = { 
/**
 * Header and claims as indented JSON.
 */
json: string, 
/**
 * Whether its signature was checked.
 */
checked: boolean, 
/**
 * Why it was not, or by which key it was.
 */
note: string, };

/**
 * How a client proves itself to the token endpoint (`OpenID` Connect Core §9, RFC 8705).
 */
export type ClientAuthentication = "basic" | "post" | "client_secret_jwt" | "private_key_jwt" | "tls_client_auth" | "none";

/**
 * A certificate that a client shows to some hosts (`OpenCollection`'s `clientCertificates`).
 */
export type ClientCertificate = { 
/**
 * Host, `*.example.com` or `host:port` it is shown to.
 */
domain: string, 
/**
 * The files.
 */
files: CertificateFiles, 
/**
 * Passphrase of the key, as a rule `{{name}}` of a secret variable; empty for none.
 */
passphrase: string, 
/**
 * A disabled one is never shown.
 */
disabled: boolean, };

/**
 * Who the client is.
 */
export type ClientCredentials = { 
/**
 * `client_id`.
 */
clientId: string, 
/**
 * `client_secret`; empty for a public client.
 */
clientSecret: string, };

/**
 * A language and library to write requests in.
 */
export type CodeTarget = { 
/**
 * `python-requests`.
 */
id: string, 
/**
 * `Python`.
 */
language: string, 
/**
 * `requests`; empty where the language has one way.
 */
library: string, 
/**
 * What highlights it.
 */
syntax: string, };

/**
 * The commands of this workspace's secrets, each with whether it may run.
 */
export type CommandApproval = { 
/**
 * As written.
 */
command: string, 
/**
 * Whether it may run on this machine.
 */
approved: boolean, };

/**
 * Compares an unsaved request with the file.
 */
export type CompareRequest = { 
/**
 * Path relative to the root.
 */
path: string, 
/**
 * Mine.
 */
request: Request, };

/**
 * Both sides as file text, line by line.
 */
export type Comparison = { 
/**
 * Lines in order.
 */
lines: Array<DiffLine>, };

/**
 * A cookie of a response.
 */
export type CookieSet = { 
/**
 * Name.
 */
name: string, 
/**
 * Value.
 */
value: string, 
/**
 * Attributes in words: `Path=/; HttpOnly`.
 */
attributes: string, 
/**
 * Why it was not stored.
 */
rejected: string | null, };

/**
 * A cookie of the jar of this workspace and environment (RFC 6265bis §5).
 */
export type CookieView = { 
/**
 * Name.
 */
name: string, 
/**
 * Value.
 */
value: string, 
/**
 * Domain without a leading dot.
 */
domain: string, 
/**
 * Path.
 */
path: string, 
/**
 * RFC 3339; none is a session cookie.
 */
expires: string | null, 
/**
 * Only over https.
 */
secure: boolean, 
/**
 * Not for scripts.
 */
httpOnly: boolean, 
/**
 * Only for exactly this host.
 */
hostOnly: boolean, 
/**
 * `Strict`, `Lax`, `None`, or empty.
 */
sameSite: string, };

/**
 * The jar.
 */
export type Cookies = { 
/**
 * By domain, path and name.
 */
cookies: Array<CookieView>, 
/**
 * In words, when the jar is kept for this session only.
 */
notice: string | null, };

/**
 * Asks to see a token.
 */
export type CopyToken = { 
/**
 * Whose auth.
 */
place: AuthPlace, 
/**
 * Which one.
 */
which: TokenWhich, };

/**
 * Makes an environment.
 */
export type CreateEnvironment = { 
/**
 * New name.
 */
name: string, 
/**
 * Copy variables (not secret values) from this one.
 */
copyFrom: string | null, };

/**
 * Makes a folder.
 */
export type CreateFolder = { 
/**
 * Folder path; empty at the top.
 */
parent: string, 
/**
 * Shown name.
 */
name: string, };

/**
 * Makes a request file.
 */
export type CreateRequest = { 
/**
 * Folder path; empty at the top.
 */
parent: string, 
/**
 * Its name decides the file's.
 */
request: Request, 
/**
 * The tab whose draft becomes this file.
 */
tab: string | null, };

/**
 * Makes a new workspace and opens it.
 */
export type CreateWorkspace = { 
/**
 * Absolute path; made when it is not there; must not hold a workspace yet.
 */
path: string, 
/**
 * Collection name.
 */
name: string, 
/**
 * Fill it with requests against the playground.
 */
example: boolean, };

/**
 * A curl command line.
 */
export type CurlText = { 
/**
 * As pasted.
 */
text: string, };

/**
 * What requests inherit from a folder or collection.
 */
export type Defaults = { 
/**
 * Sent unless a request or an inner folder has a header of the same name.
 */
headers: Array<Header>, 
/**
 * Used by requests whose auth is `inherit`.
 */
auth: Auth, 
/**
 * Variables of this scope.
 */
variables: Array<Variable>, 
/**
 * Scripts of this scope; kept and shown.
 */
scripts: Array<Script>, 
/**
 * Settings for requests that leave them open.
 */
settings: RequestSettings, };

/**
 * Deleted, and how to take it back.
 */
export type Deleted = { 
/**
 * For `undoDelete`.
 */
undo: string, 
/**
 * The tree now.
 */
nodes: Array<Node>, };

/**
 * One line of a comparison.
 */
export type DiffLine = { 
/**
 * Whose line it is.
 */
side: DiffSide, 
/**
 * The line without its end.
 */
text: string, };

/**
 * Whose line.
 */
export type DiffSide = "both" | "mine" | "theirs";

/**
 * Forgets a tab's draft.
 */
export type DiscardDraft = { 
/**
 * The tab's id.
 */
tab: string, };

/**
 * Unsaved work of one tab.
 */
export type Draft = { 
/**
 * The tab's id, chosen by the UI.
 */
tab: string, 
/**
 * The request's file; none for one never saved.
 */
path: string | null, 
/**
 * Revision of the file the draft started from.
 */
baseRevision: string | null, 
/**
 * The request as typed.
 */
request: Request, };

/**
 * Forgets a preview.
 */
export type DropImport = { 
/**
 * The preview.
 */
id: string, };

/**
 * A variable whose value is made at each use.
 */
export type DynamicVariable = { 
/**
 * With the dollar sign.
 */
name: string, 
/**
 * What it makes.
 */
description: string, };

/**
 * The fields of Akamai `EdgeGrid` (`EG1-HMAC-SHA256`).
 */
export type EdgeGrid = { 
/**
 * Client token.
 */
clientToken: string, 
/**
 * Client secret.
 */
clientSecret: string, 
/**
 * Access token.
 */
accessToken: string, 
/**
 * Names of headers that are signed, separated by commas.
 */
headersToSign: string, 
/**
 * How many bytes of a POST body are hashed; empty for 131072.
 */
maxBodyBytes: string, };

/**
 * Arguments of a command that takes none; result of one that has nothing to say.
 */
export type Empty = Record<symbol, never>;

/**
 * A named set of variables, one file in `environments/`.
 */
export type Environment = { 
/**
 * Unique in its workspace.
 */
name: string, 
/**
 * CSS colour of its dot, such as `#d9a441`; empty for none.
 */
color: string, 
/**
 * Free text for people.
 */
description: string, 
/**
 * The environment whose variables this one starts from.
 */
extends: string | null, 
/**
 * A `.env` file, relative to the workspace; its variables rank below this environment's own.
 */
dotEnvFile: string | null, 
/**
 * Own variables in order.
 */
variables: Array<Variable>, 
/**
 * Certificates shown to hosts in this environment, before those of the collection.
 */
clientCertificates: Array<ClientCertificate>, };

/**
 * An environment as on disk.
 */
export type EnvironmentDoc = { 
/**
 * Hash of the file's bytes.
 */
revision: string, 
/**
 * The environment.
 */
environment: Environment, 
/**
 * For each secret variable, where its value is.
 */
secrets: Array<SecretView>, };

/**
 * Names an environment.
 */
export type EnvironmentName = { 
/**
 * Its name.
 */
name: string, };

/**
 * An environment in a list.
 */
export type EnvironmentSummary = { 
/**
 * Its name.
 */
name: string, 
/**
 * CSS colour; empty for none.
 */
color: string, 
/**
 * Why its file cannot be read.
 */
error: WireError | null, };

/**
 * A finished exchange: what was sent and what came back.
 */
export type Exchange = { 
/**
 * Entry in history; none when it was not kept.
 */
historyId: string | null, 
/**
 * How it ended.
 */
state: ExchangeState, 
/**
 * RFC 3339 time it began.
 */
startedAt: string, 
/**
 * Environment it was sent in.
 */
environment: string | null, 
/**
 * Method and final URL with secrets masked.
 */
method: string, 
/**
 * URL of the first hop with secrets masked.
 */
url: string, 
/**
 * Status of the last hop.
 */
status: number | null, 
/**
 * Reason phrase of the last hop.
 */
reason: string, 
/**
 * `HTTP/1.1`, `HTTP/2`
 */
httpVersion: string, 
/**
 * Whole time in microseconds.
 */
durationUs: number, 
/**
 * Every request and response, in order.
 */
hops: Array<Hop>, 
/**
 * What went wrong, if something did; there may still be a response.
 */
error: WireError | null, 
/**
 * The body of the last hop.
 */
body: BodyInfo | null, 
/**
 * Results of the checks.
 */
checks: Array<CheckResult>, 
/**
 * What the captures did.
 */
captures: Array<CaptureResult>, 
/**
 * Things worth knowing: variables without a value, auth that could not be applied, cookies refused.
 */
warnings: Array<string>, 
/**
 * The answer against the schema of its operation, where the request is from a description that
 * has one for it.
 */
schema?: SchemaCheck, };

/**
 * What happens while a request is on its way.
 */
export type ExchangeEvent = { "type": "phase", 
/**
 * Which.
 */
phase: Phase, 
/**
 * The host it is about.
 */
host: string, } | { "type": "redirect", 
/**
 * Its status.
 */
status: number, 
/**
 * Where to.
 */
location: string, } | { "type": "head", 
/**
 * Status code.
 */
status: number, 
/**
 * Reason phrase; empty over HTTP/2.
 */
reason: string, } | { "type": "growth", 
/**
 * Bytes on the wire so far.
 */
received: number, 
/**
 * Announced length, when there is one.
 */
expected: number | null, } | { "type": "playground", 
/**
 * Its URL.
 */
url: string, };

/**
 * How an exchange ended.
 */
export type ExchangeState = "complete" | "truncated" | "cancelled" | "failed";

/**
 * Exports to files.
 */
export type Export = { 
/**
 * Folders and requests; an empty path for all.
 */
paths: Array<string>, 
/**
 * Id of the format.
 */
format: string, 
/**
 * Names of the environments that go with them.
 */
environments: Array<string>, 
/**
 * Absolute path of the file, or of the folder for several.
 */
to: string, };

/**
 * A format to export to.
 */
export type ExportFormat = { 
/**
 * Its id.
 */
id: string, 
/**
 * What people call it.
 */
name: string, 
/**
 * Extension of the file without its dot.
 */
fileExtension: string, 
/**
 * Whether it is written as a folder of files.
 */
folder: boolean, };

/**
 * Writes exchanges as a HAR: chosen ones, those of a search, or all.
 */
export type ExportHistory = { 
/**
 * Chosen by the caller, unique among what runs; names the export for `cancel`.
 */
id: string, 
/**
 * Only these entries; none for all that `search` finds.
 */
ids: Array<string> | null, 
/**
 * What is looked for when no entries are named; a limit of 0 is none.
 */
search: SearchHistory, 
/**
 * Absolute path of the file.
 */
to: string, };

/**
 * What an export would write.
 */
export type ExportPreview = { 
/**
 * How many files.
 */
files: number, 
/**
 * How long they are together.
 */
bytes: number, 
/**
 * What came out differently or not at all.
 */
lines: Array<ReceiptLine>, };

/**
 * What was written.
 */
export type Exported = { 
/**
 * Absolute paths.
 */
files: Array<string>, 
/**
 * What came out differently or not at all.
 */
lines: Array<ReceiptLine>, };

/**
 * Fetches what a preview refers to at hosts that the user agreed to, and reads it again.
 */
export type FetchForImport = { 
/**
 * The preview.
 */
id: string, 
/**
 * As in [`ImportHost`].
 */
hosts: Array<string>, };

/**
 * One file to send as the whole body.
 */
export type FileBody = { 
/**
 * Path, relative to the workspace or absolute.
 */
path: string, 
/**
 * Content type; empty means by extension.
 */
contentType: string, 
/**
 * Whether this is the one that is sent.
 */
selected: boolean, };

/**
 * A filter on a body.
 */
export type Filter = { 
/**
 * Its language.
 */
language: FilterLanguage, 
/**
 * The expression.
 */
expression: string, };

/**
 * Filter languages.
 */
export type FilterLanguage = "jsonPath" | "jq" | "xPath";

/**
 * Starts a search in a view; the earlier one of the view ends.
 */
export type Find = { 
/**
 * From [`OpenedView`].
 */
view: string, 
/**
 * What to look for.
 */
text: string, 
/**
 * It is a regular expression.
 */
regex: boolean, 
/**
 * Upper and lower case differ.
 */
caseSensitive: boolean, 
/**
 * Only whole words.
 */
wholeWord: boolean, };

/**
 * Asks for literals that look like credentials.
 */
export type FindLiterals = { 
/**
 * A request.
 */
request: Request | null, 
/**
 * Or a folder.
 */
folder: Folder | null, };

/**
 * How far a search is.
 */
export type FindProgress = { 
/**
 * Hits so far.
 */
count: number, 
/**
 * Nothing more will come.
 */
done: boolean, };

/**
 * Hands in the final URL of a browser leg by hand.
 */
export type FinishLogin = { 
/**
 * As in [`LogIn`].
 */
login: string, 
/**
 * What the browser's address bar says at the end.
 */
url: string, };

/**
 * How a token is had.
 */
export type Flow = "authorization_code" | "client_credentials" | "resource_owner_password_credentials" | "implicit" | "device_code" | "jwt_bearer" | "token_exchange";

/**
 * One request of a flow.
 */
export type FlowHop = { 
/**
 * `Token request`
 */
title: string, 
/**
 * What was on the wire; secrets masked.
 */
hop: Hop, 
/**
 * The answer's body as text, secrets masked, up to 64 KiB.
 */
answer: string, 
/**
 * Why there is no answer.
 */
error: string | null, };

/**
 * What a fold arrow shows.
 */
export type Fold = "open" | "closed";

/**
 * Folds everything deeper than a level.
 */
export type FoldAll = { 
/**
 * From [`OpenedView`].
 */
view: string, 
/**
 * Levels left open; none opens everything.
 */
level: number | null, };

/**
 * Folds or unfolds at a row.
 */
export type FoldRow = { 
/**
 * From [`OpenedView`].
 */
view: string, 
/**
 * Row, from 0.
 */
row: number, 
/**
 * Close it, or open it.
 */
closed: boolean, };

/**
 * A folder's, or the collection's, own settings.
 */
export type Folder = { 
/**
 * Shown in the tree.
 */
name: string, 
/**
 * One-line description.
 */
description: string, 
/**
 * Position among its siblings.
 */
seq: number | null, 
/**
 * What requests below inherit.
 */
defaults: Defaults, 
/**
 * Variables of the global scope; only a collection's root has them (`extensions.errand.globals`).
 */
globals: Array<Variable>, 
/**
 * Certificates shown to hosts; only a collection's root has them (`config.clientCertificates`).
 */
clientCertificates: Array<ClientCertificate>, 
/**
 * Markdown documentation.
 */
docs: string, };

/**
 * A folder's or the collection's settings as on disk.
 */
export type FolderDoc = { 
/**
 * Path relative to the root; empty is the collection.
 */
path: string, 
/**
 * Hash of the file's bytes; empty when the folder has no file of its own yet.
 */
revision: string, 
/**
 * The settings.
 */
folder: Folder, };

/**
 * One field of a form.
 */
export type FormRow = { 
/**
 * Field name.
 */
name: string, 
/**
 * Field value before rendering.
 */
value: string, 
/**
 * Free text for people.
 */
description: string, 
/**
 * Disabled rows are not sent.
 */
enabled: boolean, };

/**
 * Writes a request as source code.
 */
export type GenerateCode = { 
/**
 * As edited.
 */
request: Request, 
/**
 * Where it is, for what it inherits.
 */
path: string | null, 
/**
 * Id of the target.
 */
target: string, 
/**
 * The environment for variables; none for the chosen one.
 */
environment: string | null, 
/**
 * Put the values of variables in; those of secrets stay placeholders.
 */
resolve: boolean, };

/**
 * A request as source code.
 */
export type GeneratedCode = { 
/**
 * The code.
 */
text: string, 
/**
 * What it cannot say.
 */
notes: Array<string>, };

/**
 * The fields of a Hawk header.
 */
export type Hawk = { 
/**
 * Key identifier.
 */
id: string, 
/**
 * The key.
 */
key: string, 
/**
 * Hash of the MAC.
 */
algorithm: HawkAlgorithm, 
/**
 * Application data that is signed along; empty for none.
 */
ext: string, 
/**
 * Application id (Oz); empty for none.
 */
app: string, 
/**
 * Delegated-by application id (Oz); empty for none.
 */
dlg: string, 
/**
 * Whether the body is hashed and signed.
 */
includePayloadHash: boolean, };

/**
 * Hashes that Hawk knows.
 */
export type HawkAlgorithm = "sha256" | "sha1";

/**
 * One header row.
 */
export type Header = { 
/**
 * Field name as typed; case is kept on the wire for HTTP/1.
 */
name: string, 
/**
 * Field value before rendering.
 */
value: string, 
/**
 * Free text for people.
 */
description: string, 
/**
 * Disabled rows stay in the file and are not sent.
 */
enabled: boolean, };

/**
 * An entry, whole.
 */
export type HistoryDetail = { 
/**
 * The line.
 */
entry: HistoryEntry, 
/**
 * The request as written.
 */
request: Request, 
/**
 * Where it was saved then.
 */
path: string | null, 
/**
 * What happened.
 */
exchange: Exchange, 
/**
 * Earlier and later answers to the same request, oldest first, at most 50.
 */
series: Array<SeriesPoint>, };

/**
 * One line of history.
 */
export type HistoryEntry = { 
/**
 * Names it.
 */
id: string, 
/**
 * RFC 3339.
 */
at: string, 
/**
 * Request name; may be empty.
 */
name: string, 
/**
 * Method.
 */
method: string, 
/**
 * URL as written, with `{{name}}`.
 */
url: string, 
/**
 * Host it went to.
 */
host: string, 
/**
 * Environment.
 */
environment: string | null, 
/**
 * Status.
 */
status: number | null, 
/**
 * How it ended.
 */
state: ExchangeState, 
/**
 * Error in words.
 */
error: string | null, 
/**
 * Whole time in microseconds.
 */
durationUs: number, 
/**
 * Decoded bytes of the body.
 */
size: number, 
/**
 * Checks that passed.
 */
checksPassed: number, 
/**
 * Checks that failed.
 */
checksFailed: number, };

/**
 * What was exported.
 */
export type HistoryExported = { 
/**
 * Entries of history.
 */
entries: number, 
/**
 * Entries of the archive: one for each request on the wire, redirects among them.
 */
requests: number, 
/**
 * Bodies that were left out since they are longer than 16 MiB.
 */
bodiesLeftOut: number, };

/**
 * Names an entry.
 */
export type HistoryId = { 
/**
 * From [`HistoryEntry`].
 */
id: string, };

/**
 * Names entries.
 */
export type HistoryIds = { 
/**
 * From [`HistoryEntry`].
 */
ids: Array<string>, };

/**
 * A page of history.
 */
export type HistoryPage = { 
/**
 * Newest first.
 */
entries: Array<HistoryEntry>, 
/**
 * Where older ones go on; none at the end.
 */
next: number | null, };

/**
 * How far an export is.
 */
export type HistoryProgress = { 
/**
 * Entries that are written.
 */
done: number, 
/**
 * Entries in all.
 */
of: number, };

/**
 * What history keeps.
 */
export type HistorySettings = { 
/**
 * Days; 0 is for ever.
 */
maxDays: number, 
/**
 * Entries; 0 is no limit.
 */
maxEntries: number, 
/**
 * Bytes of bodies; 0 is no limit.
 */
maxBodyBytes: number, 
/**
 * Keep what servers echo of secrets as it came, instead of masked.
 */
keepEchoedSecrets: boolean, };

/**
 * A hit in a view.
 */
export type Hit = { 
/**
 * Hit number, from 0.
 */
index: number, 
/**
 * Row, from 0; a folded row is unfolded by asking with `hit`.
 */
row: number, 
/**
 * First character in the line.
 */
column: number, 
/**
 * Characters.
 */
length: number, };

/**
 * Asks for a hit of the running search.
 */
export type HitAt = { 
/**
 * From [`OpenedView`].
 */
view: string, 
/**
 * Hit number, from 0.
 */
index: number, };

/**
 * Several hits.
 */
export type Hits = { 
/**
 * In order.
 */
hits: Array<Hit>, };

/**
 * Asks for the hits in some rows, to mark them.
 */
export type HitsIn = { 
/**
 * From [`OpenedView`].
 */
view: string, 
/**
 * First row.
 */
from: number, 
/**
 * One past the last.
 */
to: number, };

/**
 * One request and its response on the wire.
 */
export type Hop = { 
/**
 * Method.
 */
method: string, 
/**
 * URL with secrets masked.
 */
url: string, 
/**
 * Request head as on the wire with secrets masked; lines end in `\n`.
 */
requestHead: string, 
/**
 * Whether `request_head` is what was on the wire or (HTTP/2) its equivalent.
 */
requestHeadExact: boolean, 
/**
 * Bytes of request body sent.
 */
requestBodySize: number, 
/**
 * Start of the request body as text with secrets masked, up to 64 KiB.
 */
requestBody: string, 
/**
 * Status; none when no response came.
 */
status: number | null, 
/**
 * Reason phrase.
 */
reason: string, 
/**
 * `HTTP/1.1`, `HTTP/2`
 */
httpVersion: string, 
/**
 * Response headers in order, as they came.
 */
headers: Array<WireHeader>, 
/**
 * Trailers.
 */
trailers: Array<WireHeader>, 
/**
 * Bytes of the body on the wire.
 */
bodySize: number, 
/**
 * Bytes after decoding.
 */
decodedSize: number, 
/**
 * `127.0.0.1:8080`
 */
remote: string, 
/**
 * An open connection was used again.
 */
reused: boolean, 
/**
 * Where the time went.
 */
timings: Timings, 
/**
 * TLS, for https.
 */
tls: Tls | null, 
/**
 * Cookies set by the response, stored or not.
 */
cookies: Array<CookieSet>, 
/**
 * What the redirect to this hop took away, in words.
 */
dropped: Array<string>, 
/**
 * Why the request was sent once more after this answer: the scheme that asked for it.
 */
challenge: string | null, };

/**
 * How much an import is.
 */
export type ImportCounts = { 
/**
 * Requests.
 */
requests: number, 
/**
 * Folders.
 */
folders: number, 
/**
 * Environments.
 */
environments: number, 
/**
 * Lines of the receipt: as it was.
 */
kept: number, 
/**
 * Lines of the receipt: became something else.
 */
converted: number, 
/**
 * Lines of the receipt: could not be carried.
 */
notCarried: number, };

/**
 * An environment of a preview.
 */
export type ImportEnvironment = { 
/**
 * Counts from 0.
 */
id: number, 
/**
 * Its name.
 */
name: string, 
/**
 * How many variables it has.
 */
variables: number, 
/**
 * How many of them are secret.
 */
secrets: number, };

/**
 * Where something to import is.
 */
export type ImportFrom = { "type": "text", 
/**
 * As pasted.
 */
text: string, } | { "type": "paths", 
/**
 * Absolute paths.
 */
paths: Array<string>, } | { "type": "url", 
/**
 * `http` or `https`.
 */
url: string, };

/**
 * Addresses at one host.
 */
export type ImportHost = { 
/**
 * Host, with its port where it is not the usual one.
 */
host: string, 
/**
 * What would be fetched from it.
 */
urls: Array<string>, };

/**
 * What an item of a preview is.
 */
export type ImportKind = "folder" | "request" | "other";

/**
 * One item of a preview.
 */
export type ImportNode = { 
/**
 * Counts from 0, in order.
 */
id: number, 
/**
 * The folder it is in.
 */
parent: number | null, 
/**
 * Shown name.
 */
name: string, 
/**
 * What it is.
 */
kind: ImportKind, 
/**
 * Method of a request.
 */
method: string | null, 
/**
 * URL of a request.
 */
url: string | null, 
/**
 * Lines of the receipt about it that say more than "kept".
 */
notes: number, };

/**
 * What an import would bring. Values of secrets are not in it.
 */
export type ImportPreview = { 
/**
 * Names it until it is applied or dropped.
 */
id: string, 
/**
 * Id of the format.
 */
format: string, 
/**
 * What people call the format.
 */
formatName: string, 
/**
 * Name of the collection.
 */
name: string, 
/**
 * Folders and requests in order, those above before those in them.
 */
nodes: Array<ImportNode>, 
/**
 * Environments in order.
 */
environments: Array<ImportEnvironment>, 
/**
 * How much it is.
 */
counts: ImportCounts, 
/**
 * Credentials found in it.
 */
secrets: Array<ImportSecret>, 
/**
 * Addresses it refers to that are fetched only when the user agrees.
 */
wanted: Array<ImportHost>, 
/**
 * The addresses that a typed one led to.
 */
redirects: Array<string>, 
/**
 * Whether it can stay linked with its description (`OpenAPI`).
 */
linkable: boolean, 
/**
 * The place in this workspace that was imported from the same description.
 */
linked: string | null, 
/**
 * The folder that is a workspace already and is opened where it is.
 */
opensInPlace: string | null, };

/**
 * Lines of a preview's receipt.
 */
export type ImportReceipt = { 
/**
 * The preview.
 */
id: string, 
/**
 * Only lines of this outcome.
 */
outcome: ReceiptOutcome | null, 
/**
 * Only lines about this item; about a folder those of all that is in it too.
 */
node: number | null, 
/**
 * First line, from 0.
 */
from: number, 
/**
 * Behind the last line.
 */
to: number, };

/**
 * A credential that was found.
 */
export type ImportSecret = { 
/**
 * Counts from 0.
 */
id: number, 
/**
 * Names of the folders and the request or environment it was found in first.
 */
place: string, 
/**
 * What it is there: `The password of the auth`.
 */
what: string, 
/**
 * Name for the variable.
 */
name: string, 
/**
 * Whether it is a variable there already: it keeps its name, which the requests refer to.
 */
named: boolean, 
/**
 * The environment it belongs to; none for the collection.
 */
environment: string | null, 
/**
 * The item it was found in first.
 */
node: number | null, };

/**
 * Where an import goes.
 */
export type ImportTarget = { "type": "new", 
/**
 * Absolute path of a folder that is empty or not there.
 */
folder: string, 
/**
 * Its name.
 */
name: string, } | { "type": "here", 
/**
 * Path of the folder in it; empty for its top.
 */
folder: string, };

/**
 * What an import wrote.
 */
export type Imported = { 
/**
 * Root of a new workspace, to be opened next.
 */
workspace: string | null, 
/**
 * Paths of the top items that were added.
 */
paths: Array<string>, 
/**
 * What was written.
 */
receipt: ImportCounts, 
/**
 * Names of secrets that are kept for this session only, since there is no keychain.
 */
sessionOnly: Array<string>, };

/**
 * What a request gets from above.
 */
export type Inherited = { 
/**
 * The auth an `inherit` stands for, with the folder it comes from.
 */
auth: InheritedAuth | null, 
/**
 * Headers from folders and the collection that the request does not set itself.
 */
headers: Array<InheritedHeader>, };

/**
 * Auth of a folder or the collection.
 */
export type InheritedAuth = { 
/**
 * `basic`, `bearer`, `apiKey`, …: the `type` of the auth.
 */
scheme: string, 
/**
 * Name of the folder or collection.
 */
origin: string, 
/**
 * Its path.
 */
path: string, };

/**
 * A header of a folder or the collection.
 */
export type InheritedHeader = { 
/**
 * Field name.
 */
name: string, 
/**
 * Value as written.
 */
value: string, 
/**
 * Name of the folder or collection.
 */
origin: string, };

/**
 * Names one item.
 */
export type ItemPath = { 
/**
 * Path relative to the root; empty is the collection itself.
 */
path: string, };

/**
 * Names several items.
 */
export type ItemPaths = { 
/**
 * Paths relative to the root.
 */
paths: Array<string>, };

/**
 * A token made for each request.
 */
export type Jwt = { 
/**
 * RFC 7518 §3.1: `HS256` … `ES512`, or `EdDSA`.
 */
algorithm: string, 
/**
 * Shared secret, PEM or JWK.
 */
key: KeyText, 
/**
 * Whether a shared secret is given in base64.
 */
secretBase64: boolean, 
/**
 * `kid`; empty for none.
 */
keyId: string, 
/**
 * The claims as a JSON object. `iat` is added; `exp` too when `expires_in` is set.
 */
claims: string, 
/**
 * Further header parameters as a JSON object; empty for none.
 */
headers: string, 
/**
 * Seconds until it expires; empty for no `exp`.
 */
expiresIn: string, 
/**
 * Header or query parameter it goes into.
 */
placement: TokenPlacement, 
/**
 * Word before the token in a header.
 */
prefix: string, };

/**
 * A JWT that stands for a user or a service account.
 */
export type JwtAssertion = { 
/**
 * `iss`; empty for the client id.
 */
issuer: string, 
/**
 * `sub`; empty for the issuer.
 */
subject: string, 
/**
 * `aud`; empty for the token endpoint.
 */
audience: string, 
/**
 * Algorithm; empty for RS256.
 */
algorithm: string, 
/**
 * Key it is signed with.
 */
key: KeyText, 
/**
 * `kid`; empty for none.
 */
keyId: string, 
/**
 * Further claims as a JSON object; empty for none.
 */
claims: string, };

/**
 * Puts a value into the keychain and declares the secret variable it is the value of.
 */
export type KeepAsSecret = { 
/**
 * The environment it belongs to; none for the collection.
 */
environment: string | null, 
/**
 * Wished name; a free one is made of it when that is taken by another value.
 */
name: string, 
/**
 * The value.
 */
value: string, };

/**
 * A secret variable that now holds a value.
 */
export type KeptAsSecret = { 
/**
 * Its name.
 */
name: string, 
/**
 * `{{name}}`
 */
reference: string, 
/**
 * Where the value is.
 */
state: SecretState, };

/**
 * A private key, or any key too long for a field.
 */
export type KeyText = { "type": "text", "value": string } | { "type": "file", "value": string } | { "type": "none" };

/**
 * States of the keychain.
 */
export type KeychainState = "checking" | "available" | "locked" | "absent" | "another";

/**
 * State of the keychain.
 */
export type KeychainView = { 
/**
 * What it can do.
 */
state: KeychainState, 
/**
 * In words, with what to do.
 */
message: string, 
/**
 * How many secrets are in memory only.
 */
sessionOnly: number, };

/**
 * Where the response is.
 */
export type Layout = "side" | "stacked";

/**
 * A literal that looks like a credential.
 */
export type LiteralFound = { 
/**
 * `auth.password`, `headers.X-Api-Key`, `params.key`, `body`, `url`, `variables.token`.
 */
place: string, 
/**
 * The place in words.
 */
label: string, 
/**
 * The literal as it stands there, to be replaced.
 */
literal: string, 
/**
 * What is shown of it.
 */
shown: string, 
/**
 * A name for the variable.
 */
suggestion: string, 
/**
 * Why it looks like one: `a password field`, `a GitHub token`.
 */
reason: string, };

/**
 * Logs in. Streams [`LoginEvent`]s; the result is the token's view. `cancel` with the same name ends it.
 */
export type LogIn = { 
/**
 * Chosen by the caller, unique among what runs; names the login for `cancel` and `finishLogin`.
 */
login: string, 
/**
 * Whose auth.
 */
place: AuthPlace, };

/**
 * What a login waits for.
 */
export type LoginEvent = { "type": "browser", 
/**
 * The authorization URL, to open by hand where no browser opened.
 */
url: string, 
/**
 * Where the provider sends the browser back to.
 */
redirectUri: string, 
/**
 * Whether Errand listens there; else the final URL must be pasted.
 */
listening: boolean, 
/**
 * Why no browser was opened.
 */
problem: string | null, } | { "type": "device", 
/**
 * The code.
 */
userCode: string, 
/**
 * Where to enter it.
 */
verificationUri: string, 
/**
 * The same with the code in it.
 */
verificationUriComplete: string | null, 
/**
 * RFC 3339.
 */
expiresAt: string, } | { "type": "hop", 
/**
 * It.
 */
hop: FlowHop, };

/**
 * Moves items into a folder at a position.
 */
export type MoveItems = { 
/**
 * What moves, in order.
 */
paths: Array<string>, 
/**
 * Target folder; empty at the top.
 */
parent: string, 
/**
 * Position among the target's children without those that move; past the end is last.
 */
index: number, };

/**
 * Where items are after a change.
 */
export type Moved = { 
/**
 * Old path and new path of each item that moved or was made (old is the source of a copy).
 */
paths: Array<[string, string]>, 
/**
 * The tree now.
 */
nodes: Array<Node>, };

/**
 * One part of a multipart body.
 */
export type MultipartRow = { 
/**
 * Part name.
 */
name: string, 
/**
 * Text or file.
 */
kind: PartKind, 
/**
 * The text of a text part, before rendering; empty for files.
 */
value: string, 
/**
 * Paths of a file part, relative to the workspace or absolute; one part each.
 */
files: Array<string>, 
/**
 * Content type of the part; empty means by kind or file extension.
 */
contentType: string, 
/**
 * Free text for people.
 */
description: string, 
/**
 * Disabled rows are not sent.
 */
enabled: boolean, };

/**
 * One row of the tree.
 */
export type Node = { 
/**
 * Path relative to the root with `/`; the node's identity.
 */
path: string, 
/**
 * Path of the folder it is in; empty at the top.
 */
parent: string, 
/**
 * Shown name.
 */
name: string, 
/**
 * What it is.
 */
kind: NodeKind, 
/**
 * Method of a request.
 */
method: string | null, 
/**
 * Protocol of an item this version shows but cannot open: `graphql`, `grpc`, `websocket`, …
 */
protocol: string | null, 
/**
 * Why it is broken.
 */
error: WireError | null, };

/**
 * Kinds of tree rows.
 */
export type NodeKind = "folder" | "request" | "other" | "broken";

/**
 * OAuth 1.0a (RFC 5849).
 */
export type OAuth1 = { 
/**
 * Client identifier (§1.1).
 */
consumerKey: string, 
/**
 * Its shared secret.
 */
consumerSecret: string, 
/**
 * Token; empty for a two-legged request.
 */
accessToken: string, 
/**
 * The token's shared secret.
 */
accessTokenSecret: string, 
/**
 * `oauth_callback` of the first leg (§2.1).
 */
callbackUrl: string, 
/**
 * `oauth_verifier` of the third leg (§2.3).
 */
verifier: string, 
/**
 * `HMAC-SHA1`, `-SHA256`, `-SHA512`, `RSA-SHA1`, `-SHA256`, `-SHA512` or `PLAINTEXT`; empty for
 * `HMAC-SHA1`.
 */
signatureMethod: string, 
/**
 * Private key of the RSA methods, in PEM.
 */
privateKey: KeyText, 
/**
 * Fixed timestamp; empty for now.
 */
timestamp: string, 
/**
 * Fixed nonce; empty for a fresh one.
 */
nonce: string, 
/**
 * `oauth_version`; empty for `1.0`.
 */
version: string, 
/**
 * `realm` of the header (§3.5.1); not signed.
 */
realm: string, 
/**
 * Where the parameters go (§3.5).
 */
placement: OAuth1Place, 
/**
 * Add `oauth_body_hash` for bodies that are no form.
 */
includeBodyHash: boolean, 
/**
 * Temporary credentials are had here (§2.1); empty when the token is given.
 */
requestTokenUrl: string, 
/**
 * The user consents here (§2.2).
 */
authorizationUrl: string, 
/**
 * The token is had here (§2.3).
 */
accessTokenUrl: string, };

/**
 * Where OAuth 1 parameters go.
 */
export type OAuth1Place = "header" | "query" | "body";

/**
 * OAuth 2.0 (RFC 6749) and `OpenID` Connect.
 */
export type OAuth2 = { 
/**
 * How a token is had.
 */
flow: Flow, 
/**
 * Issuer whose metadata fills in the endpoints that are empty (RFC 8414, `OpenID` Discovery).
 */
issuer: string, 
/**
 * Where the user consents.
 */
authorizationUrl: string, 
/**
 * Token endpoint.
 */
accessTokenUrl: string, 
/**
 * Token endpoint for refreshing; empty for the same.
 */
refreshTokenUrl: string, 
/**
 * Device authorization endpoint (RFC 8628).
 */
deviceAuthorizationUrl: string, 
/**
 * Pushed authorization request endpoint (RFC 9126).
 */
pushedAuthorizationUrl: string, 
/**
 * Revocation endpoint (RFC 7009).
 */
revocationUrl: string, 
/**
 * Introspection endpoint (RFC 7662).
 */
introspectionUrl: string, 
/**
 * Where the issuer's keys are, to check ID tokens.
 */
jwksUrl: string, 
/**
 * Redirect URI. Empty: `http://127.0.0.1` with a free port and the path `/callback`. On a
 * loopback address Errand listens there itself; any other is pasted by hand.
 */
callbackUrl: string, 
/**
 * Who the client is.
 */
credentials: ClientCredentials, 
/**
 * How it proves that to the token endpoint.
 */
clientAuthentication: ClientAuthentication, 
/**
 * Private key (or with `client_secret_jwt` nothing) to sign client assertions with.
 */
clientKey: KeyText, 
/**
 * Algorithm of client assertions; empty for RS256, or HS256 with `client_secret_jwt`.
 */
clientKeyAlgorithm: string, 
/**
 * `kid` of client assertions; empty for none.
 */
clientKeyId: string, 
/**
 * User name and password of the password grant.
 */
resourceOwner: ResourceOwner, 
/**
 * Scopes, separated by blanks.
 */
scope: string, 
/**
 * `audience` parameter; empty for none.
 */
audience: string, 
/**
 * `resource` parameters (RFC 8707), separated by blanks; empty for none.
 */
resource: string, 
/**
 * `prompt` parameter; empty for none.
 */
prompt: string, 
/**
 * Fixed `state`; empty for a fresh one.
 */
state: string, 
/**
 * RFC 7636.
 */
pkce: Pkce, 
/**
 * Send the authorization request by the back channel first (RFC 9126).
 */
pushedAuthorization: boolean, 
/**
 * Bind tokens to a key (RFC 9449).
 */
dpop: boolean, 
/**
 * The assertion of the JWT bearer grant (RFC 7523).
 */
assertion: JwtAssertion, 
/**
 * The tokens of a token exchange (RFC 8693).
 */
exchange: TokenExchange, 
/**
 * Further parameters, by step.
 */
additionalParameters: AdditionalParameters, 
/**
 * What is done with the token.
 */
tokenConfig: TokenConfig, 
/**
 * Word before the token in a header; empty for the token's own type.
 */
headerPrefix: string, 
/**
 * When tokens are fetched and refreshed unasked.
 */
settings: TokenSettings, };

/**
 * Compares a linked place with its description.
 */
export type OpenApiDifference = { 
/**
 * The linked folder; empty for the workspace.
 */
folder: string, 
/**
 * The description; none for the remembered one.
 */
from: ImportFrom | null, };

/**
 * Opens a page in the system's browser.
 */
export type OpenLink = { 
/**
 * `http` or `https`.
 */
url: string, };

/**
 * Opens a view. Answers at once; it is built in the background.
 */
export type OpenView = { 
/**
 * Body id.
 */
body: string, 
/**
 * As in [`BodyInfo`].
 */
contentType: string, 
/**
 * Which view.
 */
kind: ViewKind, 
/**
 * Show only what matches.
 */
filter: Filter | null, 
/**
 * Go on on the next row after so many characters; none is a row for each line, however long.
 */
wrap: number | null, };

/**
 * Opens another window.
 */
export type OpenWindow = { 
/**
 * Workspace to show; none for the start page.
 */
path: string | null, };

/**
 * Opens a folder as this window's workspace.
 */
export type OpenWorkspace = { 
/**
 * Absolute path.
 */
path: string, };

/**
 * An open view.
 */
export type OpenedView = { 
/**
 * Names it from now on.
 */
view: string, 
/**
 * Its state.
 */
progress: ViewProgress, 
/**
 * Columns of a table.
 */
columns: Array<string>, };

/**
 * The operators of `OpenCollection` assertions.
 */
export type Operator = "eq" | "neq" | "gt" | "gte" | "lt" | "lte" | "in" | "notIn" | "contains" | "notContains" | "length" | "matches" | "notMatches" | "startsWith" | "endsWith" | "between" | "isEmpty" | "isNotEmpty" | "isNull" | "isUndefined" | "isDefined" | "isTruthy" | "isFalsy" | "isJson" | "isNumber" | "isString" | "isBoolean" | "isArray";

/**
 * One query or path parameter row.
 */
export type Param = { 
/**
 * Name; for a path parameter the word after `:` in the URL.
 */
name: string, 
/**
 * Value before rendering and encoding.
 */
value: string, 
/**
 * Query or path.
 */
kind: ParamKind, 
/**
 * Free text for people.
 */
description: string, 
/**
 * Disabled rows stay in the file and are not sent.
 */
enabled: boolean, };

/**
 * Where a parameter goes.
 */
export type ParamKind = "query" | "path";

/**
 * Where a further parameter goes.
 */
export type ParameterPlace = "header" | "query" | "body";

/**
 * A request read from elsewhere.
 */
export type ParsedRequest = { 
/**
 * The request.
 */
request: Request, 
/**
 * What was changed or could not be carried, in words.
 */
notes: Array<string>, };

/**
 * What a multipart row holds.
 */
export type PartKind = "text" | "file";

/**
 * Phases of an exchange.
 */
export type Phase = "preparing" | "resolving" | "connecting" | "securing" | "sending" | "waiting" | "downloading";

/**
 * Kinds of places.
 */
export type PickKind = "folder" | "file" | "save";

/**
 * Asks the user for a place.
 */
export type PickPath = { 
/**
 * What for.
 */
kind: PickKind, 
/**
 * Title of the dialog.
 */
title: string, 
/**
 * Suggested file name or start folder.
 */
suggestion: string | null, };

/**
 * The place, none when the user cancelled.
 */
export type PickedPath = { 
/**
 * Absolute path.
 */
path: string | null, };

/**
 * Proof Key for Code Exchange.
 */
export type Pkce = { 
/**
 * Leave it out.
 */
disabled: boolean, 
/**
 * `S256` or `plain`; empty for `S256`.
 */
method: string, };

/**
 * A place in a file.
 */
export type Place = { 
/**
 * Path relative to the workspace, or absolute outside it.
 */
file: string | null, 
/**
 * Line, from 1.
 */
line: number | null, 
/**
 * Column in characters, from 1.
 */
column: number | null, };

/**
 * Where the playground listens.
 */
export type PlaygroundView = { 
/**
 * `http://127.0.0.1:PORT`
 */
url: string, };

/**
 * What an export would say, without writing anything.
 */
export type PreviewExport = { 
/**
 * Folders and requests; an empty path for all.
 */
paths: Array<string>, 
/**
 * Id of the format.
 */
format: string, 
/**
 * Names of the environments that go with them.
 */
environments: Array<string>, };

/**
 * Reads something without writing anything.
 */
export type PreviewImport = { 
/**
 * Where it is.
 */
from: ImportFrom, 
/**
 * Id of the format; none to see by the content.
 */
format: string | null, };

/**
 * A request to try a provider with.
 */
export type ProviderRequest = { 
/**
 * Shown name.
 */
name: string, 
/**
 * Method.
 */
method: string, 
/**
 * URL.
 */
url: string, 
/**
 * Headers.
 */
headers: Array<WireHeader>, };

/**
 * A scope of a provider.
 */
export type ProviderScope = { 
/**
 * As sent.
 */
name: string, 
/**
 * What it allows.
 */
description: string, };

/**
 * A variable that a provider's auth needs.
 */
export type ProviderVariable = { 
/**
 * Its name.
 */
name: string, 
/**
 * What it is, for people.
 */
label: string, 
/**
 * Whether it belongs into the keychain.
 */
secret: boolean, };

/**
 * A service whose auth is known.
 */
export type ProviderView = { 
/**
 * Stable id.
 */
id: string, 
/**
 * Shown name.
 */
name: string, 
/**
 * `Code hosting`, `CRM`, …
 */
category: string, 
/**
 * What to fill in; `{{name}}` where a variable is needed.
 */
auth: Auth, 
/**
 * The variables it needs.
 */
variables: Array<ProviderVariable>, 
/**
 * Scopes one may ask for.
 */
scopes: Array<ProviderScope>, 
/**
 * What to know, in sentences.
 */
quirks: Array<string>, 
/**
 * Where the redirect URI is registered or the key made.
 */
registerUrl: string, 
/**
 * The provider's own documentation.
 */
documentationUrl: string, 
/**
 * Day on which it was looked up, `2026-11-21`.
 */
checked: string, 
/**
 * A request to try it with.
 */
request: ProviderRequest | null, };

/**
 * Where requests go through.
 */
export type ProxySettings = { "type": "system" } | { "type": "none" } | { "type": "manual", 
/**
 * `http://host:port`, `https://…` or `socks5://…`; a password belongs in a secret variable.
 */
url: string, 
/**
 * Hosts that are reached straight, separated by commas.
 */
noProxy: string, };

/**
 * Prunes history now by the limits in the settings, or clears it.
 */
export type PruneHistory = { 
/**
 * Delete everything of this workspace.
 */
all: boolean, };

/**
 * How many entries are left.
 */
export type Pruned = { 
/**
 * Deleted now.
 */
deleted: number, 
/**
 * Left in this workspace.
 */
left: number, };

/**
 * Languages of a raw body.
 */
export type RawLanguage = "json" | "xml" | "text" | "sparql";

/**
 * What became of one part.
 */
export type ReceiptLine = { 
/**
 * What became of it.
 */
outcome: ReceiptOutcome, 
/**
 * Names of folders and the item; empty for the whole.
 */
place: string, 
/**
 * The part, in the source's own words.
 */
item: string, 
/**
 * What it became, or why it did not.
 */
note: string, 
/**
 * Where the original text is kept; empty when nowhere.
 */
original: string, };

/**
 * What became of a part.
 */
export type ReceiptOutcome = "kept" | "converted" | "notCarried";

/**
 * Some lines of a receipt.
 */
export type ReceiptPage = { 
/**
 * How many there are in all.
 */
total: number, 
/**
 * Those that were asked for.
 */
lines: Array<ReceiptLine>, };

/**
 * A workspace that was opened before.
 */
export type RecentWorkspace = { 
/**
 * Collection name.
 */
name: string, 
/**
 * Absolute path.
 */
path: string, 
/**
 * Whether the folder is still there.
 */
exists: boolean, };

/**
 * Someone who may open what is sealed.
 */
export type RecipientView = { 
/**
 * A name for people.
 */
name: string, 
/**
 * `age1…`
 */
publicKey: string, };

/**
 * Removes cookies.
 */
export type RemoveCookies = { 
/**
 * Only of this domain.
 */
domain: string | null, 
/**
 * Only of this path.
 */
path: string | null, 
/**
 * Only with this name.
 */
name: string | null, };

/**
 * Renames an item and its file.
 */
export type Rename = { 
/**
 * Path relative to the root.
 */
path: string, 
/**
 * New shown name.
 */
name: string, };

/**
 * One HTTP request as saved: nothing resolved, nothing inherited.
 */
export type Request = { 
/**
 * Shown in the tree; the file's name follows it when the request is created or renamed.
 */
name: string, 
/**
 * One-line description (`info.description`).
 */
description: string, 
/**
 * Position among its siblings; items without one come after those with one, by name.
 */
seq: number | null, 
/**
 * Free labels.
 */
tags: Array<string>, 
/**
 * Any token of RFC 9110 §9.1, standard or not.
 */
method: string, 
/**
 * As typed: `{{base_url}}/orders/:id?expand=lines`. Its query mirrors the enabled query params.
 */
url: string, 
/**
 * Query and path parameters in table order.
 */
params: Array<Param>, 
/**
 * Headers in table order, as typed.
 */
headers: Array<Header>, 
/**
 * What is sent.
 */
body: Body, 
/**
 * How it is authorised.
 */
auth: Auth, 
/**
 * Request-scoped variables.
 */
variables: Array<Variable>, 
/**
 * Declarative checks on the response.
 */
checks: Array<Check>, 
/**
 * Values taken from the response into variables.
 */
captures: Array<Capture>, 
/**
 * Scripts with their phase; kept and shown.
 */
scripts: Array<Script>, 
/**
 * How it is sent.
 */
settings: RequestSettings, 
/**
 * Markdown documentation.
 */
docs: string, };

/**
 * A request as it is on disk.
 */
export type RequestDoc = { 
/**
 * Path relative to the root.
 */
path: string, 
/**
 * Hash of the file's bytes; hand it back when saving.
 */
revision: string, 
/**
 * The request.
 */
request: Request, 
/**
 * What it inherits.
 */
inherited: Inherited, };

/**
 * How a request is sent. `None` means "as the folder, the collection or the app says".
 */
export type RequestSettings = { 
/**
 * Percent-encode what a URL may not contain.
 */
encodeUrl: boolean | null, 
/**
 * Whole exchange, in milliseconds; 0 is no limit.
 */
timeoutMs: number | null, 
/**
 * Follow 3xx with a Location.
 */
followRedirects: boolean | null, 
/**
 * How many redirects before giving up.
 */
maxRedirects: number | null, 
/**
 * Keep credentials when a redirect leaves the origin.
 */
forwardAuthorization: boolean | null, 
/**
 * Verify the server's certificate.
 */
verifyTls: boolean | null, 
/**
 * Store and send cookies of the jar.
 */
useCookies: boolean | null, 
/**
 * `1.1`, `2`, or `None` for what is negotiated.
 */
httpVersion: string | null, };

/**
 * A user's name and password.
 */
export type ResourceOwner = { 
/**
 * User name.
 */
username: string, 
/**
 * Password.
 */
password: string, };

/**
 * A secret the user asked to see.
 */
export type Revealed = { 
/**
 * The value.
 */
value: string, };

/**
 * One visible row.
 */
export type Row = { 
/**
 * Line number shown, from 1.
 */
number: number, 
/**
 * The asked-for columns of the line.
 */
text: string, 
/**
 * Characters in the whole line.
 */
columns: number, 
/**
 * Highlighting: start and length in UTF-16 units of `text`, and kind.
 */
tokens: Array<[number, number, TokenKind]>, 
/**
 * Whether it can be folded, or is.
 */
fold: Fold | null, 
/**
 * Cells of a table row; empty otherwise.
 */
cells: Array<string>, };

/**
 * Rows and how far the view is.
 */
export type Rows = { 
/**
 * The rows that are there.
 */
rows: Array<Row>, 
/**
 * State of the view.
 */
progress: ViewProgress, };

/**
 * Asks for rows.
 */
export type RowsOf = { 
/**
 * From [`OpenedView`].
 */
view: string, 
/**
 * First row, from 0.
 */
from: number, 
/**
 * One past the last row; at most 1,000 rows are given.
 */
to: number, 
/**
 * First character of each line.
 */
columnFrom: number, 
/**
 * One past the last character; at most 4,000 are given.
 */
columnTo: number, };

/**
 * Writes a body to a file the user names.
 */
export type SaveBody = { 
/**
 * From [`BodyInfo`].
 */
body: string, 
/**
 * Absolute path.
 */
path: string, };

/**
 * Keeps unsaved work.
 */
export type SaveDraft = { 
/**
 * Replaces the tab's earlier draft.
 */
draft: Draft, };

/**
 * Saves an environment.
 */
export type SaveEnvironment = { 
/**
 * Its name before this save.
 */
name: string, 
/**
 * What to save; another name renames it, and its secrets follow.
 */
environment: Environment, 
/**
 * The revision it started from.
 */
baseRevision: string | null, 
/**
 * Save over whatever is there.
 */
force: boolean, };

/**
 * Saves a folder's settings.
 */
export type SaveFolder = { 
/**
 * Path relative to the root; empty is the collection.
 */
path: string, 
/**
 * What to save.
 */
folder: Folder, 
/**
 * The revision it started from.
 */
baseRevision: string | null, 
/**
 * Save over whatever is there.
 */
force: boolean, };

/**
 * Sets who may open what is sealed.
 */
export type SaveRecipients = { 
/**
 * All of them.
 */
recipients: Array<RecipientView>, };

/**
 * Saves a request over its file.
 */
export type SaveRequest = { 
/**
 * Path relative to the root.
 */
path: string, 
/**
 * What to save.
 */
request: Request, 
/**
 * The revision it started from; a file that differs is error `conflict`.
 */
baseRevision: string | null, 
/**
 * Save over whatever is there: the user chose "mine".
 */
force: boolean, 
/**
 * The tab whose draft is now saved.
 */
tab: string | null, };

/**
 * Saves the settings.
 */
export type SaveSettings = { 
/**
 * All of them.
 */
settings: Settings, };

/**
 * Tabs, widths and the like, opaque to the core.
 */
export type SaveUiState = { 
/**
 * Any JSON.
 */
state: unknown, };

/**
 * A save that was done.
 */
export type Saved = { 
/**
 * Where it is now.
 */
path: string, 
/**
 * Revision of the file now.
 */
revision: string, };

/**
 * An answer against its schema.
 */
export type SchemaCheck = { 
/**
 * Whether it is as the schema says.
 */
ok: boolean, 
/**
 * What is not; at most 100.
 */
violations: Array<SchemaViolation>, };

/**
 * What the schema does not allow.
 */
export type SchemaViolation = { 
/**
 * JSON pointer into the body (RFC 6901); empty for the whole.
 */
path: string, 
/**
 * What is wrong there.
 */
message: string, };

/**
 * A script of the collection, kept with its phase.
 */
export type Script = { 
/**
 * When it runs.
 */
phase: ScriptPhase, 
/**
 * Source text.
 */
code: string, };

/**
 * `OpenCollection` script types.
 */
export type ScriptPhase = "before-request" | "after-response" | "tests" | "hooks";

/**
 * Seals the secrets of some environments into the repository.
 */
export type SealSecrets = { 
/**
 * Environments; the collection's own secrets go along.
 */
environments: Array<string>, };

/**
 * What was sealed.
 */
export type Sealed = { 
/**
 * Path relative to the workspace.
 */
file: string, 
/**
 * How many secrets.
 */
secrets: number, 
/**
 * How many people can open it.
 */
recipients: number, 
/**
 * Declared secrets that have no value here and are not in it.
 */
withoutValue: Array<string>, };

/**
 * Searches this workspace's history, newest first.
 */
export type SearchHistory = { 
/**
 * Words that must all occur in URL, name, host or error.
 */
words: string, 
/**
 * `4xx`, `503`, …; any of them.
 */
status: Array<string>, 
/**
 * Only this method.
 */
method: string | null, 
/**
 * Only this host.
 */
host: string | null, 
/**
 * Only this environment.
 */
environment: string | null, 
/**
 * RFC 3339.
 */
since: string | null, 
/**
 * RFC 3339.
 */
until: string | null, 
/**
 * Only failed and cancelled ones and failed checks.
 */
failed: boolean, 
/**
 * Go on from here: `next` of the page before.
 */
before: number | null, 
/**
 * At most 500.
 */
limit: number, };

/**
 * What becomes of a credential.
 */
export type SecretDecision = { 
/**
 * As in [`ImportSecret`].
 */
id: number, 
/**
 * Put it into the keychain; otherwise its variable has no value.
 */
keep: boolean, 
/**
 * Name of the variable.
 */
name: string, };

/**
 * Names one secret.
 */
export type SecretName = { 
/**
 * Environment it belongs to.
 */
environment: string, 
/**
 * Variable name.
 */
name: string, };

/**
 * Where a secret's value is had when a request is sent, instead of from the keychain. Fields take
 * plain variables. Nothing of it is secret itself.
 */
export type SecretSource = { "type": "environment", 
/**
 * Its name.
 */
variable: string, } | { "type": "dotEnv", 
/**
 * The file, relative to the workspace.
 */
file: string, 
/**
 * The entry.
 */
variable: string, } | { "type": "file", 
/**
 * The file, relative to the workspace.
 */
file: string, } | { "type": "command", 
/**
 * As a shell takes it.
 */
command: string, } | { "type": "vault", 
/**
 * Server; empty for `VAULT_ADDR`.
 */
address: string, 
/**
 * Path as in `vault read`, such as `secret/data/shop`.
 */
path: string, 
/**
 * Key in the secret.
 */
field: string, 
/**
 * Enterprise namespace; empty for none.
 */
namespace: string, } | { "type": "awsSecretsManager", 
/**
 * Name or ARN.
 */
secret: string, 
/**
 * Key, when the secret is a JSON object; empty for the whole.
 */
field: string, 
/**
 * Region; empty for the profile's or the environment's.
 */
region: string, 
/**
 * Profile of the AWS files; empty for the environment's keys or `default`.
 */
profile: string, 
/**
 * Another endpoint than AWS's own; empty for that.
 */
endpoint: string, } | { "type": "onePassword", 
/**
 * `op://vault/item/field`.
 */
reference: string, 
/**
 * Account; empty for the default one.
 */
account: string, } | { "type": "bitwarden", 
/**
 * Item's name or id.
 */
item: string, 
/**
 * `password`, `username`, `totp`, `notes`, `uri` or the name of a custom field; empty for
 * `password`.
 */
field: string, } | { "type": "pass", 
/**
 * Name of the entry.
 */
entry: string, 
/**
 * `key` of a line `key: value`; empty for the first line.
 */
field: string, };

/**
 * States of a secret's value.
 */
export type SecretState = "stored" | "sessionOnly" | "missing" | "unknown";

/**
 * Where a secret's value is.
 */
export type SecretView = { 
/**
 * Variable name.
 */
name: string, 
/**
 * State of its value.
 */
state: SecretState, };

/**
 * Chooses the environment of this window's workspace.
 */
export type SelectEnvironment = { 
/**
 * None for no environment.
 */
name: string | null, };

/**
 * Sends a request. Streams [`ExchangeEvent`]s; the result is the finished exchange.
 */
export type Send = { 
/**
 * Chosen by the caller, unique among running ones; names the exchange for `cancel`.
 */
exchange: string, 
/**
 * Where the request is saved, for inheritance and relative files; none for one never saved.
 */
path: string | null, 
/**
 * The request as shown, saved or not.
 */
request: Request, 
/**
 * Let a 307/308 take the body to another origin this once.
 */
allowCrossOriginBody: boolean, };

/**
 * How requests are sent.
 */
export type SendingSettings = { 
/**
 * Milliseconds for the whole exchange; 0 is no limit.
 */
timeoutMs: number, 
/**
 * Milliseconds for name lookup, connect and TLS, each.
 */
connectTimeoutMs: number, 
/**
 * Milliseconds until the first byte; 0 is no limit.
 */
firstByteTimeoutMs: number, 
/**
 * Milliseconds without a byte while downloading; 0 is no limit.
 */
idleTimeoutMs: number, 
/**
 * Follow redirects.
 */
followRedirects: boolean, 
/**
 * How many.
 */
maxRedirects: number, 
/**
 * Verify certificates.
 */
verifyTls: boolean, 
/**
 * `host` or `host:port` whose certificates are not verified.
 */
insecureHosts: Array<string>, 
/**
 * PEM files with more authorities.
 */
authorities: Array<string>, 
/**
 * Where requests go through.
 */
proxy: ProxySettings, };

/**
 * Which token a request carries.
 */
export type SentToken = "access_token" | "id_token";

/**
 * One answer among several to the same request.
 */
export type SeriesPoint = { 
/**
 * Its entry.
 */
id: string, 
/**
 * RFC 3339.
 */
at: string, 
/**
 * Status.
 */
status: number | null, 
/**
 * Microseconds.
 */
durationUs: number, 
/**
 * Decoded bytes.
 */
size: number, };

/**
 * Adds or replaces a cookie.
 */
export type SetCookie = { 
/**
 * The cookie.
 */
cookie: CookieView, };

/**
 * Puts a value into the keychain. The value goes one way.
 */
export type SetSecret = { 
/**
 * Environment it belongs to.
 */
environment: string, 
/**
 * Variable name.
 */
name: string, 
/**
 * The value.
 */
value: string, };

/**
 * App-wide settings, kept in the app's configuration folder.
 */
export type Settings = { 
/**
 * Colours.
 */
theme: Theme, 
/**
 * Response beside or below the request.
 */
layout: Layout, 
/**
 * Wrap long lines in the response.
 */
wrap: boolean, 
/**
 * Key bindings that differ from the defaults: command id to keys.
 */
keys: { [key in string]: string }, 
/**
 * How requests are sent when nothing nearer says otherwise.
 */
sending: SendingSettings, 
/**
 * What history keeps.
 */
history: HistorySettings, };

/**
 * How a shared secret differs from one's own.
 */
export type SharedChange = "new" | "changed" | "same" | "onlyMine";

/**
 * What opening the sealed file would do.
 */
export type SharedPlan = { 
/**
 * Who sealed it, as they called themselves.
 */
sealedBy: string, 
/**
 * RFC 3339.
 */
sealedAt: string, 
/**
 * Each secret.
 */
secrets: Array<SharedSecret>, };

/**
 * A secret of the sealed file.
 */
export type SharedSecret = { 
/**
 * Its environment; none for the collection's own.
 */
environment: string | null, 
/**
 * Its name.
 */
name: string, 
/**
 * Compared with this person's keychain.
 */
change: SharedChange, };

/**
 * Who may open what is sealed, and what is there.
 */
export type SharingView = { 
/**
 * This person's public key, `age1…`; none until they have one.
 */
publicKey: string | null, 
/**
 * Who may open it.
 */
recipients: Array<RecipientView>, 
/**
 * Path of the sealed file, relative to the workspace; none when there is none.
 */
sealedFile: string | null, 
/**
 * Whether it is sealed for this person.
 */
canOpen: boolean, 
/**
 * Why something cannot be told.
 */
problem: WireError | null, };

/**
 * Where a signature goes.
 */
export type SignaturePlace = "header" | "query";

/**
 * Takes secrets over from the sealed file.
 */
export type TakeShared = { 
/**
 * Which; those that are the user's only are left alone.
 */
secrets: Array<SharedSecret>, };

/**
 * Some text.
 */
export type Text = { 
/**
 * The text.
 */
text: string, };

/**
 * Copies rows of a view as text (at most 64 MiB).
 */
export type TextOf = { 
/**
 * From [`OpenedView`].
 */
view: string, 
/**
 * First row.
 */
from: number, 
/**
 * One past the last.
 */
to: number, };

/**
 * Colours.
 */
export type Theme = "system" | "light" | "dark" | "highContrast";

/**
 * Microseconds; a phase that did not happen is none. `start` is from the exchange's start.
 */
export type Timings = { 
/**
 * When this hop began.
 */
start: number, 
/**
 * Name lookup.
 */
lookup: number | null, 
/**
 * TCP connect, with the proxy's.
 */
connect: number | null, 
/**
 * TLS handshake.
 */
tls: number | null, 
/**
 * Writing the request.
 */
send: number | null, 
/**
 * From the last byte sent to the first received.
 */
wait: number | null, 
/**
 * From the first byte to the last.
 */
download: number | null, };

/**
 * The TLS session.
 */
export type Tls = { 
/**
 * `TLS 1.3`
 */
version: string, 
/**
 * Cipher suite.
 */
cipher: string, 
/**
 * Negotiated protocol.
 */
alpn: string, 
/**
 * What is wrong with the certificate, though the settings let it pass.
 */
problem: string | null, 
/**
 * Subject of the client certificate that was shown; none when none was.
 */
clientCertificate: string | null, 
/**
 * Leaf first.
 */
certificates: Array<Certificate>, };

/**
 * A request to write as a curl command.
 */
export type ToCurl = { 
/**
 * The request as shown.
 */
request: Request, };

/**
 * What is done with the token.
 */
export type TokenConfig = { 
/**
 * Definitions with the same id share a token; empty for the definition's own.
 */
id: string, 
/**
 * Where the token goes.
 */
placement: TokenPlacement, 
/**
 * Which token goes.
 */
source: SentToken, };

/**
 * The tokens of a token exchange (RFC 8693 §2.1).
 */
export type TokenExchange = { 
/**
 * `subject_token`.
 */
subjectToken: string, 
/**
 * `subject_token_type`; empty for an access token's URN.
 */
subjectTokenType: string, 
/**
 * `actor_token`; empty for none.
 */
actorToken: string, 
/**
 * `actor_token_type`; empty for an access token's URN.
 */
actorTokenType: string, 
/**
 * `requested_token_type`; empty for none.
 */
requestedTokenType: string, };

/**
 * Kinds of tokens.
 */
export type TokenKind = "key" | "string" | "number" | "keyword" | "punctuation" | "tag" | "attribute" | "comment" | "invalid";

/**
 * Where a token goes.
 */
export type TokenPlacement = { "header": string } | { "query": string };

/**
 * When tokens are fetched and refreshed unasked.
 */
export type TokenSettings = { 
/**
 * Fetch one when there is none. A flow that needs a person asks for a login instead.
 */
autoFetchToken: boolean, 
/**
 * Refresh one that expires.
 */
autoRefreshToken: boolean, };

/**
 * States of a token.
 */
export type TokenState = "none" | "valid" | "expired" | "unknown";

/**
 * What is known of the token that an OAuth scheme has.
 */
export type TokenView = { 
/**
 * Whether there is one, and whether it is good.
 */
state: TokenState, 
/**
 * `Bearer`, `DPoP`; empty without a token.
 */
tokenType: string, 
/**
 * What it allows.
 */
scopes: Array<string>, 
/**
 * RFC 3339.
 */
obtainedAt: string | null, 
/**
 * RFC 3339; none for a token that does not say.
 */
expiresAt: string | null, 
/**
 * Whether it is kept for this session only.
 */
sessionOnly: boolean, 
/**
 * Whether logging in needs a browser or a person.
 */
needsPerson: boolean, 
/**
 * Whether there is a refresh token.
 */
canRefresh: boolean, 
/**
 * Whether a revocation endpoint is known.
 */
canRevoke: boolean, 
/**
 * Whether an introspection endpoint is known.
 */
canIntrospect: boolean, 
/**
 * What the access token says, when it is a JWT.
 */
accessClaims: ClaimsView | null, 
/**
 * What the ID token says.
 */
idClaims: ClaimsView | null, 
/**
 * Why the last refresh or login failed, or what else is worth knowing.
 */
problem: WireError | null, 
/**
 * The hops of the last flow, secrets masked.
 */
hops: Array<FlowHop>, };

/**
 * Tokens of a set.
 */
export type TokenWhich = "access" | "refresh" | "id";

/**
 * Stops or starts verifying one host's certificate.
 */
export type TrustHost = { 
/**
 * `host` or `host:port`.
 */
host: string, 
/**
 * Accept whatever certificate it shows.
 */
insecure: boolean, };

/**
 * Takes a delete back.
 */
export type UndoDelete = { 
/**
 * From [`Deleted`].
 */
undo: string, };

/**
 * A named value in some scope. A secret one has no value here: that is in the keychain.
 */
export type Variable = { 
/**
 * Name between the braces of `{{name}}`.
 */
name: string, 
/**
 * Text of the value; always empty for a secret.
 */
value: string, 
/**
 * Declared type; decides how the value is typed for scripts, not how it renders.
 */
type: VariableType, 
/**
 * Free text for people.
 */
description: string, 
/**
 * Whether the value lives in the keychain.
 */
secret: boolean, 
/**
 * Where a secret's value comes from when not from the keychain.
 */
source: SecretSource | null, 
/**
 * Disabled rows stay in the file and take no part in rendering.
 */
enabled: boolean, };

/**
 * Scopes, inner first.
 */
export type VariableScope = "runtime" | "iteration" | "request" | "environment" | "folder" | "collection" | "global";

/**
 * `OpenCollection` variable value types.
 */
export type VariableType = "string" | "number" | "boolean" | "null" | "object";

/**
 * One variable in sight.
 */
export type VariableView = { 
/**
 * Its name.
 */
name: string, 
/**
 * Value as written; none for a secret.
 */
value: string | null, 
/**
 * Whether the value is in the keychain.
 */
secret: boolean, 
/**
 * A secret without a value is marked like an undefined variable.
 */
missing: boolean, 
/**
 * Scope it comes from.
 */
scope: VariableScope, 
/**
 * In words: `Environment "Staging"`, `Folder "Orders"`.
 */
origin: string, 
/**
 * Hidden by an inner scope.
 */
overridden: boolean, };

/**
 * Asks for the variables a request sees.
 */
export type Variables = { 
/**
 * Where the request is (or would be): its path or its folder's; empty at the top.
 */
path: string, 
/**
 * The request as shown, for its own variables.
 */
request: Request | null, };

/**
 * Names a view.
 */
export type ViewId = { 
/**
 * From [`OpenedView`].
 */
view: string, };

/**
 * Ways to look at a body.
 */
export type ViewKind = "pretty" | "raw" | "hex" | "preview";

/**
 * How far a view is.
 */
export type ViewProgress = { 
/**
 * Rows known so far, folded ones not counted.
 */
rows: number, 
/**
 * 0 to 1.
 */
fraction: number, 
/**
 * Nothing more will come.
 */
done: boolean, 
/**
 * Why it stopped early: a syntax error with its place, a limit.
 */
problem: string | null, };

/**
 * An error as a face sees it: branch on `code`, show `message` and `hint`.
 */
export type WireError = { 
/**
 * Stable, kebab-case: `conflict`, `not-found`, `invalid-file`, `disk-full`, …
 */
code: string, 
/**
 * What happened, to what.
 */
message: string, 
/**
 * What to do next.
 */
hint: string | null, 
/**
 * Where in a file or form.
 */
where: Place | null, };

/**
 * One header field; bytes that are not UTF-8 are shown as Latin-1.
 */
export type WireHeader = { 
/**
 * Name in its case on the wire.
 */
name: string, 
/**
 * Value.
 */
value: string, };

/**
 * What changed around an open workspace, while `watch` is listened to.
 */
export type WorkspaceEvent = { "type": "tree", 
/**
 * As in [`WorkspaceView`].
 */
nodes: Array<Node>, } | { "type": "item", 
/**
 * Path relative to the root; `*` when too much changed to list.
 */
path: string, 
/**
 * Its revision now; none when it is gone.
 */
revision: string | null, } | { "type": "environments", 
/**
 * As in [`WorkspaceView`].
 */
environments: Array<EnvironmentSummary>, } | { "type": "history", 
/**
 * Entries, counted up to a million.
 */
count: number, } | { "type": "branch", 
/**
 * None outside a repository.
 */
branch: string | null, } | { "type": "keychain", 
/**
 * State now.
 */
keychain: KeychainView, } | { "type": "playground", 
/**
 * Its URL.
 */
url: string, } | { "type": "problem", 
/**
 * What and what to do.
 */
error: WireError, };

/**
 * An open workspace.
 */
export type WorkspaceView = { 
/**
 * Stable id; secrets and history are kept under it.
 */
id: string, 
/**
 * Collection name.
 */
name: string, 
/**
 * Absolute path of the folder.
 */
root: string, 
/**
 * The tree in display order, parents before children.
 */
nodes: Array<Node>, 
/**
 * Environments in order.
 */
environments: Array<EnvironmentSummary>, 
/**
 * The chosen environment.
 */
environment: string | null, 
/**
 * Git branch, when the folder is in a repository.
 */
branch: string | null, 
/**
 * What the UI saved last with `saveUiState`; null at first.
 */
uiState: unknown, 
/**
 * Unsaved work of earlier windows.
 */
drafts: Array<Draft>, };

/**
 * What is made of the hash in a WSSE password digest. Nothing that a server says tells which it
 * wants.
 */
export type WsseDigest = "hex" | "raw";

export interface Commands {
  /** What a window needs for its first frame. */
  boot: { args: Empty; result: Boot; event: never };
  /** The first frame that can be used is on the screen. */
  ready: { args: Empty; result: Empty; event: never };
  /** Opens a folder in this window. */
  openWorkspace: { args: OpenWorkspace; result: WorkspaceView; event: never };
  /** Makes a workspace and opens it in this window. */
  createWorkspace: { args: CreateWorkspace; result: WorkspaceView; event: never };
  /** Opens a further window. */
  openWindow: { args: OpenWindow; result: Empty; event: never };
  /** Takes a folder off the list of recent ones. */
  forgetWorkspace: { args: OpenWorkspace; result: Empty; event: never };
  /** Tells what changes around the workspace until the window closes. */
  watch: { args: Empty; result: Empty; event: WorkspaceEvent };
  /** Keeps tabs, widths and the like. */
  saveUiState: { args: SaveUiState; result: Empty; event: never };
  /** Keeps unsaved work. */
  saveDraft: { args: SaveDraft; result: Empty; event: never };
  /** Forgets unsaved work. */
  discardDraft: { args: DiscardDraft; result: Empty; event: never };
  /** Asks for a place on disk with the system's dialog. */
  pickPath: { args: PickPath; result: PickedPath; event: never };
  /** Reads a request. */
  readRequest: { args: ItemPath; result: RequestDoc; event: never };
  /** What a request at this place inherits. */
  inherited: { args: ItemPath; result: Inherited; event: never };
  /** Saves a request. */
  saveRequest: { args: SaveRequest; result: Saved; event: never };
  /** Mine and theirs, line by line. */
  compareRequest: { args: CompareRequest; result: Comparison; event: never };
  /** Makes a request. */
  createRequest: { args: CreateRequest; result: Saved; event: never };
  /** Reads a folder's or the collection's settings. */
  readFolder: { args: ItemPath; result: FolderDoc; event: never };
  /** Saves them. */
  saveFolder: { args: SaveFolder; result: Saved; event: never };
  /** Makes a folder. */
  createFolder: { args: CreateFolder; result: Moved; event: never };
  /** Renames an item. */
  rename: { args: Rename; result: Moved; event: never };
  /** Copies items beside themselves. */
  duplicate: { args: ItemPaths; result: Moved; event: never };
  /** Moves items. */
  moveItems: { args: MoveItems; result: Moved; event: never };
  /** Deletes items; they can be brought back. */
  delete: { args: ItemPaths; result: Deleted; event: never };
  /** Brings deleted items back. */
  undoDelete: { args: UndoDelete; result: Moved; event: never };
  /** Reads a curl command. */
  parseCurl: { args: CurlText; result: ParsedRequest; event: never };
  /** Writes a request as a curl command; variables stay. */
  toCurl: { args: ToCurl; result: Text; event: never };
  /** Reads a file, folder, archive, address or paste, without writing anything. */
  previewImport: { args: PreviewImport; result: ImportPreview; event: never };
  /** Fetches what it refers to at hosts that were agreed to, and reads it again. */
  fetchForImport: { args: FetchForImport; result: ImportPreview; event: never };
  /** Lines of its receipt. */
  importReceipt: { args: ImportReceipt; result: ReceiptPage; event: never };
  /** Writes it, as a whole or not at all. */
  applyImport: { args: ApplyImport; result: Imported; event: never };
  /** Forgets it. */
  dropImport: { args: DropImport; result: Empty; event: never };
  /** Compares a linked place with its description. */
  openApiDifference: { args: OpenApiDifference; result: ApiDifference; event: never };
  /** Takes changes of a description over. */
  applyApiDifference: { args: ApplyApiDifference; result: Imported; event: never };
  /** The formats to export to. */
  exportFormats: { args: Empty; result: Array<ExportFormat>; event: never };
  /** What an export would say. */
  previewExport: { args: PreviewExport; result: ExportPreview; event: never };
  /** Exports to files. */
  export: { args: Export; result: Exported; event: never };
  /** The languages and libraries to write requests in. */
  codeTargets: { args: Empty; result: Array<CodeTarget>; event: never };
  /** Writes a request as source code. */
  generateCode: { args: GenerateCode; result: GeneratedCode; event: never };
  /** Reads an environment. */
  readEnvironment: { args: EnvironmentName; result: EnvironmentDoc; event: never };
  /** Saves an environment. */
  saveEnvironment: { args: SaveEnvironment; result: EnvironmentDoc; event: never };
  /** Makes an environment. */
  createEnvironment: { args: CreateEnvironment; result: EnvironmentDoc; event: never };
  /** Deletes an environment and its secrets. */
  deleteEnvironment: { args: EnvironmentName; result: Empty; event: never };
  /** Chooses the environment requests are sent in. */
  selectEnvironment: { args: SelectEnvironment; result: Empty; event: never };
  /** The variables a request sees. */
  variables: { args: Variables; result: Array<VariableView>; event: never };
  /** The variables that are made at each use. */
  dynamicVariables: { args: Empty; result: Array<DynamicVariable>; event: never };
  /** Stores a secret. */
  setSecret: { args: SetSecret; result: SecretView; event: never };
  /** Deletes a secret. */
  deleteSecret: { args: SecretName; result: Empty; event: never };
  /** Shows a secret. */
  revealSecret: { args: SecretName; result: Revealed; event: never };
  /** Asks the keychain how it is. */
  keychain: { args: Empty; result: KeychainView; event: never };
  /** Accepts that the keychain is another one than last time. */
  adoptKeychain: { args: Empty; result: KeychainView; event: never };
  /** What is known of a token. */
  token: { args: AuthPlace; result: TokenView; event: never };
  /** Gets a token, with a browser if need be. */
  logIn: { args: LogIn; result: TokenView; event: LoginEvent };
  /** Hands in the final URL of a browser leg by hand. */
  finishLogin: { args: FinishLogin; result: Empty; event: never };
  /** Refreshes a token now. */
  refreshToken: { args: AuthPlace; result: TokenView; event: never };
  /** Has the provider revoke a token, and forgets it. */
  revokeToken: { args: AuthPlace; result: TokenView; event: never };
  /** Asks the provider what a token is worth. */
  introspectToken: { args: AuthPlace; result: Text; event: never };
  /** Forgets a token. */
  logOut: { args: AuthPlace; result: TokenView; event: never };
  /** Shows a token. */
  copyToken: { args: CopyToken; result: Revealed; event: never };
  /** The services whose auth is known. */
  providers: { args: Empty; result: Array<ProviderView>; event: never };
  /** Opens a page in the system's browser. */
  openLink: { args: OpenLink; result: Empty; event: never };
  /** Sends a request with credentials of several kinds. */
  checkAuth: { args: CheckAuth; result: AuthCheck; event: AuthCheckRow };
  /** Literals that look like credentials. */
  findLiterals: { args: FindLiterals; result: Array<LiteralFound>; event: never };
  /** Puts a value into the keychain under a new secret variable. */
  keepAsSecret: { args: KeepAsSecret; result: KeptAsSecret; event: never };
  /** The commands that secrets of this workspace come from. */
  secretCommands: { args: Empty; result: Array<CommandApproval>; event: never };
  /** Lets such a command run, or no longer. */
  approveCommand: { args: ApproveCommand; result: Array<CommandApproval>; event: never };
  /** Who shares secrets in this workspace. */
  sharing: { args: Empty; result: SharingView; event: never };
  /** Makes this person a key to open shared secrets with. */
  createIdentity: { args: Empty; result: SharingView; event: never };
  /** Sets who may open shared secrets. */
  saveRecipients: { args: SaveRecipients; result: SharingView; event: never };
  /** Seals secrets into the repository. */
  sealSecrets: { args: SealSecrets; result: Sealed; event: never };
  /** What opening the sealed secrets would do. */
  readShared: { args: Empty; result: SharedPlan; event: never };
  /** Takes sealed secrets over into the keychain. */
  takeShared: { args: TakeShared; result: SharedPlan; event: never };
  /** Sends a request. */
  send: { args: Send; result: Exchange; event: ExchangeEvent };
  /** Cancels one. */
  cancel: { args: Cancel; result: Empty; event: never };
  /** Opens a view of a body. */
  openView: { args: OpenView; result: OpenedView; event: never };
  /** How far a view is. */
  viewProgress: { args: ViewId; result: ViewProgress; event: never };
  /** Closes a view. */
  closeView: { args: ViewId; result: Empty; event: never };
  /** Rows of a view. */
  rows: { args: RowsOf; result: Rows; event: never };
  /** Folds or unfolds a row. */
  foldRow: { args: FoldRow; result: ViewProgress; event: never };
  /** Folds to a level or unfolds everything. */
  foldAll: { args: FoldAll; result: ViewProgress; event: never };
  /** Starts a search. */
  find: { args: Find; result: FindProgress; event: never };
  /** How far the search is. */
  findProgress: { args: ViewId; result: FindProgress; event: never };
  /** Where a hit is; unfolds what hides it. */
  hit: { args: HitAt; result: Hit; event: never };
  /** The first hit at or after a row. */
  hitAfter: { args: HitsIn; result: Hits; event: never };
  /** The hits in some rows. */
  hitsIn: { args: HitsIn; result: Hits; event: never };
  /** Rows as text. */
  textOf: { args: TextOf; result: Text; event: never };
  /** The bytes of a small body. */
  bodyData: { args: BodyId; result: BodyData; event: never };
  /** Writes a body to a file. */
  saveBody: { args: SaveBody; result: Empty; event: never };
  /** The cookie jar. */
  cookies: { args: Empty; result: Cookies; event: never };
  /** Adds or replaces a cookie. */
  setCookie: { args: SetCookie; result: Cookies; event: never };
  /** Removes cookies. */
  removeCookies: { args: RemoveCookies; result: Cookies; event: never };
  /** Searches history. */
  searchHistory: { args: SearchHistory; result: HistoryPage; event: never };
  /** One entry, whole. */
  historyDetail: { args: HistoryId; result: HistoryDetail; event: never };
  /** Writes entries to a HAR file, as a whole or not at all. */
  exportHistory: { args: ExportHistory; result: HistoryExported; event: HistoryProgress };
  /** Deletes entries with their bodies. */
  deleteHistory: { args: HistoryIds; result: Pruned; event: never };
  /** Prunes or clears history. */
  pruneHistory: { args: PruneHistory; result: Pruned; event: never };
  /** Saves the settings. */
  saveSettings: { args: SaveSettings; result: Settings; event: never };
  /** Stops or starts verifying one host. */
  trustHost: { args: TrustHost; result: Settings; event: never };
  /** Starts the playground. */
  startPlayground: { args: Empty; result: PlaygroundView; event: never };
}
