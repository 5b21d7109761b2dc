use url::Url;
use zeroize::Zeroizing;

use super::Identity;
use super::offer::{Offer, Qop};
use crate::apply::DOTS;
use crate::parts::{encode, quoted, target};
use crate::{Addition, Error, Place, Secret, Unsigned};

/// A challenge and what was done with it.
pub(super) struct Session {
    pub offer: Offer,
    /// Whether the last request carried an answer to it.
    pub sent: bool,
    /// Whether such an answer was good.
    pub accepted: bool,
    /// Whether the very next request was asked for it, whatever `domain` says.
    asked: bool,
    space: Vec<Url>,
    cnonce: String,
    /// Requests with this nonce.
    count: u32,
    /// `H(A1)`; with `-sess` made once, of the first nonces (RFC 7616 §3.4.2).
    key: Zeroizing<String>,
}

impl Session {
    pub fn new(offer: Offer, space: Vec<Url>, who: &Identity, cnonce: String) -> Self {
        let key = key(&offer, who, &cnonce);
        Self { offer, sent: false, accepted: false, asked: true, space, cnonce, count: 0, key }
    }

    /// Goes on with the nonce that the server gave for the next request.
    pub fn renew(&mut self, nonce: String) {
        self.offer.nonce = nonce;
        self.count = 0;
    }

    /// Whether `url` is within the protection space (§3.6), or was asked for.
    pub fn covers(&self, url: &Url) -> bool {
        self.asked || self.space.is_empty() || self.space.iter().any(|root| within(root, url))
    }

    /// The `Authorization` header (§3.4).
    pub fn answer(&mut self, who: &Identity, request: &Unsigned<'_>) -> Result<Addition, Error> {
        self.asked = false;
        self.sent = true;
        self.count += 1;
        let uri = target(request.url);
        let response = self.response(request, uri)?;
        Ok(Addition {
            place: Place::Header,
            name: "Authorization".to_owned(),
            value: Secret::new(self.header(who, uri, &response)),
            shown: self.header(who, uri, DOTS),
        })
    }

    /// `response` (§3.4.1).
    fn response(&self, request: &Unsigned<'_>, uri: &str) -> Result<String, Error> {
        let hash = self.offer.algorithm.hash;
        let (key, nonce) = (self.key.as_str(), &self.offer.nonce);
        let head = format!("{}:{uri}", request.method);
        let subject = match self.offer.qop {
            Some(Qop::AuthInt) => format!("{head}:{}", hash.of_payload(request.payload)?),
            _ => head,
        };
        let subject = hash.of(&subject);
        Ok(match self.offer.qop {
            None => hash.of(&format!("{key}:{nonce}:{subject}")),
            Some(qop) => {
                let (count, cnonce, qop) = (self.count, &self.cnonce, qop.name());
                hash.of(&format!("{key}:{nonce}:{count:08x}:{cnonce}:{qop}:{subject}"))
            }
        })
    }

    fn header(&self, who: &Identity, uri: &str, response: &str) -> String {
        let offer = &self.offer;
        let mut text = format!(
            "Digest {}, realm={}, nonce={}, uri={}, response={}",
            self.user(who),
            quoted(&offer.realm),
            quoted(&offer.nonce),
            quoted(uri),
            quoted(response),
        );
        let mut add = |part: String| {
            text.push_str(", ");
            text.push_str(&part);
        };
        if let Some(name) = &offer.algorithm_name {
            add(format!("algorithm={name}"));
        }
        if let Some(opaque) = &offer.opaque {
            add(format!("opaque={}", quoted(opaque)));
        }
        if let Some(qop) = offer.qop {
            add(format!("qop={}, nc={:08x}", qop.name(), self.count));
        }
        if offer.qop.is_some() || offer.algorithm.session {
            add(format!("cnonce={}", quoted(&self.cnonce)));
        }
        if offer.userhash {
            add("userhash=true".to_owned());
        }
        text
    }

    /// The user's name: hashed where that is asked for (§3.4.4), else in a form the server can read.
    /// One that says nothing of UTF-8 is older than `username*`, and gets the bytes as they are.
    fn user(&self, who: &Identity) -> String {
        let name = &who.username;
        if self.offer.userhash {
            let hashed = self.offer.algorithm.hash.of(&format!("{name}:{}", self.offer.realm));
            return format!("username={}", quoted(&hashed));
        }
        if self.offer.utf8 && !name.is_ascii() {
            return format!("username*=UTF-8''{}", encode(name));
        }
        format!("username={}", quoted(name))
    }
}

/// `H(A1)` (§3.4.2).
fn key(offer: &Offer, who: &Identity, cnonce: &str) -> Zeroizing<String> {
    let hash = offer.algorithm.hash;
    let plain =
        Zeroizing::new(format!("{}:{}:{}", who.username, offer.realm, who.password.as_str()));
    let key = Zeroizing::new(hash.of(&plain));
    if !offer.algorithm.session {
        return key;
    }
    let mixed = Zeroizing::new(format!("{}:{}:{cnonce}", key.as_str(), offer.nonce));
    Zeroizing::new(hash.of(&mixed))
}

/// Whether `url` is at or below `root`.
fn within(root: &Url, url: &Url) -> bool {
    let (folder, path) = (root.path(), url.path());
    root.origin() == url.origin()
        && path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.is_empty() || folder.ends_with('/') || rest.starts_with('/'))
}
