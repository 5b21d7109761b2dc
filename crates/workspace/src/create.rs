use std::fs;
use std::path::Path;

use errand_model::Folder;

use crate::atomic::{self, Target};
use crate::shape::{self, Place};
use crate::workspace::{ENVIRONMENTS, ROOT_FILE};
use crate::yaml::{self, Data};
use crate::{Workspace, WorkspaceError};

/// The example workspace, file by file; the collection's own is last, so that a workspace cut short
/// in the making is none.
const EXAMPLE: &[(&str, &str)] = &[
    ("environments/Playground.yml", include_str!("example/playground.yml")),
    ("environments/Playground, Grace.yml", include_str!("example/second.yml")),
    ("Hello.yml", include_str!("example/hello.yml")),
    ("Bodies/folder.yml", include_str!("example/bodies.yml")),
    ("Bodies/JSON.yml", include_str!("example/json.yml")),
    ("Bodies/Form.yml", include_str!("example/form.yml")),
    ("Bodies/Multipart.yml", include_str!("example/multipart.yml")),
    ("Orders/folder.yml", include_str!("example/orders.yml")),
    ("Orders/Create an order.yml", include_str!("example/create_order.yml")),
    ("Orders/Read that order.yml", include_str!("example/read_order.yml")),
    ("Orders/List orders.yml", include_str!("example/list_orders.yml")),
    ("Answers/folder.yml", include_str!("example/answers.yml")),
    ("Answers/Not found.yml", include_str!("example/not_found.yml")),
    ("Answers/Redirect.yml", include_str!("example/redirect.yml")),
    ("Answers/Cookies.yml", include_str!("example/cookies.yml")),
    ("Answers/Compressed.yml", include_str!("example/gzip.yml")),
    ("Answers/Slow.yml", include_str!("example/delay.yml")),
    ("Answers/Big JSON.yml", include_str!("example/big_json.yml")),
    ("Answers/XML.yml", include_str!("example/xml.yml")),
    ("Answers/HTML.yml", include_str!("example/html.yml")),
    ("Answers/Image.yml", include_str!("example/image.yml")),
    ("Credentials/folder.yml", include_str!("example/credentials.yml")),
    ("Credentials/Digest.yml", include_str!("example/digest.yml")),
    ("Credentials/OAuth without a person.yml", include_str!("example/oauth_client.yml")),
    ("Credentials/OAuth with a browser.yml", include_str!("example/oauth_login.yml")),
    (ROOT_FILE, include_str!("example/opencollection.yml")),
];
/// Stands in the templates where the playground's address goes.
const BASE_URL: &str = "__BASE_URL__";

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
        refuse_existing(root)?;
        let mut file = Data::map();
        let folder = Folder { name: name.to_owned(), ..Folder::default() };
        shape::write_folder(&mut file, None, Place::Root, "", &folder);
        atomic::create_folders(&root.join(ENVIRONMENTS))?;
        atomic::write(&root.join(ROOT_FILE), yaml::document(&file).as_bytes(), Target::New)?;
        Self::open(root, data)
    }

    /// Makes the example workspace, whose requests go to the playground at `base_url`, and opens it.
    ///
    /// # Errors
    /// The folder is a workspace already, or cannot be written.
    pub fn create_example(
        root: impl AsRef<Path>,
        data: impl AsRef<Path>,
        base_url: &str,
    ) -> Result<Self, WorkspaceError> {
        let root = root.as_ref();
        refuse_existing(root)?;
        for (path, text) in EXAMPLE {
            let file = root.join(path);
            atomic::create_folders(file.parent().unwrap_or(root))?;
            // What is there already stays: it may be the user's, or come from a first try.
            if !file.exists() {
                atomic::write(&file, text.replace(BASE_URL, base_url).as_bytes(), Target::New)?;
            }
        }
        Self::open(root, data)
    }
}

pub(crate) fn refuse_existing(root: &Path) -> Result<(), WorkspaceError> {
    if fs::symlink_metadata(root.join(ROOT_FILE)).is_ok() {
        return Err(WorkspaceError::AlreadyAWorkspace(root.to_owned()));
    }
    Ok(())
}
