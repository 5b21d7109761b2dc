//! What the window's binary may be given.

use std::ffi::OsString;
use std::path::PathBuf;

/// Parsed arguments.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    /// Workspace to open instead of the last one.
    pub workspace: Option<PathBuf>,
    /// Open the example workspace, making it at first.
    pub example: bool,
    /// Print how long the start took and quit; for the benchmark.
    pub measure_start: bool,
}

/// Parses `[--example] [--measure-start] [WORKSPACE]`.
pub fn parse(words: impl Iterator<Item = OsString>) -> Result<Arguments, String> {
    let mut arguments = Arguments::default();
    for word in words {
        match word.to_str() {
            Some("--example") => arguments.example = true,
            Some("--measure-start") => arguments.measure_start = true,
            Some(flag) if flag.starts_with('-') => {
                return Err(format!(
                    "no option {flag}. Options: --example, --measure-start, and the folder of a workspace."
                ));
            }
            _ => arguments.workspace = Some(PathBuf::from(word)),
        }
    }
    Ok(arguments)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(of: &[&str]) -> impl Iterator<Item = OsString> {
        of.iter().map(OsString::from).collect::<Vec<_>>().into_iter()
    }

    #[test]
    fn takes_a_folder_and_options() {
        let parsed = parse(words(&["--example", "/tmp/x"]));
        let expected =
            Arguments { workspace: Some("/tmp/x".into()), example: true, measure_start: false };
        assert_eq!(parsed, Ok(expected));
    }

    #[test]
    fn an_unknown_option_is_named() {
        assert!(
            parse(words(&["--frobnicate"])).is_err_and(|message| message.contains("--frobnicate"))
        );
    }
}
