//! The request's body on its way: bytes and files in turn, files read as they are sent.

use std::collections::VecDeque;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Instant;

use bytes::{Bytes, BytesMut};
use http_body::{Frame, SizeHint};
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};
use tokio::sync::Notify;

use crate::authenticate::Framing;
use crate::error::Error;
use crate::multipart;
use crate::outgoing::Body;

const CHUNK: usize = 64 * 1024;

/// A stretch of a body.
pub(crate) enum Piece {
    Bytes(Bytes),
    /// A file and how much of it is sent; to its end when that is not known.
    File {
        file: File,
        path: String,
        left: Option<u64>,
    },
}

impl Piece {
    /// Opens a file to send it.
    pub(crate) async fn open(path: &Path) -> Result<Self, Error> {
        let wrong = |error: io::Error| Error::BodyFile {
            path: path.display().to_string(),
            reason: plain(&error),
        };
        let file = File::open(path).await.map_err(wrong)?;
        let metadata = file.metadata().await.map_err(wrong)?;
        if metadata.is_dir() {
            return Err(wrong(io::ErrorKind::IsADirectory.into()));
        }
        // Pipes and devices have no length.
        let left = metadata.is_file().then_some(metadata.len());
        Ok(Self::File { file, path: path.display().to_string(), left })
    }

    fn len(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::File { left, .. } => *left,
        }
    }
}

/// A system error without its number.
pub(crate) fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_owned()
}

/// How far a body is sent; shared with who waits for it.
#[derive(Default)]
pub(crate) struct Progress {
    sent: AtomicU64,
    done: AtomicBool,
    pub(crate) ended: Notify,
    last: Mutex<Option<Instant>>,
    error: Mutex<Option<Error>>,
}

impl Progress {
    pub(crate) fn sent(&self) -> u64 {
        self.sent.load(Ordering::Acquire)
    }

    pub(crate) fn is_done(&self) -> bool {
        self.done.load(Ordering::Acquire)
    }

    /// When the last piece was handed over.
    pub(crate) fn last(&self) -> Option<Instant> {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What went wrong with a file.
    pub(crate) fn error(&self) -> Option<Error> {
        self.error.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn add(&self, bytes: usize) {
        self.sent.fetch_add(bytes as u64, Ordering::AcqRel);
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    fn finish(&self) {
        if !self.done.swap(true, Ordering::AcqRel) {
            self.ended.notify_one();
        }
    }
}

/// A body as hyper takes it.
#[derive(Default)]
pub(crate) struct RequestBody {
    pieces: VecDeque<Piece>,
    length: Option<u64>,
    buffer: BytesMut,
    framed: Option<Framed>,
    pub(crate) progress: Arc<Progress>,
}

/// What wraps a body while it is sent.
struct Framed {
    framing: Box<dyn Framing>,
    /// Read and not yet wrapped.
    waiting: BytesMut,
}

impl RequestBody {
    /// Opens what the body needs.
    pub(crate) async fn open(body: &Body) -> Result<Self, Error> {
        let pieces: VecDeque<Piece> = match body {
            Body::None => VecDeque::new(),
            Body::Bytes(bytes) => [Piece::Bytes(bytes.clone())].into(),
            Body::File(path) => [Piece::open(path).await?].into(),
            Body::Multipart(form) => multipart::pieces(form).await?.into(),
        };
        let length = pieces.iter().map(Piece::len).sum();
        let body = Self { pieces, length, ..Self::default() };
        if body.length == Some(0) {
            body.progress.finish();
        }
        Ok(body)
    }

    /// The same body, wrapped by `framing`.
    pub(crate) fn framed(self, framing: Box<dyn Framing>) -> Self {
        let length = self.length.map(|length| framing.framed_length(length));
        let framed = Some(Framed { framing, waiting: BytesMut::new() });
        Self { length, framed, progress: Arc::default(), ..self }
    }

    /// The length in bytes, if it is known.
    pub(crate) fn length(&self) -> Option<u64> {
        self.length
    }

    fn fail(&self, path: &str, reason: String) -> io::Error {
        let error = Error::BodyFile { path: path.into(), reason };
        *self.progress.error.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.clone());
        io::Error::other(error)
    }

    /// The next bytes of the file in front; empty at its end.
    fn poll_file(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Bytes>> {
        let Some(Piece::File { file, path, left }) = self.pieces.front_mut() else {
            return Poll::Ready(Ok(Bytes::new()));
        };
        let want = left.map_or(CHUNK, |left| usize::try_from(left).unwrap_or(CHUNK).min(CHUNK));
        self.buffer.resize(want, 0);
        let mut buf = ReadBuf::new(&mut self.buffer);
        let result =
            if want == 0 { Ok(()) } else { ready!(Pin::new(file).poll_read(cx, &mut buf)) };
        let filled = buf.filled().len();
        if let Some(left) = left {
            *left -= filled as u64;
        }
        let cut = filled == 0 && left.is_some_and(|left| left > 0);
        let path = path.clone();
        match result {
            Err(error) => Poll::Ready(Err(self.fail(&path, plain(&error)))),
            Ok(()) if cut => {
                Poll::Ready(Err(self.fail(&path, "it became shorter while it was sent".into())))
            }
            Ok(()) => Poll::Ready(Ok(self.buffer.split_to(filled).freeze())),
        }
    }
}

impl RequestBody {
    /// The next bytes as they are in the pieces; none at the end.
    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        loop {
            let chunk = match self.pieces.front_mut() {
                None => return Poll::Ready(Ok(None)),
                Some(Piece::Bytes(bytes)) => std::mem::take(bytes),
                Some(Piece::File { .. }) => ready!(self.poll_file(cx))?,
            };
            if chunk.is_empty() || matches!(self.pieces.front(), Some(Piece::Bytes(_))) {
                self.pieces.pop_front();
            }
            if !chunk.is_empty() {
                return Poll::Ready(Ok(Some(chunk)));
            }
        }
    }

    /// The next bytes as they are sent; none at the end.
    fn poll_wrapped(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        loop {
            let Some(framed) = &mut self.framed else { return self.poll_chunk(cx) };
            let size = framed.framing.piece().max(1);
            if framed.waiting.len() >= size {
                let piece = framed.waiting.split_to(size);
                return Poll::Ready(Ok(Some(framed.framing.frame(&piece).into())));
            }
            if self.pieces.is_empty() {
                let Some(mut framed) = self.framed.take() else { return Poll::Ready(Ok(None)) };
                let mut last = Vec::new();
                if !framed.waiting.is_empty() {
                    last = framed.framing.frame(&framed.waiting);
                }
                last.extend(framed.framing.end());
                return Poll::Ready(Ok(Some(last.into())));
            }
            let chunk = ready!(self.poll_chunk(cx))?.unwrap_or_default();
            if let Some(framed) = &mut self.framed {
                framed.waiting.extend_from_slice(&chunk);
            }
        }
    }
}

impl http_body::Body for RequestBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = self.get_mut();
        let chunk = ready!(this.poll_wrapped(cx))?.filter(|chunk| !chunk.is_empty());
        if let Some(chunk) = &chunk {
            this.progress.add(chunk.len());
        }
        if chunk.is_none() || (this.pieces.is_empty() && this.framed.is_none()) {
            this.progress.finish();
        }
        Poll::Ready(chunk.map(|chunk| Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.length == Some(0) || (self.pieces.is_empty() && self.framed.is_none())
    }

    fn size_hint(&self) -> SizeHint {
        self.length.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
