use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a request proves who it is from. Fields take variables; secrets belong in secret variables.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Auth {
    /// As the folder or collection above says (the default of a request).
    #[default]
    Inherit,
    /// Nothing, even where something would be inherited.
    None,
    /// RFC 7617.
    Basic {
        /// User id.
        username: String,
        /// Password.
        password: String,
    },
    /// RFC 6750 §2.1.
    Bearer {
        /// The token.
        token: String,
    },
    /// A key in a header or the query.
    #[serde(rename_all = "camelCase")]
    ApiKey {
        /// Header or parameter name.
        key: String,
        /// Its value.
        value: String,
        /// Header or query.
        placement: ApiKeyPlace,
    },
    /// A scheme that this version cannot apply. The file keeps it as it is; sending says so.
    #[serde(rename_all = "camelCase")]
    Other {
        /// The scheme's name in the file, such as `oauth2`.
        scheme: String,
    },
}

/// Where an API key goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum ApiKeyPlace {
    /// A request header.
    #[default]
    Header,
    /// A query parameter.
    Query,
}
