//! Writing a body into the spool as it arrives.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Arc, PoisonError},
};

use crate::{Body, Error, Result, growth::Growth, store::Live};

/// A body that is arriving. Dropped without [`Writer::finish`], what arrived stays, marked incomplete.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    id: String,
    file: File,
    growth: Arc<Growth>,
    live: Live,
}

impl Writer {
    pub(crate) fn create(folder: &Path, id: String, live: Live) -> Result<Self> {
        let file = new_file(&folder.join(format!("{id}.part")))?;
        let growth = Arc::new(Growth::default());
        live.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id.clone(), Arc::downgrade(&growth));
        Ok(Self { folder: folder.to_owned(), id, file, growth, live })
    }

    /// The id under which the body is stored.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Decoded bytes so far.
    pub fn len(&self) -> u64 {
        self.growth.len()
    }

    /// Nothing was written yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The body as far as it has arrived; it follows the growth.
    pub fn body(&self) -> Body {
        Body::new(&self.folder, &self.id, self.growth.clone())
    }

    /// Appends decoded bytes; readers see them at once.
    pub fn write(&mut self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            let written = write_some(&mut self.file, bytes).map_err(|error| {
                write_error(&self.folder.join(&self.id), self.growth.len(), error)
            })?;
            self.growth.grow(written as u64);
            bytes = &bytes[written..];
        }
        Ok(())
    }

    /// All of it has arrived.
    pub fn finish(self) -> Result<Body> {
        let (part, whole) =
            (self.folder.join(format!("{}.part", self.id)), self.folder.join(&self.id));
        fs::rename(&part, &whole).map_err(|error| Error::file("rename", &part, error))?;
        self.growth.end(true);
        Ok(self.body())
    }

    /// No more will come, and it is not all: what arrived is kept and marked incomplete.
    pub fn cut(self) -> Body {
        self.growth.end(false);
        self.body()
    }

    /// Deletes what arrived.
    pub fn discard(self) -> Result<()> {
        let path = self.folder.join(format!("{}.part", self.id));
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(Error::file("delete", &path, error))
            }
            _ => Ok(()),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if !self.growth.ended() {
            self.growth.end(false);
        }
        self.live.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.id);
    }
}

fn new_file(path: &Path) -> Result<File> {
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(|error| write_error_or("create", path, 0, error))
}

fn write_some(file: &mut File, bytes: &[u8]) -> io::Result<usize> {
    loop {
        match file.write(bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => return other,
        }
    }
}

fn write_error(path: &Path, kept: u64, error: io::Error) -> Error {
    write_error_or("write", path, kept, error)
}

/// An error of writing `path`, a full disk told apart from the rest.
pub(crate) fn write_error_or(
    action: &'static str,
    path: &Path,
    kept: u64,
    error: io::Error,
) -> Error {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Error::DiskFull { path: path.to_owned(), kept }
        }
        _ => Error::file(action, path, error),
    }
}
