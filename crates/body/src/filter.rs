//! Filters: the part of a body that an expression selects, itself a source that can be viewed.

use std::{
    io::{self, Read, Write},
    sync::Arc,
    time::Duration,
};

use serde::{Deserialize, Serialize};
use serde_json_path::JsonPath;
use tempfile::{SpooledData, SpooledTempFile};

use crate::{Error, Path, Result, Source, ViewKind, charset, growth::Growth, jq, lookup, xpath};

/// Bytes of JSON or XML that are taken into memory for a filter (several times that is needed to hold them parsed).
pub const MOST_IN_MEMORY: u64 = 256 << 20;
/// Bytes of a result that stay in memory; longer ones go to a temporary file.
const SMALL_RESULT: usize = 4 << 20;

/// What selects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "language", content = "expression")]
pub enum Filter {
    /// RFC 9535. Plain paths (`$.a.b[3]`) work at any size.
    JsonPath(String),
    /// jq, as jaq understands it.
    Jq(String),
    /// `XPath` 1.0.
    XPath(String),
}

/// What was selected.
#[derive(Clone, Debug)]
pub struct Filtered {
    /// The result: JSON for `JSONPath` (the value of a plain path, an array of values for others), JSON values one
    /// after the other for jq, XML or text for `XPath`.
    pub source: Source,
    /// How to show it.
    pub kind: ViewKind,
    /// How many values or nodes were selected.
    pub count: u64,
}

/// Runs `filter` over all of `source`, waiting for its end if it still arrives.
pub fn filter(source: &Source, filter: &Filter, content_type: Option<&str>) -> Result<Filtered> {
    wait_for_end(source);
    let decoded = charset::decode(source, None, content_type)?;
    wait_for_end(&decoded.source);
    let mut out = Output::new();
    let (kind, count) = match filter {
        Filter::JsonPath(expression) => match Path::parse(expression) {
            Some(path) => (ViewKind::Json, plain(&decoded.source, &path, &mut out)?),
            None => {
                (ViewKind::Json, json_path(&load(&decoded, "JSONPath")?, expression, &mut out)?)
            }
        },
        Filter::Jq(program) => {
            (ViewKind::Json, jq::run(&load(&decoded, "jq")?, program, &mut out)?)
        }
        Filter::XPath(expression) => xpath::run(load(&decoded, "XPath")?, expression, &mut out)?,
    };
    Ok(Filtered { source: out.into_source(), kind, count })
}

fn plain(source: &Source, path: &Path, out: &mut Output) -> Result<u64> {
    let Some(range) = lookup(source, path)? else { return Ok(0) };
    io::copy(&mut source.reader(range.start).take(range.end - range.start), out)?;
    Ok(1)
}

fn json_path(bytes: &[u8], expression: &str, out: &mut Output) -> Result<u64> {
    let path = JsonPath::parse(expression)
        .map_err(|error| Error::Expression { language: "JSONPath", message: error.to_string() })?;
    let value: serde_json::Value = serde_json::from_slice(bytes)
        .map_err(|error| Error::Format { format: "JSON", message: error.to_string() })?;
    let nodes = path.query(&value).all();
    serde_json::to_writer(&mut *out, &nodes).map_err(io::Error::from)?;
    Ok(nodes.len() as u64)
}

fn load(decoded: &charset::Decoded, language: &'static str) -> Result<Vec<u8>> {
    let len = decoded.source.len();
    if len > MOST_IN_MEMORY {
        return Err(Error::TooLarge { language, limit: MOST_IN_MEMORY, len });
    }
    Ok(decoded.source.slice(decoded.skip, len)?)
}

fn wait_for_end(source: &Source) {
    while !source.has_ended() {
        source.wait(source.len(), Duration::from_secs(1));
    }
}

/// A result that is being written: in memory while it is small, then in a temporary file.
pub(crate) struct Output {
    spool: SpooledTempFile,
    len: u64,
}

impl Output {
    fn new() -> Self {
        Self { spool: tempfile::spooled_tempfile(SMALL_RESULT), len: 0 }
    }

    /// Bytes written.
    pub fn len(&self) -> u64 {
        self.len
    }

    fn into_source(self) -> Source {
        match self.spool.into_inner() {
            SpooledData::InMemory(bytes) => Source::from_bytes(bytes.into_inner()),
            SpooledData::OnDisk(file) => {
                Source::from_file(file, Arc::new(Growth::fixed(self.len, true)))
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.spool.write(bytes)?;
        self.len += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.spool.flush()
    }
}
