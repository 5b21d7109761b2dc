//! HTTP Archive 1.2: what browsers and proxies record.
//!
//! An archive is read entry by entry, so that one of many hundred megabytes takes bounded memory.
//! Single entries and single requests, as httpsnippet takes them, are read too.

mod archive;
mod exchange;
mod export;
mod gather;
mod keep;
mod limited;
mod request;
mod response;
mod shape;
mod time;

pub use exchange::{HarExchange, HarRequest, HarResponse, HarTimings, write_exchanges};
pub use export::export;

use crate::{Error, Import, Source};
use shape::Shape;

pub(crate) fn recognises(source: &Source) -> bool {
    !source.entries.is_empty() && source.entries.iter().all(|entry| shape::of(entry).is_some())
}

pub(crate) fn import(source: &Source) -> Result<Import, Error> {
    let mut gathered = gather::Gathered::default();
    for entry in &source.entries {
        match shape::of(entry).unwrap_or(Shape::Archive) {
            Shape::Archive => archive::read(entry, &mut gathered)?,
            Shape::Entry => gathered.entry(crate::json(entry)?),
            Shape::Request => gathered.entry(serde_json::json!({ "request": crate::json(entry)? })),
        }
    }
    let name = source.single().map(|entry| {
        let name = entry.name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
    });
    Ok(gathered.finish(name.filter(|name| !name.is_empty()).unwrap_or_else(|| "HAR".to_owned())))
}
