use std::io::{self, Cursor, Read};

use errand_interop::Entry;
use flate2::read::MultiGzDecoder;

use super::taken::Taken;
use super::{HEAD, Kind, damaged, kind};
use crate::wire::WireError;

/// The files of a packed tar; or the one file, called as its archive without `.gz`.
pub fn files(from: impl Read, shown: &str) -> Result<Vec<Entry>, WireError> {
    let mut unpacked = MultiGzDecoder::new(io::BufReader::new(from));
    let mut head = Vec::new();
    (&mut unpacked)
        .take(HEAD as u64)
        .read_to_end(&mut head)
        .map_err(|error| damaged(shown, &error))?;
    let inside = kind(&head);
    let mut all = Cursor::new(head).chain(unpacked);
    if inside == Some(Kind::Tar) {
        return unrolled(all, shown);
    }
    let name = shown.strip_suffix(".gz").unwrap_or(shown);
    let mut taken = Taken::new(shown);
    taken.file(name, &mut all)?;
    Ok(taken.done())
}

/// The files of a tar, in its order. Links lead elsewhere, so they are refused like those of a zip.
pub fn unrolled(from: impl Read, shown: &str) -> Result<Vec<Entry>, WireError> {
    let mut archive = tar::Archive::new(from);
    let mut taken = Taken::new(shown);
    for file in archive.entries().map_err(|error| damaged(shown, &error))? {
        let mut file = file.map_err(|error| damaged(shown, &error))?;
        let kind = file.header().entry_type();
        let name = String::from_utf8_lossy(&file.path_bytes()).into_owned();
        if kind.is_symlink() || kind.is_hard_link() {
            return Err(taken.link(&name));
        }
        if kind.is_file() || kind.is_contiguous() {
            taken.file(&name, &mut file)?;
        }
    }
    Ok(taken.done())
}
