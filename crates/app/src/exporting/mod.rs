//! What is saved here as other tools write it.

mod collect;
mod curl;
mod files;

use errand_interop::{
    Error, Exported, Format, bruno, har, http_file, hurl, insomnia, k6, openapi, postman,
};
use errand_model::Collection;
use errand_workspace::bundled::{self, Notation};

pub use collect::collect;
pub use files::write;

use crate::wire::WireError;

/// A format to export to.
pub struct Exporter {
    /// Which.
    pub format: Format,
    /// Extension of its file, or of the one that counts.
    pub extension: &'static str,
    /// Whether it is a folder of files that go by their names.
    pub folder: bool,
    export: fn(&Collection) -> Result<Exported, Error>,
}

/// In the order in which they are offered.
pub const EXPORTERS: &[Exporter] = &[
    one(Format::Postman, "json", postman::export),
    Exporter { format: Format::Bruno, extension: "bru", folder: true, export: bruno::export },
    one(Format::Insomnia, "yaml", insomnia::export),
    one(Format::OpenCollection, "yml", |collection| Ok(opencollection(collection))),
    one(Format::OpenApi, "yaml", |collection| openapi::export(collection, openapi::Syntax::Yaml)),
    one(Format::Har, "har", har::export),
    one(Format::Curl, "sh", |collection| Ok(curl::export(collection))),
    Exporter { format: Format::Http, extension: "http", folder: true, export: http_file::export },
    one(Format::Hurl, "hurl", hurl::export),
    one(Format::K6, "js", k6::export),
];

const fn one(
    format: Format,
    extension: &'static str,
    export: fn(&Collection) -> Result<Exported, Error>,
) -> Exporter {
    Exporter { format, extension, folder: false, export }
}

impl Exporter {
    /// The one of an id.
    pub fn of(id: &str) -> Result<&'static Self, WireError> {
        EXPORTERS.iter().find(|exporter| exporter.format.id() == id).ok_or_else(|| {
            let known: Vec<&str> = EXPORTERS.iter().map(|one| one.format.id()).collect();
            WireError::new("bad-arguments", format!("There is no export to \"{id}\"."))
                .hint(format!("The formats are {}.", known.join(", ")))
        })
    }

    /// The collection in this format.
    pub fn export(&self, collection: &Collection) -> Result<Exported, WireError> {
        (self.export)(collection).map_err(|error| WireError::new("export", error.to_string()))
    }
}

fn opencollection(collection: &Collection) -> Exported {
    let text = bundled::text(collection, Notation::Yaml);
    let files = vec![("opencollection.yml".to_owned(), text.into_bytes())];
    Exported { files, ..Exported::default() }
}
