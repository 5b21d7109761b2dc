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
        /// Which field: `user name`, `password`, `token`, `key name`, `key value`, …
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
    /// A field holds what it cannot hold.
    #[error("The {field} is not {expected}. Correct it in the request's auth.")]
    Field {
        /// Which field.
        field: &'static str,
        /// What it should be: `a number of seconds`.
        expected: String,
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
    /// OAuth 2 signs with a token that was had before sending.
    #[error("There is no OAuth 2 token to send yet. Get a token, then send again.")]
    NoToken,
    /// A private key that is no key, or of another kind.
    #[error("The {field} cannot be read: {reason}. Give a private key in PEM form.")]
    Key {
        /// Which field.
        field: &'static str,
        /// What is wrong, without any of the key.
        reason: String,
    },
    /// A token cannot be made with this key and algorithm.
    #[error("{scheme}: {reason}")]
    Token {
        /// The scheme's name for people.
        scheme: &'static str,
        /// What is wrong and what to do, without any of the key.
        reason: String,
    },
    /// The scheme cannot sign this request.
    #[error("{scheme} cannot sign this request: {reason}.")]
    Request {
        /// The scheme's name for people.
        scheme: &'static str,
        /// Why, and what to do.
        reason: String,
    },
    /// The body could not be read for signing.
    #[error("The body could not be read to sign it: {reason}. Check the file and send again.")]
    Body {
        /// The system's word for it.
        reason: String,
    },
    /// A challenge that is not understood, or asks for what the scheme does not do.
    #[error("The server's challenge cannot be answered with {scheme}: {reason}.")]
    Challenge {
        /// The scheme's name for people.
        scheme: &'static str,
        /// What the server asked for, and what to do.
        reason: String,
    },
    /// No keys for AWS.
    #[error("AWS keys: {reason}.")]
    Aws {
        /// Where was looked, what is missing, and what to do.
        reason: String,
    },
    /// The `.netrc` file has nothing for this host, or cannot be read.
    #[error("The .netrc file {reason}.")]
    Netrc {
        /// What is wrong, and what to do.
        reason: String,
    },
    /// Neither a ticket nor a token for this connection.
    #[error("{scheme} failed: {reason}")]
    Handshake {
        /// The scheme's name for people.
        scheme: &'static str,
        /// What happened, and what to do.
        reason: String,
    },
    /// The system gives no random numbers.
    #[error("The system gives no random numbers, so nothing can be signed. Restart the computer.")]
    Random,
    /// The system's clock is outside the years that can be written.
    #[error("The computer's clock is far off. Set it, then send again.")]
    Clock,
}
