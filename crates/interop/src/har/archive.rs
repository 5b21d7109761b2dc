//! An archive, entry by entry.

use std::fmt;
use std::io::{BufRead, BufReader, Read};

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use super::gather::Gathered;
use super::limited::{Limited, budget};
use crate::{Entry, Error};

/// Reads an archive into `gathered`.
///
/// # Errors
/// It is not well-formed, or has no `log.entries`, or more requests than are taken.
pub(super) fn read(entry: &Entry, gathered: &mut Gathered) -> Result<(), Error> {
    let mut reader = BufReader::with_capacity(1 << 18, entry.open()?);
    let start = reader.fill_buf().map_err(|error| unreadable(entry, &error.to_string()))?;
    let text;
    let reader: Box<dyn Read> = if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff")
    {
        text = entry.text()?;
        Box::new(text.as_bytes())
    } else {
        if start.starts_with(b"\xef\xbb\xbf") {
            reader.consume(3);
        }
        Box::new(reader)
    };
    let mut found = false;
    let mut document = serde_json::Deserializer::from_reader(reader);
    let read = Object { wanted: "log", gathered, found: &mut found }
        .deserialize(&mut document)
        .and_then(|()| document.end());
    if let Some(what) = gathered.refused.take() {
        return Err(Error::Refused { file: entry.path.clone(), what });
    }
    read.map_err(|error| broken(entry, gathered, &error))?;
    if found {
        return Ok(());
    }
    Err(Error::Wrong {
        file: entry.path.clone(),
        place: String::new(),
        what: "an archive has a list at log.entries, and here is none".to_owned(),
    })
}

fn unreadable(entry: &Entry, what: &str) -> Error {
    Error::Unreadable { file: entry.path.clone(), what: what.to_owned() }
}

fn broken(entry: &Entry, gathered: &Gathered, error: &serde_json::Error) -> Error {
    if error.is_io() {
        return unreadable(entry, &error.to_string());
    }
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let what = text.strip_suffix(&place).unwrap_or(&text);
    let entries = gathered.entries();
    let after = match entries {
        0 => String::new(),
        1 => ", after one whole entry".to_owned(),
        _ => format!(", after {entries} whole entries"),
    };
    Error::Syntax {
        file: entry.path.clone(),
        wanted: "HAR",
        what: format!("{what}{after}"),
        line: error.line(),
        column: error.column().max(1),
    }
}

/// The document, or its `log`.
struct Object<'g> {
    wanted: &'static str,
    gathered: &'g mut Gathered,
    found: &'g mut bool,
}

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let left = budget();
        while let Some(key) = map.next_key::<String>()? {
            match (self.wanted, key.as_str()) {
                ("log", "log") => {
                    let log =
                        Object { wanted: "entries", gathered: self.gathered, found: self.found };
                    map.next_value_seed(log)?;
                }
                ("entries", "entries") => {
                    *self.found = true;
                    map.next_value_seed(Entries(self.gathered))?;
                }
                ("entries", _) => {
                    let value = map.next_value_seed(Limited::new(&left))?;
                    self.gathered.field(&key, value);
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    self.gathered.beyond_the_log(&key);
                }
            }
        }
        Ok(())
    }
}

struct Entries<'g>(&'g mut Gathered);

impl<'de> DeserializeSeed<'de> for Entries<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of entries")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<(), S::Error> {
        loop {
            let left = budget();
            let Some(entry) = seq.next_element_seed(Limited::new(&left))? else { return Ok(()) };
            self.0.entry(entry);
            if self.0.refused.is_some() {
                return Err(S::Error::custom("refused"));
            }
        }
    }
}
