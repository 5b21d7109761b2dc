//! The tap between hyper and the socket (HTTP/1).
//!
//! hyper frames bodies and parses responses, but it stores headers by lowercase name: case, order
//! and bytes would be lost. So the request's head is written by us (the one from hyper is taken out
//! here and ours put in its place), and the bytes of every response head are copied as they pass.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Instant;

use bytes::{Buf, Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// What passed over the connection since [`Wire::begin`].
#[derive(Default)]
pub(crate) struct Passed {
    /// Our head, until hyper's was seen.
    replacement: Option<Bytes>,
    /// Bytes of response heads, until the final head is complete.
    pub(crate) heads: BytesMut,
    /// Where in `heads` each complete head ends.
    pub(crate) ends: Vec<usize>,
    capturing: bool,
    searched: usize,
    limit: usize,
    /// When the first byte of a response came.
    pub(crate) first_read: Option<Instant>,
    /// When the last byte of the request went.
    pub(crate) last_write: Option<Instant>,
}

/// A shared view of the tap.
#[derive(Clone, Default)]
pub(crate) struct Wire(Arc<Mutex<Passed>>);

impl Wire {
    pub(crate) fn lock(&self) -> MutexGuard<'_, Passed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Prepares for the next request: `head` replaces the head that hyper writes.
    pub(crate) fn begin(&self, head: Bytes, limit: usize) {
        *self.lock() =
            Passed { replacement: Some(head), capturing: true, limit, ..Passed::default() };
    }

    pub(crate) fn last_write(&self) -> Option<Instant> {
        self.lock().last_write
    }
}

impl Passed {
    fn read(&mut self, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        self.first_read.get_or_insert_with(Instant::now);
        if !self.capturing {
            return;
        }
        let room = self.limit.saturating_sub(self.heads.len());
        self.heads.extend_from_slice(&bytes[..bytes.len().min(room)]);
        self.find_heads();
        if room == 0 {
            self.capturing = false;
        }
    }

    /// Marks complete heads. Interim ones (1xx but 101) are followed by another.
    fn find_heads(&mut self) {
        while let Some(end) = head_end(&self.heads, self.searched) {
            let start = self.ends.last().copied().unwrap_or(0);
            self.ends.push(end);
            self.searched = end;
            if !is_interim(&self.heads[start..end]) {
                self.heads.truncate(end);
                self.capturing = false;
                return;
            }
        }
        let last = self.ends.last().copied().unwrap_or(0);
        self.searched = self.heads.len().saturating_sub(3).max(last);
    }
}

/// The end of the head in `bytes`, searched from `from`: after an empty line, bare LF accepted.
fn head_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(found) = bytes[at..].iter().position(|&byte| byte == b'\n') {
        at += found + 1;
        match bytes.get(at) {
            Some(b'\n') => return Some(at + 1),
            Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => return Some(at + 2),
            _ => {}
        }
    }
    None
}

fn is_interim(head: &[u8]) -> bool {
    let mut words = head.split(|&byte| byte == b' ').filter(|word| !word.is_empty());
    words.next();
    words.next().is_some_and(|status| status.starts_with(b"1") && !status.starts_with(b"101"))
}

/// The tapped connection.
pub(crate) struct Tapped<T> {
    inner: T,
    wire: Wire,
    /// hyper's head, while it is not complete.
    theirs: BytesMut,
    /// Bytes accepted and not yet written.
    pending: BytesMut,
}

impl<T> Tapped<T> {
    pub(crate) fn new(inner: T, wire: Wire) -> Self {
        Self { inner, wire, theirs: BytesMut::new(), pending: BytesMut::new() }
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Tapped<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let result = Pin::new(&mut self.inner).poll_read(cx, buf);
        if let Poll::Ready(Ok(())) = &result {
            self.wire.lock().read(&buf.filled()[before..]);
        }
        result
    }
}

impl<T: AsyncWrite + Unpin> Tapped<T> {
    fn poll_pending(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.pending.is_empty() {
            let written =
                std::task::ready!(Pin::new(&mut self.inner).poll_write(cx, &self.pending))?;
            if written == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.pending.advance(written);
            self.wire.lock().last_write = Some(Instant::now());
        }
        Poll::Ready(Ok(()))
    }

    /// Takes hyper's head out of `bytes` and puts ours in. Whether it did anything.
    fn replace_head(&mut self, bytes: &[u8]) -> bool {
        let mut passed = self.wire.lock();
        let Some(ours) = &passed.replacement else { return false };
        let from = self.theirs.len().saturating_sub(3);
        self.theirs.extend_from_slice(bytes);
        if let Some(end) = head_end(&self.theirs, from) {
            self.pending.extend_from_slice(ours);
            self.pending.extend_from_slice(&self.theirs[end..]);
            self.theirs.clear();
            passed.replacement = None;
        }
        true
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Tapped<T> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        std::task::ready!(self.poll_pending(cx))?;
        if self.replace_head(buf) {
            // Accepted whole; an error or a full socket shows at the next call.
            if let Poll::Ready(Err(error)) = self.poll_pending(cx) {
                return Poll::Ready(Err(error));
            }
            return Poll::Ready(Ok(buf.len()));
        }
        let result = Pin::new(&mut self.inner).poll_write(cx, buf);
        if let Poll::Ready(Ok(_)) = &result {
            self.wire.lock().last_write = Some(Instant::now());
        }
        result
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        std::task::ready!(self.poll_pending(cx))?;
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        std::task::ready!(self.poll_pending(cx))?;
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
