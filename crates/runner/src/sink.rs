//! The final body on its way into the spool, secrets taken out.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use errand_body::{Body, Writer};
use errand_engine::{BodySink, SharedJar};

use crate::masks::{MaskStream, Masks};
use crate::session_cookies::hide_session_cookies;

/// Writes a body into the spool as people read it: decoded, and with the request's secrets masked
/// where the server echoes them. The engine holds one clone, the runner another to end it with.
#[derive(Clone)]
pub struct SpoolSink(Arc<Mutex<State>>);

struct State {
    writer: Option<Writer>,
    encoded: bool,
    masks: Option<Masks>,
    /// The cookies that are sent; those that a redirect has just set are secrets too.
    jar: Option<SharedJar>,
    /// Made at the first byte, when every secret of the request is known.
    mask: Option<MaskStream>,
    masked: Vec<u8>,
}

impl SpoolSink {
    /// A sink into `writer`; without masks what comes is kept as it came.
    pub fn new(writer: Writer, masks: Option<Masks>, jar: Option<SharedJar>) -> Self {
        Self(Arc::new(Mutex::new(State {
            writer: Some(writer),
            encoded: false,
            masks,
            jar,
            mask: None,
            masked: Vec::new(),
        })))
    }

    fn with<T>(&self, use_it: impl FnOnce(&mut State) -> T) -> T {
        use_it(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Ends the body: whole, or marked incomplete. When its end cannot be written, what is there
    /// stays, marked incomplete, beside the reason.
    pub fn end(&self, complete: bool) -> (Option<Body>, Option<errand_body::Error>) {
        self.with(|state| {
            let Some(mut writer) = state.writer.take() else { return (None, None) };
            let mut written = Ok(());
            if let Some(mask) = &mut state.mask {
                state.masked.clear();
                mask.finish(&mut state.masked);
                written = writer.write(&state.masked);
            }
            if complete && written.is_ok() {
                let body = writer.body();
                // A writer that cannot finish leaves the body marked incomplete.
                return (Some(body), writer.finish().err());
            }
            (Some(writer.cut()), written.err())
        })
    }

    /// Deletes what was written: there was no response.
    pub fn discard(&self) -> Result<(), errand_body::Error> {
        self.with(|state| state.writer.take()).map_or(Ok(()), Writer::discard)
    }
}

impl State {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let Some(writer) = &mut self.writer else { return Ok(()) };
        if let Some(known) = self.masks.take() {
            // Of its own: what a server has just set is not hidden from the person who asked for it.
            let masks = Masks::default();
            masks.hide_all(&known);
            if let Some(jar) = self.jar.take() {
                hide_session_cookies(&jar, &masks);
            }
            self.mask = (!masks.is_empty()).then(|| masks.stream());
        }
        let bytes = match &mut self.mask {
            None => bytes,
            Some(mask) => {
                self.masked.clear();
                mask.push(bytes, &mut self.masked);
                &self.masked
            }
        };
        writer.write(bytes).map_err(io::Error::other)
    }
}

impl BodySink for SpoolSink {
    fn begin(&mut self, encoded: bool) -> io::Result<()> {
        self.with(|state| state.encoded = encoded);
        Ok(())
    }

    fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.with(|state| if state.encoded { Ok(()) } else { state.write(bytes) })
    }

    fn decoded(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.with(|state| state.write(bytes))
    }
}
