//! Proof of possession (RFC 9449).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use errand_auth::{
    Addition, Again, Answer, Clock, Place, Secret, Signed, Signer, SystemClock, Unsigned,
};
use errand_jose::{Algorithm, Key, base64url_sha256};
use jiff::Timestamp;
use serde_json::{Map, Value};
use url::Url;

use crate::{Error, pkce};

const DOTS: &str = "••••••";

/// The nonces that servers asked for, by origin (RFC 9449 §8, §9). Clones share them.
#[derive(Clone, Default)]
pub struct Nonces(Arc<Mutex<HashMap<String, String>>>);

impl Nonces {
    fn of(&self, url: &Url) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&origin(url)).cloned()
    }

    /// Keeps a server's nonce; says whether it is a new one. One that no header carries is passed over.
    pub(crate) fn learn(&self, url: &Url, nonce: Option<&str>) -> bool {
        let Some(nonce) = nonce.filter(|text| {
            !text.is_empty() && text.len() <= 512 && text.bytes().all(|b| b.is_ascii_graphic())
        }) else {
            return false;
        };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(origin(url), nonce.to_owned()).as_deref() != Some(nonce)
    }
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

/// A new key to bind tokens to.
pub(crate) fn generate() -> Result<Key, Error> {
    Key::generate(Algorithm::Es256)
        .map_err(|error| Error::Key { field: "DPoP key", reason: error.to_string() })
}

/// The key a token set was bound to.
pub(crate) fn key(jwk: &Secret) -> Result<Key, Error> {
    Key::any(jwk.expose())
        .map_err(|error| Error::Key { field: "DPoP key", reason: error.to_string() })
}

/// A proof for one request (RFC 9449 §4.2).
pub(crate) fn proof(
    key: &Key,
    method: &str,
    url: &Url,
    token: Option<&Secret>,
    nonces: &Nonces,
    now: Timestamp,
) -> Result<Secret, Error> {
    let mut target = url.clone();
    target.set_query(None);
    target.set_fragment(None);
    let mut header = Map::new();
    header.insert("typ".to_owned(), "dpop+jwt".into());
    header.insert("jwk".to_owned(), key.public_jwk());
    let mut claims = Map::new();
    let mut put = |name: &str, value: Value| claims.insert(name.to_owned(), value);
    put("jti", pkce::random()?.expose().into());
    put("htm", method.into());
    put("htu", target.as_str().into());
    put("iat", now.as_second().into());
    if let Some(token) = token {
        put("ath", base64url_sha256(token.expose()).into());
    }
    if let Some(nonce) = nonces.of(url) {
        put("nonce", nonce.into());
    }
    let proof = errand_jose::sign(header, claims, key.default_algorithm(), key)
        .map_err(|error| Error::Key { field: "DPoP key", reason: error.to_string() })?;
    Ok(Secret::from(proof.as_str()))
}

/// Puts a DPoP-bound token and a fresh proof onto each request; answers a server that wants its
/// nonce in the proof (RFC 9449 §7, §9).
pub struct DpopSigner {
    token: Secret,
    key: Key,
    nonces: Nonces,
    clock: Arc<dyn Clock>,
    last: Option<Url>,
    retried: bool,
}

impl DpopSigner {
    /// A signer for `token`, which is bound to the key in `jwk` (a private JWK).
    ///
    /// # Errors
    /// A key that cannot be read.
    pub fn new(token: Secret, jwk: &Secret, nonces: Nonces) -> Result<Self, Error> {
        Ok(Self {
            token,
            key: key(jwk)?,
            nonces,
            clock: Arc::new(SystemClock),
            last: None,
            retried: false,
        })
    }

    /// The same with another clock.
    #[must_use]
    pub fn with_clock(mut self, clock: Arc<dyn Clock>) -> Self {
        self.clock = clock;
        self
    }
}

impl Signer for DpopSigner {
    fn sign(&mut self, request: &Unsigned<'_>) -> Result<Signed, errand_auth::Error> {
        let now = Timestamp::try_from(self.clock.now()).map_err(|_| errand_auth::Error::Clock)?;
        let proof =
            proof(&self.key, request.method, request.url, Some(&self.token), &self.nonces, now)
                .map_err(|error| errand_auth::Error::Key {
                    field: "DPoP key",
                    reason: error.to_string(),
                })?;
        self.last = Some(request.url.clone());
        let header = |name: &str, value: Secret, shown: &str| Addition {
            place: Place::Header,
            name: name.to_owned(),
            value,
            shown: shown.to_owned(),
        };
        let token = Secret::new(format!("DPoP {}", self.token.expose()));
        Ok(Signed {
            additions: vec![
                header("Authorization", token, &format!("DPoP {DOTS}")),
                header("DPoP", proof, DOTS),
            ],
            body: None,
        })
    }

    fn challenged(&mut self, answer: &Answer<'_>) -> Result<Again, errand_auth::Error> {
        let Some(url) = &self.last else { return Ok(Again::No) };
        let new = self.nonces.learn(url, answer.all("DPoP-Nonce").next());
        let wanted = answer.status == 401
            && answer.all("WWW-Authenticate").any(|value| value.contains("use_dpop_nonce"));
        if wanted && new && !self.retried {
            self.retried = true;
            return Ok(Again::Yes);
        }
        Ok(Again::No)
    }
}
