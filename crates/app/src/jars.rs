//! Cookie jars: one for each workspace and environment, kept in the keychain.
//!
//! Session cookies are credentials, so no file holds them. Without a keychain a jar lives as long
//! as the process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::blocking::within;
use errand_engine::{Cookie, Jar, SharedJar};
use errand_vault::{KeychainState, SecretId, Stored, Vault};

/// How long a request waits for the keychain before it goes without the cookies in it.
const PATIENCE: Duration = Duration::from_secs(1);

/// Name under which a jar is kept.
const ENTRY: &str = "cookie jar";

const SESSION_ONLY: &str = "Without an open keychain, cookies are kept for this session only.";

/// The jars in use.
pub struct Jars {
    vault: Arc<Vault>,
    jars: Mutex<HashMap<SecretId, Kept>>,
}

struct Kept {
    jar: SharedJar,
    /// The cookies as they are in the keychain.
    saved: Vec<Cookie>,
    /// Why the jar is not in the keychain.
    notice: Option<String>,
}

impl Jars {
    /// No jars yet.
    pub fn new(vault: Arc<Vault>) -> Self {
        Self { vault, jars: Mutex::default() }
    }

    fn with<T>(&self, use_it: impl FnOnce(&mut HashMap<SecretId, Kept>) -> T) -> T {
        use_it(&mut self.jars.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The jar of a workspace and environment, read from the keychain at its first use. Blocks.
    pub fn jar(&self, workspace: &str, environment: Option<&str>) -> SharedJar {
        let id = SecretId::new(workspace, environment, ENTRY);
        if let Some(jar) = self.with(|jars| jars.get(&id).map(|kept| kept.jar.clone())) {
            return jar;
        }
        let (saved, notice) = self.read(&id);
        let mut jar = Jar::new();
        jar.load(saved.clone());
        let jar = Arc::new(Mutex::new(jar));
        // Two first uses at once: the first one in wins, as both read the same.
        self.with(|jars| jars.entry(id).or_insert(Kept { jar, saved, notice }).jar.clone())
    }

    /// The cookies in the keychain. A locked one is not asked: a plain request must not make the
    /// system ask for a password.
    fn read(&self, id: &SecretId) -> (Vec<Cookie>, Option<String>) {
        let vault = self.vault.clone();
        if within(PATIENCE, move || vault.state()) != Some(KeychainState::Available) {
            return (Vec::new(), Some(SESSION_ONLY.to_owned()));
        }
        match self.vault.blob(id) {
            Ok(Some(bytes)) => match serde_json::from_slice::<Vec<Cookie>>(&bytes) {
                Ok(cookies) => (cookies, None),
                Err(error) => (
                    Vec::new(),
                    Some(format!("The cookies in the keychain are not understood ({error}).")),
                ),
            },
            Ok(None) => (Vec::new(), None),
            Err(error) => (Vec::new(), Some(error.to_string())),
        }
    }

    /// Why a jar is kept for this session only.
    pub fn notice(&self, workspace: &str, environment: Option<&str>) -> Option<String> {
        let id = SecretId::new(workspace, environment, ENTRY);
        self.with(|jars| jars.get(&id).and_then(|kept| kept.notice.clone()))
    }

    /// Puts jars that changed into the keychain. Blocks.
    pub fn save(&self) {
        let changed: Vec<_> = self.with(|jars| {
            let now =
                |kept: &Kept| kept.jar.lock().unwrap_or_else(PoisonError::into_inner).cookies();
            jars.iter()
                .map(|(id, kept)| (id.clone(), now(kept), &kept.saved))
                .filter(|(_, now, saved)| !same(now, saved))
                .map(|(id, now, _)| (id, now))
                .collect()
        });
        for (id, cookies) in changed {
            // What could not be read is not written over.
            if self.with(|jars| jars.get(&id).is_some_and(|kept| kept.notice.is_some())) {
                continue;
            }
            let Ok(bytes) = serde_json::to_vec(&cookies).map(zeroize::Zeroizing::new) else {
                continue;
            };
            let notice = match self.vault.set_blob(&id, &bytes) {
                Ok(Stored::Keychain) => None,
                Ok(Stored::SessionOnly) => Some(SESSION_ONLY.to_owned()),
                Err(error) => Some(error.to_string()),
            };
            self.with(|jars| {
                if let Some(kept) = jars.get_mut(&id) {
                    kept.saved = cookies;
                    kept.notice = notice;
                }
            });
        }
    }
}

/// Whether two lists hold the same cookies; when they were last sent does not count.
fn same(one: &[Cookie], other: &[Cookie]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| {
            Cookie { last_used: 0, ..one.clone() } == Cookie { last_used: 0, ..other.clone() }
        })
}
