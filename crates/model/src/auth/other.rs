use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where an API key goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ApiKeyPlace {
    /// A request header.
    #[default]
    Header,
    /// A query parameter.
    Query,
    /// A cookie.
    Cookie,
}

/// A private key, or any key too long for a field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", content = "value", rename_all = "camelCase")]
pub enum KeyText {
    /// The key itself, as a rule `{{name}}` of a secret variable.
    Text(String),
    /// The file that holds it, relative to the workspace.
    File(String),
    /// None given.
    #[default]
    None,
}

impl KeyText {
    /// The key itself, if there is one.
    pub fn of(text: String) -> Self {
        if text.is_empty() { Self::None } else { Self::Text(text) }
    }
}

/// The fields of a Hawk header.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Hawk {
    /// Key identifier.
    pub id: String,
    /// The key.
    pub key: String,
    /// Hash of the MAC.
    pub algorithm: HawkAlgorithm,
    /// Application data that is signed along; empty for none.
    pub ext: String,
    /// Application id (Oz); empty for none.
    pub app: String,
    /// Delegated-by application id (Oz); empty for none.
    pub dlg: String,
    /// Whether the body is hashed and signed.
    pub include_payload_hash: bool,
}

/// Hashes that Hawk knows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum HawkAlgorithm {
    /// SHA-256.
    #[default]
    Sha256,
    /// SHA-1.
    Sha1,
}

/// The fields of Akamai `EdgeGrid` (`EG1-HMAC-SHA256`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct EdgeGrid {
    /// Client token.
    pub client_token: String,
    /// Client secret.
    pub client_secret: String,
    /// Access token.
    pub access_token: String,
    /// Names of headers that are signed, separated by commas.
    pub headers_to_sign: String,
    /// How many bytes of a POST body are hashed; empty for 131072.
    pub max_body_bytes: String,
}

/// What is made of the hash in a WSSE password digest. Nothing that a server says tells which it
/// wants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum WsseDigest {
    /// Its hexadecimal text is encoded in base64, as Emarsys wants it and Bruno sends it.
    #[default]
    Hex,
    /// Its bytes are encoded in base64, as in the Atom publishing protocol.
    Raw,
}
