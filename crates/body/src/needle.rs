//! What to search for, and finding it in a block of bytes.

use memchr::memmem::Finder;
use regex::bytes::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};

use crate::{Error, Result};

/// Bytes of compiled expression that are allowed.
const REGEX_LIMIT: usize = 8 << 20;
/// The longest match of an expression that is found for certain.
const LONGEST_MATCH: usize = 64 * 1024;

/// What to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Query {
    /// The text, or the regular expression.
    pub text: String,
    /// The text is a regular expression (the `regex` crate's syntax; `^` and `$` are at lines).
    pub regex: bool,
    /// Upper and lower case are different.
    pub case_sensitive: bool,
    /// Only whole words.
    pub whole_word: bool,
}

impl Query {
    /// Any text, case ignored.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// A query made ready.
pub(crate) enum Needle {
    Literal(Box<Finder<'static>>),
    Pattern(Box<Regex>),
}

impl Needle {
    pub fn new(query: &Query) -> Result<Self> {
        let has_case = query.text.chars().any(|char| char.is_lowercase() || char.is_uppercase());
        if !query.regex && !query.whole_word && (query.case_sensitive || !has_case) {
            return Ok(Self::Literal(Box::new(Finder::new(query.text.as_bytes()).into_owned())));
        }
        let mut pattern = if query.regex { query.text.clone() } else { regex::escape(&query.text) };
        if query.whole_word {
            pattern = format!(r"\b(?:{pattern})\b");
        }
        let regex = RegexBuilder::new(&pattern)
            .case_insensitive(!query.case_sensitive)
            .multi_line(true)
            .crlf(true)
            .size_limit(REGEX_LIMIT)
            .dfa_size_limit(REGEX_LIMIT)
            .build()
            .map_err(|error| Error::Expression {
                language: "The regular expression",
                message: error.to_string(),
            })?;
        Ok(Self::Pattern(Box::new(regex)))
    }

    /// The first match at `from` or later: where it starts and ends. Empty matches are not matches.
    pub fn find(&self, block: &[u8], from: usize) -> Option<(usize, usize)> {
        match self {
            Self::Literal(finder) if finder.needle().is_empty() => None,
            Self::Literal(finder) => {
                let start = from + finder.find(block.get(from..)?)?;
                Some((start, start + finder.needle().len()))
            }
            Self::Pattern(regex) => {
                let mut from = from;
                loop {
                    let found = regex.find_at(block, from)?;
                    if !found.is_empty() {
                        return Some((found.start(), found.end()));
                    }
                    from = found.end() + 1;
                    if from > block.len() {
                        return None;
                    }
                }
            }
        }
    }

    /// Bytes after the start of a match that must be there to decide on it.
    pub fn reach(&self) -> usize {
        match self {
            Self::Literal(finder) => finder.needle().len().saturating_sub(1),
            Self::Pattern(_) => LONGEST_MATCH,
        }
    }
}
