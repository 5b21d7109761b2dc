use std::fmt;
use std::ops::Range;

use serde::Serialize;

use crate::Origin;

/// A text with its variables replaced.
///
/// `Debug` masks what came from secrets; [`Rendered::text`] does not.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The result. It may hold secrets: see [`Rendered::secrets`] and [`mask`].
    pub text: String,
    /// Every substitution that took place, nested ones included.
    pub used: Vec<Use>,
    /// Every variable that was left as it is.
    pub missing: Vec<Missing>,
    /// The bytes of `text` that came from secrets, in order.
    pub secrets: Vec<SecretSpan>,
}

impl Rendered {
    /// A text that needs no rendering.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Whether every variable had a value.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }

    /// Puts another rendered text behind this one. Its source ranges count from `source`.
    pub fn append(&mut self, other: Self, source: usize) {
        let shift = |range: Range<usize>| range.start + source..range.end + source;
        let at = self.text.len();
        self.text.push_str(&other.text);
        self.used
            .extend(other.used.into_iter().map(|u| Use { range: shift(u.range.clone()), ..u }));
        self.missing.extend(
            other.missing.into_iter().map(|m| Missing { range: shift(m.range.clone()), ..m }),
        );
        self.secrets.extend(
            other
                .secrets
                .into_iter()
                .map(|s| SecretSpan { range: s.range.start + at..s.range.end + at, name: s.name }),
        );
    }

    /// The same with every run of text passed through `change` (such as percent-encoding), ranges kept right.
    #[must_use]
    pub fn map_text(self, mut change: impl FnMut(&str) -> String) -> Self {
        let mut text = String::with_capacity(self.text.len());
        let mut secrets = Vec::with_capacity(self.secrets.len());
        let mut at = 0;
        for span in self.secrets {
            text.push_str(&change(&self.text[at..span.range.start]));
            let start = text.len();
            text.push_str(&change(&self.text[span.range.clone()]));
            secrets.push(SecretSpan { range: start..text.len(), name: span.name });
            at = span.range.end;
        }
        text.push_str(&change(&self.text[at..]));
        Self { text, secrets, used: self.used, missing: self.missing }
    }
}

impl fmt::Debug for Rendered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rendered")
            .field("text", &mask(self))
            .field("used", &self.used)
            .field("missing", &self.missing)
            .finish_non_exhaustive()
    }
}

/// One substitution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Use {
    /// Bytes of the source text: the outermost `{{…}}` that led here.
    pub range: Range<usize>,
    /// The variable's name.
    pub name: String,
    /// Where its value came from.
    pub origin: Origin,
    /// Whether the value is a secret.
    pub secret: bool,
}

/// A variable that was left as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Missing {
    /// Bytes of the source text: the outermost `{{…}}` that led here.
    pub range: Range<usize>,
    /// The name that has no value.
    pub name: String,
    /// Why.
    pub reason: Reason,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.name;
        match &self.reason {
            Reason::Unknown => write!(f, "Variable \"{name}\" has no value in any scope."),
            Reason::Unavailable => {
                write!(
                    f,
                    "Secret \"{name}\" has no value on this machine. Set it in the environment or unlock the keychain."
                )
            }
            Reason::Cycle(path) => {
                write!(f, "Variable \"{name}\" refers to itself: {}.", path.join(" → "))
            }
            Reason::TooDeep => {
                write!(
                    f,
                    "Variable \"{name}\" is nested more than {} levels deep.",
                    crate::MAX_DEPTH
                )
            }
            Reason::TooLarge => {
                write!(f, "Variable \"{name}\" makes the text too large: its values multiply.")
            }
            Reason::PathParameter => write!(f, "Path parameter \"{name}\" has no value."),
            Reason::SecretInName => {
                write!(
                    f,
                    "Secret \"{name}\" is used as part of a variable's name, which would show it."
                )
            }
        }
    }
}

/// Why a variable was left as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "path", rename_all = "camelCase")]
pub enum Reason {
    /// No scope has it, and it is not a dynamic one.
    Unknown,
    /// It is declared secret and its value could not be had.
    Unavailable,
    /// It refers to itself, through these names.
    Cycle(Vec<String>),
    /// Values refer to values more levels deep than [`crate::MAX_DEPTH`].
    TooDeep,
    /// The result would grow beyond all use.
    TooLarge,
    /// A path parameter without a value in the table; `name` has its colon.
    PathParameter,
    /// The name itself contains a secret's value; `name` is that secret's.
    SecretInName,
}

/// Output bytes that came from a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SecretSpan {
    /// Bytes of the rendered text.
    pub range: Range<usize>,
    /// The secret's name.
    pub name: String,
}

/// The rendered text with every secret shown as `{{name}}`.
pub fn mask(rendered: &Rendered) -> String {
    let mut shown = String::with_capacity(rendered.text.len());
    let mut at = 0;
    for span in &rendered.secrets {
        shown.push_str(&rendered.text[at..span.range.start]);
        shown.push_str("{{");
        shown.push_str(&span.name);
        shown.push_str("}}");
        at = span.range.end;
    }
    shown.push_str(&rendered.text[at..]);
    shown
}
