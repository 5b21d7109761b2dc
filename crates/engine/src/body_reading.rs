//! A body read beforehand, by whoever signs it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::multipart::{self, Segment};
use crate::outgoing::Body;
use crate::request_body::plain;

const CHUNK: usize = 64 * 1024;

impl Body {
    /// Hands the bytes to `take` as they are sent, in pieces, from the start. May be asked again.
    /// Blocks while files are read.
    ///
    /// # Errors
    /// A file that cannot be read; the message names it.
    pub fn read_all(&self, take: &mut dyn FnMut(&[u8])) -> io::Result<()> {
        match self {
            Self::None => Ok(()),
            Self::Bytes(bytes) => {
                take(bytes);
                Ok(())
            }
            Self::File(path) => read_file(path, take),
            Self::Multipart(form) => {
                for segment in multipart::segments(form).map_err(io::Error::other)? {
                    match segment {
                        Segment::Text(text) => take(text.as_bytes()),
                        Segment::File(path) => read_file(path, take)?,
                    }
                }
                Ok(())
            }
        }
    }

    /// The length in bytes as it is sent; none where the end is not known beforehand (a pipe, a
    /// device) or a file cannot be asked.
    pub fn length(&self) -> Option<u64> {
        match self {
            Self::None => Some(0),
            Self::Bytes(bytes) => Some(bytes.len() as u64),
            Self::File(path) => file_length(path),
            Self::Multipart(form) => {
                let segments = multipart::segments(form).ok()?;
                segments
                    .iter()
                    .map(|segment| match segment {
                        Segment::Text(text) => Some(text.len() as u64),
                        Segment::File(path) => file_length(path),
                    })
                    .sum()
            }
        }
    }
}

fn file_length(path: &Path) -> Option<u64> {
    std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|found| found.len())
}

fn read_file(path: &Path, take: &mut dyn FnMut(&[u8])) -> io::Result<()> {
    let named = |error: io::Error| {
        let text = format!("The file {} cannot be read: {}.", path.display(), plain(&error));
        io::Error::new(error.kind(), text)
    };
    let mut file = File::open(path).map_err(named)?;
    let mut buffer = vec![0; CHUNK];
    loop {
        match file.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(length) => take(&buffer[..length]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(named(error)),
        }
    }
}
