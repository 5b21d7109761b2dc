//! Exported files on disk.

use std::path::{Component, Path, PathBuf};

use errand_workspace::write_atomically;

use crate::errors;
use crate::wire::WireError;

/// Writes an export. A single file is written to `to`, further ones beside it; where the format is a
/// folder, `to` is that, and has to be empty or not there; a single file may still be called by its
/// own name. Nothing but `to` itself is replaced.
pub fn write(
    files: &[(String, Vec<u8>)],
    to: &Path,
    folder: bool,
) -> Result<Vec<PathBuf>, WireError> {
    let folder = folder && (files.len() > 1 || to.is_dir() || to.extension().is_none());
    let is_folder = folder || to.is_dir();
    if folder && to.read_dir().is_ok_and(|mut inside| inside.next().is_some()) {
        return Err(WireError::new("not-empty", format!("{} is not empty.", to.display()))
            .hint("Choose a folder that is empty or not there yet."));
    }
    let beside = to.parent().unwrap_or(Path::new(""));
    let mut targets = Vec::new();
    for (index, (name, _)) in files.iter().enumerate() {
        let name = Path::new(name);
        if !name.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(errors::broken());
        }
        targets.push(match (is_folder, index) {
            (true, _) if folder => to.join(name),
            (true, _) => free(&to.join(name)),
            (false, 0) => to.to_owned(),
            (false, _) => free(&beside.join(name)),
        });
    }
    for (target, (_, bytes)) in targets.iter().zip(files) {
        if let Some(above) = target.parent() {
            std::fs::create_dir_all(above).map_err(|error| errors::file("make", above, &error))?;
        }
        if target.metadata().is_ok_and(|there| !there.is_file()) {
            // A pipe or a device takes what is written; a file in its place would be in nobody's interest.
            std::fs::write(target, bytes).map_err(|error| errors::file("write", target, &error))?;
            continue;
        }
        write_atomically(target, bytes).map_err(|error| errors::workspace(&error))?;
    }
    Ok(targets)
}

/// The path, or where something is there already one like it.
fn free(wished: &Path) -> PathBuf {
    let name = wished.file_name().unwrap_or_default().to_string_lossy();
    let (stem, rest) = name.split_once('.').unwrap_or((&name, ""));
    let dot = if rest.is_empty() { "" } else { "." };
    let mut path = wished.to_owned();
    let mut count = 1;
    while path.symlink_metadata().is_ok() {
        count += 1;
        path = wished.with_file_name(format!("{stem} {count}{dot}{rest}"));
    }
    path
}
