//! Secrets and tokens that follow when what they belong to gets another name, or goes.

use std::collections::BTreeSet;

use url::form_urlencoded;

use crate::store::Slot;
use crate::{Error, SecretId, Vault};

/// What [`Vault::rename_environment`] moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moved {
    /// Secrets.
    pub secrets: usize,
    /// Tokens.
    pub tokens: usize,
    /// Other bytes, such as cookie jars.
    pub blobs: usize,
}

impl Vault {
    /// Gives a secret another id: written there, compared, and only then deleted here. Says
    /// whether there was one. After a failure in between it can be called again.
    ///
    /// # Errors
    /// [`Error::Occupied`] when another value is there already; nothing is changed then.
    pub fn rename(&self, from: &SecretId, to: &SecretId) -> Result<bool, Error> {
        self.slots().rename(&self.secret(from), &self.secret(to))
    }

    /// Gives everything of an environment the new name: secrets, tokens, blobs. After a failure
    /// in between it can be called again; what was not moved is under the old name.
    ///
    /// # Errors
    /// Everything of [`Error`]; [`Error::Occupied`] when the new name has a different value.
    pub fn rename_environment(
        &self,
        workspace: &str,
        old: &str,
        new: &str,
    ) -> Result<Moved, Error> {
        let service = &self.slots().service;
        let by_id = |user: &str| {
            let id = SecretId::parse(user)?;
            let is_of = id.workspace == workspace && id.environment.as_deref() == Some(old);
            is_of.then(|| SecretId::new(workspace, Some(new), &id.name).user())
        };
        let by_key = |user: &str| {
            let key = Key::parse(user).filter(|key| key.workspace == workspace)?;
            (key.environment.as_deref() == Some(old)).then(|| key.with_environment(new))
        };
        Ok(Moved {
            secrets: self.rename_all(service, by_id)?,
            tokens: self.rename_all(&format!("{service}.tokens"), by_key)?,
            blobs: self.rename_all(&format!("{service}.blobs"), by_id)?,
        })
    }

    /// The keys of all tokens of a workspace, as [`errand_auth::TokenStore`] knows them.
    pub fn tokens_of(&self, workspace: &str) -> Result<Vec<String>, Error> {
        self.tokens_where(|key| key.workspace == workspace)
    }

    /// Forgets the tokens of an environment; none for those that belong to no environment. Says
    /// how many there were.
    pub fn delete_tokens(
        &self,
        workspace: &str,
        environment: Option<&str>,
    ) -> Result<usize, Error> {
        let keys = self.tokens_where(|key| {
            key.workspace == workspace && key.environment.as_deref() == environment
        })?;
        for key in &keys {
            self.slots().delete(&Slot::new(format!("{}.tokens", self.slots().service), key))?;
        }
        Ok(keys.len())
    }

    fn tokens_where(&self, wanted: impl Fn(&Key) -> bool) -> Result<Vec<String>, Error> {
        let users = self.all_users(&format!("{}.tokens", self.slots().service))?;
        Ok(users
            .into_iter()
            .filter(|user| Key::parse(user).is_some_and(|key| wanted(&key)))
            .collect())
    }

    fn rename_all(
        &self,
        service: &str,
        renamed: impl Fn(&str) -> Option<String>,
    ) -> Result<usize, Error> {
        let mut count = 0;
        for user in self.all_users(service)? {
            if let Some(new) = renamed(&user) {
                let moved =
                    self.slots().rename(&Slot::new(service, user), &Slot::new(service, new))?;
                count += usize::from(moved);
            }
        }
        Ok(count)
    }

    /// In the keychain and in this session.
    fn all_users(&self, service: &str) -> Result<BTreeSet<String>, Error> {
        let session = self.slots().session_users(service);
        let kept = match self.slots().users(service) {
            Ok(kept) => kept,
            // Where there is no keychain there is nothing in it.
            Err(Error::NoKeychain { .. }) => Vec::new(),
            Err(error) => return Err(error),
        };
        Ok(kept.into_iter().chain(session).collect())
    }
}

/// A token's key that tells whose it is: `SCHEME/=WORKSPACE/=ENVIRONMENT/REST`, where `-` stands
/// for no environment, and names are encoded as in a form.
struct Key {
    scheme: String,
    workspace: String,
    environment: Option<String>,
    rest: String,
}

impl Key {
    fn parse(key: &str) -> Option<Self> {
        let mut pieces = key.splitn(4, '/');
        let (scheme, workspace) = (pieces.next()?.to_owned(), named(pieces.next()?)?);
        let environment = match pieces.next()? {
            "-" => None,
            piece => Some(named(piece)?),
        };
        Some(Self { scheme, workspace, environment, rest: pieces.next()?.to_owned() })
    }

    fn with_environment(&self, environment: &str) -> String {
        let encoded =
            |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let (workspace, environment) = (encoded(&self.workspace), encoded(environment));
        format!("{}/={workspace}/={environment}/{}", self.scheme, self.rest)
    }
}

fn named(piece: &str) -> Option<String> {
    let encoded = piece.strip_prefix('=')?;
    // A form of one value without a name reads as a name without a value.
    let mut pairs = form_urlencoded::parse(encoded.as_bytes());
    let text = pairs.next().map(|(name, _)| name.into_owned()).unwrap_or_default();
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_whose_they_are() {
        let key = Key::parse("oauth/=w%2F1/=staging+%26+more/=id%3A1").expect("a key");
        assert_eq!(
            (key.workspace.as_str(), key.environment.as_deref()),
            ("w/1", Some("staging & more"))
        );
        assert_eq!(
            key.with_environment("staging & more"),
            "oauth/=w%2F1/=staging+%26+more/=id%3A1"
        );
        assert_eq!(key.with_environment("ü"), "oauth/=w%2F1/=%C3%BC/=id%3A1");
        assert_eq!(Key::parse("oauth/=w/-/=id").map(|key| key.environment), Some(None));
        for other in ["", "oauth https://x client", "oauth/w/e/d", "oauth/=w/=e"] {
            assert!(Key::parse(other).is_none(), "{other}");
        }
    }
}
