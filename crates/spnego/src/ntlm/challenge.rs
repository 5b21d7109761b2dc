//! The server's message (MS-NLMP 2.2.1.2).

use super::fields::{array, pointed};
use super::message::{SIGNATURE, flag};
use crate::Error;

/// Kinds of what a server says of itself (MS-NLMP 2.2.2.1).
pub(super) mod pair {
    pub(in crate::ntlm) const END: u16 = 0;
    pub(in crate::ntlm) const DOMAIN: u16 = 2;
    pub(in crate::ntlm) const FLAGS: u16 = 6;
    pub(in crate::ntlm) const TIME: u16 = 7;
    pub(in crate::ntlm) const SERVICE: u16 = 9;
    pub(in crate::ntlm) const BINDINGS: u16 = 10;
}

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Challenge {
    pub(super) flags: u32,
    pub(super) nonce: [u8; 8],
    /// The server's domain, or its own name where it is in none.
    target: String,
    /// What the server says of itself, in its order, without the end.
    pub(super) pairs: Vec<(u16, Vec<u8>)>,
}

impl Challenge {
    pub(super) fn read(message: &[u8]) -> Result<Self, Error> {
        if message.get(..8) != Some(SIGNATURE) {
            return Err(Error::Challenge("it does not begin with NTLMSSP"));
        }
        let cut = Error::Challenge("it is cut short");
        if u32::from_le_bytes(array(message, 8).ok_or(cut.clone())?) != 2 {
            return Err(Error::Challenge("it is not a challenge"));
        }
        let flags = u32::from_le_bytes(array(message, 20).ok_or(cut.clone())?);
        if flags & flag::UNICODE == 0 {
            return Err(Error::NoUnicode);
        }
        let nonce = array(message, 24).ok_or(cut.clone())?;
        let target = text(pointed(message, 12).ok_or(cut.clone())?);
        let pairs = if flags & flag::TARGET_INFO == 0 {
            Vec::new()
        } else {
            read_pairs(pointed(message, 40).ok_or(cut.clone())?).ok_or(cut)?
        };
        Ok(Self { flags, nonce, target, pairs })
    }

    pub(super) fn pair(&self, kind: u16) -> Option<&[u8]> {
        self.pairs.iter().find(|(known, _)| *known == kind).map(|(_, value)| value.as_slice())
    }

    /// The time on the server's clock. A server that says it wants the response protected as a whole.
    pub(super) fn time(&self) -> Option<u64> {
        array(self.pair(pair::TIME)?, 0).map(u64::from_le_bytes)
    }

    /// The domain of a user who named none.
    pub(super) fn domain(&self) -> String {
        if self.target.is_empty() {
            self.pair(pair::DOMAIN).map(text).unwrap_or_default()
        } else {
            self.target.clone()
        }
    }
}

/// The pairs up to their end; none when they are cut short.
fn read_pairs(mut info: &[u8]) -> Option<Vec<(u16, Vec<u8>)>> {
    let mut pairs = Vec::new();
    // Some servers send nothing at all, not even an end.
    while !info.is_empty() {
        let kind = u16::from_le_bytes(array(info, 0)?);
        if kind == pair::END {
            break;
        }
        let end = 4 + usize::from(u16::from_le_bytes(array(info, 2)?));
        pairs.push((kind, info.get(4..end)?.to_vec()));
        info = &info[end..];
    }
    Some(pairs)
}

fn text(bytes: &[u8]) -> String {
    let units: Vec<u16> =
        bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
    String::from_utf16_lossy(&units)
}
