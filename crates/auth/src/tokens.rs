use crate::Secret;

/// Where tokens live between two requests and two starts. The vault implements it.
///
/// A key is a stable text chosen by the scheme (such as a token endpoint, a client and a scope).
/// Calls may block for seconds while a keychain asks its user.
pub trait TokenStore: Send + Sync {
    /// The token under `key`; `None` when there is none.
    fn get(&self, key: &str) -> Result<Option<Secret>, TokenStoreError>;

    /// Keeps `token` under `key`, in place of an older one.
    fn set(&self, key: &str, token: &Secret) -> Result<(), TokenStoreError>;

    /// Forgets what is under `key`; nothing there is not an error.
    fn delete(&self, key: &str) -> Result<(), TokenStoreError>;
}

/// The store could not answer. What it holds is unchanged: never replace a token because of this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TokenStoreError {
    /// What happened and what to do, for people; without any value.
    pub message: String,
}
