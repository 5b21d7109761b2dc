//! What workspaces may do on this machine to have the values of secrets: run commands, read files
//! outside, show credentials to servers. Kept per workspace, beside the settings; never in a workspace.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Mutex;

use crate::session::lock;
use crate::wire::WireError;

/// What the user approved, by workspace.
pub struct Approvals {
    path: PathBuf,
    known: Mutex<Option<BTreeMap<String, BTreeSet<String>>>>,
}

impl Approvals {
    /// Reads the file at its first use; one that cannot be read approves nothing.
    pub fn new(path: PathBuf) -> Self {
        Self { path, known: Mutex::new(None) }
    }

    /// Whether this was approved for the workspace, word for word. Blocks.
    pub fn approved(&self, workspace: &str, access: &str) -> bool {
        self.with(|known| known.get(workspace).is_some_and(|all| all.contains(access)))
    }

    /// Approves something, or takes that back. Blocks.
    pub fn set(&self, workspace: &str, access: &str, approved: bool) -> Result<(), WireError> {
        let text = self.with(|known| {
            let all = known.entry(workspace.to_owned()).or_default();
            if approved {
                all.insert(access.to_owned());
            } else {
                all.remove(access);
            }
            serde_json::to_vec_pretty(known)
        });
        let refused = |message: String| {
            WireError::new("approval-not-saved", format!("The approval was not saved: {message}"))
                .hint("It holds until Errand ends. See whether the folder can be written.")
                .at(self.path.display().to_string(), None, None)
        };
        let text = text.map_err(|error| refused(error.to_string()))?;
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| refused(error.to_string()))?;
        }
        errand_workspace::write_atomically(&self.path, &text)
            .map_err(|error| refused(error.to_string()))
    }

    fn with<T>(&self, use_it: impl FnOnce(&mut BTreeMap<String, BTreeSet<String>>) -> T) -> T {
        let mut known = lock(&self.known);
        use_it(known.get_or_insert_with(|| {
            std::fs::read(&self.path)
                .ok()
                .and_then(|bytes| serde_json::from_slice(&bytes).ok())
                .unwrap_or_default()
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_approved_is_so_for_one_workspace_and_after_a_restart() -> Result<(), WireError> {
        let folder =
            tempfile::tempdir().map_err(|error| WireError::new("test", error.to_string()))?;
        let path = folder.path().join("approvals.json");
        let approvals = Approvals::new(path.clone());
        assert!(!approvals.approved("w", "run the command `x`"));
        approvals.set("w", "run the command `x`", true)?;
        let again = Approvals::new(path);
        assert!(again.approved("w", "run the command `x`"));
        assert!(!again.approved("w", "run the command `x `"));
        assert!(!again.approved("other", "run the command `x`"));
        again.set("w", "run the command `x`", false)?;
        assert!(!again.approved("w", "run the command `x`"));
        Ok(())
    }
}
