use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Cursor, Error, Summary};

/// What to look for. Every part that is set must hold; newest entries come first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Query {
    /// Only this workspace's entries.
    pub workspace: Option<String>,
    /// Each word must occur in the URL, name, host or error, anywhere and in any case.
    pub words: String,
    /// Any of these.
    pub status: Vec<StatusFilter>,
    /// Any of these methods, in any case.
    pub methods: Vec<String>,
    /// The host, with or without its port.
    pub host: Option<String>,
    /// The environment's name.
    pub environment: Option<String>,
    /// Sent at or after: milliseconds since 1970, UTC.
    pub since_ms: Option<i64>,
    /// Sent at or before.
    pub until_ms: Option<i64>,
    /// Only failed ones (see [`Summary::failed`]).
    pub failed: bool,
    /// Only what comes after this place in the list.
    pub before: Option<Cursor>,
    /// At most so many; 0 means 50.
    pub limit: usize,
}

impl Query {
    pub(crate) fn limit(&self) -> usize {
        if self.limit == 0 { 50 } else { self.limit }
    }
}

/// A status code or a class of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum StatusFilter {
    /// One code.
    Code(u16),
    /// The first digit: 4 is `4xx`.
    Class(u8),
}

impl StatusFilter {
    pub(crate) fn holds(self, status: Option<u16>) -> bool {
        match self {
            Self::Code(code) => status == Some(code),
            Self::Class(class) => status.is_some_and(|status| status / 100 == u16::from(class)),
        }
    }
}

impl FromStr for StatusFilter {
    type Err = Error;

    /// `503` or `4xx`.
    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = || Error::Status { text: text.to_owned() };
        if let Some(class) = text.to_ascii_lowercase().strip_suffix("xx") {
            return match class.parse() {
                Ok(class @ 1..=9) => Ok(Self::Class(class)),
                _ => Err(wrong()),
            };
        }
        match text.parse() {
            Ok(code @ 0..=999) => Ok(Self::Code(code)),
            _ => Err(wrong()),
        }
    }
}

/// Part of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// Newest first.
    pub entries: Vec<Summary>,
    /// Where to go on; none at the end of the list.
    pub next: Option<Cursor>,
    /// False when the search stopped early to stay quick: `next` goes on looking further back.
    pub complete: bool,
}

/// How many entries a query finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Count {
    /// So many, at least.
    pub found: u64,
    /// False when counting stopped at its bound: there are more.
    pub exact: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_codes_or_classes() {
        assert_eq!("503".parse(), Ok(StatusFilter::Code(503)));
        assert_eq!("4XX".parse(), Ok(StatusFilter::Class(4)));
        for text in ["", "xx", "44xx", "ok", "-1", "1000", "0xx"] {
            assert!(text.parse::<StatusFilter>().is_err(), "{text}");
        }
        assert!(StatusFilter::Class(4).holds(Some(404)));
        assert!(!StatusFilter::Class(4).holds(None));
    }
}
