use std::ops::Range;

use serde::Serialize;

use crate::dynamic::DYNAMIC;
use crate::{Origin, ScopeKind, Scopes, Value};

/// What can be written at a cursor inside `{{`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Completion {
    /// Bytes that a suggestion replaces: the name under the cursor.
    pub range: Range<usize>,
    /// Whether `}}` already follows.
    pub closed: bool,
    /// Best first.
    pub suggestions: Vec<Suggestion>,
}

/// A variable that fits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    /// Name to write between the braces.
    pub name: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Its value before rendering, at most 80 characters; none for secrets and dynamic variables.
    pub value: Option<String>,
    /// What a dynamic variable makes.
    pub description: Option<&'static str>,
    /// Whether it is a secret.
    pub secret: bool,
}

/// The variables that fit at byte `cursor` of `text`; none where no `{{` is open there.
///
/// Names that begin with what is typed come before names that contain it; case does not count.
pub fn complete(text: &str, cursor: usize, scopes: &Scopes) -> Option<Completion> {
    let before = text.get(..cursor)?;
    let open = before.rfind(['{', '}']).filter(|&at| before[..=at].ends_with("{{"))? + 1;
    let start = open + before[open..].len() - before[open..].trim_start().len();
    let after = &text[cursor..];
    let rest = after.find(['{', '}', '\n', '"']).unwrap_or(after.len());
    let closed = after[rest..].starts_with("}}");
    // Without a closing brace, whatever follows the cursor is not part of the name.
    let end = if closed { cursor + after[..rest].trim_end().len() } else { cursor };
    let typed = before[start..].trim_end().to_lowercase();
    Some(Completion {
        range: start..end.max(start),
        closed,
        suggestions: suggestions(&typed, scopes),
    })
}

fn suggestions(typed: &str, scopes: &Scopes) -> Vec<Suggestion> {
    let own = scopes.visible().into_iter().map(|(name, origin, value)| Suggestion {
        name: name.to_owned(),
        origin: origin.clone(),
        value: match value {
            Value::Plain(text) => Some(text.chars().take(80).collect()),
            Value::Secret(_) | Value::Unavailable => None,
        },
        description: None,
        secret: value.is_secret(),
    });
    let made =
        DYNAMIC.iter().filter(|variable| scopes.find(variable.name).is_none()).map(|variable| {
            Suggestion {
                name: variable.name.to_owned(),
                origin: Origin { kind: ScopeKind::Dynamic, name: String::new() },
                value: None,
                description: Some(variable.description),
                secret: false,
            }
        });
    let mut fitting: Vec<(bool, Suggestion)> = own
        .chain(made)
        .filter_map(|suggestion| {
            let name = suggestion.name.to_lowercase();
            let begins = name.starts_with(typed) || name.trim_start_matches('$').starts_with(typed);
            (begins || name.contains(typed)).then_some((!begins, suggestion))
        })
        .collect();
    fitting
        .sort_by_key(|(later, suggestion)| (*later, suggestion.origin.kind == ScopeKind::Dynamic));
    fitting.into_iter().map(|(_, suggestion)| suggestion).collect()
}
