//! Environments beside the files: http-client.env.json, its private twin, VS Code's settings, `.env`.

use std::collections::HashMap;

use errand_model::{Environment, ItemEnvironment, Variable, VariableType};
use serde_json::Value;

use super::security::Security;
use crate::{Entry, Error, Receipt, Source};

/// What the files say.
#[derive(Default)]
pub(super) struct Environments {
    pub list: Vec<ItemEnvironment>,
    known: HashMap<String, usize>,
    /// Of all environments, `$shared`.
    pub shared: Vec<Variable>,
    pub security: Security,
}

/// Whether a file holds objects by the names of environments.
pub(super) fn looks_like(entry: &Entry) -> bool {
    let document = crate::json(entry).unwrap_or_default();
    let all = document.as_object().filter(|all| !all.is_empty());
    all.is_some_and(|all| all.values().all(Value::is_object))
}

/// Reads all files of environments.
///
/// # Errors
/// One is not JSON.
pub(super) fn read(source: &Source, receipt: &mut Receipt) -> Result<Environments, Error> {
    let mut found = Environments::default();
    for entry in &source.entries {
        match entry.name() {
            name if name.ends_with("http-client.env.json") => {
                found.document(&crate::json(entry)?, false, receipt);
            }
            name if name.ends_with("http-client.private.env.json") => {
                found.document(&crate::json(entry)?, true, receipt);
            }
            "settings.json" if entry.path.ends_with(".vscode/settings.json") => {
                let settings = settings(entry)?;
                found.document(&settings["rest-client.environmentVariables"], false, receipt);
            }
            ".httpyac.json" | "httpyac.config.json" => {
                found.document(&settings(entry)?["environments"], false, receipt);
            }
            _ if entry.extension() == "env" => found.dot_env(entry, receipt)?,
            _ => {}
        }
    }
    Ok(found)
}

impl Environments {
    fn document(&mut self, document: &Value, private: bool, receipt: &mut Receipt) {
        for (name, fields) in document.as_object().into_iter().flatten() {
            let Some(fields) = fields.as_object() else {
                receipt.at(name).not_carried("environment", "it is no object");
                continue;
            };
            if name == "$shared" {
                self.shared
                    .extend(fields.iter().map(|(name, value)| variable(name, value, private)));
                receipt.at(name).converted("environment", "variables of the collection");
                continue;
            }
            let at = self.environment(name);
            receipt.at(name).kept("environment");
            for (key, value) in fields {
                match key.as_str() {
                    "Security" => {
                        let (secrets, differing) = self.security.add(value);
                        receipt
                            .at(name)
                            .converted("Security", "the requests that refer to it have it as auth");
                        for name_of in differing {
                            receipt.at(name).not_carried(
                                format!("Security.Auth.{name_of}"),
                                "another environment says it otherwise, and requests have one auth",
                            );
                        }
                        for secret in secrets {
                            self.put(at, secret);
                        }
                    }
                    "SSLConfiguration" => {
                        receipt.at(name).not_carried(
                            key,
                            "choose certificates in the settings of the collection",
                        );
                    }
                    _ => self.put(at, variable(key, value, private)),
                }
            }
        }
    }

    /// A `.env` file: an environment of its own.
    fn dot_env(&mut self, entry: &Entry, receipt: &mut Receipt) -> Result<(), Error> {
        let name = entry.name().trim_end_matches(".env");
        let at = self.environment(if name.is_empty() { ".env" } else { name });
        for line in entry.text()?.lines() {
            let line = line.trim().trim_start_matches("export ");
            let Some((name, value)) = line.split_once('=').filter(|_| !line.starts_with('#'))
            else {
                continue;
            };
            let value = value.trim().trim_matches(['"', '\'']);
            self.put(at, Variable::new(name.trim(), value));
        }
        receipt.at(&self.list[at].environment.name).converted("environment", "from a .env file");
        Ok(())
    }

    fn environment(&mut self, name: &str) -> usize {
        *self.known.entry(name.to_owned()).or_insert_with(|| {
            let environment = Environment { name: name.to_owned(), ..Environment::default() };
            self.list.push(ItemEnvironment { environment, ..ItemEnvironment::default() });
            self.list.len() - 1
        })
    }

    /// A later file's value counts, and what one file calls private stays so.
    fn put(&mut self, at: usize, variable: Variable) {
        let variables = &mut self.list[at].environment.variables;
        match variables.iter_mut().find(|known| known.name == variable.name) {
            Some(known) => {
                let secret = known.secret || variable.secret;
                if known.value.is_empty() || !variable.value.is_empty() {
                    *known = variable;
                }
                known.secret = secret;
            }
            None => variables.push(variable),
        }
    }
}

fn variable(name: &str, value: &Value, secret: bool) -> Variable {
    let (kind, text) = match value {
        Value::String(text) => (VariableType::String, text.clone()),
        Value::Number(number) => (VariableType::Number, number.to_string()),
        Value::Bool(flag) => (VariableType::Boolean, flag.to_string()),
        Value::Null => (VariableType::Null, String::new()),
        other => (VariableType::Object, other.to_string()),
    };
    let text = text.replace("{{$shared ", "{{");
    // Where a value comes from a provider, as in Visual Studio's, there is none to keep.
    Variable {
        kind: if secret { VariableType::String } else { kind },
        secret,
        ..Variable::new(name, text)
    }
}

/// JSON with comments and commas that are too many, as VS Code takes it.
fn settings(entry: &Entry) -> Result<Value, Error> {
    let text = entry.text()?;
    let plain = without_comments(&text);
    crate::json(&crate::Source::file(entry.path.clone(), plain.into_bytes()).entries[0])
}

/// Comments become blanks, so that lines and columns stay.
fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let skip = if c == '"' {
            string_end(rest)
        } else if rest.starts_with("//") {
            let end = rest.find('\n').unwrap_or(rest.len());
            out.extend(rest[..end].chars().map(|_| ' '));
            rest = &rest[end..];
            continue;
        } else if rest.starts_with("/*") {
            let end = rest.find("*/").map_or(rest.len(), |at| at + 2);
            out.extend(rest[..end].chars().map(|c| if c == '\n' { c } else { ' ' }));
            rest = &rest[end..];
            continue;
        } else if c == ',' && rest[1..].trim_start().starts_with(['}', ']']) {
            out.push(' ');
            rest = &rest[1..];
            continue;
        } else {
            c.len_utf8()
        };
        out.push_str(&rest[..skip]);
        rest = &rest[skip..];
    }
    out
}

fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_commas_are_taken_out() {
        let text = "{ // a\n \"b\": \"//c\", /* d */ \"e\": [1, ], }";
        let value: Value = serde_json::from_str(&without_comments(text)).expect("JSON");
        assert_eq!(value, serde_json::json!({ "b": "//c", "e": [1] }));
    }
}
