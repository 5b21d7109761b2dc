use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use errand_auth::Secret;
use errand_jose::base64url_sha256;
use errand_model::Pkce;
use zeroize::Zeroizing;

use crate::Error;

/// Proof Key for Code Exchange (RFC 7636).
pub(crate) struct Proof {
    pub verifier: Secret,
    pub challenge: String,
    pub method: &'static str,
}

impl Proof {
    /// A fresh one; none where it is switched off.
    pub fn new(settings: &Pkce) -> Result<Option<Self>, Error> {
        if settings.disabled {
            return Ok(None);
        }
        let verifier = random()?;
        let (method, challenge) = match settings.method.as_str() {
            "" | "S256" => ("S256", base64url_sha256(verifier.expose())),
            "plain" => ("plain", verifier.expose().to_owned()),
            other => {
                let reason = format!("\"{other}\" is neither S256 nor plain");
                return Err(Error::Field { field: "PKCE method", reason });
            }
        };
        Ok(Some(Self { verifier, challenge, method }))
    }
}

/// 256 random bits in 43 characters that any URL carries.
pub(crate) fn random() -> Result<Secret, Error> {
    let mut bytes = Zeroizing::new([0_u8; 32]);
    getrandom::fill(&mut *bytes).map_err(|_| Error::Random)?;
    Ok(Secret::new(URL_SAFE_NO_PAD.encode(*bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_as_in_the_rfc() {
        // RFC 7636, appendix B.
        assert_eq!(
            base64url_sha256("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn each_verifier_is_new_and_of_the_right_length() {
        let one = Proof::new(&Pkce::default()).expect("a proof").expect("one");
        let two = Proof::new(&Pkce::default()).expect("a proof").expect("one");
        assert_eq!((one.method, one.verifier.len()), ("S256", 43));
        assert!(one.verifier != two.verifier);
        assert_eq!(one.challenge, base64url_sha256(one.verifier.expose()));
        let plain = Pkce { method: "plain".into(), disabled: false };
        let plain = Proof::new(&plain).expect("a proof").expect("one");
        assert_eq!(plain.challenge, plain.verifier.expose());
        assert!(Proof::new(&Pkce { disabled: true, ..Pkce::default() }).expect("off").is_none());
        assert!(Proof::new(&Pkce { method: "S512".into(), disabled: false }).is_err());
    }
}
