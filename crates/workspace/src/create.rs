use std::fs;
use std::path::Path;

use errand_model::Folder;

use crate::atomic::{self, Target};
use crate::shape::{self, Place};
use crate::workspace::ROOT_FILE;
use crate::yaml::{self, Data};
use crate::{Workspace, WorkspaceError};

impl Workspace {
    /// Makes an empty workspace in a folder, which is made too when it is not there, and opens it.
    ///
    /// # Errors
    /// The folder is a workspace already, or cannot be written.
    pub fn create(
        root: impl AsRef<Path>,
        data: impl AsRef<Path>,
        name: &str,
    ) -> Result<Self, WorkspaceError> {
        let root = root.as_ref();
        let mut file = Data::map();
        let folder = Folder { name: name.to_owned(), ..Folder::default() };
        shape::write_folder(&mut file, None, Place::Root, "", &folder);
        make(root, &yaml::document(&file))?;
        Self::open(root, data)
    }
}

/// Makes the folder with its `opencollection.yml`, unless it has one.
fn make(root: &Path, text: &str) -> Result<(), WorkspaceError> {
    if fs::symlink_metadata(root.join(ROOT_FILE)).is_ok() {
        return Err(WorkspaceError::AlreadyAWorkspace(root.to_owned()));
    }
    atomic::create_folders(root)?;
    atomic::write(&root.join(ROOT_FILE), text.as_bytes(), Target::New)
}
