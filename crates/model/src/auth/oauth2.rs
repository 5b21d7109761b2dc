use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::KeyText;

/// OAuth 2.0 (RFC 6749) and `OpenID` Connect.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[allow(clippy::struct_excessive_bools)] // Independent switches, each a setting of its own.
pub struct OAuth2 {
    /// How a token is had.
    pub flow: Flow,
    /// Issuer whose metadata fills in the endpoints that are empty (RFC 8414, `OpenID` Discovery).
    pub issuer: String,
    /// Where the user consents.
    pub authorization_url: String,
    /// Token endpoint.
    pub access_token_url: String,
    /// Token endpoint for refreshing; empty for the same.
    pub refresh_token_url: String,
    /// Device authorization endpoint (RFC 8628).
    pub device_authorization_url: String,
    /// Pushed authorization request endpoint (RFC 9126).
    pub pushed_authorization_url: String,
    /// Revocation endpoint (RFC 7009).
    pub revocation_url: String,
    /// Introspection endpoint (RFC 7662).
    pub introspection_url: String,
    /// Where the issuer's keys are, to check ID tokens.
    pub jwks_url: String,
    /// Redirect URI. Empty: `http://127.0.0.1` with a free port and the path `/callback`. On a
    /// loopback address Errand listens there itself; any other is pasted by hand.
    pub callback_url: String,
    /// Who the client is.
    pub credentials: ClientCredentials,
    /// How it proves that to the token endpoint.
    pub client_authentication: ClientAuthentication,
    /// Private key (or with `client_secret_jwt` nothing) to sign client assertions with.
    pub client_key: KeyText,
    /// Algorithm of client assertions; empty for RS256, or HS256 with `client_secret_jwt`.
    pub client_key_algorithm: String,
    /// `kid` of client assertions; empty for none.
    pub client_key_id: String,
    /// User name and password of the password grant.
    pub resource_owner: ResourceOwner,
    /// Scopes, separated by blanks.
    pub scope: String,
    /// `audience` parameter; empty for none.
    pub audience: String,
    /// `resource` parameters (RFC 8707), separated by blanks; empty for none.
    pub resource: String,
    /// `prompt` parameter; empty for none.
    pub prompt: String,
    /// Fixed `state`; empty for a fresh one.
    pub state: String,
    /// RFC 7636.
    pub pkce: Pkce,
    /// Send the authorization request by the back channel first (RFC 9126).
    pub pushed_authorization: bool,
    /// Bind tokens to a key (RFC 9449).
    pub dpop: bool,
    /// The assertion of the JWT bearer grant (RFC 7523).
    pub assertion: JwtAssertion,
    /// The tokens of a token exchange (RFC 8693).
    pub exchange: TokenExchange,
    /// Further parameters, by step.
    pub additional_parameters: AdditionalParameters,
    /// What is done with the token.
    pub token_config: TokenConfig,
    /// Word before the token in a header; empty for the token's own type.
    pub header_prefix: String,
    /// When tokens are fetched and refreshed unasked.
    pub settings: TokenSettings,
}

/// How a token is had.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// RFC 6749 §4.1, with PKCE.
    #[default]
    AuthorizationCode,
    /// RFC 6749 §4.4.
    ClientCredentials,
    /// RFC 6749 §4.3.
    ResourceOwnerPasswordCredentials,
    /// RFC 6749 §4.2.
    Implicit,
    /// RFC 8628.
    DeviceCode,
    /// RFC 7523 §2.1.
    JwtBearer,
    /// RFC 8693.
    TokenExchange,
}

/// Who the client is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ClientCredentials {
    /// `client_id`.
    pub client_id: String,
    /// `client_secret`; empty for a public client.
    pub client_secret: String,
}

/// How a client proves itself to the token endpoint (`OpenID` Connect Core §9, RFC 8705).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ClientAuthentication {
    /// HTTP Basic where there is a secret, else only `client_id` in the body.
    #[default]
    Basic,
    /// `client_id` and `client_secret` in the body.
    Post,
    /// A JWT signed with the secret.
    ClientSecretJwt,
    /// A JWT signed with the private key.
    PrivateKeyJwt,
    /// The TLS client certificate; `client_id` in the body.
    TlsClientAuth,
    /// Only `client_id` in the body.
    None,
}

/// A user's name and password.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ResourceOwner {
    /// User name.
    pub username: String,
    /// Password.
    pub password: String,
}

/// Proof Key for Code Exchange.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Pkce {
    /// Leave it out.
    pub disabled: bool,
    /// `S256` or `plain`; empty for `S256`.
    pub method: String,
}

/// A JWT that stands for a user or a service account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct JwtAssertion {
    /// `iss`; empty for the client id.
    pub issuer: String,
    /// `sub`; empty for the issuer.
    pub subject: String,
    /// `aud`; empty for the token endpoint.
    pub audience: String,
    /// Algorithm; empty for RS256.
    pub algorithm: String,
    /// Key it is signed with.
    pub key: KeyText,
    /// `kid`; empty for none.
    pub key_id: String,
    /// Further claims as a JSON object; empty for none.
    pub claims: String,
}

/// The tokens of a token exchange (RFC 8693 §2.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct TokenExchange {
    /// `subject_token`.
    pub subject_token: String,
    /// `subject_token_type`; empty for an access token's URN.
    pub subject_token_type: String,
    /// `actor_token`; empty for none.
    pub actor_token: String,
    /// `actor_token_type`; empty for an access token's URN.
    pub actor_token_type: String,
    /// `requested_token_type`; empty for none.
    pub requested_token_type: String,
}

/// Further parameters of each step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AdditionalParameters {
    /// Of the authorization (and device authorization) request.
    pub authorization_request: Vec<AdditionalParameter>,
    /// Of the token request.
    pub access_token_request: Vec<AdditionalParameter>,
    /// Of the refresh request.
    pub refresh_token_request: Vec<AdditionalParameter>,
}

/// A further parameter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct AdditionalParameter {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Where it goes.
    pub placement: ParameterPlace,
}

/// Where a further parameter goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ParameterPlace {
    /// A header.
    Header,
    /// The query.
    Query,
    /// The form body; for an authorization request the same as the query.
    #[default]
    Body,
}

/// What is done with the token.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct TokenConfig {
    /// Definitions with the same id share a token; empty for the definition's own.
    pub id: String,
    /// Where the token goes.
    pub placement: TokenPlacement,
    /// Which token goes.
    pub source: TokenKind,
}

/// Where a token goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum TokenPlacement {
    /// A header of this name.
    Header(String),
    /// A query parameter of this name.
    Query(String),
}

impl Default for TokenPlacement {
    fn default() -> Self {
        Self::Header("Authorization".to_owned())
    }
}

/// Which token a request carries.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "SentToken")] // The window knows another kind of token: that of coloured text.
pub enum TokenKind {
    /// The access token.
    #[default]
    AccessToken,
    /// The ID token.
    IdToken,
}

/// When tokens are fetched and refreshed unasked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct TokenSettings {
    /// Fetch one when there is none. A flow that needs a person asks for a login instead.
    pub auto_fetch_token: bool,
    /// Refresh one that expires.
    pub auto_refresh_token: bool,
}

impl Default for TokenSettings {
    fn default() -> Self {
        Self { auto_fetch_token: true, auto_refresh_token: true }
    }
}
