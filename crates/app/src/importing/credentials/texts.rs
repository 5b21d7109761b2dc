//! Credentials replaced in texts of every kind.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use errand_interop::keepsake;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Credential;
use crate::wire::WireError;

/// Fields of the model that hold one word out of a few.
const CHOICES: &[&str] = &[
    "type",
    "kind",
    "phase",
    "operator",
    "scope",
    "placement",
    "language",
    "digest",
    "algorithm",
    "payload",
    "place",
    "seq",
    "enabled",
    "secret",
    "color",
];
/// Fields that name or describe: an ordinary word that is also a password stays in them.
const WORDS: &[&str] = &[
    "name",
    "description",
    "docs",
    "tags",
    "method",
    "id",
    "_id",
    "uid",
    "mode",
    "domain",
    "label",
];

/// Digits that a number has which is a password.
const SHORTEST_NUMBER: usize = 4;

/// What every credential is replaced by.
pub struct Texts<'c> {
    values: Vec<(&'c str, bool)>,
    /// By value and scope.
    references: HashMap<(usize, Option<usize>), String>,
    forms: AhoCorasick,
    /// The value of each form.
    of_form: Vec<usize>,
    /// What tells that a difference replaces one of them: enough to try passwords against.
    digests: HashSet<String>,
}

impl<'c> Texts<'c> {
    pub fn new(credentials: &'c [Credential], names: &[String]) -> Result<Self, WireError> {
        let mut values: Vec<(&str, bool)> = Vec::new();
        let mut known: HashMap<&str, usize> = HashMap::new();
        let mut references: HashMap<(usize, Option<usize>), String> = HashMap::new();
        let (mut forms, mut of_form) = (Vec::new(), Vec::new());
        for (credential, name) in credentials.iter().zip(names) {
            let value = credential.value.as_str();
            let index = *known.entry(value).or_insert_with(|| {
                values.push((value, is_distinct(value)));
                for form in written(value) {
                    forms.push(form);
                    of_form.push(values.len() - 1);
                }
                values.len() - 1
            });
            let reference = format!("{{{{{name}}}}}");
            // What is known of an environment only still has to go where the collection says it.
            references.entry((index, None)).or_insert_with(|| reference.clone());
            if credential.environment.is_none() {
                references.insert((index, None), reference.clone());
            }
            references.insert((index, credential.environment), reference);
        }
        let forms = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&forms);
        let forms = forms.map_err(|error| {
            WireError::new("too-much", format!("There are too many credentials in it: {error}."))
        })?;
        let digests = values.iter().map(|(value, _)| keepsake::digest(&Value::from(*value)));
        Ok(Self { digests: digests.collect(), values, references, forms, of_form })
    }

    /// A part of the model with each credential replaced; `scope` is the environment it belongs to.
    pub fn model_in<T: Serialize + DeserializeOwned>(
        &self,
        part: &mut T,
        scope: Option<usize>,
    ) -> Result<(), WireError> {
        let broken = |error: serde_json::Error| {
            WireError::new(
                "internal",
                format!("A credential could not be taken out of it: {error}."),
            )
        };
        let mut value = serde_json::to_value(&*part).map_err(broken)?;
        if self.any_in(&value) {
            self.walk(&mut value, scope, true, false);
            *part = serde_json::from_value(value).map_err(broken)?;
        }
        Ok(())
    }

    /// What other tools say, in whatever form.
    pub fn free(&self, extensions: &mut Map<String, Value>, scope: Option<usize>) {
        if extensions.values().any(|value| self.any_in(value)) {
            for (name, value) in extensions {
                self.walk(value, scope, false, WORDS.contains(&name.as_str()));
            }
        }
    }

    /// A name with each credential replaced that is no ordinary word.
    pub fn in_name(&self, name: &str) -> Option<String> {
        self.replaced(name, None, true)
    }

    /// A text in which values stand.
    pub fn in_text(&self, text: &str) -> Option<String> {
        self.replaced(text, None, false)
    }

    fn any_in(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => self.forms.is_match(text) || self.digests.contains(text),
            Value::Number(number) => self.of_number(&number.to_string(), None).is_some(),
            Value::Array(items) => items.iter().any(|item| self.any_in(item)),
            Value::Object(map) => {
                map.iter().any(|(name, value)| self.forms.is_match(name) || self.any_in(value))
            }
            _ => false,
        }
    }

    fn walk(&self, value: &mut Value, scope: Option<usize>, model: bool, words: bool) {
        match value {
            Value::String(text) => {
                if !model && self.digests.contains(text) {
                    text.clear();
                } else if let Some(changed) = self.replaced(text, scope, words) {
                    *text = changed;
                }
            }
            Value::Number(number) if !model => {
                if let Some(reference) = self.of_number(&number.to_string(), scope) {
                    *value = Value::String(reference);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.walk(item, scope, model, words);
                }
            }
            Value::Object(map) => {
                for (name, value) in map.iter_mut() {
                    let inner = model && name != "extensions";
                    if !inner || !CHOICES.contains(&name.as_str()) || !value.is_string() {
                        self.walk(value, scope, inner, WORDS.contains(&name.as_str()));
                    }
                }
                if !model && map.keys().any(|name| self.replaced(name, scope, true).is_some()) {
                    let renamed = std::mem::take(map).into_iter().map(|(name, value)| {
                        (self.replaced(&name, scope, true).unwrap_or(name), value)
                    });
                    *map = renamed.collect();
                }
            }
            _ => {}
        }
    }

    /// What stands for a number that is a credential; shorter ones count something.
    fn of_number(&self, digits: &str, scope: Option<usize>) -> Option<String> {
        if digits.len() < SHORTEST_NUMBER {
            return None;
        }
        self.replaced(digits, scope, false).filter(|changed| changed.starts_with("{{"))
    }

    /// The text with each credential replaced, if there is one in it.
    fn replaced(&self, text: &str, scope: Option<usize>, words: bool) -> Option<String> {
        let mut out = String::new();
        let mut done = 0;
        for found in self.forms.find_iter(text) {
            let value = self.of_form[found.pattern().as_usize()];
            let distinct = self.values[value].1;
            if !distinct && (words || !stands_alone(text, found.range())) {
                continue;
            }
            let reference = self
                .references
                .get(&(value, scope))
                .or_else(|| self.references.get(&(value, None)))?;
            out.push_str(&text[done..found.start()]);
            out.push_str(reference);
            done = found.end();
        }
        (done > 0).then(|| out + &text[done..])
    }
}

/// The ways in which a value may be written.
fn written(value: &str) -> Vec<String> {
    let mut forms = vec![value.to_owned()];
    let json = Value::from(value).to_string();
    let percent = utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
    let form: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
    let lower = percent.split('%').enumerate().map(|(index, part)| {
        // The two digits after a percent sign.
        if index == 0 { part.to_owned() } else { part[..2].to_ascii_lowercase() + &part[2..] }
    });
    let lower = lower.collect::<Vec<_>>().join("%");
    for other in [json[1..json.len() - 1].to_owned(), percent, lower, form] {
        if !forms.contains(&other) {
            forms.push(other);
        }
    }
    forms
}

/// Whether a text is no word that means something by itself, and so is the credential wherever it
/// stands.
fn is_distinct(value: &str) -> bool {
    let kinds: [fn(&char) -> bool; 4] =
        [char::is_ascii_lowercase, char::is_ascii_uppercase, char::is_ascii_digit, |c| {
            !c.is_ascii_alphanumeric()
        }];
    let count = kinds.iter().filter(|kind| value.chars().any(|c| kind(&c))).count();
    match value.chars().count() {
        0..6 => false,
        6..8 => count >= 3,
        8..20 => count >= 2,
        _ => true,
    }
}

/// Whether an ordinary word stands where a value does: as the whole text, after the word that names
/// a scheme, between quotes, in a query, in a URL's authority, in an element.
fn stands_alone(text: &str, at: Range<usize>) -> bool {
    let (before, after) = (&text[..at.start], &text[at.end..]);
    if after.trim().is_empty() {
        let word = before.trim();
        if word.is_empty() || (before.ends_with(' ') && word.len() < 12 && !word.contains(' ')) {
            return true;
        }
    }
    let (last, next) = (before.chars().last(), after.chars().next());
    match (last, next) {
        (Some('"'), Some('"')) | (Some('\''), Some('\'')) => {
            !after[1..].trim_start().starts_with(':')
        }
        (Some('='), None | Some('&' | '#' | ';' | ' ' | '\n' | '\r'))
        | (Some(':'), Some('@'))
        | (Some('`'), Some('`'))
        | (Some('>'), Some('<')) => true,
        // A header in a text, and the user of a curl command.
        (Some(' '), Some('\n' | '\r' | '"' | '\'')) => ends_with_name(before),
        (Some(':'), None | Some('\n' | '"' | '\'' | ' ')) => before.contains("-u"),
        _ => false,
    }
}

/// `Name: `, with a word for a scheme behind it or not.
fn ends_with_name(before: &str) -> bool {
    let line = before.rsplit(['\n', '"', '\'']).next().unwrap_or_default().trim();
    let name = line.rsplit_once(' ').map_or(line, |(name, scheme)| match name.strip_suffix(':') {
        Some(_) if !scheme.ends_with(':') => name,
        _ => line,
    });
    name.ends_with(':') && !name.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credential(value: &str, name: &str, environment: Option<usize>) -> Credential {
        Credential {
            value: value.to_owned(),
            environment,
            name: name.to_owned(),
            is_variable: false,
            what: String::new(),
            place: String::new(),
            node: None,
        }
    }

    fn replaced(credentials: &[Credential], text: &str) -> String {
        let names: Vec<String> = credentials.iter().map(|one| one.name.clone()).collect();
        let texts = Texts::new(credentials, &names).expect("few");
        texts.replaced(text, None, false).unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn a_distinct_one_is_replaced_wherever_and_however_it_is_written() {
        let all = [credential("Zk7%\"&/canary", "token", None)];
        for text in
            ["Zk7%\"&/canary", "Zk7%\\\"&/canary", "Zk7%25%22%26%2Fcanary", "Zk7%25%22%26%2fcanary"]
        {
            assert_eq!(replaced(&all, &format!("a {text} b")), "a {{token}} b", "{text}");
        }
    }

    #[test]
    fn an_ordinary_word_is_replaced_only_where_a_value_stands() {
        let all = [credential("test", "password", None)];
        for (text, wanted) in [
            ("test", "{{password}}"),
            ("Bearer test", "Bearer {{password}}"),
            (
                "https://ada:test@test.example.com/test?test=test",
                "https://ada:{{password}}@test.example.com/test?test={{password}}",
            ),
            (r#"{"test": "test", "a": "a test"}"#, r#"{"test": "{{password}}", "a": "a test"}"#),
            ("<a>test</a><test>", "<a>{{password}}</a><test>"),
            ("this is a test", "this is a test"),
        ] {
            assert_eq!(replaced(&all, text), wanted);
        }
    }

    #[test]
    fn an_environment_s_own_goes_before_that_of_the_collection() {
        let all =
            [credential("abcdef123456", "token", Some(1)), credential("abcdef123456", "key", None)];
        let names = ["token".to_owned(), "key".to_owned()];
        let texts = Texts::new(&all, &names).expect("few");
        assert_eq!(texts.replaced("abcdef123456", None, false).as_deref(), Some("{{key}}"));
        assert_eq!(texts.replaced("abcdef123456", Some(1), false).as_deref(), Some("{{token}}"));
        assert_eq!(texts.replaced("abcdef123456", Some(0), false).as_deref(), Some("{{key}}"));
    }
}
