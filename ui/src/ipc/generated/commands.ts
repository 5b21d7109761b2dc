// Written by `make bindings` from crates/app/src/commands.rs and wire/. Do not edit.

/**
 * Where an API key goes.
 */
export type ApiKeyPlace = "header" | "query";

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
 * Header or parameter name.
 */
key: string, 
/**
 * Its value.
 */
value: string, 
/**
 * Header or query.
 */
placement: ApiKeyPlace, } | { "type": "other", 
/**
 * The scheme's name in the file, such as `oauth2`.
 */
scheme: string, };

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
variables: Array<Variable>, };

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
warnings: Array<string>, };

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
maxBodyBytes: number, };

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
dropped: Array<string>, };

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
 * `basic`, `bearer`, `apikey`, …
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
 * Kinds of tokens.
 */
export type TokenKind = "key" | "string" | "number" | "keyword" | "punctuation" | "tag" | "attribute" | "comment" | "invalid";

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
