use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

/// The world as a source sees it: a folder, a home, an environment.
#[derive(Clone)]
pub struct Machine {
    /// The workspace's folder: relative paths start here, and commands run here.
    pub workspace: PathBuf,
    /// The user's home, where Vault and AWS keep their files.
    pub home: Option<PathBuf>,
    /// The environment, also that of the programs that are started.
    pub variables: HashMap<OsString, OsString>,
}

impl Machine {
    /// Those of this process.
    pub fn of_process(workspace: impl Into<PathBuf>) -> Self {
        Self {
            workspace: workspace.into(),
            home: std::env::home_dir(),
            variables: std::env::vars_os().collect(),
        }
    }

    /// A variable's value as it is.
    pub(crate) fn raw(&self, name: &str) -> Option<&OsStr> {
        if cfg!(windows) {
            let same =
                |known: &OsString| known.to_str().is_some_and(|k| k.eq_ignore_ascii_case(name));
            return self.variables.iter().find(|(k, _)| same(k)).map(|(_, v)| v.as_os_str());
        }
        self.variables.get(OsStr::new(name)).map(OsString::as_os_str)
    }

    /// A setting of some program: text, and not empty.
    pub(crate) fn setting(&self, name: &str) -> Option<&str> {
        self.raw(name).and_then(OsStr::to_str).filter(|value| !value.is_empty())
    }

    /// `~/…`, absolute, or relative to the workspace.
    pub(crate) fn path(&self, written: &str) -> PathBuf {
        match (written.strip_prefix("~/"), &self.home) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => self.workspace.join(written),
        }
    }

    pub(crate) fn in_home(&self, path: impl AsRef<Path>) -> Option<PathBuf> {
        self.home.as_ref().map(|home| home.join(path))
    }
}
