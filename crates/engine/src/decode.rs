//! Taking content codings off (RFC 9110 §8.4), as bytes arrive.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_util::sync::CancellationToken;

use crate::error::Error;
use crate::outcome::ResponseHead;
use crate::sink::BodySink;

/// A content coding that we take off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

impl Coding {
    fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Deflate => "deflate",
            Self::Brotli => "br",
            Self::Zstd => "zstd",
        }
    }
}

/// The codings of a response in the order they were put on; `None` when one of them is unknown: then
/// the body is left as it came.
pub(crate) fn codings(head: &ResponseHead) -> Option<Vec<Coding>> {
    let mut found = Vec::new();
    for header in head.headers.iter().filter(|header| header.is("Content-Encoding")) {
        for name in header.value_text().split(',') {
            match name.trim().to_ascii_lowercase().as_str() {
                "" | "identity" => {}
                "gzip" | "x-gzip" => found.push(Coding::Gzip),
                "deflate" => found.push(Coding::Deflate),
                "br" => found.push(Coding::Brotli),
                "zstd" => found.push(Coding::Zstd),
                _ => return None,
            }
        }
    }
    // Nobody means more than a few; a long list is an attack.
    (found.len() <= 4).then_some(found)
}

/// The end of the chain: counts, stops a bomb, and hands on to the sink.
pub(crate) struct Outlet {
    sink: Box<dyn BodySink>,
    pub(crate) decoded: u64,
    limit: u64,
    cancel: CancellationToken,
    /// Why it stopped, where that is not the coding's fault.
    pub(crate) stopped: Option<Error>,
}

/// The outlet, shared by the decoder and who receives.
#[derive(Clone)]
pub(crate) struct SharedOutlet(Arc<Mutex<Outlet>>);

impl SharedOutlet {
    pub(crate) fn new(sink: Box<dyn BodySink>, limit: u64, cancel: CancellationToken) -> Self {
        Self(Arc::new(Mutex::new(Outlet { sink, decoded: 0, limit, cancel, stopped: None })))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, Outlet> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Outlet {
    pub(crate) fn sink(&mut self) -> &mut dyn BodySink {
        self.sink.as_mut()
    }

    fn stop<T>(&mut self, error: Error) -> io::Result<T> {
        self.stopped.get_or_insert(error);
        Err(io::Error::other("stopped"))
    }

    fn take(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A bomb decodes for long from one chunk: cancel must not wait for its end.
        if self.cancel.is_cancelled() {
            return self.stop(Error::Cancelled);
        }
        let room = usize::try_from(self.limit.saturating_sub(self.decoded)).unwrap_or(usize::MAX);
        let taken = &bytes[..bytes.len().min(room)];
        if let Err(error) = self.sink.decoded(taken) {
            return self.stop(Error::Sink { reason: crate::request_body::plain(&error) });
        }
        self.decoded += taken.len() as u64;
        if taken.len() < bytes.len() {
            return self.stop(Error::BodyTooLarge { limit: self.limit });
        }
        Ok(bytes.len())
    }
}

/// A writer that can be told that no more comes.
trait Stage: Write + Send {
    /// Checks that what came was whole.
    fn close(&mut self) -> io::Result<()>;
}

impl Write for SharedOutlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lock().take(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Stage for SharedOutlet {
    fn close(&mut self) -> io::Result<()> {
        Ok(())
    }
}

type Next = Box<dyn Stage>;

impl Stage for flate2::write::MultiGzDecoder<Next> {
    fn close(&mut self) -> io::Result<()> {
        self.try_finish()?;
        self.get_mut().close()
    }
}

impl Stage for brotli::DecompressorWriter<Next> {
    fn close(&mut self) -> io::Result<()> {
        brotli::DecompressorWriter::close(self)?;
        self.get_mut().close()
    }
}

impl Stage for zstd::stream::write::Decoder<'static, Next> {
    fn close(&mut self) -> io::Result<()> {
        self.do_finish()?;
        self.get_mut().close()
    }
}

/// `deflate`: zlib, or raw as some servers send it (RFC 9110 §8.4.1.2). The first two bytes tell.
struct Inflate {
    first: Vec<u8>,
    state: Option<flate2::Decompress>,
    ended: bool,
    next: Next,
}

impl Inflate {
    fn new(next: Next) -> Self {
        Self { first: Vec::new(), state: None, ended: false, next }
    }

    fn inflate(&mut self, mut input: &[u8]) -> io::Result<()> {
        let mut out = vec![0; 32 * 1024];
        let Some(state) = &mut self.state else { return Ok(()) };
        while !self.ended {
            let (read, written) = (state.total_in(), state.total_out());
            let status = state.decompress(input, &mut out, flate2::FlushDecompress::None)?;
            let taken = usize::try_from(state.total_in() - read).unwrap_or(input.len());
            let made = usize::try_from(state.total_out() - written).unwrap_or(0);
            input = &input[taken..];
            self.next.write_all(&out[..made])?;
            self.ended = status == flate2::Status::StreamEnd;
            if taken == 0 && made == 0 {
                break;
            }
        }
        Ok(())
    }
}

impl Write for Inflate {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.state.is_some() {
            self.inflate(bytes)?;
            return Ok(bytes.len());
        }
        self.first.extend_from_slice(bytes);
        if let [one, two, ..] = self.first[..] {
            // RFC 1950 §2.2: method 8, and a checksum over both bytes.
            let zlib = one & 0x0f == 8 && (u16::from(one) << 8 | u16::from(two)) % 31 == 0;
            self.state = Some(flate2::Decompress::new(zlib));
            let first = std::mem::take(&mut self.first);
            self.inflate(&first)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Stage for Inflate {
    fn close(&mut self) -> io::Result<()> {
        if !self.ended {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "it ends too early"));
        }
        self.next.close()
    }
}

/// Takes the codings of a response off.
pub(crate) struct Decoder {
    chain: Next,
    outlet: SharedOutlet,
    name: String,
    begun: bool,
}

impl Decoder {
    /// A decoder for `codings`, in the order they were put on.
    pub(crate) fn new(codings: &[Coding], outlet: SharedOutlet) -> io::Result<Self> {
        let mut chain: Next = Box::new(outlet.clone());
        for coding in codings {
            chain = match coding {
                Coding::Gzip => Box::new(flate2::write::MultiGzDecoder::new(chain)),
                Coding::Deflate => Box::new(Inflate::new(chain)),
                Coding::Brotli => Box::new(brotli::DecompressorWriter::new(chain, 32 * 1024)),
                Coding::Zstd => Box::new(zstd::stream::write::Decoder::new(chain)?),
            };
        }
        let names: Vec<_> = codings.iter().map(|coding| coding.name()).collect();
        Ok(Self { chain, outlet, name: names.join(", "), begun: false })
    }

    /// Decodes more bytes; what comes of them goes to the sink.
    pub(crate) fn feed(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.begun = self.begun || !bytes.is_empty();
        let result = self.chain.write_all(bytes);
        self.explain(result)
    }

    /// No more comes. An empty body is whole, whatever its coding (a HEAD, a 304).
    pub(crate) fn finish(&mut self) -> Result<(), Error> {
        if !self.begun {
            return Ok(());
        }
        let result = self.chain.close();
        self.explain(result)
    }

    fn explain(&self, result: io::Result<()>) -> Result<(), Error> {
        let Err(error) = result else { return Ok(()) };
        let stopped = self.outlet.lock().stopped.clone();
        Err(stopped.unwrap_or_else(|| Error::Decode {
            coding: self.name.clone(),
            reason: match error.kind() {
                io::ErrorKind::UnexpectedEof => "it ends too early".into(),
                _ => error.to_string(),
            },
        }))
    }
}
