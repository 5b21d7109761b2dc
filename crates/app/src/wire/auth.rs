use errand_model::{Auth, Folder, Request};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Exchange, Hop, SecretState, WireError};

/// Names the auth of a request, folder or collection, as shown (saved or not).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AuthPlace {
    /// Path of the request or folder, for its variables and what it inherits; empty at the top.
    pub path: String,
    /// The auth; `inherit` stands for the one above.
    pub auth: Auth,
    /// The request as shown, for its own variables.
    pub request: Option<Request>,
}

/// What is known of the token that an OAuth scheme has.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_excessive_bools)] // What can be done is said one by one.
pub struct TokenView {
    /// Whether there is one, and whether it is good.
    pub state: TokenState,
    /// `Bearer`, `DPoP`; empty without a token.
    pub token_type: String,
    /// What it allows.
    pub scopes: Vec<String>,
    /// RFC 3339.
    pub obtained_at: Option<String>,
    /// RFC 3339; none for a token that does not say.
    pub expires_at: Option<String>,
    /// Whether it is kept for this session only.
    pub session_only: bool,
    /// Whether logging in needs a browser or a person.
    pub needs_person: bool,
    /// Whether there is a refresh token.
    pub can_refresh: bool,
    /// Whether a revocation endpoint is known.
    pub can_revoke: bool,
    /// Whether an introspection endpoint is known.
    pub can_introspect: bool,
    /// What the access token says, when it is a JWT.
    pub access_claims: Option<ClaimsView>,
    /// What the ID token says.
    pub id_claims: Option<ClaimsView>,
    /// Why the last refresh or login failed, or what else is worth knowing.
    pub problem: Option<WireError>,
    /// The hops of the last flow, secrets masked.
    pub hops: Vec<FlowHop>,
}

/// States of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TokenState {
    /// There is none.
    None,
    /// It can be used.
    Valid,
    /// Its time is over.
    Expired,
    /// The keychain does not say.
    Unknown,
}

/// What a token says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClaimsView {
    /// Header and claims as indented JSON.
    pub json: String,
    /// Whether its signature was checked.
    pub checked: bool,
    /// Why it was not, or by which key it was.
    pub note: String,
}

/// One request of a flow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FlowHop {
    /// `Token request`
    pub title: String,
    /// What was on the wire; secrets masked.
    pub hop: Hop,
    /// The answer's body as text, secrets masked, up to 64 KiB.
    pub answer: String,
    /// Why there is no answer.
    pub error: Option<String>,
}

/// Logs in. Streams [`LoginEvent`]s; the result is the token's view. `cancel` with the same name ends it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LogIn {
    /// Chosen by the caller, unique among what runs; names the login for `cancel` and `finishLogin`.
    pub login: String,
    /// Whose auth.
    pub place: AuthPlace,
}

/// What a login waits for.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum LoginEvent {
    /// The browser was opened; the redirect is awaited.
    #[serde(rename_all = "camelCase")]
    Browser {
        /// The authorization URL, to open by hand where no browser opened.
        url: String,
        /// Where the provider sends the browser back to.
        redirect_uri: String,
        /// Whether Errand listens there; else the final URL must be pasted.
        listening: bool,
        /// Why no browser was opened.
        problem: Option<String>,
    },
    /// A code is to be entered elsewhere (RFC 8628).
    #[serde(rename_all = "camelCase")]
    Device {
        /// The code.
        user_code: String,
        /// Where to enter it.
        verification_uri: String,
        /// The same with the code in it.
        verification_uri_complete: Option<String>,
        /// RFC 3339.
        expires_at: String,
    },
    /// A request of the flow was answered.
    Hop {
        /// It.
        hop: Box<FlowHop>,
    },
}

/// Hands in the final URL of a browser leg by hand.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FinishLogin {
    /// As in [`LogIn`].
    pub login: String,
    /// What the browser's address bar says at the end.
    pub url: String,
}

/// Asks to see a token.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CopyToken {
    /// Whose auth.
    pub place: AuthPlace,
    /// Which one.
    pub which: TokenWhich,
}

/// Tokens of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TokenWhich {
    /// The access token.
    Access,
    /// The refresh token.
    Refresh,
    /// The ID token.
    Id,
}

/// A service whose auth is known.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProviderView {
    /// Stable id.
    pub id: String,
    /// Shown name.
    pub name: String,
    /// `Code hosting`, `CRM`, …
    pub category: String,
    /// What to fill in; `{{name}}` where a variable is needed.
    pub auth: Auth,
    /// The variables it needs.
    pub variables: Vec<ProviderVariable>,
    /// Scopes one may ask for.
    pub scopes: Vec<ProviderScope>,
    /// What to know, in sentences.
    pub quirks: Vec<String>,
    /// Where the redirect URI is registered or the key made.
    pub register_url: String,
    /// The provider's own documentation.
    pub documentation_url: String,
    /// Day on which it was looked up, `2026-11-21`.
    pub checked: String,
    /// A request to try it with.
    pub request: Option<ProviderRequest>,
}

/// A variable that a provider's auth needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProviderVariable {
    /// Its name.
    pub name: String,
    /// What it is, for people.
    pub label: String,
    /// Whether it belongs into the keychain.
    pub secret: bool,
}

/// A scope of a provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProviderScope {
    /// As sent.
    pub name: String,
    /// What it allows.
    pub description: String,
}

/// A request to try a provider with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ProviderRequest {
    /// Shown name.
    pub name: String,
    /// Method.
    pub method: String,
    /// URL.
    pub url: String,
    /// Headers.
    pub headers: Vec<super::WireHeader>,
}

/// Sends a request with credentials of several kinds and compares. Streams each row; the result is all.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CheckAuth {
    /// Chosen by the caller; names it for `cancel`.
    pub exchange: String,
    /// Where the request is saved.
    pub path: Option<String>,
    /// The request as shown.
    pub request: Request,
    /// The environment whose credentials must not work in the chosen one; none leaves that row out.
    pub other_environment: Option<String>,
}

/// What a server did with each kind of credential.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AuthCheck {
    /// In the order they were sent.
    pub rows: Vec<AuthCheckRow>,
    /// How many rows are let in that should have been refused.
    pub holes: u32,
}

/// One kind of credential.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AuthCheckRow {
    /// Which.
    pub variant: AuthVariant,
    /// In words: `No credential`.
    pub title: String,
    /// What came of it; none when it was not sent.
    pub exchange: Option<Box<Exchange>>,
    /// What that means.
    pub verdict: AuthVerdict,
    /// In a sentence.
    pub note: String,
}

/// Kinds of credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AuthVariant {
    /// As it should be.
    Valid,
    /// None at all.
    Nothing,
    /// A wrong one of the same form.
    Wrong,
    /// The right one with something changed.
    Tampered,
    /// One whose time is over.
    Expired,
    /// Another environment's.
    OtherEnvironment,
}

/// What a row means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AuthVerdict {
    /// The server did what it should.
    Good,
    /// The server let in what it should have refused.
    Hole,
    /// The valid credential was refused.
    Refused,
    /// Refused, but not with 401 or 403.
    Unusual,
    /// Nothing can be said.
    Unclear,
    /// There is no such credential for this scheme.
    Skipped,
}

/// Opens a page in the system's browser.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenLink {
    /// `http` or `https`.
    pub url: String,
}

/// Asks for literals that look like credentials.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FindLiterals {
    /// A request.
    pub request: Option<Request>,
    /// Or a folder.
    pub folder: Option<Folder>,
}

/// A literal that looks like a credential.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LiteralFound {
    /// `auth.password`, `headers.X-Api-Key`, `params.key`, `body`, `url`, `variables.token`.
    pub place: String,
    /// The place in words.
    pub label: String,
    /// The literal as it stands there, to be replaced.
    pub literal: String,
    /// What is shown of it.
    pub shown: String,
    /// A name for the variable.
    pub suggestion: String,
    /// Why it looks like one: `a password field`, `a GitHub token`.
    pub reason: String,
}

/// Puts a value into the keychain and declares the secret variable it is the value of.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeepAsSecret {
    /// The environment it belongs to; none for the collection.
    pub environment: Option<String>,
    /// Wished name; a free one is made of it when that is taken by another value.
    pub name: String,
    /// The value.
    pub value: String,
}

/// A secret variable that now holds a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeptAsSecret {
    /// Its name.
    pub name: String,
    /// `{{name}}`
    pub reference: String,
    /// Where the value is.
    pub state: SecretState,
}
