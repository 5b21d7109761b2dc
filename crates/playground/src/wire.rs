//! The socket under hyper: it tells HTTP/2 from HTTP/1 by the first bytes, and keeps the end of
//! what was read, so that an echo can show header names as they were written and ordered.

use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// RFC 9113 §3.4: what a client with prior knowledge of HTTP/2 sends first.
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
/// How much of what was read is remembered. Longer heads are echoed from hyper's view of them.
const REMEMBERED: usize = 64 * 1024;

/// The last bytes read from a connection.
#[derive(Clone, Default)]
pub(crate) struct Tail(Arc<Mutex<Vec<u8>>>);

impl Tail {
    fn push(&self, bytes: &[u8]) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh = &bytes[bytes.len().saturating_sub(REMEMBERED)..];
        let surplus = (kept.len() + fresh.len()).saturating_sub(REMEMBERED);
        kept.drain(..surplus);
        kept.extend_from_slice(fresh);
    }

    /// Takes what was read since the last call.
    pub(crate) fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Which HTTP the first bytes announce.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spoken {
    Http1,
    Http2,
}

/// A connection whose first bytes were looked at and are read again.
pub(crate) struct Wire {
    stream: TcpStream,
    replay: Vec<u8>,
    replayed: usize,
    tail: Option<Tail>,
}

impl Wire {
    /// Reads until the protocol is known. The bytes read stay readable.
    pub(crate) async fn open(mut stream: TcpStream) -> io::Result<(Self, Spoken, Tail)> {
        let mut start = Vec::with_capacity(4096);
        let spoken = loop {
            let known = start.len().min(PREFACE.len());
            if start[..known] != PREFACE[..known] {
                break Spoken::Http1;
            }
            if known == PREFACE.len() {
                break Spoken::Http2;
            }
            if stream.read_buf(&mut start).await? == 0 {
                break Spoken::Http1;
            }
        };
        let tail = Tail::default();
        let wire = Self {
            stream,
            replay: start,
            replayed: 0,
            tail: (spoken == Spoken::Http1).then(|| tail.clone()),
        };
        Ok((wire, spoken, tail))
    }

    /// The bare socket, for answers that are deliberately not HTTP.
    pub(crate) fn into_stream(self) -> TcpStream {
        self.stream
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let wire = self.get_mut();
        let before = buffer.filled().len();
        if wire.replayed < wire.replay.len() {
            let rest = &wire.replay[wire.replayed..];
            let fits = rest.len().min(buffer.remaining());
            buffer.put_slice(&rest[..fits]);
            wire.replayed += fits;
            if wire.replayed == wire.replay.len() {
                wire.replay = Vec::new();
                wire.replayed = 0;
            }
        } else {
            match Pin::new(&mut wire.stream).poll_read(cx, buffer) {
                Poll::Ready(Ok(())) => {}
                other => return other,
            }
        }
        if let Some(tail) = &wire.tail {
            tail.push(&buffer.filled()[before..]);
        }
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
