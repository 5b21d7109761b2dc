//! The system's file dialog, and a person who knows what to choose in it.
//!
//! Where no desktop portal answers on the bus, the app's dialogs are `zenity`'s. The one here shows nothing and
//! answers at once.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::desktop::Desktop;

/// Answers every file dialog of that desktop.
#[derive(Debug)]
pub struct Chooser {
    folder: PathBuf,
}

impl Chooser {
    /// Somebody who closes every dialog without choosing.
    pub fn at(desktop: &Desktop) -> Self {
        let chooser = Self { folder: desktop.programs() };
        let dialog = chooser.folder.join("zenity");
        let script = "#!/bin/sh\nexec cat \"$HOME/bin/chosen\"\n";
        let written = fs::write(&dialog, script)
            .and_then(|()| fs::set_permissions(&dialog, fs::Permissions::from_mode(0o700)));
        written.unwrap_or_else(|error| panic!("cannot write {}: {error}", dialog.display()));
        chooser
    }

    /// Chooses that from now on.
    pub fn choose(&self, path: &Path) {
        let file = self.folder.join("chosen");
        fs::write(&file, path.as_os_str().as_encoded_bytes())
            .unwrap_or_else(|error| panic!("cannot write {}: {error}", file.display()));
    }
}
