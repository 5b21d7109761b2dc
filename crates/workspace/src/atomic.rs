//! Files are replaced whole: what is on disk is the old content or the new, never a part.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::WorkspaceError;

/// Temporary files begin so; they are hidden from the tree and swept up after a crash.
pub(crate) const PREFIX: &str = ".errand-";
const SUFFIX: &str = ".tmp";

/// The steps of a save, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Create,
    Write,
    Sync,
    Rename,
    SyncFolder,
}

impl Step {
    fn name(self) -> &'static str {
        match self {
            Self::Create => "creating a temporary file beside it",
            Self::Write => "writing",
            Self::Sync => "flushing to disk",
            Self::Rename => "putting the new file in place",
            Self::SyncFolder => "flushing the folder to disk",
        }
    }
}

/// Whether a file may be there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Any,
    /// Fails with `AlreadyExists` rather than replace anything.
    New,
}

/// Replaces a file in one step, or creates it: temporary file beside it, write, fsync, rename, fsync
/// of the folder. Its permissions stay, and so does a symbolic link that leads to it.
///
/// # Errors
/// [`WorkspaceError::Write`]; the file is the old one, whole, unless only the last fsync failed.
pub fn write_atomically(path: &Path, content: &[u8]) -> Result<(), WorkspaceError> {
    write(path, content, Target::Any)
}

/// Replaces or creates `path`. A symbolic link stays one: the file it leads to is replaced.
pub(crate) fn write(path: &Path, content: &[u8], target: Target) -> Result<(), WorkspaceError> {
    write_with(path, content, target, &|_| Ok(()))
}

/// `before` is asked ahead of each step and may fail it, which is how tests bring in a failing disk.
fn write_with(
    path: &Path,
    content: &[u8],
    target: Target,
    before: &dyn Fn(Step) -> io::Result<()>,
) -> Result<(), WorkspaceError> {
    let real = if path.is_symlink() {
        fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
    } else {
        path.to_owned()
    };
    let fail = |step: Step| move |error: io::Error| WorkspaceError::write(path, step.name(), error);
    let folder = real.parent().unwrap_or(Path::new("."));
    let mut temporary =
        before(Step::Create).and_then(|()| temporary_in(folder)).map_err(fail(Step::Create))?;
    before(Step::Write)
        .and_then(|()| temporary.write_all(content))
        .and_then(|()| match fs::metadata(&real) {
            Ok(old) => temporary.as_file().set_permissions(old.permissions()),
            Err(_) => Ok(()),
        })
        .map_err(fail(Step::Write))?;
    before(Step::Sync).and_then(|()| temporary.as_file().sync_all()).map_err(fail(Step::Sync))?;
    before(Step::Rename)
        .and_then(|()| match target {
            Target::Any => temporary.persist(&real).map_err(|e| e.error),
            Target::New => temporary.persist_noclobber(&real).map_err(|e| e.error),
        })
        .map_err(fail(Step::Rename))?;
    before(Step::SyncFolder).and_then(|()| sync_folder(folder)).map_err(fail(Step::SyncFolder))
}

fn temporary_in(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    // What any new file gets; the umask takes its part.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Makes renames in a folder last through a power cut.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(windows) {
        return Ok(()); // Folders cannot be flushed there; NTFS journals the rename.
    }
    File::open(folder)?.sync_all()
}

/// Removes temporary files that a killed process left in a folder. Only to be called while no
/// other process can be saving there.
pub(crate) fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
            // What cannot be removed now is tried again at the next save.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Creates a folder and those above it that are missing, as private as the user's umask says.
pub(crate) fn create_folders(path: &Path) -> Result<(), WorkspaceError> {
    fs::create_dir_all(path).map_err(|e| WorkspaceError::write(path, "creating the folder", e))
}

/// The whole text of a file, bounded in size.
pub(crate) fn read_text(path: &Path) -> Result<String, WorkspaceError> {
    read_bounded(path).map_err(|e| WorkspaceError::read(path, e))
}

pub(crate) fn read_bounded(path: &Path) -> io::Result<String> {
    use std::io::Read;
    let limit = crate::yaml::MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    File::open(path)?.take(limit).read_to_end(&mut bytes)?;
    String::from_utf8(bytes).map_err(|e| io::Error::new(io::ErrorKind::InvalidData, e))
}

/// Where a file or folder really is, for one that exists.
pub(crate) fn canonical(path: &Path) -> Result<PathBuf, WorkspaceError> {
    fs::canonicalize(path).map_err(|e| WorkspaceError::read(path, e))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_failure_at_any_step_leaves_the_file_whole_and_no_temporary_file() {
        let steps = [Step::Create, Step::Write, Step::Sync, Step::Rename, Step::SyncFolder];
        for failing in steps {
            for kind in
                [io::ErrorKind::StorageFull, io::ErrorKind::PermissionDenied, io::ErrorKind::Other]
            {
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("a.yml");
                fs::write(&path, "old").unwrap();
                let fault =
                    |step: Step| if step == failing { Err(io::Error::from(kind)) } else { Ok(()) };
                let error = write_with(&path, b"new", Target::Any, &fault).unwrap_err();
                assert!(matches!(error, WorkspaceError::Write { .. }), "{error}");
                let expected = if failing == Step::SyncFolder { "new" } else { "old" };
                assert_eq!(fs::read_to_string(&path).unwrap(), expected, "{failing:?}");
                assert_eq!(
                    fs::read_dir(folder.path()).unwrap().count(),
                    1,
                    "{failing:?} left something"
                );
            }
        }
    }

    #[test]
    fn a_new_file_never_replaces_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yml");
        fs::write(&path, "old").unwrap();
        assert!(write(&path, b"new", Target::New).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    }

    #[test]
    #[cfg(unix)]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yml");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let link = folder.path().join("link.yml");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        write(&link, b"new", Target::Any).unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn messages_are_in_plain_words() {
        let full =
            WorkspaceError::write(Path::new("a.yml"), "writing", io::ErrorKind::StorageFull.into());
        assert_eq!(
            full.to_string(),
            "a.yml was not saved (writing): the disk is full. Free some space and save again."
        );
    }
}
