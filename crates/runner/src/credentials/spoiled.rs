//! Credentials spoiled on purpose, to see whether a server refuses them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use errand_auth::{Addition, Again, Answer, Error, Secret, Signed, Signer, Unsigned};
use serde_json::Value;

/// What is wrong with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Other ones of the same form; of a JSON Web Token, another signature.
    Wrong,
    /// One character changed; of a JSON Web Token, a claim.
    Tampered,
    /// A JSON Web Token whose time is over; nothing else can be made so.
    Expired,
}

/// Signs like another signer, and then spoils the part that proves something.
pub struct Spoiled {
    inner: Box<dyn Signer>,
    flaw: Flaw,
}

impl Spoiled {
    /// What `inner` would sign, with a flaw.
    pub fn new(inner: Box<dyn Signer>, flaw: Flaw) -> Self {
        Self { inner, flaw }
    }
}

impl Signer for Spoiled {
    fn sign(&mut self, request: &Unsigned<'_>) -> Result<Signed, Error> {
        let mut signed = self.inner.sign(request)?;
        for addition in &mut signed.additions {
            spoil(addition, self.flaw);
        }
        Ok(signed)
    }

    fn challenged(&mut self, answer: &Answer<'_>) -> Result<Again, Error> {
        self.inner.challenged(answer)
    }

    fn needs_one_connection(&self) -> bool {
        self.inner.needs_one_connection()
    }

    fn connection_lost(&mut self) {
        self.inner.connection_lost();
    }
}

const DOTS: &str = "••••••";

/// Changes what `shown` hides; the rest, which names the scheme and its parameters, stays.
fn spoil(addition: &mut Addition, flaw: Flaw) {
    let value = addition.value.expose();
    let (Some(first), Some(last)) = (addition.shown.find(DOTS), addition.shown.rfind(DOTS)) else {
        return;
    };
    let end = value.len().saturating_sub(addition.shown.len() - last - DOTS.len());
    let (Some(before), Some(hidden), Some(after)) =
        (value.get(..first), value.get(first..end), value.get(end..))
    else {
        return;
    };
    let spoiled = format!("{before}{}{after}", changed(hidden, flaw));
    addition.value = Secret::new(spoiled);
}

fn changed(hidden: &str, flaw: Flaw) -> String {
    if let Some(token) = of_token(hidden, flaw) {
        return token;
    }
    match flaw {
        Flaw::Wrong => hidden.chars().map(other).collect(),
        Flaw::Tampered | Flaw::Expired => {
            // In the middle: the last character of base64 may carry no bits at all.
            let letters: Vec<char> = hidden.chars().collect();
            let middle = letters.len() / 2;
            let order = (middle..letters.len()).chain(0..middle);
            let at = order.into_iter().find(|&at| letters[at].is_ascii_alphanumeric());
            let change = |(here, &letter)| if Some(here) == at { other(letter) } else { letter };
            letters.iter().enumerate().map(change).collect()
        }
    }
}

/// The same kind of character, but another one.
fn other(letter: char) -> char {
    match letter {
        'z' => 'a',
        'Z' => 'A',
        '9' => '0',
        letter if letter.is_ascii_alphanumeric() => char::from(letter as u8 + 1),
        letter => letter,
    }
}

/// A JSON Web Token with a flaw; none for what is no such token.
fn of_token(token: &str, flaw: Flaw) -> Option<String> {
    let mut parts = token.split('.');
    let (header, claims, signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(claims).ok()?;
    let mut content: Value = serde_json::from_slice(&bytes).ok()?;
    let map = content.as_object_mut()?;
    match flaw {
        Flaw::Wrong => {
            let signature: String = signature.chars().map(other).collect();
            return Some(format!("{header}.{claims}.{signature}"));
        }
        Flaw::Tampered => {
            let subject = map.get("sub").and_then(Value::as_str).unwrap_or_default();
            let subject = format!("{subject}x");
            map.insert("sub".to_owned(), subject.into());
        }
        Flaw::Expired => {
            // The first day of 2001: over wherever clocks are.
            map.insert("exp".to_owned(), 978_307_200.into());
        }
    }
    let claims = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&content).ok()?);
    Some(format!("{header}.{claims}.{signature}"))
}

/// Whether credentials of this form can be made to be over: only a token says when it ends.
pub fn can_expire(secret: &str) -> bool {
    of_token(secret, Flaw::Expired).is_some()
}

#[cfg(test)]
mod tests {
    use errand_auth::Place;

    use super::*;

    fn spoiled(value: &str, shown: &str, flaw: Flaw) -> String {
        let mut addition = Addition {
            place: Place::Header,
            name: "Authorization".to_owned(),
            value: value.into(),
            shown: shown.to_owned(),
        };
        spoil(&mut addition, flaw);
        addition.value.expose().to_owned()
    }

    #[test]
    fn only_the_proof_is_spoiled() {
        let digest = "Digest username=\"ada\", response=\"abc9\", opaque=\"o\"";
        let shown = "Digest username=\"ada\", response=\"••••••\", opaque=\"o\"";
        assert_eq!(
            spoiled(digest, shown, Flaw::Wrong),
            "Digest username=\"ada\", response=\"bcd0\", opaque=\"o\""
        );
        assert_eq!(spoiled("Bearer abcde", "Bearer ••••••", Flaw::Tampered), "Bearer abdde");
        assert_eq!(spoiled("shown", "shown", Flaw::Wrong), "shown");
    }

    #[test]
    fn tokens_keep_their_form() {
        let claims = URL_SAFE_NO_PAD.encode(r#"{"sub":"a","exp":4102444800}"#);
        let token = format!("eyJhbGciOiJIUzI1NiJ9.{claims}.c2ln");
        let expired = spoiled(&format!("Bearer {token}"), "Bearer ••••••", Flaw::Expired);
        let middle = expired.split('.').nth(1).unwrap_or_default();
        let content = URL_SAFE_NO_PAD.decode(middle).unwrap_or_default();
        assert_eq!(String::from_utf8_lossy(&content), r#"{"sub":"a","exp":978307200}"#);
        assert_eq!(expired.rsplit('.').next(), Some("c2ln"));
        assert!(can_expire(&token) && !can_expire("opaque.token"));
        let wrong = spoiled(&token, "••••••", Flaw::Wrong);
        assert!(wrong.starts_with("eyJhbGciOiJIUzI1NiJ9") && !wrong.ends_with("c2ln"));
    }
}
