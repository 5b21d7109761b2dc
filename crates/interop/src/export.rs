use crate::Receipt;

/// What an exporter wrote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exported {
    /// Relative paths with `/`, and contents. One file for most formats.
    pub files: Vec<(String, Vec<u8>)>,
    /// A line for each part of the collection that came out differently or not at all.
    pub receipt: Receipt,
}
