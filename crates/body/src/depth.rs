//! How deep a document is nested, found without recursion, before it is given to a parser that recurses.

use crate::{Error, Result};

/// Levels that are given to a parser that builds a tree.
pub(crate) const DEEPEST: u64 = 512;

/// An error when `depth` is more than a parser may be given.
pub(crate) fn check(format: &'static str, depth: u64) -> Result<()> {
    if depth <= DEEPEST {
        return Ok(());
    }
    Err(Error::Format {
        format,
        message: format!("it is nested {depth} levels deep; filters take up to {DEEPEST}."),
    })
}

/// The levels of JSON.
pub(crate) fn json(bytes: &[u8]) -> u64 {
    let (mut depth, mut deepest, mut at) = (0_u64, 0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'"' => {
                at += 1;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
            }
            _ => {}
        }
        at += 1;
    }
    deepest
}

/// The levels of XML, or more where comments contain tags.
pub(crate) fn xml(bytes: &[u8]) -> u64 {
    let (mut depth, mut deepest) = (0_u64, 0);
    for at in memchr::memchr_iter(b'<', bytes) {
        match bytes.get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'!' | b'?') | None => {}
            Some(_) => {
                let end = memchr::memchr(b'>', &bytes[at..]).map_or(bytes.len(), |end| at + end);
                if bytes[end - 1] != b'/' {
                    depth += 1;
                    deepest = deepest.max(depth);
                }
            }
        }
    }
    deepest
}

/// The most attributes of one element, or more where values contain equals signs.
pub(crate) fn attributes(bytes: &[u8]) -> usize {
    let mut most = 0;
    for tag in bytes.split(|&byte| byte == b'<') {
        let end = memchr::memchr(b'>', tag).unwrap_or(tag.len());
        most = most.max(memchr::memchr_iter(b'=', &tag[..end]).count());
    }
    most
}
