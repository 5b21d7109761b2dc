use std::time::Duration;

use errand_auth::Secret;
use errand_jose::read;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::{Claims, Error, claims};

/// The tokens of one login, and what is known of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenSet {
    /// The access token.
    pub access_token: Secret,
    /// `Bearer`, `DPoP`, as the server wrote it.
    pub token_type: String,
    /// What another access token is had with.
    pub refresh_token: Option<Secret>,
    /// Who logged in (`OpenID` Connect).
    pub id_token: Option<Secret>,
    /// Whether the ID token was checked.
    pub id_token_check: IdTokenCheck,
    /// What the token allows; those asked for, where the server does not say.
    pub scopes: Vec<String>,
    /// When it was had.
    pub obtained_at: Timestamp,
    /// When it ends; none where the server does not say.
    pub expires_at: Option<Timestamp>,
    /// The private key it is bound to, as a JWK (RFC 9449).
    pub dpop_key: Option<Secret>,
    /// What people should know: a refresh that failed, a keychain that did not take it. Not kept.
    pub warnings: Vec<String>,
    /// Whether the store has it; else it ends with the program.
    pub kept: bool,
}

/// Whether an ID token was checked. A failed check is no state: it is an error and no token.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum IdTokenCheck {
    /// There is none.
    #[default]
    None,
    /// Signature, issuer, audience, time and nonce are right.
    Checked,
    /// Nobody could tell; why.
    NotChecked(String),
}

/// Seconds before its end at which a token is refreshed, at most.
const SKEW: i64 = 30;

impl TokenSet {
    /// Whether its time is over.
    pub fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }

    /// Whether it should be refreshed: 30 s before its end, or a tenth of its life if that is less.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|end| {
            let life = end.as_second().saturating_sub(self.obtained_at.as_second()).max(0);
            end.as_second().saturating_sub(SKEW.min(life / 10)) <= now.as_second()
        })
    }

    /// What is left of its time: zero when it is over, none where the server does not say.
    pub fn time_left(&self, now: Timestamp) -> Option<Duration> {
        self.expires_at.map(|end| Duration::try_from(end.duration_since(now)).unwrap_or_default())
    }

    /// What access and ID token say of themselves, where they are JWTs.
    pub fn claims(&self) -> Claims {
        claims::of(self)
    }

    /// The set as one text for a store.
    pub(crate) fn to_secret(&self) -> Secret {
        let text = |secret: &Option<Secret>| secret.as_ref().map(|one| one.expose().to_owned());
        let stored = Stored {
            v: VERSION,
            access_token: self.access_token.expose().to_owned(),
            token_type: self.token_type.clone(),
            refresh_token: text(&self.refresh_token),
            id_token: text(&self.id_token),
            id_token_checked: match &self.id_token_check {
                IdTokenCheck::None => None,
                IdTokenCheck::Checked => Some(String::new()),
                IdTokenCheck::NotChecked(why) => Some(why.clone()),
            },
            scopes: self.scopes.clone(),
            obtained_at: self.obtained_at,
            expires_at: self.expires_at,
            dpop_key: text(&self.dpop_key),
        };
        // Strings, times and lists of strings: this cannot fail. An empty text would be unreadable, not wrong.
        let json = Zeroizing::new(serde_json::to_string(&stored).unwrap_or_default());
        stored.wipe();
        Secret::from(json.as_str())
    }

    /// The set from a store's text.
    pub(crate) fn from_secret(text: &Secret) -> Result<Self, Error> {
        let unreadable = |reason: String| Error::Unreadable { reason };
        // The parser's words name a line and a column, never the content.
        let stored: Stored = serde_json::from_str(text.expose())
            .map_err(|error| unreadable(format!("broken at column {}", error.column())))?;
        if stored.v != VERSION {
            return Err(unreadable(format!(
                "it is of version {}, this program knows {VERSION}",
                stored.v
            )));
        }
        Ok(Self {
            access_token: stored.access_token.into(),
            token_type: stored.token_type,
            refresh_token: stored.refresh_token.map(Secret::new),
            id_token: stored.id_token.map(Secret::new),
            id_token_check: match stored.id_token_checked {
                None => IdTokenCheck::None,
                Some(why) if why.is_empty() => IdTokenCheck::Checked,
                Some(why) => IdTokenCheck::NotChecked(why),
            },
            scopes: stored.scopes,
            obtained_at: stored.obtained_at,
            expires_at: stored.expires_at,
            dpop_key: stored.dpop_key.map(Secret::new),
            warnings: Vec::new(),
            kept: true,
        })
    }
}

/// A claim of a JWT that nobody checked.
pub(crate) fn unchecked_claim(token: &Secret, name: &str) -> Option<Value> {
    read(token.expose()).ok()?.claims.get(name).cloned()
}

const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Stored {
    v: u32,
    access_token: String,
    token_type: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id_token_checked: Option<String>,
    scopes: Vec<String>,
    obtained_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    expires_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dpop_key: Option<String>,
}

impl Stored {
    /// Overwrites the copies that were made for writing.
    fn wipe(self) {
        drop(Zeroizing::new(self.access_token));
        for secret in [self.refresh_token, self.id_token, self.dpop_key].into_iter().flatten() {
            drop(Zeroizing::new(secret));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a time")
    }

    fn set() -> TokenSet {
        TokenSet {
            access_token: "canary-access".into(),
            token_type: "Bearer".into(),
            refresh_token: Some("canary-refresh".into()),
            id_token: None,
            id_token_check: IdTokenCheck::NotChecked("no keys".into()),
            scopes: vec!["a".into(), "b".into()],
            obtained_at: at(1000),
            expires_at: Some(at(1000 + 3600)),
            dpop_key: None,
            warnings: Vec::new(),
            kept: true,
        }
    }

    #[test]
    fn a_store_gives_back_what_it_was_given() {
        assert_eq!(TokenSet::from_secret(&set().to_secret()), Ok(set()));
    }

    #[test]
    fn garbage_is_told_without_its_content() {
        for garbage in
            ["", "canary", "{\"v\":1,\"canary\":", "{\"v\":1,\"access_token\":{\"canary\":1}}"]
        {
            let error = TokenSet::from_secret(&garbage.into()).expect_err("garbage");
            assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
        }
    }

    #[test]
    fn it_is_due_half_a_minute_or_a_tenth_before_its_end() {
        let set = set();
        assert!(!set.is_due(at(4569)));
        assert!(set.is_due(at(4570)) && !set.is_expired(at(4599)) && set.is_expired(at(4600)));
        let short = TokenSet { expires_at: Some(at(1020)), ..set.clone() };
        assert!(!short.is_due(at(1017)) && short.is_due(at(1018)));
        let endless = TokenSet { expires_at: None, ..set };
        assert!(!endless.is_due(at(i64::from(i32::MAX))) && endless.time_left(at(0)).is_none());
    }

    #[test]
    fn debug_shows_no_token() {
        assert!(!format!("{:?}", set()).contains("canary"));
    }
}
