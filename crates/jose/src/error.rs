use crate::Algorithm;
use crate::algorithm::names;

/// What is wrong with a key, a token or its claims. Never contains key material or a token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Not the name of a signature algorithm; `none` is no algorithm either.
    #[error("\"{given}\" is not a signature algorithm. Use one of {}.", names(Algorithm::ALL))]
    Algorithm {
        /// As given.
        given: String,
    },
    /// A token is signed with an algorithm that is not accepted here.
    #[error(
        "The token is signed with {algorithm}, which is not accepted here (accepted: {allowed})."
    )]
    NotAllowed {
        /// The token's.
        algorithm: Algorithm,
        /// The accepted ones.
        allowed: String,
    },
    /// The token says that it is not signed (RFC 7515 §6).
    #[error(
        "The token is not signed (alg is \"none\"): anybody could have made it. It is not accepted."
    )]
    Unsigned,

    /// No key at all.
    #[error("The key is empty. Give a shared secret, a PEM or a JWK.")]
    EmptyKey,
    /// A PEM where a shared secret belongs: with it a public key would become a secret everybody knows.
    #[error(
        "The shared secret is a PEM. HMAC needs a secret text; for this key choose an RS, PS, ES or EdDSA algorithm."
    )]
    PemAsSecret,
    /// The secret is said to be base64, and is not.
    #[error("The shared secret is not base64. Correct it, or say that it is plain text.")]
    SecretBase64,
    /// In no known form.
    #[error(
        "The key is in no known form. Give a PEM (-----BEGIN …), a JWK ({{\"kty\": …}}) or a URL data:application/pkcs8;kid=…;base64,…."
    )]
    NotAKey,
    /// A key's text or bytes are broken.
    #[error("The {form} cannot be read: {why}.")]
    Broken {
        /// `PEM`, `JWK`, `key set`, …
        form: &'static str,
        /// The reason.
        why: String,
    },
    /// A kind of key that signs nothing here.
    #[error(
        "The key is {what}, which cannot be used here. RSA, EC (P-256, P-384, P-521), Ed25519 and shared secrets can."
    )]
    KeyType {
        /// In words.
        what: String,
    },
    /// A form of key file that is not read, with the command that turns it into one that is.
    #[error("The key is {form}, which is not read. Convert it: {command}")]
    Convert {
        /// In words.
        form: &'static str,
        /// A command line.
        command: &'static str,
    },
    /// The key is encrypted and no passphrase was given.
    #[error("The private key is encrypted. Give its passphrase.")]
    PassphraseNeeded,
    /// The passphrase does not open the key.
    #[error("The passphrase does not open the private key. Correct the passphrase.")]
    Passphrase,
    /// The key does not fit the algorithm.
    #[error(
        "{algorithm} needs {needs}, but the key is {has}. Choose another algorithm or another key."
    )]
    WrongKey {
        /// The chosen one.
        algorithm: Algorithm,
        /// What it needs.
        needs: &'static str,
        /// What the key is.
        has: &'static str,
    },
    /// A JWK says which algorithm it is for, and this is another.
    #[error("The key is for {says} only, not for {algorithm}. Choose {says}, or another key.")]
    OtherAlgorithm {
        /// The chosen one.
        algorithm: Algorithm,
        /// The JWK's `alg`.
        says: String,
    },
    /// A public key cannot sign.
    #[error("The key is {has}. Signing needs the private key.")]
    PrivateKeyNeeded {
        /// What the key is.
        has: &'static str,
    },
    /// The library refused; with sound keys this does not happen.
    #[error("Signing with {algorithm} failed: the key may be too short for it, or damaged.")]
    Signing {
        /// The chosen one.
        algorithm: &'static str,
    },
    /// The operating system gives no random numbers.
    #[error("The operating system gave no random numbers: {0}.")]
    Random(String),

    /// Too long to be a token.
    #[error("The token is {length} bytes long; more than {most} are not read.")]
    TooLong {
        /// Its length.
        length: usize,
        /// The limit.
        most: usize,
    },
    /// Not three parts.
    #[error(
        "This is not a signed token: it has {parts} parts instead of three (header.claims.signature)."
    )]
    Parts {
        /// How many parts, counted up to 6.
        parts: usize,
    },
    /// Five parts: RFC 7516.
    #[error("The token is encrypted (JWE): only its receiver can read it.")]
    Encrypted,
    /// A part is not base64url.
    #[error("The token's {part} is not base64url.")]
    Base64 {
        /// `header`, `claims`, `signature`.
        part: &'static str,
    },
    /// A part is not JSON.
    #[error("The token's {part} is not JSON (line {line}, column {column}).")]
    Json {
        /// `header`, `claims`.
        part: &'static str,
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// A part is JSON, but no object.
    #[error("The token's {part} is JSON, but not an object.")]
    NotAnObject {
        /// `header`, `claims`.
        part: &'static str,
    },
    /// A header parameter is missing or of the wrong type.
    #[error("The token's header has no \"{name}\" that is a text.")]
    HeaderParameter {
        /// Its name.
        name: &'static str,
    },
    /// RFC 7515 §4.1.11: an extension that must be understood.
    #[error("The token demands extensions that are not understood (crit). It is not accepted.")]
    Critical,
    /// No key of this id.
    #[error(
        "No key with the id \"{kid}\" is known (known: {known}). Keys may have changed: fetch them anew."
    )]
    UnknownKey {
        /// The token's.
        kid: String,
        /// The known ones.
        known: String,
    },
    /// No key fits the algorithm.
    #[error("No key for {algorithm} is known.")]
    NoKey {
        /// The token's.
        algorithm: Algorithm,
    },
    /// The signature is of another key or of other content.
    #[error("The signature does not match: the token was changed, or signed with another key.")]
    Signature,

    /// `exp` is past.
    #[error("The token expired {ago} s ago (exp {exp}).")]
    Expired {
        /// Seconds since then.
        ago: u64,
        /// The claim.
        exp: String,
    },
    /// `nbf` is in the future.
    #[error(
        "The token is not valid yet, but in {in_seconds} s (nbf {nbf}). Is this computer's clock right?"
    )]
    NotYetValid {
        /// Seconds until then.
        in_seconds: u64,
        /// The claim.
        nbf: String,
    },
    /// `iat` is in the future.
    #[error(
        "The token was issued {in_seconds} s in the future (iat {iat}). Is this computer's clock right?"
    )]
    IssuedInFuture {
        /// Seconds until then.
        in_seconds: u64,
        /// The claim.
        iat: String,
    },
    /// `iss` is another.
    #[error("The token was issued by \"{found}\", not by \"{expected}\" (iss).")]
    Issuer {
        /// As it should be.
        expected: String,
        /// As it is.
        found: String,
    },
    /// `aud` does not name the receiver.
    #[error("The token is meant for {found}, not for \"{expected}\" (aud).")]
    Audience {
        /// As it should be.
        expected: String,
        /// As it is.
        found: String,
    },
    /// A claim that must be there is not.
    #[error("The token has no \"{claim}\".")]
    ClaimMissing {
        /// Its name.
        claim: &'static str,
    },
    /// A claim is of the wrong type.
    #[error("The token's \"{claim}\" is not {expected}.")]
    ClaimType {
        /// Its name.
        claim: &'static str,
        /// In words.
        expected: &'static str,
    },
}

impl Error {
    pub(crate) fn broken(form: &'static str, why: impl Into<String>) -> Self {
        Self::Broken { form, why: why.into() }
    }
}

/// The start of a text that somebody else chose, short and without control characters.
pub(crate) fn excerpt(text: &str) -> String {
    const MOST: usize = 80;
    let mut short: String = text.chars().filter(|c| !c.is_control()).take(MOST).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}
