//! Colour, where somebody sees it.

use std::env;
use std::fmt::Display;
use std::io::IsTerminal as _;

/// Colours on or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style(bool);

impl Style {
    /// No colour.
    pub const PLAIN: Self = Self(false);

    /// For standard output.
    pub fn of_output() -> Self {
        Self(wanted() && std::io::stdout().is_terminal())
    }

    /// For standard error.
    pub fn of_messages() -> Self {
        Self(wanted() && std::io::stderr().is_terminal())
    }

    fn paint(self, code: &str, text: impl Display) -> String {
        if self.0 { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_string() }
    }

    /// What matters.
    pub fn bold(self, text: impl Display) -> String {
        self.paint("1", text)
    }

    /// What matters less.
    pub fn dim(self, text: impl Display) -> String {
        self.paint("2", text)
    }

    /// What is wrong.
    pub fn red(self, text: impl Display) -> String {
        self.paint("31", text)
    }

    /// What is right.
    pub fn green(self, text: impl Display) -> String {
        self.paint("32", text)
    }

    /// What wants a look.
    pub fn yellow(self, text: impl Display) -> String {
        self.paint("33", text)
    }

    /// Names.
    pub fn cyan(self, text: impl Display) -> String {
        self.paint("36", text)
    }

    /// A status in the colour of its class.
    pub fn status(self, status: u16) -> String {
        match status {
            200..300 => self.green(status),
            300..400 => self.cyan(status),
            400..500 => self.yellow(status),
            500.. => self.red(status),
            _ => status.to_string(),
        }
    }
}

/// <https://no-color.org>: any value but an empty one.
fn wanted() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value: std::ffi::OsString| !value.is_empty());
    !set("NO_COLOR") && env::var_os("TERM").is_none_or(|term| term != "dumb")
}
