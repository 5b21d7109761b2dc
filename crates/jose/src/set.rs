use serde_json::Value;

use crate::{Algorithm, Error, Key};

/// Keys to verify with: a JWK Set (RFC 7517 §5), or keys from elsewhere.
#[derive(Clone, Default)]
pub struct KeySet {
    keys: Vec<Key>,
    skipped: usize,
}

/// More keys than this are not tried for one token.
const MOST_TRIED: usize = 16;

impl KeySet {
    /// A set of these keys.
    pub fn new(keys: impl IntoIterator<Item = Key>) -> Self {
        Self { keys: keys.into_iter().collect(), skipped: 0 }
    }

    /// A JWK Set as JSON text. Keys that are not understood are left out (RFC 7517 §5).
    ///
    /// # Errors
    /// Text that is no JWK Set.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let value: Value = serde_json::from_str(text).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            Error::broken("key set", format!("it is not JSON (line {line}, column {column})"))
        })?;
        Self::from_value(&value)
    }

    /// A JWK Set. Keys that are not understood are left out (RFC 7517 §5).
    ///
    /// # Errors
    /// A value that is no JWK Set.
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        let list = value
            .get("keys")
            .and_then(Value::as_array)
            .ok_or_else(|| Error::broken("key set", "it has no list \"keys\""))?;
        let keys: Vec<Key> = list.iter().filter_map(|jwk| Key::from_jwk(jwk).ok()).collect();
        let skipped = list.len() - keys.len();
        Ok(Self { keys, skipped })
    }

    /// The keys, in order.
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// How many keys of the JWK Set were left out.
    pub fn skipped(&self) -> usize {
        self.skipped
    }

    /// The keys that a token with this header may be signed with: those of its `kid`; without one,
    /// or where the set names no ids, those of the algorithm's type.
    pub(crate) fn candidates(
        &self,
        algorithm: Algorithm,
        kid: Option<&str>,
    ) -> Result<Vec<&Key>, Error> {
        let usable = |key: &&Key| {
            key.refuse(algorithm).is_ok() && key.usage.as_deref().is_none_or(|usage| usage == "sig")
        };
        let Some(kid) = kid else {
            return some(self.keys.iter().filter(usable).take(MOST_TRIED), algorithm);
        };
        let named: Vec<&Key> = self.keys.iter().filter(|key| key.id() == Some(kid)).collect();
        if !named.is_empty() {
            if let [only] = named[..] {
                only.refuse(algorithm)?;
            }
            return some(named.into_iter().filter(usable).take(MOST_TRIED), algorithm);
        }
        let nameless: Vec<&Key> = self.keys.iter().filter(|key| key.id().is_none()).collect();
        if nameless.is_empty() {
            return Err(Error::UnknownKey { kid: crate::error::excerpt(kid), known: self.ids() });
        }
        some(nameless.into_iter().filter(usable).take(MOST_TRIED), algorithm)
    }

    fn ids(&self) -> String {
        let ids: Vec<String> =
            self.keys.iter().filter_map(Key::id).take(10).map(crate::error::excerpt).collect();
        if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
    }
}

fn some<'a>(
    keys: impl Iterator<Item = &'a Key>,
    algorithm: Algorithm,
) -> Result<Vec<&'a Key>, Error> {
    let keys: Vec<&Key> = keys.collect();
    if keys.is_empty() { Err(Error::NoKey { algorithm }) } else { Ok(keys) }
}

impl From<Key> for KeySet {
    fn from(key: Key) -> Self {
        Self::new([key])
    }
}

impl FromIterator<Key> for KeySet {
    fn from_iter<I: IntoIterator<Item = Key>>(keys: I) -> Self {
        Self::new(keys)
    }
}
