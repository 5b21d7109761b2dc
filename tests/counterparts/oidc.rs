//! An OpenID provider: `oidc-provider`, which the OpenID Foundation has certified, with pages to log in at.

use super::certificates::Certificates;
use super::program::Program;

/// A running provider.
#[derive(Debug)]
pub struct OpenIdProvider {
    program: Program,
    certificates: Option<Certificates>,
}

/// How it is to behave.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// How long an access token lives.
    pub token_seconds: u32,
    /// Whether proofs of possession must carry a nonce of the provider's (RFC 9449 §8).
    pub dpop_nonce: bool,
    /// Whether it also listens over TLS and asks for client certificates (RFC 8705).
    pub mutual_tls: bool,
}

impl Default for Manner {
    fn default() -> Self {
        Self { token_seconds: 600, dpop_nonce: false, mutual_tls: false }
    }
}

impl OpenIdProvider {
    /// The client without a secret. Redirect URI of all: `http://127.0.0.1:{any port}/callback`, or with `localhost`.
    pub const PUBLIC: &str = "public";
    /// The client that proves itself by `client_secret_basic`; its secret is [`OpenIdProvider::secret`].
    pub const BASIC: &str = "basic";
    /// The same by `client_secret_post`.
    pub const POST: &str = "post";
    /// The same by `client_secret_jwt`.
    pub const SECRET_JWT: &str = "secret-jwt";
    /// By `private_key_jwt` (ES256), with [`OpenIdProvider::client_key`].
    pub const KEY_JWT: &str = "key-jwt";
    /// By its certificate, where mutual TLS is on.
    pub const MUTUAL_TLS: &str = "mutual-tls";
    /// Public, for the implicit flow: `id_token` and `id_token token`.
    pub const IMPLICIT: &str = "implicit";
    /// The scopes that [`OpenIdProvider::api`] knows; `/orders` on it wants the first.
    pub const API_SCOPES: &str = "orders:read orders:write";

    /// Starts it on a free port.
    pub fn start() -> Self {
        Self::with(Manner::default())
    }

    /// Starts it with other manners.
    pub fn with(manner: Manner) -> Self {
        let certificates = manner.mutual_tls.then(|| Certificates::issue(Self::MUTUAL_TLS));
        let seconds = manner.token_seconds.to_string();
        let mut settings = vec![("TOKEN_SECONDS", seconds.as_str())];
        if manner.dpop_nonce {
            settings.push(("DPOP_NONCE", "1"));
        }
        let folder = certificates.as_ref().map(|all| all.folder().display().to_string());
        if let Some(folder) = &folder {
            settings.push(("TLS_FOLDER", folder));
        }
        Self { program: Program::node("oidc_serve.mjs", &settings), certificates }
    }

    /// The issuer's URL; discovery starts from it.
    pub fn issuer(&self) -> String {
        self.program.told("/issuer")
    }

    /// The audience (`resource`, RFC 8707) of tokens for the API, and the API's URL: `GET {api}/orders`.
    pub fn api(&self) -> String {
        self.program.told("/api")
    }

    /// The secret of every client that has one.
    pub fn secret(&self) -> String {
        self.program.told("/secret")
    }

    /// The private key of [`OpenIdProvider::KEY_JWT`], PKCS#8 in PEM.
    pub fn client_key(&self) -> String {
        self.program.told("/clientKey")
    }

    /// Where it listens over TLS, and what to trust and show there; panics unless mutual TLS is on.
    pub fn secure(&self) -> (String, &Certificates) {
        let certificates = self.certificates.as_ref();
        let certificates = certificates.unwrap_or_else(|| panic!("started without mutual TLS"));
        (self.program.told("/secure"), certificates)
    }
}
