use serde_json::Value;
use zeroize::Zeroizing;

use crate::base64url::decode_pasted;
use crate::material::Material;
use crate::{Algorithm, Error, asap_url, jwk, pem};

/// A shared secret, a private key or a public key.
///
/// Wiped when dropped. Has no `Debug` and is not serialisable; [`Key::private_jwk`] is the only way
/// out for what is secret in it.
#[derive(Clone)]
pub struct Key {
    pub(crate) material: Material,
    /// `kid`.
    pub(crate) id: Option<String>,
    /// `alg` of a JWK.
    pub(crate) algorithm: Option<String>,
    /// `use` of a JWK.
    pub(crate) usage: Option<String>,
}

impl Key {
    /// The bytes of a shared secret, for HMAC. Shorter ones than RFC 7518 §3.2 demands are taken:
    /// servers with such secrets exist.
    ///
    /// # Errors
    /// An empty one; a PEM, whose public key everybody may know.
    pub fn from_secret(secret: &[u8]) -> Result<Self, Error> {
        if secret.is_empty() {
            return Err(Error::EmptyKey);
        }
        if secret.trim_ascii_start().starts_with(b"-----BEGIN") {
            return Err(Error::PemAsSecret);
        }
        Ok(Material::Secret(Zeroizing::new(secret.to_vec())).into())
    }

    /// A shared secret in base64, in either alphabet, padded or not.
    ///
    /// # Errors
    /// As [`Key::from_secret`]; text that is not base64.
    pub fn from_secret_base64(text: &str) -> Result<Self, Error> {
        Self::from_secret(&decode_pasted(text).ok_or(Error::SecretBase64)?)
    }

    /// The first private key of a PEM, else its first public key or certificate: PKCS#1, PKCS#8
    /// (encrypted too), SEC 1, SPKI, X.509. A certificate gives its public key; nothing else in it
    /// is looked at. Line breaks may be lost or written as `\n`.
    ///
    /// # Errors
    /// A text without a usable key; a wrong or missing passphrase.
    pub fn from_pem(text: &str, passphrase: Option<&str>) -> Result<Self, Error> {
        pem::key(text, passphrase).map(Self::from)
    }

    /// A JWK (RFC 7517), private or public, of the type `RSA`, `EC`, `OKP` (Ed25519) or `oct`.
    ///
    /// # Errors
    /// A type or curve that is not supported; members that are missing, malformed or contradict
    /// each other.
    pub fn from_jwk(value: &Value) -> Result<Self, Error> {
        jwk::from_value(value)
    }

    /// A key in whatever form it is: PEM, JWK, Google's service account file, or ASAP's
    /// `data:application/pkcs8;kid=…;base64,…`. No shared secret as plain text.
    ///
    /// # Errors
    /// As of the form it looks like.
    pub fn any(text: &str) -> Result<Self, Error> {
        Self::any_with(text, None)
    }

    /// [`Key::any`] with the passphrase of an encrypted PEM.
    ///
    /// # Errors
    /// As of the form it looks like.
    pub fn any_with(text: &str, passphrase: Option<&str>) -> Result<Self, Error> {
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            Err(Error::EmptyKey)
        } else if text.starts_with('{') {
            jwk::from_text(text, passphrase)
        } else if text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:")) {
            asap_url::key(text)
        } else if text.contains("-----BEGIN") {
            Self::from_pem(text, passphrase)
        } else {
            Err(Error::NotAKey)
        }
    }

    /// A new key for an algorithm: RSA with 2048 bits, a secret as long as the hash.
    ///
    /// # Errors
    /// When the operating system has no random numbers to give.
    pub fn generate(algorithm: Algorithm) -> Result<Self, Error> {
        Material::generate(algorithm).map(Self::from)
    }

    /// The key's id (`kid`).
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The same key under another id; an empty one takes the id away.
    #[must_use]
    pub fn with_id(mut self, id: &str) -> Self {
        self.id = (!id.is_empty()).then(|| id.to_owned());
        self
    }

    /// What kind of key it is, in words: `an RSA private key`.
    pub fn describe(&self) -> &'static str {
        self.material.describe()
    }

    /// Whether it can sign: a private key or a shared secret.
    pub fn can_sign(&self) -> bool {
        !matches!(self.material, Material::Public(_))
    }

    /// The algorithm its JWK names, else the one most used with such a key (RS256 for RSA).
    pub fn default_algorithm(&self) -> Algorithm {
        self.algorithm
            .as_deref()
            .and_then(|name| name.parse().ok())
            .filter(|named| self.material.fits(*named))
            .unwrap_or_else(|| self.material.usual_algorithm())
    }

    /// The public half as a JWK. Of a shared secret only the type: it has no public half.
    pub fn public_jwk(&self) -> Value {
        jwk::public(self)
    }

    /// The whole key as a JWK text. Of a public key, that.
    pub fn private_jwk(&self) -> Zeroizing<String> {
        jwk::private(self)
    }

    /// The SHA-256 thumbprint of RFC 7638, in base64url. That of a shared secret is as secret as
    /// the secret is guessable.
    pub fn thumbprint(&self) -> String {
        jwk::thumbprint(self)
    }

    /// Why the key cannot be used with the algorithm, if so.
    pub(crate) fn refuse(&self, algorithm: Algorithm) -> Result<(), Error> {
        if !self.material.fits(algorithm) {
            return Err(Error::WrongKey {
                algorithm,
                needs: algorithm.needs(),
                has: self.describe(),
            });
        }
        match &self.algorithm {
            Some(says) if says.parse() != Ok(algorithm) => {
                Err(Error::OtherAlgorithm { algorithm, says: crate::error::excerpt(says) })
            }
            _ => Ok(()),
        }
    }
}

impl<M: Into<Material>> From<M> for Key {
    fn from(material: M) -> Self {
        Self { material: material.into(), id: None, algorithm: None, usage: None }
    }
}
