use errand_model::Collection;

use crate::{Error, Format, Receipt, Source};

/// What an importer made of a source.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    /// What it was.
    pub format: Format,
    /// Several collections of one source are folders of this one.
    pub collection: Collection,
    /// A line for each part of the source.
    pub receipt: Receipt,
    /// What the source names and does not hold. Import again with it in [`Source::fetched`].
    pub wanted: Vec<Wanted>,
}

/// Something at an address that the source refers to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wanted {
    /// Without its fragment.
    pub url: String,
    /// The file that refers to it.
    pub from: String,
}

struct Importer {
    format: Format,
    recognises: fn(&Source) -> bool,
    import: fn(&Source) -> Result<Import, Error>,
}

macro_rules! importers {
    ($($format:ident $module:ident),* $(,)?) => {
        &[$(Importer {
            format: Format::$format,
            recognises: crate::$module::recognises,
            import: crate::$module::import,
        }),*]
    };
}

/// The surest first: a text that several recognise belongs to the first.
const IMPORTERS: &[Importer] = importers![
    Postman postman,
    Insomnia insomnia,
    Har har,
    OpenApi openapi,
    Hoppscotch hoppscotch,
    Thunder thunder,
    Yaak yaak,
    Bruno bruno,
    Wsdl wsdl,
    Curl curl,
    Hurl hurl,
    Http http_file,
    Proto proto,
    GraphQl graphql,
];

/// The format of a source, by its content.
pub fn recognise(source: &Source) -> Option<Format> {
    IMPORTERS.iter().find(|importer| (importer.recognises)(source)).map(|found| found.format)
}

/// Reads a source as `format`, or as what it is recognised to be.
///
/// # Errors
/// It is in no known format, or not what its format says. Nothing is imported by halves.
pub fn import(source: &Source, format: Option<Format>) -> Result<Import, Error> {
    let file = || source.single().map(|entry| entry.path.clone()).unwrap_or_default();
    let format = format.or_else(|| recognise(source)).ok_or_else(|| {
        crate::document::why_unknown(source).unwrap_or(Error::Unknown { file: file() })
    })?;
    let importer = IMPORTERS
        .iter()
        .find(|importer| importer.format == format)
        .ok_or_else(|| Error::Unknown { file: file() })?;
    (importer.import)(source)
}
