//! WSSE: a `UsernameToken` in an `X-WSSE` header.

use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

use errand_model::WsseDigest;

use crate::apply::{DOTS, no_controls};
use crate::parts::{base64, quoted};
use crate::surroundings::hex;
use crate::{Addition, Error, Place, Secret, Signed, Signer, Surroundings, Unsigned};

/// Makes a new password digest for each request.
pub(crate) struct Wsse {
    username: String,
    password: Zeroizing<String>,
    digest: WsseDigest,
    sources: Surroundings,
}

impl Wsse {
    pub fn new(
        username: &str,
        password: &str,
        digest: WsseDigest,
        sources: &Surroundings,
    ) -> Result<Self, Error> {
        if username.is_empty() {
            return Err(Error::Empty { field: "user name" });
        }
        no_controls("user name", username)?;
        let password = Zeroizing::new(password.to_owned());
        Ok(Self { username: username.to_owned(), password, digest, sources: sources.clone() })
    }
}

impl Signer for Wsse {
    fn sign(&mut self, _: &Unsigned<'_>) -> Result<Signed, Error> {
        let nonce = self.sources.random.nonce()?;
        let created = self.sources.now()?.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let plain = Zeroizing::new(format!("{nonce}{created}{}", self.password.as_str()));
        let token = |digest: &str| {
            format!(
                "UsernameToken Username={}, PasswordDigest=\"{digest}\", Nonce=\"{nonce}\", Created=\"{created}\"",
                quoted(&self.username)
            )
        };
        let header = |name: &str, value: String, shown: String| Addition {
            place: Place::Header,
            name: name.to_owned(),
            value: Secret::new(value),
            shown,
        };
        let profile = "WSSE profile=\"UsernameToken\"".to_owned();
        let hash = Sha1::digest(plain.as_bytes());
        let encoded = match self.digest {
            WsseDigest::Hex => base64(hex(&hash)),
            WsseDigest::Raw => base64(hash),
        };
        let additions = vec![
            header("Authorization", profile.clone(), profile),
            header("X-WSSE", token(&encoded), token(DOTS)),
        ];
        Ok(Signed { additions, body: None })
    }
}
