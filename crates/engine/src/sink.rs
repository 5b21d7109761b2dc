//! Where the body of the final response goes.

use std::io;

/// Takes the body of the final response as it arrives. The calls come from the exchange's task, in
/// order, and should be quick. An error ends the exchange with `sink`.
///
/// With a content coding that is taken off, every byte comes twice: as it was sent by
/// [`raw`](BodySink::raw), and decoded by [`decoded`](BodySink::decoded). Without one, only `raw` is
/// called, and what it gets is the body.
pub trait BodySink: Send {
    /// The head has arrived and the body begins. `encoded`: whether `decoded` will be called.
    fn begin(&mut self, encoded: bool) -> io::Result<()> {
        let _ = encoded;
        Ok(())
    }

    /// Bytes as the server sent them, transfer coding taken off.
    fn raw(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Bytes with the content coding taken off.
    fn decoded(&mut self, bytes: &[u8]) -> io::Result<()>;
}

/// Keeps the body in memory, for small ones and for tests.
#[derive(Clone, Debug, Default)]
pub struct MemorySink(std::sync::Arc<std::sync::Mutex<MemoryBody>>);

#[derive(Debug, Default)]
struct MemoryBody {
    raw: Vec<u8>,
    decoded: Vec<u8>,
    encoded: bool,
}

impl MemorySink {
    fn with<T>(&self, use_it: impl FnOnce(&mut MemoryBody) -> T) -> T {
        use_it(&mut self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    /// The body as the server sent it.
    pub fn raw_bytes(&self) -> Vec<u8> {
        self.with(|body| body.raw.clone())
    }

    /// The body as it reads: decoded where it was encoded.
    pub fn bytes(&self) -> Vec<u8> {
        self.with(|body| if body.encoded { body.decoded.clone() } else { body.raw.clone() })
    }
}

impl BodySink for MemorySink {
    fn begin(&mut self, encoded: bool) -> io::Result<()> {
        self.with(|body| body.encoded = encoded);
        Ok(())
    }

    fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.with(|body| body.raw.extend_from_slice(bytes));
        Ok(())
    }

    fn decoded(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.with(|body| body.decoded.extend_from_slice(bytes));
        Ok(())
    }
}
