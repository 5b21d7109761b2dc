use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use errand_model::Request;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::WorkspaceError;
use crate::atomic::{self, Target};
use crate::workspace::revision;

/// Recent workspaces that are remembered.
const MAX_RECENT: usize = 30;

/// What belongs to this person and not to the team, in the app's data folder: drafts, the state of
/// the window, the chosen environment. Nothing resolved is kept here, only what was typed.
#[derive(Debug, Clone)]
pub struct LocalState {
    data: PathBuf,
    id: String,
}

/// An unsaved edit of one tab.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// The tab.
    pub tab: String,
    /// The item it edits; `None` for a request that was never saved.
    pub path: Option<String>,
    /// Revision that the edit began from; empty for a new request.
    #[serde(default)]
    pub base: String,
    /// As typed.
    pub request: Request,
}

/// A workspace that was open before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecentWorkspace {
    /// Its folder.
    pub folder: String,
    /// Its name when it was last open.
    pub name: String,
}

impl LocalState {
    pub(crate) fn new(data: &Path, id: &str) -> Self {
        Self { data: data.to_owned(), id: id.to_owned() }
    }

    pub(crate) fn workspace_id(&self) -> &str {
        &self.id
    }

    /// The folder of this workspace's local state; it may not exist yet.
    pub fn folder(&self) -> PathBuf {
        self.data.join("workspaces").join(&self.id)
    }

    pub(crate) fn trash(&self) -> PathBuf {
        self.data.join("trash").join(&self.id)
    }

    pub(crate) fn lock_file(&self) -> io::Result<File> {
        let folder = self.folder();
        private_folders(&folder)?;
        File::options().create(true).truncate(false).write(true).open(folder.join("lock"))
    }

    /// Keeps a draft; it survives a crash from here on.
    ///
    /// # Errors
    /// The data folder cannot be written.
    pub fn save_draft(&self, draft: &Draft) -> Result<(), WorkspaceError> {
        write_json(&self.draft_file(&draft.tab), draft)
    }

    /// All drafts, by tab id. A file that cannot be read is set aside as `*.broken` and passed over.
    ///
    /// # Errors
    /// The folder of drafts is there but cannot be listed.
    pub fn drafts(&self) -> Result<Vec<Draft>, WorkspaceError> {
        let folder = self.folder().join("drafts");
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(WorkspaceError::read(&folder, error)),
        };
        let mut drafts: Vec<Draft> = entries
            .flatten()
            .map(|e| e.path())
            .filter(|p| p.extension().is_some_and(|e| e == "json"))
            .filter_map(|path| read_json(&path))
            .collect();
        drafts.sort_by(|a, b| a.tab.cmp(&b.tab));
        Ok(drafts)
    }

    /// Forgets a draft; none is fine too.
    ///
    /// # Errors
    /// The file is there and cannot be removed.
    pub fn remove_draft(&self, tab: &str) -> Result<(), WorkspaceError> {
        let path = self.draft_file(tab);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(WorkspaceError::write(&path, "removing the draft", error))
            }
            _ => Ok(()),
        }
    }

    fn draft_file(&self, tab: &str) -> PathBuf {
        let plain = !tab.is_empty()
            && tab.len() <= 64
            && tab.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
        let name = if plain { tab.to_owned() } else { revision(tab.as_bytes()) };
        self.folder().join("drafts").join(format!("{name}.json"))
    }

    /// The window's state as it was kept; null when there is none.
    pub fn ui_state(&self) -> Value {
        read_json(&self.folder().join("ui.json")).unwrap_or(Value::Null)
    }

    /// Keeps the window's state.
    ///
    /// # Errors
    /// The data folder cannot be written.
    pub fn save_ui_state(&self, state: &Value) -> Result<(), WorkspaceError> {
        write_json(&self.folder().join("ui.json"), state)
    }

    /// The environment that was chosen last, if any.
    pub fn chosen_environment(&self) -> Option<String> {
        read_json::<Option<String>>(&self.folder().join("environment.json")).flatten()
    }

    /// Keeps the choice of environment.
    ///
    /// # Errors
    /// The data folder cannot be written.
    pub fn choose_environment(&self, name: Option<&str>) -> Result<(), WorkspaceError> {
        write_json(&self.folder().join("environment.json"), &name)
    }

    /// Where descriptions outside of the workspace are on this machine, by what its files call them
    /// and then by the folder that is linked with one.
    pub fn descriptions(&self) -> BTreeMap<String, BTreeMap<String, String>> {
        read_json(&self.folder().join("descriptions.json")).unwrap_or_default()
    }

    /// Keeps where one is.
    ///
    /// # Errors
    /// The data folder cannot be written.
    pub fn note_description(
        &self,
        called: &str,
        folder: &str,
        path: &str,
    ) -> Result<(), WorkspaceError> {
        let mut known = self.descriptions();
        known.entry(called.to_owned()).or_default().insert(folder.to_owned(), path.to_owned());
        write_json(&self.folder().join("descriptions.json"), &known)
    }

    /// Workspaces that were open, the last one first.
    pub fn recent(data: impl AsRef<Path>) -> Vec<RecentWorkspace> {
        read_json(&data.as_ref().join("recent.json")).unwrap_or_default()
    }

    /// Puts a workspace first among the recent ones.
    ///
    /// # Errors
    /// The data folder cannot be written.
    pub fn remember(
        data: impl AsRef<Path>,
        workspace: RecentWorkspace,
    ) -> Result<(), WorkspaceError> {
        let mut recent = Self::recent(&data);
        recent.retain(|r| r.folder != workspace.folder);
        recent.insert(0, workspace);
        recent.truncate(MAX_RECENT);
        write_json(&data.as_ref().join("recent.json"), &recent)
    }

    /// Takes a workspace off the recent ones.
    ///
    /// # Errors
    /// The data folder cannot be written.
    pub fn forget(data: impl AsRef<Path>, folder: &str) -> Result<(), WorkspaceError> {
        let mut recent = Self::recent(&data);
        recent.retain(|r| r.folder != folder);
        write_json(&data.as_ref().join("recent.json"), &recent)
    }
}

/// Reads a file of ours. One that is broken is set aside: nothing writes over it.
pub(crate) fn read_json<T: DeserializeOwned>(path: &Path) -> Option<T> {
    let text = atomic::read_bounded(path).ok()?;
    let value = serde_json::from_str(&text).ok();
    if value.is_none() {
        let mut aside = path.as_os_str().to_owned();
        aside.push(".broken");
        // It stays where it is if it cannot be moved.
        let _ = fs::rename(path, aside);
    }
    value
}

pub(crate) fn write_json(path: &Path, value: &impl Serialize) -> Result<(), WorkspaceError> {
    if let Some(folder) = path.parent() {
        private_folders(folder)
            .map_err(|e| WorkspaceError::write(folder, "creating the folder", e))?;
    }
    let text =
        serde_json::to_vec(value).map_err(|e| WorkspaceError::write(path, "writing", e.into()))?;
    atomic::write(path, &text, Target::Any)
}

/// Creates folders that only this user may enter.
pub(crate) fn private_folders(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
