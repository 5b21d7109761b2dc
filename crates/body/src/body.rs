//! One stored body.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{Error, Result, Source, growth::Growth, store};

/// A body in the spool: what it is called, how much there is of it, and its bytes.
#[derive(Clone, Debug)]
pub struct Body {
    folder: PathBuf,
    id: String,
    growth: Arc<Growth>,
}

impl Body {
    pub(crate) fn new(folder: &Path, id: &str, growth: Arc<Growth>) -> Self {
        Self { folder: folder.to_owned(), id: id.to_owned(), growth }
    }

    /// The id under which it is stored.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Decoded bytes there are so far.
    pub fn len(&self) -> u64 {
        self.growth.len()
    }

    /// There is nothing in it (so far).
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// It has ended, and nothing is missing.
    pub fn is_complete(&self) -> bool {
        self.growth.ended() && self.growth.whole()
    }

    /// Nothing more will come, complete or not.
    pub fn has_ended(&self) -> bool {
        self.growth.ended()
    }

    /// The decoded bytes; while the body arrives, the source follows.
    pub fn source(&self) -> Result<Source> {
        let (path, opened) = store::existing(&self.folder, &self.id);
        match opened {
            Ok(file) => Ok(Source::from_file(file, self.growth.clone())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(Error::NoBody(self.id.clone()))
            }
            Err(error) => Err(Error::file("open", &path, error)),
        }
    }
}
