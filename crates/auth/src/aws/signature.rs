use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::ALGORITHM;
use super::credentials::Keys;
use super::scope::{self, Scope};
use crate::parts::hmac;
use crate::surroundings::hex;

/// A signature, with the key it was made with: pieces of a body are signed with the same.
pub(super) struct Signature {
    pub text: String,
    pub key: Zeroizing<Vec<u8>>,
}

impl Signature {
    /// Signs a canonical request; `date` as `YYYYMMDDTHHMMSSZ`.
    pub fn of(canonical: &str, date: &str, scope: &Scope, keys: &Keys) -> Self {
        let key = signing_key(&keys.secret, date, scope);
        let text = string_to_sign(canonical, date, scope);
        Self { text: hex(&hmac::<Sha256>(&key, text.as_bytes())), key }
    }
}

pub(super) fn string_to_sign(canonical: &str, date: &str, scope: &Scope) -> String {
    let hash = hex(&Sha256::digest(canonical));
    format!("{ALGORITHM}\n{date}\n{}\n{hash}", scope.text(date))
}

/// Good for a day, a region and a service.
fn signing_key(secret: &str, date: &str, scope: &Scope) -> Zeroizing<Vec<u8>> {
    let first = Zeroizing::new(format!("AWS4{secret}"));
    let steps = [scope::day(date), &scope.region, &scope.service, "aws4_request"];
    steps.iter().fold(Zeroizing::new(first.as_bytes().to_vec()), |key, step| {
        Zeroizing::new(hmac::<Sha256>(&key, step.as_bytes()))
    })
}
