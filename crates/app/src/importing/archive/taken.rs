//! What is taken out of an archive, and what is not.

use std::io::Read;

use errand_interop::{Content, Entry};

use super::super::folder::MOST_FILES;
use crate::wire::WireError;

/// What all files of an archive may come to, in bytes.
pub const LARGEST: u64 = 512 << 20;

/// Folders that nobody means when importing.
const PASSED_OVER: [&str; 3] = ["__MACOSX", ".git", "node_modules"];

/// The files taken so far.
pub struct Taken<'a> {
    shown: &'a str,
    entries: Vec<Entry>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'a> Taken<'a> {
    pub fn new(shown: &'a str) -> Self {
        Self { shown, entries: Vec::new(), left: LARGEST }
    }

    /// Takes a file over; one in a folder that nobody means is passed over.
    pub fn file(&mut self, name: &str, from: &mut impl Read) -> Result<(), WireError> {
        let name = name.replace('\\', "/");
        let parts: Vec<&str> = name.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        let drive = name.as_bytes().get(1) == Some(&b':');
        if name.starts_with('/') || drive || name.contains('\0') || parts.contains(&"..") {
            return Err(self.refused(&format!("has a file that leads out of it ({name:?})")));
        }
        if parts.iter().any(|part| PASSED_OVER.contains(part)) {
            return Ok(());
        }
        if self.entries.len() >= MOST_FILES {
            return Err(self.refused(&format!("has more than {MOST_FILES} files")));
        }
        let path = parts.join("/");
        let mut bytes = Vec::new();
        from.take(self.left + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| self.refused(&format!("is damaged at {path:?} ({error})")))?;
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or_else(|| self.too_large())?;
        self.entries.push(Entry { path, content: Content::Bytes(bytes.into()) });
        Ok(())
    }

    pub fn link(&self, name: &str) -> WireError {
        self.refused(&format!("has a link in it ({name:?})"))
    }

    pub fn too_large(&self) -> WireError {
        self.refused(&format!("unpacks to more than {} MB", LARGEST >> 20))
    }

    pub fn refused(&self, what: &str) -> WireError {
        refused(self.shown, what)
    }

    pub fn done(self) -> Vec<Entry> {
        self.entries
    }
}

pub fn refused(shown: &str, what: &str) -> WireError {
    let shown = if shown.is_empty() { "The archive" } else { shown };
    WireError::new("bad-archive", format!("{shown} {what}. Nothing of it was taken over."))
        .at(shown, None, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever an archive says of itself, what comes out of it is counted.
    #[test]
    fn what_keeps_coming_is_refused() {
        let mut taken = Taken::new("a.zip");
        let error = taken.file("a", &mut std::io::repeat(b' ')).expect_err("endless");
        assert!(error.message.contains("more than 512 MB"), "{error:?}");
    }
}
