//! The keychain as flows use it: they ask it in the middle of their work, on a thread of the runtime.

use std::sync::Arc;

use errand_auth::{Secret, TokenStore, TokenStoreError};
use errand_vault::Vault;
use tokio::runtime::{Handle, RuntimeFlavor};

/// Hands the runtime's other work to another thread while the keychain is asked.
pub struct Patient(pub Arc<Vault>);

impl TokenStore for Patient {
    fn get(&self, key: &str) -> Result<Option<Secret>, TokenStoreError> {
        aside(|| TokenStore::get(&*self.0, key))
    }

    fn set(&self, key: &str, token: &Secret) -> Result<(), TokenStoreError> {
        aside(|| TokenStore::set(&*self.0, key, token))
    }

    fn delete(&self, key: &str) -> Result<(), TokenStoreError> {
        aside(|| TokenStore::delete(&*self.0, key))
    }
}

fn aside<T>(ask: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|handle| handle.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(ask),
        // One thread has nobody to hand its work to; none has no work.
        _ => ask(),
    }
}
