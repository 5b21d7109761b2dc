//! `aws-chunked`: a body in pieces, each with a signature that hangs on the one before.

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::scope::Scope;
use super::signature::Signature;
use crate::Framing;
use crate::parts::hmac;
use crate::surroundings::hex;

/// Bytes of each piece but the last. S3 wants at least 8 KiB.
const PIECE: usize = 64 * 1024;

/// Signs the pieces of one body.
pub(super) struct Chunks {
    key: Zeroizing<Vec<u8>>,
    date: String,
    scope: String,
    previous: String,
}

impl Chunks {
    /// Begins with the signature of the request's head.
    pub fn new(head: Signature, date: String, scope: &Scope) -> Self {
        Self { key: head.key, scope: scope.text(&date), date, previous: head.text }
    }

    fn sign(&mut self, piece: &[u8]) {
        let (nothing, hash) = (hex(&Sha256::digest(b"")), hex(&Sha256::digest(piece)));
        let text = format!(
            "AWS4-HMAC-SHA256-PAYLOAD\n{}\n{}\n{}\n{nothing}\n{hash}",
            self.date, self.scope, self.previous
        );
        self.previous = hex(&hmac::<Sha256>(&self.key, text.as_bytes()));
    }
}

impl Framing for Chunks {
    fn piece(&self) -> usize {
        PIECE
    }

    fn framed_length(&self, length: u64) -> u64 {
        framed_length(length)
    }

    fn frame(&mut self, piece: &[u8]) -> Vec<u8> {
        self.sign(piece);
        let head = format!("{:x};chunk-signature={}\r\n", piece.len(), self.previous);
        [head.as_bytes(), piece, b"\r\n"].concat()
    }

    fn end(&mut self) -> Vec<u8> {
        self.frame(b"")
    }
}

/// Length with frames of a body of `length` bytes.
pub(super) fn framed_length(length: u64) -> u64 {
    let piece = PIECE as u64;
    let (whole, last) = (length / piece, length % piece);
    let last = if last == 0 { 0 } else { framed(last) };
    whole * framed(piece) + last + framed(0)
}

fn framed(length: u64) -> u64 {
    const SIGNATURE: u64 = ";chunk-signature=".len() as u64 + 64;
    let digits = u64::from(length.checked_ilog(16).unwrap_or(0)) + 1;
    digits + SIGNATURE + 2 + length + 2
}
