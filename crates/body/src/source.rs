//! Bytes to look at, wherever they are: a stored body, any file, or memory.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
    sync::Arc,
    time::Duration,
};

use crate::{Error, Result, growth::Growth};

/// Bytes that can be read at any offset, perhaps while they still arrive. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Source {
    bytes: Arc<Bytes>,
    growth: Arc<Growth>,
}

#[derive(Debug)]
enum Bytes {
    Memory(Vec<u8>),
    File(File),
}

impl Source {
    /// Bytes in memory.
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        let growth = Growth::fixed(bytes.len() as u64, true);
        Self { bytes: Arc::new(Bytes::Memory(bytes)), growth: Arc::new(growth) }
    }

    /// A file as it is now.
    pub fn from_path(path: &Path) -> Result<Self> {
        let file = File::open(path).map_err(|error| Error::file("open", path, error))?;
        let len = file.metadata().map_err(|error| Error::file("read", path, error))?.len();
        Ok(Self::from_file(file, Arc::new(Growth::fixed(len, true))))
    }

    /// A file that grows as `growth` says.
    pub(crate) fn from_file(file: File, growth: Arc<Growth>) -> Self {
        Self { bytes: Arc::new(Bytes::File(file)), growth }
    }

    /// Bytes there are so far.
    pub fn len(&self) -> u64 {
        self.growth.len()
    }

    /// Nothing has arrived.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// No more bytes will come.
    pub fn has_ended(&self) -> bool {
        self.growth.ended()
    }

    /// Waits until there are more than `beyond` bytes or the end is reached, at most `patience`.
    /// Returns the length then, and whether it is final.
    pub fn wait(&self, beyond: u64, patience: Duration) -> (u64, bool) {
        self.growth.wait(beyond, patience)
    }

    /// Reads at `offset` until `buffer` is full or the bytes there are so far end. Returns how many were read.
    pub fn read_at(&self, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
        let there = self.len().saturating_sub(offset);
        let wanted = usize::try_from(there).unwrap_or(usize::MAX).min(buffer.len());
        let buffer = &mut buffer[..wanted];
        match &*self.bytes {
            Bytes::Memory(bytes) => {
                let start = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
                buffer.copy_from_slice(&bytes[start..start + wanted]);
                Ok(wanted)
            }
            Bytes::File(file) => read_full(file, offset, buffer),
        }
    }

    /// The bytes from `from` to `to` (as far as they are there).
    pub fn slice(&self, from: u64, to: u64) -> io::Result<Vec<u8>> {
        let len = to.min(self.len()).saturating_sub(from);
        let len = usize::try_from(len).map_err(|_| io::ErrorKind::OutOfMemory)?;
        let mut bytes = vec![0; len];
        let read = self.read_at(from, &mut bytes)?;
        bytes.truncate(read);
        Ok(bytes)
    }

    /// Reads from `offset` to the end of what is there now.
    pub fn reader(&self, offset: u64) -> Reader {
        Reader { source: self.clone(), offset }
    }
}

/// A sequential reader of a [`Source`].
#[derive(Debug)]
pub struct Reader {
    source: Source,
    offset: u64,
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read_at(self.offset, buffer)?;
        self.offset += read as u64;
        Ok(read)
    }
}

fn read_full(file: &File, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
    let mut done = 0;
    while done < buffer.len() {
        match read_once(file, offset + done as u64, &mut buffer[done..]) {
            Ok(0) => break,
            Ok(read) => done += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

#[cfg(unix)]
fn read_once(file: &File, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, offset)
}

#[cfg(windows)]
fn read_once(file: &File, offset: u64, buffer: &mut [u8]) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, offset)
}
