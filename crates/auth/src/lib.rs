//! Credentials onto requests: what a scheme adds, and the port through which tokens are kept.
//!
//! Knows no keychain and no HTTP client. What it is given is already resolved (no `{{name}}` left).

mod apply;
mod ports;
mod secret;
mod signer;
mod tokens;

pub use apply::{Addition, Place, api_key, apply, basic, bearer};
pub use ports::{Boxed, Clock, Http, HttpError, HttpRequest, HttpResponse, SystemClock};
pub use secret::Secret;
pub use signer::{Again, Answer, Framing, Payload, Signed, SignedBody, Signer, Unsigned};
pub use tokens::{TokenStore, TokenStoreError};

/// Why a credential cannot be put onto a request. Never contains the credential.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// RFC 7617 §2: the user id ends at the first colon.
    #[error(
        "The user name for basic auth contains a colon, which the scheme cannot carry. Remove the colon, or send the Authorization header yourself."
    )]
    ColonInUser,
    /// A line break or another control character would end or break the header.
    #[error(
        "The {field} contains a control character (code {code}), often a line break at its end. Remove it and send again."
    )]
    ControlCharacter {
        /// Which field: `user name`, `password`, `token`, `key name`, `key value`.
        field: &'static str,
        /// The character's code.
        code: u32,
    },
    /// RFC 6265 §4.1.1.
    #[error(
        "The key's value contains a character that a cookie cannot carry (code {code}). Encode it, or send the key in a header."
    )]
    CookieCharacter {
        /// The character's code.
        code: u32,
    },
    /// A field that the scheme needs is empty.
    #[error("The {field} is empty. Fill it in, or choose no auth for this request.")]
    Empty {
        /// Which field.
        field: &'static str,
    },
    /// The name is no header name (RFC 9110 §5.1).
    #[error(
        "\"{name}\" is not a header name: letters, digits and !#$%&'*+-.^_`|~ are allowed. Correct the API key's name."
    )]
    HeaderName {
        /// As given.
        name: String,
    },
    /// `Inherit` reached the last step: nobody looked into the folders above.
    #[error(
        "The request inherits its auth, but nothing above it says which. Choose an auth for the request or its collection."
    )]
    Inherited,
    /// A scheme this version cannot apply.
    #[error(
        "This version cannot apply the auth scheme \"{scheme}\". The file keeps it; choose another scheme to send."
    )]
    Unsupported {
        /// The scheme's name in the file.
        scheme: String,
    },
}
