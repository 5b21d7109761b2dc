//! A workspace as it is on disk, seen from outside the app: by an editor, by git.

use std::fs;
use std::path::{Path, PathBuf};

use crate::desktop::Desktop;
use crate::patience;

/// A folder with plain files in it.
#[derive(Debug)]
pub struct Workspace {
    folder: PathBuf,
}

impl Workspace {
    /// An empty workspace named Tea in the home folder.
    pub fn new(desktop: &Desktop) -> Self {
        let workspace = Self { folder: desktop.home().join("tea") };
        workspace.write("opencollection.yml", "opencollection: \"1.0.0\"\n\ninfo:\n  name: Tea\n");
        workspace
    }

    /// The same with a request in it.
    #[must_use]
    pub fn with(self, name: &str, method: &str, url: &str) -> Self {
        self.write(&format!("{name}.yml"), &request(name, method, url));
        self
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The same as text, for an argument.
    pub fn argument(&self) -> &str {
        self.folder.to_str().unwrap_or_default()
    }

    /// Writes a file as an editor would.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, text))
            .unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
    }

    /// What a file says now; nothing when it is not there.
    pub fn read(&self, path: &str) -> Option<String> {
        fs::read_to_string(self.folder.join(path)).ok()
    }

    /// Waits until a file says that; the answer is all it says.
    #[track_caller]
    pub fn says(&self, path: &str, part: &str) -> String {
        let look = || self.read(path).filter(|text| text.contains(part));
        patience::expect(&format!("{path} to say {part:?}"), look)
    }

    /// Waits until a file is gone.
    #[track_caller]
    pub fn lacks(&self, path: &str) {
        patience::expect(&format!("{path} to go away"), || self.read(path).is_none().then_some(()));
    }
}

/// The file of a plain request.
pub fn request(name: &str, method: &str, url: &str) -> String {
    format!("info:\n  name: {name}\n  type: http\n\nhttp:\n  method: {method}\n  url: \"{url}\"\n")
}
