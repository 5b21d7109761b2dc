//! Walking over JSON without building anything: what checks, captures and the tree stand on.

use std::io;

use crate::{Error, Result, Source};

const FIRST_BLOCK: usize = 8 * 1024;
const BLOCK: usize = 256 * 1024;
/// Bytes of a key that are looked at.
const LONGEST_KEY: usize = 1 << 20;

/// A place in JSON. It trusts the syntax: what is not JSON gives an error or nonsense, never a panic.
#[derive(Debug)]
pub(crate) struct Cursor<'a> {
    source: &'a Source,
    block: Vec<u8>,
    base: u64,
    at: usize,
}

/// A value that was skipped.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Skipped {
    /// Where it ended.
    pub end: u64,
    /// Members or elements, when it is a container.
    pub children: u64,
}

impl<'a> Cursor<'a> {
    pub fn new(source: &'a Source, offset: u64) -> Self {
        Self { source, block: Vec::new(), base: offset, at: 0 }
    }

    pub fn offset(&self) -> u64 {
        self.base + self.at as u64
    }

    /// The byte here.
    pub fn peek(&mut self) -> io::Result<Option<u8>> {
        if self.at == self.block.len() && !self.fill()? {
            return Ok(None);
        }
        Ok(Some(self.block[self.at]))
    }

    pub fn step(&mut self) {
        self.at += 1;
    }

    /// Skips white space; the byte after it.
    pub fn token(&mut self) -> io::Result<Option<u8>> {
        loop {
            match self.peek()? {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return Ok(other),
            }
        }
    }

    /// Takes `byte`, or says what is wrong.
    pub fn expect(&mut self, byte: u8) -> Result<()> {
        if self.token()? == Some(byte) {
            self.at += 1;
            return Ok(());
        }
        Err(self.error(&format!("\"{}\" is missing", char::from(byte))))
    }

    /// Skips the value that starts here (after white space).
    pub fn skip(&mut self) -> Result<Skipped> {
        match self.token()? {
            Some(b'"') => self.string(None)?,
            Some(b'{' | b'[') => return self.skip_container(),
            Some(b',' | b':' | b'}' | b']') => return Err(self.error("a value is missing")),
            Some(_) => self.skip_scalar()?,
            None => return Err(self.error("it ends too early")),
        }
        Ok(Skipped { end: self.offset(), children: 0 })
    }

    /// Takes the string that starts here, with its quotes, and keeps it in `kept`.
    pub fn string(&mut self, mut kept: Option<&mut Vec<u8>>) -> Result<()> {
        let (mut quoted, mut escaped) = (false, false);
        loop {
            if self.at == self.block.len() && !self.fill()? {
                return Err(self.error("a string does not end"));
            }
            let rest = &self.block[self.at..];
            let used = if !quoted {
                quoted = true;
                1
            } else if escaped {
                escaped = false;
                1
            } else {
                match memchr::memchr2(b'"', b'\\', rest) {
                    None => rest.len(),
                    Some(place) => {
                        escaped = rest[place] == b'\\';
                        quoted = escaped;
                        place + 1
                    }
                }
            };
            if let Some(kept) = &mut kept {
                let room = LONGEST_KEY.saturating_sub(kept.len());
                kept.extend_from_slice(&rest[..used.min(room)]);
            }
            self.at += used;
            if !quoted {
                return Ok(());
            }
        }
    }

    /// An error here.
    pub fn error(&self, what: &str) -> Error {
        Error::Format { format: "JSON", message: format!("at byte {}, {what}.", self.offset()) }
    }

    fn skip_scalar(&mut self) -> io::Result<()> {
        while let Some(byte) = self.peek()? {
            if matches!(
                byte,
                b' ' | b'\n' | b'\r' | b'\t' | b',' | b':' | b'"' | b'[' | b']' | b'{' | b'}'
            ) {
                break;
            }
            self.at += 1;
        }
        Ok(())
    }

    fn skip_container(&mut self) -> Result<Skipped> {
        let (mut depth, mut commas, mut empty) = (0_u64, 0, true);
        loop {
            if self.at == self.block.len() && !self.fill()? {
                return Err(self.error("it ends too early"));
            }
            let mut at = self.at;
            let stop = loop {
                let Some(&byte) = self.block.get(at) else { break None };
                match byte {
                    b'"' => break Some(()),
                    b'{' | b'[' => {
                        empty &= depth == 0;
                        depth += 1;
                    }
                    b'}' | b']' => {
                        depth -= 1;
                        if depth == 0 {
                            self.at = at + 1;
                            let children = if empty { 0 } else { commas + 1 };
                            return Ok(Skipped { end: self.offset(), children });
                        }
                    }
                    b',' => commas += u64::from(depth == 1),
                    b' ' | b'\n' | b'\r' | b'\t' => {}
                    _ => empty = false,
                }
                at += 1;
            };
            self.at = at;
            if stop.is_some() {
                empty = false;
                self.string(None)?;
            }
        }
    }

    fn fill(&mut self) -> io::Result<bool> {
        self.base += self.block.len() as u64;
        let size =
            if self.block.is_empty() { FIRST_BLOCK } else { (2 * self.block.len()).min(BLOCK) };
        self.block.resize(size, 0);
        let read = self.source.read_at(self.base, &mut self.block);
        self.block.truncate(*read.as_ref().unwrap_or(&0));
        self.at = 0;
        Ok(read? > 0)
    }
}

/// A string without its quotes and escapes; as it is where it is no proper JSON string.
pub(crate) fn unquote(raw: &[u8]) -> String {
    serde_json::from_slice(raw).unwrap_or_else(|_| {
        let inside = raw.strip_prefix(b"\"").unwrap_or(raw);
        String::from_utf8_lossy(inside.strip_suffix(b"\"").unwrap_or(inside)).into_owned()
    })
}
