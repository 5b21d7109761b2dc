//! The small things messages are made of.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds between 1601, where Windows counts from, and 1970.
const EPOCH: u64 = 11_644_473_600;

/// Now, as MS-DTYP 2.3.3 writes it: tenths of microseconds since 1601.
pub(super) fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    (since.as_secs() + EPOCH) * 10_000_000 + u64::from(since.subsec_nanos() / 100)
}

/// UTF-16, little-endian.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// `N` bytes at `at`, where the message is that long.
pub(super) fn array<const N: usize>(message: &[u8], at: usize) -> Option<[u8; N]> {
    message.get(at..at.checked_add(N)?)?.try_into().ok()
}

/// What the length and the offset at `at` point to.
pub(super) fn pointed(message: &[u8], at: usize) -> Option<&[u8]> {
    let length = usize::from(u16::from_le_bytes(array(message, at)?));
    let offset = usize::try_from(u32::from_le_bytes(array(message, at + 4)?)).ok()?;
    message.get(offset..offset.checked_add(length)?)
}

/// A message's fixed part grows in `head`, with lengths and offsets into what grows in `payload`.
pub(super) struct Writer {
    pub(super) head: Vec<u8>,
    payload: Vec<u8>,
    /// Where the payload will begin.
    start: usize,
}

impl Writer {
    pub(super) fn new(kind: u32, start: usize) -> Self {
        let mut head = super::message::SIGNATURE.to_vec();
        head.extend(kind.to_le_bytes());
        Self { head, payload: Vec::new(), start }
    }

    /// Lengths are 16 bits wide; what is longer than that is cut, and the server refuses it.
    pub(super) fn point(&mut self, what: &[u8]) {
        let length = u16::try_from(what.len()).unwrap_or(u16::MAX);
        let offset = u32::try_from(self.start + self.payload.len()).unwrap_or(u32::MAX);
        self.head.extend(length.to_le_bytes());
        self.head.extend(length.to_le_bytes());
        self.head.extend(offset.to_le_bytes());
        self.payload.extend(&what[..usize::from(length)]);
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        self.head.resize(self.start, 0);
        self.head.append(&mut self.payload);
        self.head
    }
}
