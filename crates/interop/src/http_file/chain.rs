//! Texts with variables: other editors' words, and values of other requests' responses, which become
//! captures of these requests.

use std::collections::{BTreeMap, HashMap, HashSet};

use errand_model::{Capture, CaptureScope, SecretSource, Variable};

use super::dynamic::{self, Meaning};
use super::line_of;
use crate::{Outcome, Receipt};

/// The variables that a whole source uses.
#[derive(Default)]
pub(super) struct Chains {
    /// Names that `# @name` gave.
    pub named: HashSet<String>,
    /// By request name: expressions with the variables they are captured into.
    captures: HashMap<String, BTreeMap<String, String>>,
    taken: HashSet<String>,
    /// Variables of the process or of `.env` files.
    outside: BTreeMap<String, SecretSource>,
    /// What was told of the request at hand.
    told: HashSet<String>,
}

impl Chains {
    /// Begins with another request.
    pub fn begin(&mut self) {
        self.told.clear();
    }

    /// Tells each thing once.
    fn tell(&mut self, notes: &mut Receipt, outcome: Outcome, item: String, note: String) {
        if self.told.insert(item.clone()) {
            notes.lines.push(line_of(outcome, item, note));
        }
    }

    /// The text with Errand's words; what changed is told.
    pub fn text(&mut self, text: &str, notes: &mut Receipt) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(open) = rest.find("{{") {
            out.push_str(&rest[..open]);
            let after = &rest[open + 2..];
            // Without an end there is none further on either.
            let Some(close) = after.find("}}") else { return out + &rest[open..] };
            if after[..close].contains('\n') {
                out.push_str("{{");
                rest = after;
                continue;
            }
            let inner = &after[..close];
            out.push_str("{{");
            out.push_str(&self.inner(inner, notes));
            out.push_str("}}");
            rest = &after[close + 2..];
        }
        out + rest
    }

    fn inner(&mut self, inner: &str, notes: &mut Receipt) -> String {
        if let Some(variable) = self.chain(inner.trim(), notes) {
            return variable;
        }
        let item = format!("{{{{{}}}}}", inner.trim());
        let (name, outcome, note) = match dynamic::meaning(inner) {
            Meaning::Same => return inner.to_owned(),
            Meaning::Name(name) => {
                let note = format!("{{{{{name}}}}}");
                (name, Outcome::Converted, note)
            }
            Meaning::Less(name, note) => {
                let note = format!("{{{{{name}}}}} {note}");
                (name, Outcome::Converted, note)
            }
            Meaning::Process(name) => {
                let source = SecretSource::Environment { variable: name.clone() };
                self.outside.entry(name.clone()).or_insert(source);
                let note = "a secret variable from the process's environment".to_owned();
                (name, Outcome::Converted, note)
            }
            Meaning::DotEnv(name) => {
                let file = ".env".to_owned();
                let source = SecretSource::DotEnv { file, variable: name.clone() };
                self.outside.insert(name.clone(), source);
                (name, Outcome::Converted, "a secret variable from the file .env".to_owned())
            }
            Meaning::Nothing(why) => (inner.to_owned(), Outcome::NotCarried, why.to_owned()),
        };
        self.tell(notes, outcome, item, note);
        name
    }

    /// Whether a file's variable is a value of a response alone; it is captured under its own name.
    pub fn name(&mut self, variable: &str, value: &str, notes: &mut Receipt) -> bool {
        let inner = value.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
        let Some((request, path)) = inner.and_then(|inner| inner.trim().split_once('.')) else {
            return false;
        };
        let Some(expression) = expression(path).filter(|_| self.named.contains(request)) else {
            return false;
        };
        self.taken.insert(variable.to_owned());
        let all = self.captures.entry(request.to_owned()).or_default();
        if all.contains_key(&expression) {
            return false;
        }
        all.insert(expression, variable.to_owned());
        notes.converted(format!("@{variable}"), format!("captured from the response of {request}"));
        true
    }

    /// `login.response.body.$.token` and the like as a variable.
    fn chain(&mut self, inner: &str, notes: &mut Receipt) -> Option<String> {
        let (request, path) = inner.split_once('.')?;
        if !self.named.contains(request) {
            return None;
        }
        let Some(expression) = expression(path) else {
            let why = "only parts of a response's body and its headers are taken into variables";
            self.tell(notes, Outcome::NotCarried, format!("{{{{{inner}}}}}"), why.to_owned());
            return None;
        };
        let known = self.captures.get(request).and_then(|all| all.get(&expression));
        let variable = known.cloned().unwrap_or_else(|| self.fresh(request, path));
        let all = self.captures.entry(request.to_owned()).or_default();
        all.insert(expression, variable.clone());
        let note = format!("{{{{{variable}}}}}, captured from the response of {request}");
        self.tell(notes, Outcome::Converted, format!("{{{{{inner}}}}}"), note);
        Some(variable)
    }

    fn fresh(&mut self, request: &str, path: &str) -> String {
        let word: String = path
            .rsplit(['.', '/', '$'])
            .map(|part| {
                part.chars().filter(|c| c.is_alphanumeric() || *c == '_' || *c == '-').collect()
            })
            .find(|part: &String| !part.is_empty())
            .unwrap_or_default();
        let name = format!("{request}_{word}");
        let mut fresh = name.clone();
        let mut number = 2;
        while !self.taken.insert(fresh.clone()) {
            fresh = format!("{name}_{number}");
            number += 1;
        }
        fresh
    }

    /// The captures of a named request; they are given out once.
    pub fn captures(&mut self, request: &str) -> Vec<Capture> {
        let all = self.captures.remove(request).unwrap_or_default().into_iter();
        all.map(|(expression, variable)| Capture {
            expression,
            variable,
            scope: CaptureScope::Runtime,
            description: String::new(),
            enabled: true,
        })
        .collect()
    }

    /// Variables whose values come from outside.
    pub fn outside(&mut self) -> Vec<Variable> {
        let all = std::mem::take(&mut self.outside).into_iter();
        all.map(|(name, source)| Variable {
            secret: true,
            source: Some(source),
            ..Variable::new(name, "")
        })
        .collect()
    }
}

/// A check's expression for what follows the request's name.
fn expression(path: &str) -> Option<String> {
    if let Some(header) = path.strip_prefix("response.headers.") {
        return Some(if header.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_') {
            format!("res.headers.{header}")
        } else {
            return None;
        });
    }
    if let Some(body) =
        path.strip_prefix("response.body").or_else(|| path.strip_prefix("response.parsedBody"))
    {
        return match body.strip_prefix('.') {
            None if body.is_empty() => Some("res.body".to_owned()),
            Some("*") => Some("res.body".to_owned()),
            Some(inner) if inner.starts_with(['$', '/']) => Some(inner.to_owned()),
            Some(inner) => Some(format!("$.{inner}")),
            None => Some(format!("${body}")),
        };
    }
    let first = path.split(['.', '[']).next().unwrap_or_default();
    let plain = path.chars().all(|c| c.is_alphanumeric() || "_.[]-".contains(c));
    // httpyac names the parsed body by the request's name alone.
    (plain && !matches!(first, "response" | "request")).then(|| format!("$.{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_becomes_a_capture() {
        let mut chains = Chains::default();
        chains.named.insert("login".into());
        let mut notes = Receipt::default();
        let text =
            "Bearer {{login.response.body.$.token}} {{login.response.headers.X-A}} {{other.token}}";
        assert_eq!(
            chains.text(text, &mut notes),
            "Bearer {{login_token}} {{login_X-A}} {{other.token}}"
        );
        assert_eq!(chains.text("{{login.response.body.token}}", &mut notes), "{{login_token}}");
        let found: Vec<_> =
            chains.captures("login").into_iter().map(|c| (c.expression, c.variable)).collect();
        assert_eq!(
            found,
            [
                ("$.token".into(), "login_token".to_owned()),
                ("res.headers.X-A".into(), "login_X-A".into())
            ]
        );
        assert_eq!(notes.lines.len(), 3);
    }

    #[test]
    fn braces_that_are_none_stay() {
        let mut notes = Receipt::default();
        assert_eq!(
            Chains::default().text("a {{ b }} {{\n}} {{c", &mut notes),
            "a {{ b }} {{\n}} {{c"
        );
        assert!(notes.lines.is_empty());
    }
}
