//! Unsaved work on disk, without the credentials in it: those wait in the keychain.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use errand_model::Request;
use errand_vault::{SecretId, Vault};
use zeroize::Zeroizing;

use crate::blocking::within;
use crate::literals;
use crate::session::lock;

/// How long a draft waits for its credentials.
const PATIENCE: Duration = Duration::from_secs(2);

/// A literal and the reference in its place.
type Pairs = Vec<(String, String)>;

/// What drafts leave to the keychain.
#[derive(Default)]
pub struct Withheld {
    /// By tab, as it was kept last: typing elsewhere in a request does not ask the keychain.
    known: Mutex<HashMap<String, Zeroizing<Vec<u8>>>>,
}

impl Withheld {
    /// The request as a draft may hold it. What was taken out is in the keychain; without one it
    /// lasts as long as the program. Blocks.
    pub fn take_out(
        &self,
        vault: &Vault,
        workspace: &str,
        tab: &str,
        request: &Request,
    ) -> Request {
        let (without, pairs) =
            literals::replaced(request, |name| format!("{{{{unsaved {name}}}}}"));
        let bytes = Zeroizing::new(serde_json::to_vec(&pairs).unwrap_or_default());
        let mut known = lock(&self.known);
        if pairs.is_empty() {
            if known.remove(tab).is_some() {
                // What stays behind is of no use to anyone, and goes with the tab.
                let _ = vault.delete_blob(&id(workspace, tab));
            }
        } else if known.get(tab) != Some(&bytes)
            && vault.set_blob(&id(workspace, tab), &bytes).is_ok()
        {
            known.insert(tab.to_owned(), bytes);
        }
        without
    }

    /// A draft's request with its credentials; with their references where the keychain does not
    /// have them. Blocks.
    pub fn put_back(&self, vault: &Vault, workspace: &str, tab: &str, request: Request) -> Request {
        let text = serde_json::to_string(&request).unwrap_or_default();
        if !text.contains("{{unsaved ") {
            return request;
        }
        // Opening a workspace does not wait for somebody to unlock a keychain.
        let (asked, name) = (vault.clone(), id(workspace, tab));
        let Some(Ok(Some(bytes))) = within(PATIENCE, move || asked.blob(&name)) else {
            return request;
        };
        let pairs: Pairs = serde_json::from_slice(&bytes).unwrap_or_default();
        lock(&self.known).insert(tab.to_owned(), bytes);
        literals::restored(&request, &pairs)
    }

    /// The draft is gone. Blocks.
    pub fn forget(&self, vault: &Vault, workspace: &str, tab: &str) {
        if lock(&self.known).remove(tab).is_some() {
            let _ = vault.delete_blob(&id(workspace, tab));
        }
    }
}

fn id(workspace: &str, tab: &str) -> SecretId {
    SecretId::new(workspace, None, &format!("draft {tab}"))
}
