//! Digest (RFC 7616, with RFC 2069 for servers that offer no `qop`).

mod algorithm;
mod offer;
mod session;

use std::sync::Arc;

use url::Url;
use zeroize::Zeroizing;

use self::offer::Offer;
use self::session::Session;
use crate::apply::no_controls;
use crate::challenge::{Challenge, challenges, not_offered};
use crate::{Again, Answer, Error, Random, Signed, Signer, Surroundings, Unsigned};

const SCHEME: &str = "Digest";
/// Challenges in a row, without any other answer between them, until the answer stands.
const ROUNDS: u8 = 4;

/// Answers challenges, and once one is known signs unasked within its protection space.
pub(crate) struct Digest {
    who: Identity,
    random: Arc<dyn Random>,
    session: Option<Session>,
    /// Challenges since the last answer that was none.
    rounds: u8,
    /// Where the last request went: what a challenge's `domain` is relative to.
    last: Option<Url>,
}

/// The user.
pub(crate) struct Identity {
    pub username: String,
    pub password: Zeroizing<String>,
}

impl Digest {
    pub fn new(username: &str, password: &str, sources: &Surroundings) -> Result<Self, Error> {
        if username.is_empty() {
            return Err(Error::Empty { field: "user name" });
        }
        no_controls("user name", username)?;
        let who = Identity {
            username: username.to_owned(),
            password: Zeroizing::new(password.to_owned()),
        };
        let random = Arc::clone(&sources.random);
        Ok(Self { who, random, session: None, rounds: 0, last: None })
    }

    /// Whether a challenge after an answer of ours is worth another try: a nonce that got old, or
    /// another realm. The same realm once more means that it does not know the password.
    fn worth_trying(&self, offer: &Offer) -> bool {
        let Some(session) = self.session.as_ref().filter(|session| session.sent) else {
            return true;
        };
        offer.stale || session.accepted || session.offer.realm != offer.realm
    }

    /// An answer that is no challenge: the nonce is good, and may come with the next one.
    fn accepted(&mut self, answer: &Answer<'_>) {
        self.rounds = 0;
        let Some(session) = self.session.as_mut().filter(|session| session.sent) else { return };
        session.accepted = true;
        if let Some(nonce) = answer.all("Authentication-Info").find_map(next_nonce) {
            session.renew(nonce);
        }
    }
}

impl Signer for Digest {
    fn sign(&mut self, request: &Unsigned<'_>) -> Result<Signed, Error> {
        self.last = Some(request.url.clone());
        let Some(session) = &mut self.session else { return Ok(Signed::default()) };
        if !session.covers(request.url) {
            session.sent = false;
            return Ok(Signed::default());
        }
        Ok(session.answer(&self.who, request)?.into())
    }

    fn challenged(&mut self, answer: &Answer<'_>) -> Result<Again, Error> {
        if answer.status != 401 {
            self.accepted(answer);
            return Ok(Again::No);
        }
        let offer = strongest(&challenges(answer.all("WWW-Authenticate")))?;
        self.rounds += 1;
        if self.rounds > ROUNDS || !self.worth_trying(&offer) {
            return Ok(Again::No);
        }
        let space = offer.space(self.last.as_ref());
        self.session = Some(Session::new(offer, space, &self.who, self.random.nonce()?));
        Ok(Again::Yes)
    }
}

/// The strongest challenge that can be answered; of equals the first.
fn strongest(challenges: &[Challenge]) -> Result<Offer, Error> {
    let offered: Vec<_> = challenges.iter().filter(|c| c.is(SCHEME)).map(Offer::read).collect();
    if offered.is_empty() {
        return Err(not_offered(SCHEME, challenges));
    }
    let mut best: Option<Offer> = None;
    let mut refused = String::new();
    for offer in offered {
        match offer {
            Ok(offer) if best.as_ref().is_none_or(|b| b.strength() < offer.strength()) => {
                best = Some(offer);
            }
            Ok(_) => {}
            Err(reason) => refused = reason,
        }
    }
    best.ok_or(Error::Challenge { scheme: SCHEME, reason: refused })
}

/// `nextnonce` (RFC 7616 §3.5).
fn next_nonce(info: &str) -> Option<String> {
    let parameters = format!("{SCHEME} {info}");
    let found = challenges([parameters.as_str()].into_iter());
    found
        .first()?
        .get("nextnonce")
        .filter(|nonce| !nonce.is_empty() && !nonce.contains(char::is_control))
        .map(str::to_owned)
}
