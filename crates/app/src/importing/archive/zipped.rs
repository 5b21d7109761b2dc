use std::io::{Read, Seek};

use errand_interop::Entry;
use zip::ZipArchive;

use super::super::folder::MOST_FILES;
use super::taken::{LARGEST, Taken};
use crate::wire::WireError;

/// The files of a zip archive, in its order.
pub fn files(from: impl Read + Seek, shown: &str) -> Result<Vec<Entry>, WireError> {
    let mut taken = Taken::new(shown);
    let mut archive = ZipArchive::new(from)
        .map_err(|error| taken.refused(&format!("cannot be read as a zip archive ({error})")))?;
    // What it says of itself is looked at before anything is unpacked.
    if archive.len() > MOST_FILES {
        return Err(taken.refused(&format!("has more than {MOST_FILES} files")));
    }
    if archive.decompressed_size().is_some_and(|size| size > u128::from(LARGEST)) {
        return Err(taken.too_large());
    }
    for index in 0..archive.len() {
        let mut file = archive
            .by_index(index)
            .map_err(|error| taken.refused(&format!("has a file that cannot be read ({error})")))?;
        if file.is_dir() {
            continue;
        }
        let name = file.name().map_err(|error| {
            taken.refused(&format!("has a file whose name cannot be read ({error})"))
        })?;
        let name = name.to_string();
        if file.is_symlink() {
            return Err(taken.link(&name));
        }
        taken.file(&name, &mut file)?;
    }
    Ok(taken.done())
}
