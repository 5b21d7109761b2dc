//! A folder's files as a source: read when needed, links not followed, a limit to how many.

use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use errand_interop::{Content, Entry, Open};

use crate::errors;
use crate::wire::WireError;

/// Files of one source; more is not a collection but somebody's home folder.
pub const MOST_FILES: usize = 20_000;
/// Folders below folders.
const DEEPEST: usize = 64;

/// A file on disk that is opened when needed.
struct OnDisk {
    path: PathBuf,
    length: u64,
}

impl Open for OnDisk {
    fn open(&self) -> io::Result<Box<dyn Read>> {
        // It may have become a link, or a pipe that never ends, since it was listed.
        if !fs::symlink_metadata(&self.path)?.file_type().is_file() {
            return Err(io::Error::other("it is no longer a file"));
        }
        Ok(Box::new(File::open(&self.path)?))
    }

    fn len(&self) -> u64 {
        self.length
    }
}

/// One file under a path of its own.
pub fn file(path: &Path, shown: String) -> Result<Entry, WireError> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if !metadata.is_file() {
        return Err(WireError::new(
            "invalid-file",
            format!("{} is neither a file nor a folder.", path.display()),
        ));
    }
    // What the user named is theirs to name, a link among it; what is below a folder is not.
    let path = fs::canonicalize(path).map_err(|error| unreadable(path, &error))?;
    Ok(Entry {
        path: shown,
        content: Content::Lazy(Arc::new(OnDisk { path, length: metadata.len() })),
    })
}

/// The files of a folder, in the order of their paths.
pub fn files(root: &Path) -> Result<Vec<Entry>, WireError> {
    let mut entries = Vec::new();
    walk(root, "", 0, &mut entries)?;
    Ok(entries)
}

fn walk(
    folder: &Path,
    above: &str,
    depth: usize,
    entries: &mut Vec<Entry>,
) -> Result<(), WireError> {
    let listed = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut children = listed.map_err(|error| unreadable(folder, &error))?;
    children.sort_by_key(fs::DirEntry::file_name);
    for child in children {
        let kind = child.file_type().map_err(|error| unreadable(&child.path(), &error))?;
        // A name that is not Unicode is in no format.
        let Some(name) = child.file_name().to_str().map(str::to_owned) else { continue };
        if !is_wanted(&name, kind) {
            continue;
        }
        let path = if above.is_empty() { name } else { format!("{above}/{name}") };
        if kind.is_dir() {
            if depth == DEEPEST {
                return Err(refused(
                    folder,
                    &format!("has more than {DEEPEST} folders within each other"),
                ));
            }
            walk(&child.path(), &path, depth + 1, entries)?;
        } else {
            if entries.len() == MOST_FILES {
                return Err(refused(folder, &format!("has more than {MOST_FILES} files")));
            }
            let length = child.metadata().map_err(|error| unreadable(&child.path(), &error))?.len();
            let on_disk = OnDisk { path: child.path(), length };
            entries.push(Entry { path, content: Content::Lazy(Arc::new(on_disk)) });
        }
    }
    Ok(())
}

/// Links, hidden files and what programs download are left alone, except for files of variables.
fn is_wanted(name: &str, kind: FileType) -> bool {
    let of_variables = name == ".env" || name.starts_with(".env.") || name.starts_with(".httpyac");
    if kind.is_dir() {
        !name.starts_with('.') && name != "node_modules"
    } else {
        kind.is_file() && (!name.starts_with('.') || of_variables)
    }
}

fn refused(folder: &Path, what: &str) -> WireError {
    WireError::new("too-much", format!("{} {what}.", folder.display()))
        .hint("Choose the folder of the collection itself.")
}

fn unreadable(path: &Path, error: &io::Error) -> WireError {
    errors::file("read", path, error).hint("See whether it exists and may be read.")
}
