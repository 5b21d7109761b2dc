use std::borrow::Cow;
use std::io::Read;
use std::sync::Arc;

use crate::Error;

/// Largest file that is read as a whole, in bytes. Formats that are read piece by piece take more.
const WHOLE: u64 = 256 << 20;

/// What is to be imported: one or several files with their paths, and what was fetched for them.
#[derive(Clone, Default)]
pub struct Source {
    /// The files, by path. A paste is one with an empty path.
    pub entries: Vec<Entry>,
    /// Answers of addresses the user let us fetch, by URL without its fragment.
    pub fetched: std::collections::BTreeMap<String, Arc<[u8]>>,
}

/// One file.
#[derive(Clone)]
pub struct Entry {
    /// Relative to the imported folder, with `/`; empty for a paste. Never leads out of the folder.
    pub path: String,
    /// What is in it.
    pub content: Content,
}

/// The content of a file.
#[derive(Clone)]
pub enum Content {
    /// In memory.
    Bytes(Arc<[u8]>),
    /// Opened when needed.
    Lazy(Arc<dyn Open>),
}

/// A file that is opened when needed.
pub trait Open: Send + Sync {
    /// From its beginning.
    fn open(&self) -> std::io::Result<Box<dyn Read>>;
    /// Its length in bytes.
    fn len(&self) -> u64;
    /// Whether nothing is in it.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Source {
    /// A paste.
    pub fn text(text: impl Into<String>) -> Self {
        Self::file("", text.into().into_bytes())
    }

    /// One file in memory.
    pub fn file(path: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self::default().with(path, bytes)
    }

    /// The same with a further file.
    #[must_use]
    pub fn with(mut self, path: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        self.entries.push(Entry { path: path.into(), content: Content::Bytes(bytes.into()) });
        self
    }

    /// The file at a path.
    pub fn entry(&self, path: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.path == path)
    }

    /// The only file, when there is one alone.
    pub fn single(&self) -> Option<&Entry> {
        if let [entry] = self.entries.as_slice() { Some(entry) } else { None }
    }
}

impl Entry {
    /// The part of the path after the last `/`.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Lower-case extension without its dot; empty when there is none.
    pub fn extension(&self) -> String {
        self.name().rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default()
    }

    /// Its length in bytes.
    pub fn len(&self) -> u64 {
        match &self.content {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::Lazy(file) => file.len(),
        }
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reads from its beginning.
    pub fn open(&self) -> Result<Box<dyn Read + '_>, Error> {
        match &self.content {
            Content::Bytes(bytes) => Ok(Box::new(&bytes[..])),
            Content::Lazy(file) => Ok(file.open().map_err(|error| self.unreadable(&error))?),
        }
    }

    /// All of it.
    ///
    /// # Errors
    /// It is larger than 256 MiB, or cannot be read.
    pub fn bytes(&self) -> Result<Cow<'_, [u8]>, Error> {
        if self.len() > WHOLE {
            return Err(Error::Refused {
                file: self.path.clone(),
                what: format!(
                    "{} MB are more than the {} MB that are read at once",
                    self.len() >> 20,
                    WHOLE >> 20
                ),
            });
        }
        match &self.content {
            Content::Bytes(bytes) => Ok(Cow::Borrowed(bytes)),
            Content::Lazy(_) => self.head(WHOLE).map(Cow::Owned),
        }
    }

    /// All of it as text: UTF-8 or UTF-16 with a byte order mark, which is taken off.
    pub fn text(&self) -> Result<String, Error> {
        decode(&self.bytes()?).map_err(|what| Error::Syntax {
            file: self.path.clone(),
            wanted: "text",
            what,
            line: 1,
            column: 1,
        })
    }

    /// At most the first `limit` bytes.
    pub fn head(&self, limit: u64) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        let read = self.open()?.take(limit).read_to_end(&mut bytes);
        read.map_err(|error| self.unreadable(&error))?;
        Ok(bytes)
    }

    fn unreadable(&self, error: &std::io::Error) -> Error {
        Error::Unreadable { file: self.path.clone(), what: error.to_string() }
    }
}

/// The path that `path` means from a folder of a source; none when it leads out of the source.
pub(crate) fn path_from(folder: &str, path: &str) -> Option<String> {
    if path.starts_with(['/', '\\']) {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn decode(bytes: &[u8]) -> Result<String, String> {
    let wide = |bytes: &[u8], of: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| of([pair[0], pair[1]]));
        char::decode_utf16(units).collect::<Result<_, _>>().map_err(|error| error.to_string())
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => {
            let rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            let text = std::str::from_utf8(rest);
            text.map(str::to_owned)
                .map_err(|error| format!("byte {} is not UTF-8", error.valid_up_to()))
        }
    }
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Source").field("entries", &self.entries).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Entry {
    /// Contents may be secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} ({} bytes)", self.path, self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_source() {
        assert_eq!(path_from("a/b", "../c/./d").as_deref(), Some("a/c/d"));
        assert_eq!(path_from("", "x\\y").as_deref(), Some("x/y"));
        for out in ["/etc/passwd", "\\\\host\\x", "../../../x", "a/../../../../x"] {
            assert_eq!(path_from("a/b", out), None, "{out}");
        }
    }

    #[test]
    fn marks_are_taken_off_and_both_byte_orders_read() {
        assert_eq!(decode(b"\xef\xbb\xbfa"), Ok("a".to_owned()));
        assert_eq!(decode(b"\xff\xfea\x00"), Ok("a".to_owned()));
        assert_eq!(decode(b"\xfe\xff\x00a"), Ok("a".to_owned()));
        assert_eq!(decode(b"ab\xff"), Err("byte 2 is not UTF-8".to_owned()));
    }
}
