//! Where the description of a linked place is, as its file says it: nothing of this machine is in a
//! file that others get. What only this machine knows is in the workspace's local state.

use std::path::{Component, Path, PathBuf};

use errand_workspace::Workspace;

use crate::errors;
use crate::literals::is_credential_name;
use crate::wire::WireError;

/// What the file of a workspace at `root` says of an address or an absolute path: the address; a path
/// from the root (`./api.json`, `../api.json`) for a file in the workspace, beside it or in the same
/// repository; otherwise the file's name only.
pub fn called(root: &Path, origin: &str) -> String {
    if is_address(origin) {
        return origin.to_owned();
    }
    let (root, path) = (canonical(root), Path::new(origin));
    let is_beside = path.parent().is_some_and(|beside| Some(beside) == root.parent());
    let repository = root.ancestors().find(|above| above.join(".git").exists());
    if is_beside
        || [Some(root.as_path()), repository]
            .into_iter()
            .flatten()
            .any(|near| path.starts_with(near))
    {
        return from(&root, path);
    }
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The address or absolute path that `called` means for the linked `folder` on this machine. Blocks.
pub fn resolved(workspace: &Workspace, folder: &str, called: &str) -> Option<String> {
    if called.is_empty() {
        return None;
    }
    if is_address(called) || Path::new(called).is_absolute() {
        return Some(called.to_owned());
    }
    if called.starts_with("./") || called.starts_with("../") {
        let path = workspace.root().join(called);
        return canonical(&path).to_str().map(str::to_owned);
    }
    let known = workspace.local().descriptions();
    let of_name = known.get(called)?;
    let mut all = of_name.values();
    let only = all.next().filter(|first| all.all(|other| other == *first));
    of_name.get(folder).or(only).cloned()
}

/// Whether it is in the workspace itself, links followed.
pub fn is_inside(workspace: &Workspace, origin: &str) -> bool {
    !is_address(origin) && canonical(Path::new(origin)).starts_with(canonical(workspace.root()))
}

/// Keeps for this machine what the file cannot say. Blocks.
///
/// # Errors
/// The app's data folder cannot be written.
pub fn note(workspace: &Workspace, folder: &str, origin: &str) -> Result<(), WireError> {
    let called = called(workspace.root(), origin);
    if is_address(&called) || called.starts_with('.') {
        return Ok(());
    }
    let noted = workspace.local().note_description(&called, folder, origin);
    noted.map_err(|error| errors::workspace(&error))
}

/// An address without what proves who asks, which belongs in no file.
pub fn without_credentials(mut url: url::Url) -> url::Url {
    // Both only fail for addresses without a host, which have neither.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    if url.query_pairs().any(|(name, _)| is_credential_name(&name)) {
        let kept: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(name, _)| !is_credential_name(name))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        url.set_query(None);
        if !kept.is_empty() {
            url.query_pairs_mut().extend_pairs(kept);
        }
    }
    url
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// The path with its links followed, also when the last part of it is not there yet.
fn canonical(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| match (path.parent(), path.file_name()) {
        (Some(above), Some(name)) => {
            std::fs::canonicalize(above).map_or_else(|_| path.to_owned(), |above| above.join(name))
        }
        _ => path.to_owned(),
    })
}

/// The way from a folder to a file, with `/` on every system.
fn from(root: &Path, path: &Path) -> String {
    let mut above = root;
    let mut way = String::new();
    while !path.starts_with(above) {
        way.push_str("../");
        let Some(next) = above.parent() else { break };
        above = next;
    }
    if way.is_empty() {
        way.push_str("./");
    }
    let rest =
        path.strip_prefix(above).unwrap_or(path).components().filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        });
    way + &rest.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_this_machine_is_said_from_the_workspace_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let base = std::fs::canonicalize(folder.path()).expect("a folder");
        let root = base.join("here/work");
        std::fs::create_dir_all(&root).expect("made");
        let said = |path: &str| called(&root, base.join(path).to_str().expect("text"));
        assert_eq!(said("here/work/specs/api.json"), "./specs/api.json");
        assert_eq!(said("here/api.json"), "../api.json");
        assert_eq!(said("here/specs/api.json"), "api.json");
        assert_eq!(said("api.json"), "api.json");
        std::fs::create_dir(base.join("here/.git")).expect("made");
        assert_eq!(said("here/specs/api.json"), "../specs/api.json");
        assert_eq!(said("api.json"), "api.json");
        assert_eq!(called(&root, "https://a.test/b?c=d"), "https://a.test/b?c=d");
        // A workspace that is not there yet.
        assert_eq!(
            called(&base.join("here/new"), base.join("here/api.json").to_str().expect("text")),
            "../api.json"
        );
    }

    #[test]
    fn an_address_is_kept_without_credentials() {
        let of =
            |text: &str| without_credentials(url::Url::parse(text).expect("a URL")).to_string();
        assert_eq!(of("https://ada:x@a.test/b?token=s3cret&c=d#e"), "https://a.test/b?c=d");
        assert_eq!(of("https://a.test/b?token=s3cret"), "https://a.test/b");
        assert_eq!(of("https://a.test/b?c=d&&e"), "https://a.test/b?c=d&&e");
    }
}
