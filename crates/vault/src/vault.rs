use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use zeroize::Zeroizing;

use crate::call::Patience;
use crate::slots::Slots;
use crate::store::{Slot, Value};
use crate::{Error, KeychainState, Listed, Listing, Secret, SecretId, Stored};

/// How to reach the keychain.
#[derive(Debug, Clone)]
pub struct Options {
    /// The service attribute of every entry; `errand`.
    pub service: String,
    /// How long a call may take.
    pub timeout: Duration,
    /// How long when the keychain may be asking its user for a password.
    pub prompt_timeout: Duration,
    /// A small file (no secret in it) that remembers which keychain this is. Without one, another
    /// keychain is not noticed.
    pub fingerprint_file: Option<PathBuf>,
    /// Bytes that one entry takes; a longer value is cut. None is no limit.
    pub max_entry_bytes: Option<usize>,
}

impl Default for Options {
    /// Service `errand`, 5 seconds, 2 minutes with a prompt, the platform's own limit.
    fn default() -> Self {
        Self {
            service: "errand".to_owned(),
            timeout: Duration::from_secs(5),
            prompt_timeout: Duration::from_secs(120),
            fingerprint_file: None,
            // CRED_MAX_CREDENTIAL_BLOB_SIZE: 5 * 512.
            max_entry_bytes: cfg!(windows).then_some(2_560),
        }
    }
}

/// The keychain, with what is kept for this session only. Clones share both.
///
/// Reads are answered from memory after the first; [`Vault::reload`] asks again.
#[derive(Clone)]
pub struct Vault {
    slots: Arc<Slots>,
}

impl Vault {
    /// Makes the handle; the keychain is reached with the first call.
    pub fn open(options: Options) -> Self {
        let patience = Patience {
            answer: options.timeout,
            prompt: options.prompt_timeout.max(options.timeout),
        };
        let (file, limit) = (options.fingerprint_file, options.max_entry_bytes);
        Self { slots: Arc::new(Slots::new(options.service, patience, file, limit)) }
    }

    /// How the keychain is, asked now and without a prompt.
    pub fn state(&self) -> KeychainState {
        self.slots.state()
    }

    /// The secret; none when it was never set.
    ///
    /// # Errors
    /// Everything of [`Error`]. An error says nothing about whether there is a value.
    pub fn get(&self, id: &SecretId) -> Result<Option<Secret>, Error> {
        self.slots.get(&self.secret(id))?.map(|value| text(&value)).transpose()
    }

    /// Keeps the secret in the keychain, or where that is out of reach in memory.
    ///
    /// # Errors
    /// [`Error::BadAnswer`], [`Error::AnotherKeychain`]: the value is kept nowhere, and what the
    /// keychain has is unchanged.
    pub fn set(&self, id: &SecretId, secret: &Secret) -> Result<Stored, Error> {
        self.slots.set(&self.secret(id), bytes(secret))
    }

    /// Keeps the secret in memory only. It hides one in the keychain until the program ends.
    pub fn set_for_session(&self, id: &SecretId, secret: &Secret) {
        self.slots.set_for_session(&self.secret(id), bytes(secret));
    }

    /// Whether the value of this secret is in memory only.
    pub fn is_session_only(&self, id: &SecretId) -> bool {
        self.slots.in_session(&self.secret(id))
    }

    /// Deletes the secret; says whether there was one.
    pub fn delete(&self, id: &SecretId) -> Result<bool, Error> {
        self.slots.delete(&self.secret(id))
    }

    /// The secrets of a workspace, without their values. Those of this session are listed even
    /// when the keychain is out of reach.
    pub fn list(&self, workspace: &str) -> Listing {
        let of_workspace = |users: Vec<String>, stored| {
            let ids = users.into_iter().filter_map(|user| SecretId::parse(&user));
            ids.filter(|id| id.workspace == workspace)
                .map(move |id| Listed { id, stored })
                .collect()
        };
        let mut secrets: Vec<Listed> =
            of_workspace(self.slots.session_users(&self.slots.service), Stored::SessionOnly);
        let error = match self.slots.users(&self.slots.service) {
            Ok(users) => {
                let more: Vec<Listed> = of_workspace(users, Stored::Keychain);
                secrets.extend(more.into_iter().filter(|listed| !self.is_session_only(&listed.id)));
                None
            }
            Err(error) => Some(error),
        };
        secrets.sort_by(|a, b| a.id.cmp(&b.id));
        Listing { secrets, error }
    }

    /// Forgets what the keychain said, so that changes made elsewhere are seen, and a keychain
    /// that was out of reach is asked again. Secrets of this session stay.
    pub fn reload(&self) {
        self.slots.reload();
    }

    /// Takes the present keychain for the right one: the user's answer to
    /// [`Error::AnotherKeychain`].
    pub fn adopt_keychain(&self) -> Result<(), Error> {
        self.slots.adopt()
    }

    /// Bytes that are as secret as a secret, such as a cookie jar; they appear in no list.
    pub fn blob(&self, id: &SecretId) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        Ok(self.slots.get(&self.blob_slot(id))?.map(|value| Value::clone(&value)))
    }

    /// Keeps such bytes, like [`Vault::set`].
    pub fn set_blob(&self, id: &SecretId, blob: &[u8]) -> Result<Stored, Error> {
        self.slots.set(&self.blob_slot(id), Zeroizing::new(blob.to_vec()))
    }

    /// Deletes such bytes; says whether there were any.
    pub fn delete_blob(&self, id: &SecretId) -> Result<bool, Error> {
        self.slots.delete(&self.blob_slot(id))
    }

    pub(crate) fn slots(&self) -> &Slots {
        &self.slots
    }

    pub(crate) fn secret(&self, id: &SecretId) -> Slot {
        Slot::new(&self.slots.service, id.user())
    }

    fn blob_slot(&self, id: &SecretId) -> Slot {
        Slot::new(format!("{}.blobs", self.slots.service), id.user())
    }
}

pub(crate) fn bytes(secret: &Secret) -> Value {
    Zeroizing::new(secret.expose().as_bytes().to_vec())
}

pub(crate) fn text(value: &Value) -> Result<Secret, Error> {
    match std::str::from_utf8(value) {
        Ok(text) => Ok(Secret::from(text)),
        Err(_) => Err(Error::BadAnswer { reason: "the value is not text".to_owned() }),
    }
}
