//! Many files that come into a folder all together or not at all.
//!
//! They are written into a folder of their own beside where they go, flushed to disk in one go, and
//! then renamed into place. The folder has
//! - `lock`, held for as long as somebody is at work in it,
//! - `files/`, laid out as below the folder it stands in,
//! - `moves.json`, the paths that are renamed, in order, where it is more than one. It is written
//!   when all files are on disk.
//!
//! What a killed process leaves is seen to by [`sweep`]: without `moves.json` nothing has come into
//! place and the folder is removed; with it everything is on disk, and the renames that are missing
//! are made. Nothing that is in place already is ever taken away, because the user may have changed
//! it since. A rename that fails in a living process is undone with those before it.
//!
//! One flush for all is as safe as one for each file: until the first rename nobody sees any of the
//! files, so the order in which they reach the disk does not matter, only that all have done so by
//! then. On Linux that is `syncfs`, which reports what could not be written since 5.8; elsewhere
//! each file is flushed by itself.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use crate::layout::Layout;
use crate::threads::each;
use crate::workspace::{name_of, parent_of};
use crate::{WorkspaceError, atomic, names};

const PREFIX: &str = ".errand-import-";
const LOCK: &str = "lock";
const FILES: &str = "files";
const MOVES: &str = "moves.json";

const MAKING: &str = "making a folder for what comes in";
const WRITING: &str = "writing what comes in";
const FLUSHING: &str = "flushing to disk";

/// Asked ahead of each step, by its name, which it may fail: how tests bring in a failing disk.
pub(crate) type Before<'a> = &'a (dyn Fn(&'static str) -> io::Result<()> + Sync);

/// No fault at any step.
#[allow(clippy::unnecessary_wraps, reason = "what others do fails")]
pub(crate) fn healthy(_: &'static str) -> io::Result<()> {
    Ok(())
}

/// No fault but that somebody wants to stop, for as long as nothing has come into place.
pub(crate) fn unless(
    stopped: &(dyn Fn() -> bool + Sync),
) -> impl Fn(&'static str) -> io::Result<()> + Sync {
    let ahead = [MAKING, WRITING, FLUSHING];
    move |step| {
        if ahead.contains(&step) && stopped() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        Ok(())
    }
}

pub(crate) struct Staging<'a> {
    /// Where the files go.
    base: PathBuf,
    folder: PathBuf,
    /// Whether what is left stays, for [`sweep`] to finish.
    kept: bool,
    before: Before<'a>,
    /// Unlocked when closed.
    _lock: File,
}

impl<'a> Staging<'a> {
    /// A staging folder in `base`, which is there.
    pub(crate) fn new(base: &Path, before: Before<'a>) -> Result<Self, WorkspaceError> {
        let fail = |error| WorkspaceError::write(base, MAKING, error);
        before(MAKING).map_err(fail)?;
        // Another process that sweeps may take a folder away before it is locked.
        for _ in 0..8 {
            let folder = base.join(format!("{PREFIX}{}", uuid::Uuid::now_v7().simple()));
            fs::create_dir(&folder).map_err(fail)?;
            let Ok(lock) = File::create_new(folder.join(LOCK)) else { continue };
            // Where files cannot be locked nobody else can find out that it is not.
            let locked = lock.lock();
            if locked.is_ok() && !folder.join(LOCK).exists() {
                continue;
            }
            let staging = Self { base: base.to_owned(), folder, kept: false, before, _lock: lock };
            fs::create_dir(staging.folder.join(FILES)).map_err(fail)?;
            return Ok(staging);
        }
        Err(fail(io::ErrorKind::ResourceBusy.into()))
    }

    /// Writes the files of `layout` on a few threads; `done` is told of each, with its path and its
    /// text, from any of them.
    pub(crate) fn write(
        &self,
        layout: &Layout,
        done: &(dyn Fn(&str, &str) + Sync),
    ) -> Result<(), WorkspaceError> {
        let files = self.folder.join(FILES);
        let step = WRITING;
        for folder in &layout.folders {
            (self.before)(step)
                .and_then(|()| fs::create_dir_all(files.join(folder)))
                .map_err(|e| WorkspaceError::write(&self.base.join(folder), step, e))?;
        }
        each(&layout.leaves, &|leaf| {
            let text = leaf.text()?;
            let write = || {
                (self.before)(step)?;
                File::create_new(files.join(&leaf.path))?.write_all(text.as_bytes())
            };
            write().map_err(|e| WorkspaceError::write(&self.base.join(&leaf.path), step, e))?;
            done(&leaf.path, &text);
            Ok(())
        })
    }

    /// Flushes everything to disk and renames it into place: `moves` are paths below `files/` and
    /// below the base, none of which is there.
    pub(crate) fn commit(mut self, moves: &[String]) -> Result<(), WorkspaceError> {
        let base = self.base.clone();
        let fail = |step: &'static str| move |error| WorkspaceError::write(&base, step, error);
        let step = FLUSHING;
        (self.before)(step).and_then(|()| self.flush()).map_err(fail.clone()(step))?;
        if moves.len() > 1 {
            let step = "noting what goes where";
            let note = serde_json::to_vec(moves).map_err(io::Error::from);
            let note = (self.before)(step).and(note).map_err(fail.clone()(step))?;
            atomic::write(&self.folder.join(MOVES), &note, atomic::Target::New)?;
        }
        let mut done = Vec::new();
        let Err((step, error)) = self.rename_all(moves, &mut done) else {
            return Ok(());
        };
        // Until all is back where it was, the note stays: a process killed here is as one killed before.
        let files = self.folder.join(FILES);
        let back = done.iter().rev().all(|path| {
            let undone = (self.before)("putting it back");
            undone.and_then(|()| fs::rename(self.base.join(path), files.join(path))).is_ok()
        });
        self.kept = !back;
        Err(fail(step)(error))
    }

    fn rename_all<'m>(
        &self,
        moves: &'m [String],
        done: &mut Vec<&'m String>,
    ) -> Result<(), (&'static str, io::Error)> {
        let files = self.folder.join(FILES);
        let step = "putting it in place";
        for path in moves {
            let to = self.base.join(path);
            (self.before)(step)
                .and_then(|()| match fs::symlink_metadata(&to) {
                    Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
                    Err(_) => fs::rename(files.join(path), &to),
                })
                .map_err(|error| (step, error))?;
            done.push(path);
        }
        let step = "flushing the folder to disk";
        let mut folders: Vec<&str> = moves.iter().map(|path| parent_of(path)).collect();
        folders.sort_unstable();
        folders.dedup();
        for folder in folders {
            (self.before)(step)
                .and_then(|()| atomic::sync_folder(&self.base.join(folder)))
                .map_err(|error| (step, error))?;
        }
        Ok(())
    }

    #[cfg(any(target_os = "linux", target_os = "android"))]
    fn flush(&self) -> io::Result<()> {
        Ok(rustix::fs::syncfs(File::open(&self.folder)?)?)
    }

    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    fn flush(&self) -> io::Result<()> {
        let (mut folders, mut files) = (vec![self.folder.clone()], Vec::new());
        let mut at = 0;
        while let Some(folder) = folders.get(at).cloned() {
            at += 1;
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                let is_folder = entry.file_type()?.is_dir();
                if is_folder { &mut folders } else { &mut files }.push(entry.path());
            }
        }
        // Windows flushes only what is open for writing.
        each(&files, &|path: &PathBuf| {
            File::options().write(true).open(path).and_then(|file| file.sync_all())
        })?;
        folders.iter().try_for_each(|folder| atomic::sync_folder(folder))
    }
}

impl Drop for Staging<'_> {
    fn drop(&mut self) {
        if !self.kept {
            clear(&self.folder);
        }
    }
}

/// Removes a staging folder. The note goes first: without it nothing will ever be moved; the lock
/// goes last: by it the folder is known for one.
fn clear(folder: &Path) {
    let _ = fs::remove_file(folder.join(MOVES));
    let _ = fs::remove_dir_all(folder.join(FILES));
    // A process killed while it wrote the note leaves a part of that.
    atomic::sweep(folder);
    // What cannot be removed now is tried again at the next sweep.
    if fs::symlink_metadata(folder.join(FILES)).is_err() {
        let _ = fs::remove_file(folder.join(LOCK));
        let _ = fs::remove_dir(folder);
    }
}

/// Sees to what killed processes left in a folder: finishes what was on disk as a whole and removes
/// the rest. What somebody is at work in is left alone.
pub(crate) fn sweep(base: &Path) {
    for entry in fs::read_dir(base).into_iter().flatten().flatten() {
        let ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(PREFIX));
        // A link could lead anywhere.
        if !ours || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let folder = entry.path();
        let Ok(lock) = File::options().write(true).open(folder.join(LOCK)) else {
            // Just made, or empty: only that can be removed so.
            let _ = fs::remove_dir(&folder);
            continue;
        };
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => continue,
        }
        if finish(base, &folder).is_ok() {
            clear(&folder);
        }
    }
}

/// Makes the renames that are noted and missing.
fn finish(base: &Path, folder: &Path) -> io::Result<()> {
    let Ok(note) = atomic::read_bounded(&folder.join(MOVES)) else { return Ok(()) };
    // A note that says anything else is not ours.
    let Ok(moves) = serde_json::from_str::<Vec<String>>(&note) else { return Ok(()) };
    let base = fs::canonicalize(base)?;
    for path in moves.iter().filter(|path| is_plain(path)) {
        let from = folder.join(FILES).join(path);
        if fs::symlink_metadata(&from).is_err() {
            continue;
        }
        let parent = fs::canonicalize(base.join(parent_of(path)))?;
        let inside = parent.starts_with(&base)
            && fs::canonicalize(&from).is_ok_and(|real| real.starts_with(&base));
        if !inside {
            continue;
        }
        let name = match fs::symlink_metadata(parent.join(name_of(path))) {
            Ok(_) => {
                let (stem, extension) = crate::trash::split_extension(name_of(path));
                names::free(&parent, stem, extension, None)
            }
            Err(_) => name_of(path).to_owned(),
        };
        fs::rename(&from, parent.join(name))?;
        atomic::sync_folder(&parent)?;
    }
    Ok(())
}

fn is_plain(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(['\\', '\0'])
        && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_note_that_others_wrote_moves_nothing_out_of_the_folder_or_over_a_file() {
        let place = tempfile::tempdir().unwrap();
        let base = place.path().join("repository");
        let folder = base.join(".errand-import-theirs");
        fs::create_dir_all(folder.join("files/inner")).unwrap();
        fs::write(folder.join(LOCK), "").unwrap();
        for name in ["a.yml", "mine.yml", "inner/b.yml"] {
            fs::write(folder.join(FILES).join(name), "theirs").unwrap();
        }
        fs::write(base.join("mine.yml"), "mine").unwrap();
        let note = r#"["../a.yml", "/etc/a.yml", "", "mine.yml", "inner"]"#;
        fs::write(folder.join(MOVES), note).unwrap();
        sweep(&base);
        let mut names: Vec<String> = fs::read_dir(&base)
            .unwrap()
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        assert_eq!(names, ["inner", "mine 2.yml", "mine.yml"]);
        assert_eq!(fs::read_to_string(base.join("mine.yml")).unwrap(), "mine");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_somebody_is_at_work_in_is_left_alone() {
        let place = tempfile::tempdir().unwrap();
        let staging = Staging::new(place.path(), &healthy).unwrap();
        sweep(place.path());
        assert!(staging.folder.join(FILES).is_dir());
        drop(staging);
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 0);
    }
}
