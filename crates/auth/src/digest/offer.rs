use url::Url;

use super::algorithm::{Algorithm, Hash};
use crate::challenge::Challenge;

/// A Digest challenge that can be answered.
pub(super) struct Offer {
    pub realm: String,
    pub nonce: String,
    pub opaque: Option<String>,
    pub algorithm: Algorithm,
    /// The algorithm's name as sent; none where the server says nothing.
    pub algorithm_name: Option<String>,
    pub qop: Option<Qop>,
    pub utf8: bool,
    pub userhash: bool,
    pub stale: bool,
    domain: Vec<String>,
}

/// What is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Qop {
    /// The request's head.
    Auth,
    /// Its body too.
    AuthInt,
}

impl Qop {
    pub fn name(self) -> &'static str {
        match self {
            Self::Auth => "auth",
            Self::AuthInt => "auth-int",
        }
    }
}

impl Offer {
    /// What a challenge offers; or why it cannot be answered, for people.
    pub fn read(challenge: &Challenge) -> Result<Self, String> {
        let text = |name| challenge.get(name).filter(|t| !t.chars().any(char::is_control));
        let is = |name, value: &str| {
            challenge.get(name).is_some_and(|given| given.eq_ignore_ascii_case(value))
        };
        let required = |name| {
            text(name).ok_or_else(|| format!("it has no {name}. This is the server's mistake"))
        };
        let name = text("algorithm").filter(|name| !name.is_empty());
        let algorithm = Algorithm::named(name.unwrap_or("MD5")).ok_or_else(|| {
            format!(
                "it asks for the algorithm {}, and MD5, SHA-256, SHA-512-256 and SHA-512 are known",
                name.unwrap_or_default()
            )
        })?;
        Ok(Self {
            realm: required("realm")?.to_owned(),
            nonce: required("nonce")?.to_owned(),
            opaque: text("opaque").map(str::to_owned),
            algorithm,
            algorithm_name: name.map(str::to_owned),
            qop: qop(challenge.get("qop").unwrap_or_default())?,
            utf8: is("charset", "UTF-8"),
            userhash: is("userhash", "true"),
            stale: is("stale", "true"),
            domain: challenge
                .get("domain")
                .map(|list| list.split_ascii_whitespace().map(str::to_owned).collect())
                .unwrap_or_default(),
        })
    }

    /// What makes one offer better than another.
    pub fn strength(&self) -> Hash {
        self.algorithm.hash
    }

    /// The protection space: the URLs that `domain` names; empty for all of the origin.
    pub fn space(&self, base: Option<&Url>) -> Vec<Url> {
        let Some(base) = base else { return Vec::new() };
        self.domain.iter().filter_map(|uri| base.join(uri).ok()).collect()
    }
}

/// `auth` where it is offered, because it needs no second reading of the body.
fn qop(list: &str) -> Result<Option<Qop>, String> {
    let offered: Vec<&str> = list.split([',', ' ', '\t']).filter(|word| !word.is_empty()).collect();
    let has = |name: &str| offered.iter().any(|word| word.eq_ignore_ascii_case(name));
    match (offered.is_empty(), has("auth"), has("auth-int")) {
        (true, ..) => Ok(None),
        (_, true, _) => Ok(Some(Qop::Auth)),
        (_, _, true) => Ok(Some(Qop::AuthInt)),
        _ => Err(format!("it asks for the protection \"{list}\", and auth and auth-int are known")),
    }
}
