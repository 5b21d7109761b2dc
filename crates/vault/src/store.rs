use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::api::CredentialStore;
use zeroize::Zeroizing;

use crate::{Error, keychain};

/// Where one value lies: the keychain's two attributes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Slot {
    pub(crate) service: String,
    pub(crate) user: String,
}

impl Slot {
    pub(crate) fn new(service: impl Into<String>, user: impl Into<String>) -> Self {
        Self { service: service.into(), user: user.into() }
    }
}

/// Bytes that are overwritten when they are dropped.
pub(crate) type Value = Zeroizing<Vec<u8>>;

/// The platform's keychain.
pub(crate) struct Store(Arc<CredentialStore>);

impl Store {
    pub(crate) fn connect() -> Result<Self, Error> {
        keychain::connect().map(Self).map_err(|e| keychain::explain(&e))
    }

    pub(crate) fn get(&self, slot: &Slot) -> Result<Option<Value>, Error> {
        match self.entry(slot).and_then(|entry| entry.get_secret()) {
            Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
            Err(keyring_core::Error::NoEntry) => Ok(None),
            Err(error) => Err(keychain::explain(&error)),
        }
    }

    pub(crate) fn set(&self, slot: &Slot, value: &[u8]) -> Result<(), Error> {
        let result = self.entry(slot).and_then(|entry| entry.set_secret(value));
        result.map_err(|e| keychain::explain(&e))
    }

    /// Whether there was something to delete.
    pub(crate) fn delete(&self, slot: &Slot) -> Result<bool, Error> {
        match self.entry(slot).and_then(|entry| entry.delete_credential()) {
            Ok(()) => Ok(true),
            Err(keyring_core::Error::NoEntry) => Ok(false),
            Err(error) => Err(keychain::explain(&error)),
        }
    }

    /// The users of a service.
    pub(crate) fn users(&self, service: &str) -> Result<Vec<String>, Error> {
        let attributes: HashMap<&str, &str> = keychain::search_by(service);
        let entries = self.0.search(&attributes).map_err(|e| keychain::explain(&e))?;
        let specifiers = entries.iter().filter_map(keyring_core::Entry::get_specifiers);
        Ok(specifiers.filter(|(of, _)| of == service).map(|(_, user)| user).collect())
    }

    fn entry(&self, slot: &Slot) -> keyring_core::Result<keyring_core::Entry> {
        self.0.build(&slot.service, &slot.user, None)
    }
}
