//! The bodies of answers: whole, made on the fly at a known length, or arriving over time.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::sync::mpsc;

/// Bytes made as they are needed, in constant memory.
pub(crate) trait Source: Send + 'static {
    /// The next piece, never empty; `None` at the end.
    fn next(&mut self) -> Option<Bytes>;
    /// Bytes still to come.
    fn remaining(&self) -> u64;
}

/// The body of an answer.
pub(crate) enum Content {
    Whole(Bytes),
    Made(Box<dyn Source>),
    /// Pieces as a task sends them, and how many bytes are still to come where that is known.
    Timed(mpsc::Receiver<Bytes>, Option<u64>),
}

impl Content {
    pub(crate) fn empty() -> Self {
        Self::Whole(Bytes::new())
    }
}

impl Body for Content {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let piece = match self.get_mut() {
            Self::Whole(bytes) if bytes.is_empty() => None,
            Self::Whole(bytes) => Some(std::mem::take(bytes)),
            Self::Made(source) => source.next(),
            Self::Timed(pieces, left) => match pieces.poll_recv(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(piece) => {
                    if let (Some(left), Some(piece)) = (left, &piece) {
                        *left = left.saturating_sub(piece.len() as u64);
                    }
                    piece
                }
            },
        };
        Poll::Ready(piece.map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Whole(bytes) => bytes.is_empty(),
            Self::Made(source) => source.remaining() == 0,
            Self::Timed(_, left) => *left == Some(0),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Self::Made(source) => SizeHint::with_exact(source.remaining()),
            Self::Timed(_, Some(left)) => SizeHint::with_exact(*left),
            Self::Timed(_, None) => SizeHint::default(),
        }
    }
}
