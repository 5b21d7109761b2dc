//! Archives as a source: nothing is unpacked to disk, and no more to memory than is sensible.

use std::io::{Read, Seek};

use errand_interop::{Content, Entry};
use zip::ZipArchive;

use super::folder::MOST_FILES;
use crate::wire::WireError;

/// What all files of an archive may come to, in bytes.
const LARGEST: u64 = 512 << 20;

/// Whether something begins like an archive.
pub fn is_archive(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// The files of an archive, in its order. `shown` names it in messages.
pub fn files(from: impl Read + Seek, shown: &str) -> Result<Vec<Entry>, WireError> {
    let mut archive = ZipArchive::new(from)
        .map_err(|error| refused(shown, &format!("cannot be read as a zip archive ({error})")))?;
    if archive.len() > MOST_FILES {
        return Err(refused(shown, &format!("has more than {MOST_FILES} files")));
    }
    let too_large = || refused(shown, &format!("unpacks to more than {} MB", LARGEST >> 20));
    // What it says of itself is looked at before anything is unpacked.
    if archive.decompressed_size().is_some_and(|size| size > u128::from(LARGEST)) {
        return Err(too_large());
    }
    let (mut entries, mut left) = (Vec::new(), LARGEST);
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(|error| {
            refused(shown, &format!("has a file that cannot be read ({error})"))
        })?;
        if file.is_dir() {
            continue;
        }
        let name = file.name().map_err(|error| {
            refused(shown, &format!("has a file whose name cannot be read ({error})"))
        })?;
        let name = name.replace('\\', "/");
        let outside = || refused(shown, &format!("has a file that leads out of it ({name:?})"));
        if name.starts_with('/') || name.split('/').any(|part| part == "..") {
            return Err(outside());
        }
        if file.is_symlink() {
            return Err(refused(shown, &format!("has a link in it ({name:?})")));
        }
        let path = file.enclosed_name().ok_or_else(outside)?;
        let path = path.to_str().ok_or_else(outside)?.replace('\\', "/");
        if path
            .split('/')
            .any(|part| part == "__MACOSX" || part == ".git" || part == "node_modules")
        {
            continue;
        }
        let mut bytes = Vec::new();
        let read = (&mut file).take(left + 1).read_to_end(&mut bytes);
        read.map_err(|error| refused(shown, &format!("is damaged at {path:?} ({error})")))?;
        left = left.checked_sub(bytes.len() as u64).ok_or_else(too_large)?;
        entries.push(Entry { path, content: Content::Bytes(bytes.into()) });
    }
    Ok(entries)
}

fn refused(shown: &str, what: &str) -> WireError {
    let shown = if shown.is_empty() { "The archive" } else { shown };
    WireError::new("bad-archive", format!("{shown} {what}. Nothing of it was taken over."))
        .at(shown, None, None)
}
