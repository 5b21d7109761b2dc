//! Where the app keeps what is not in a workspace.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::wire::WireError;

/// The app's own folders.
#[derive(Clone, Debug)]
pub struct Paths {
    /// History, bodies, drafts, trash.
    pub data: PathBuf,
    /// Settings.
    pub config: PathBuf,
    /// Where an example workspace goes.
    pub documents: PathBuf,
}

impl Paths {
    /// This user's folders by the system's rules (XDG base directories on Linux).
    /// `ERRAND_HOME` puts everything into one folder instead.
    pub fn of_user() -> Result<Self, WireError> {
        if let Some(home) = std::env::var_os("ERRAND_HOME").filter(|home| !home.is_empty()) {
            return Ok(Self::below(Path::new(&home)));
        }
        let none = || {
            WireError::new("no-home", "This user has no home folder.")
                .hint("Set HOME, or ERRAND_HOME to a folder for the app's data.")
        };
        let dirs = ProjectDirs::from("dev", "errand", "errand").ok_or_else(none)?;
        let user = directories::UserDirs::new().ok_or_else(none)?;
        Ok(Self {
            data: dirs.data_dir().to_owned(),
            config: dirs.config_dir().to_owned(),
            documents: user.home_dir().join("Errand"),
        })
    }

    /// Everything below one folder.
    pub fn below(root: &Path) -> Self {
        Self {
            data: root.join("data"),
            config: root.join("config"),
            documents: root.join("workspaces"),
        }
    }

    /// The history database.
    pub fn history(&self) -> PathBuf {
        self.data.join("history.sqlite")
    }

    /// The spool.
    pub fn bodies(&self) -> PathBuf {
        self.data.join("bodies")
    }

    /// Drafts, trash and state of workspaces.
    pub fn workspaces(&self) -> PathBuf {
        self.data.join("workspaces")
    }

    /// The settings file.
    pub fn settings(&self) -> PathBuf {
        self.config.join("settings.json")
    }
}
