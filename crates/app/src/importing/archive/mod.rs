//! Archives as a source: nothing is unpacked to disk, and no more to memory than is sensible.

mod gzipped;
mod taken;
mod zipped;

use std::io::{self, Read, Seek};

use errand_interop::Entry;

use crate::wire::WireError;
use taken::refused;

/// How much of the beginning tells what an archive is, in bytes: a tar names itself at its byte 257
/// (POSIX.1-2017, pax, "ustar Interchange Format").
pub const HEAD: usize = 262;

/// What reads an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Zip,
    Tar,
    /// Of a tar or of one file (RFC 1952 §2.3.1).
    Gzip,
}

fn kind(head: &[u8]) -> Option<Kind> {
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        Some(Kind::Zip)
    } else if head.starts_with(&[0x1f, 0x8b, 8]) {
        Some(Kind::Gzip)
    } else if head.get(257..262) == Some(b"ustar") {
        Some(Kind::Tar)
    } else {
        None
    }
}

/// Whether something begins like an archive.
pub fn is_archive(head: &[u8]) -> bool {
    kind(head).is_some()
}

/// The files of an archive, in its order. `shown` names it in messages.
pub fn files(mut from: impl Read + Seek, shown: &str) -> Result<Vec<Entry>, WireError> {
    let mut head = Vec::new();
    from.rewind()
        .and_then(|()| (&mut from).take(HEAD as u64).read_to_end(&mut head))
        .and_then(|_| from.rewind())
        .map_err(|error| damaged(shown, &error))?;
    match kind(&head) {
        Some(Kind::Gzip) => gzipped::files(from, shown),
        Some(Kind::Tar) => gzipped::unrolled(from, shown),
        Some(Kind::Zip) | None => zipped::files(from, shown),
    }
}

fn damaged(shown: &str, error: &io::Error) -> WireError {
    refused(shown, &format!("is damaged ({error})"))
}
