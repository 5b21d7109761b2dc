use errand_auth::{Secret, TokenStore, TokenStoreError};

use crate::store::Slot;
use crate::vault::{bytes, text};
use crate::{Error, Vault};

/// Tokens lie beside the secrets, under a service of their own. Where the keychain is out of
/// reach they last for the session.
impl TokenStore for Vault {
    fn get(&self, key: &str) -> Result<Option<Secret>, TokenStoreError> {
        // Whoever keeps tokens remembers them, and asks where another program may have renewed one.
        match self.slots().get_anew(&slot(self, key)) {
            Ok(value) => Ok(value.map(|value| text(&value)).transpose()?),
            // Where there is no keychain there is no token in it. One that is locked or does not
            // answer may have one, which a new one would make worthless.
            Err(Error::NoKeychain { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn set(&self, key: &str, token: &Secret) -> Result<(), TokenStoreError> {
        self.slots().set(&slot(self, key), bytes(token))?;
        Ok(())
    }

    fn delete(&self, key: &str) -> Result<(), TokenStoreError> {
        self.slots().delete(&slot(self, key))?;
        Ok(())
    }
}

impl Vault {
    /// Whether this token is in memory only, because the keychain was out of reach when it was
    /// kept. An older one may be in the keychain; it is there again after the program ends.
    pub fn is_token_session_only(&self, key: &str) -> bool {
        self.slots().in_session(&slot(self, key))
    }

    /// Whether any token is in memory only.
    pub fn has_session_tokens(&self) -> bool {
        !self.slots().session_users(&slot(self, "").service).is_empty()
    }
}

fn slot(vault: &Vault, key: &str) -> Slot {
    Slot::new(format!("{}.tokens", vault.slots().service), key)
}

impl From<Error> for TokenStoreError {
    fn from(error: Error) -> Self {
        Self { message: error.to_string() }
    }
}
