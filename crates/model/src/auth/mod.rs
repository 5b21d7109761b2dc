//! How a request proves who it is from. Field names are those of `OpenCollection` where it has them.

mod aws;
mod jwt;
mod oauth1;
mod oauth2;
mod other;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use aws::{AwsPayload, AwsV4, SignaturePlace};
pub use jwt::{Asap, Jwt};
pub use oauth1::{OAuth1, OAuth1Place};
pub use oauth2::{
    AdditionalParameter, AdditionalParameters, ClientAuthentication, ClientCredentials, Flow,
    JwtAssertion, OAuth2, ParameterPlace, Pkce, ResourceOwner, TokenConfig, TokenExchange,
    TokenKind, TokenPlacement, TokenSettings,
};
pub use other::{ApiKeyPlace, EdgeGrid, Hawk, HawkAlgorithm, KeyText, WsseDigest};

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
    /// A key in a header, the query or a cookie.
    #[serde(rename_all = "camelCase")]
    ApiKey {
        /// Header, parameter or cookie name.
        key: String,
        /// Its value.
        value: String,
        /// Where it goes.
        placement: ApiKeyPlace,
    },
    /// RFC 7616.
    Digest {
        /// User name.
        username: String,
        /// Password.
        password: String,
    },
    /// `NTLMv2` (MS-NLMP) over one connection.
    Ntlm {
        /// User name; `DOMAIN\user` and `user@domain` are understood.
        username: String,
        /// Password.
        password: String,
        /// Domain; empty for what the user name or the server says.
        domain: String,
    },
    /// Kerberos with the system's tickets (RFC 4559).
    Negotiate {
        /// The service's principal; empty for `HTTP@host`.
        service: String,
        /// Hand the server a ticket to act on the user's behalf.
        delegate: bool,
    },
    /// Hawk (github.com/mozilla/hawk).
    Hawk(Hawk),
    /// `UsernameToken` in an `X-WSSE` header.
    Wsse {
        /// User name.
        username: String,
        /// Password.
        password: String,
        /// What is made of the hash before it is encoded.
        #[serde(default)]
        digest: WsseDigest,
    },
    /// Akamai `EdgeGrid`.
    EdgeGrid(EdgeGrid),
    /// AWS Signature Version 4.
    #[serde(rename = "awsV4")]
    AwsV4(AwsV4),
    /// RFC 5849.
    #[serde(rename = "oauth1")]
    OAuth1(Box<OAuth1>),
    /// RFC 6749 and `OpenID` Connect.
    #[serde(rename = "oauth2")]
    OAuth2(Box<OAuth2>),
    /// A JSON Web Token made for each request (RFC 7519).
    Jwt(Jwt),
    /// Atlassian's service-to-service authentication.
    Asap(Asap),
    /// The user's `.netrc`, by host.
    Netrc {
        /// Path of the file; empty for `$NETRC` or the one in the home folder.
        file: String,
    },
    /// A scheme that this version cannot apply. The file keeps it as it is; sending says so.
    #[serde(rename_all = "camelCase")]
    Other {
        /// The scheme's name in the file.
        scheme: String,
    },
}

impl Auth {
    /// Every scheme with its fields empty, or as they are when nothing is said.
    pub fn blanks() -> Vec<Self> {
        let text = String::new;
        vec![
            Self::Basic { username: text(), password: text() },
            Self::Bearer { token: text() },
            Self::ApiKey { key: text(), value: text(), placement: ApiKeyPlace::Header },
            Self::Digest { username: text(), password: text() },
            Self::Ntlm { username: text(), password: text(), domain: text() },
            Self::Negotiate { service: text(), delegate: false },
            Self::Hawk(Hawk::default()),
            Self::Wsse { username: text(), password: text(), digest: WsseDigest::Hex },
            Self::EdgeGrid(EdgeGrid::default()),
            Self::AwsV4(AwsV4::default()),
            Self::OAuth1(Box::default()),
            Self::OAuth2(Box::default()),
            Self::Jwt(Jwt::default()),
            Self::Asap(Asap::default()),
            Self::Netrc { file: text() },
        ]
    }

    /// The scheme's name in files, in lower case: `basic`, `awsv4`, `oauth2`, …
    pub fn scheme(&self) -> &str {
        match self {
            Self::Inherit => "inherit",
            Self::None => "none",
            Self::Basic { .. } => "basic",
            Self::Bearer { .. } => "bearer",
            Self::ApiKey { .. } => "apikey",
            Self::Digest { .. } => "digest",
            Self::Ntlm { .. } => "ntlm",
            Self::Negotiate { .. } => "negotiate",
            Self::Hawk(_) => "hawk",
            Self::Wsse { .. } => "wsse",
            Self::EdgeGrid(_) => "edgegrid",
            Self::AwsV4(_) => "awsv4",
            Self::OAuth1(_) => "oauth1",
            Self::OAuth2(_) => "oauth2",
            Self::Jwt(_) => "jwt",
            Self::Asap(_) => "asap",
            Self::Netrc { .. } => "netrc",
            Self::Other { scheme } => scheme,
        }
    }
}
