//! The folders of the person at the desktop.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A home folder with everything the XDG base directories name inside it.
#[derive(Debug)]
pub struct Home {
    folder: TempDir,
}

impl Home {
    /// An empty home. Short, because a socket's path may not exceed 107 bytes.
    pub fn new() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("errand-")
            .tempdir()
            .unwrap_or_else(|error| panic!("no temporary folder for a home: {error}"));
        let home = Self { folder };
        for part in ["bin", "config", "data", "cache", "state", "run", "tmp"] {
            let path = home.part(part);
            fs::create_dir(&path)
                .unwrap_or_else(|error| panic!("cannot create {}: {error}", path.display()));
        }
        let private = fs::Permissions::from_mode(0o700);
        fs::set_permissions(home.part("run"), private)
            .unwrap_or_else(|error| panic!("cannot make the runtime folder private: {error}"));
        home
    }

    /// The home folder itself.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// One of `bin`, `config`, `data`, `cache`, `state`, `run`, `tmp`.
    pub fn part(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A command that knows this home, PATH, and nothing else. What is in the home's own `bin` comes first.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .current_dir(self.path())
            .env("PATH", self.path_of_programs())
            .env("HOME", self.path())
            .env("XDG_CONFIG_HOME", self.part("config"))
            .env("XDG_DATA_HOME", self.part("data"))
            .env("XDG_CACHE_HOME", self.part("cache"))
            .env("XDG_STATE_HOME", self.part("state"))
            .env("XDG_RUNTIME_DIR", self.part("run"))
            .env("TMPDIR", self.part("tmp"))
            .env("LANG", "C.UTF-8")
            .env("TZ", "UTC")
            .env("GDK_BACKEND", "x11")
            .env("GSETTINGS_BACKEND", "memory")
            .env("GIO_USE_VFS", "local")
            .env("NO_AT_BRIDGE", "1");
        command
    }

    fn path_of_programs(&self) -> OsString {
        let mut path = self.part("bin").into_os_string();
        if let Some(others) = env::var_os("PATH") {
            path.push(":");
            path.push(others);
        }
        path
    }
}

impl Default for Home {
    fn default() -> Self {
        Self::new()
    }
}
