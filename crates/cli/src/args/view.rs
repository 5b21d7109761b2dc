use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

/// `errand view`
#[derive(Debug, Args)]
pub struct ViewArgs {
    /// The file; - is standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// How it is shown [default: pretty where it is JSON, XML or HTML, else raw, or hex for binary data]
    #[arg(long = "as", value_name = "VIEW")]
    pub kind: Option<As>,
    /// Only what this JSONPath (RFC 9535) selects
    #[arg(long, value_name = "JSONPATH", group = "selection")]
    pub filter: Option<String>,
    /// Only what this jq program makes of it
    #[arg(long, value_name = "EXPR", group = "selection")]
    pub jq: Option<String>,
    /// Only what this XPath selects
    #[arg(long, value_name = "EXPR", group = "selection")]
    pub xpath: Option<String>,
    /// Only these rows, counted from 1: 1000..1050, 1000.., ..50
    #[arg(long, value_name = "FROM..TO", value_parser = rows)]
    pub rows: Option<(u64, u64)>,
    /// Only rows with this text, with their numbers
    #[arg(long, value_name = "TEXT")]
    pub find: Option<String>,
    /// The text is a regular expression
    #[arg(long, requires = "find")]
    pub regex: bool,
    /// Only how many hits there are
    #[arg(long, requires = "find")]
    pub count: bool,
}

/// Ways to show a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum As {
    /// JSON, XML or HTML, indented
    Pretty,
    /// As it is
    Raw,
    /// Offset, sixteen bytes, characters
    Hex,
}

/// `a..b`, both counted from 1 and included, as half-open numbers from 0.
fn rows(text: &str) -> Result<(u64, u64), String> {
    let wrong = || "write rows like 1000..1050, 1000.. or ..50, counted from 1".to_owned();
    let (from, to) = text.split_once("..").ok_or_else(wrong)?;
    let number = |part: &str, default: u64| match part.trim() {
        "" => Ok(default),
        digits => digits.parse().map_err(|_| wrong()),
    };
    let (from, to) = (number(from, 1)?, number(to, u64::MAX)?);
    if from == 0 || to < from { Err(wrong()) } else { Ok((from - 1, to)) }
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn rows_count_from_one() {
        assert_eq!(rows("1000..1050"), Ok((999, 1050)));
        assert_eq!(rows("7.."), Ok((6, u64::MAX)));
        assert_eq!(rows("..50"), Ok((0, 50)));
        assert!(rows("0..1").is_err());
        assert!(rows("9..3").is_err());
        assert!(rows("12").is_err());
    }
}
