//! The text of a script.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use errand_model::{Collection, Request};

use super::checks;
use crate::Scribe;
use crate::code::view;

/// What a script needs that k6 has no word for.
const TOOLS: &str = include_str!("tools.js");

#[derive(Default)]
pub(super) struct Script {
    variables: Vec<(String, String)>,
    /// Files, opened once: each with the name of its constant.
    files: Vec<String>,
    body: String,
    depth: usize,
}

impl Script {
    /// Collection variables and those of the first environment; secrets come from outside.
    pub(super) fn variables(&mut self, collection: &Collection) {
        let environment = collection.environments.first().map(|found| &found.environment.variables);
        let mut seen = BTreeSet::new();
        let inner = environment.into_iter().flatten();
        let all = inner.chain(&collection.root.defaults.variables).chain(&collection.root.globals);
        for variable in all.filter(|variable| variable.enabled) {
            if seen.insert(variable.name.as_str()) {
                let value = if variable.secret { "" } else { &variable.value };
                self.variables.push((variable.name.clone(), value.to_owned()));
            }
        }
    }

    pub(super) fn open_group(&mut self, name: &str) {
        self.line(&format!("group({}, () => {{", text(name)));
        self.depth += 1;
    }

    pub(super) fn close(&mut self) {
        self.depth -= 1;
        self.line("});");
    }

    pub(super) fn request(&mut self, request: &Request, told: &mut Scribe<'_>) {
        let view = view::of(request);
        for note in view.notes.clone() {
            told.not_carried("request", note);
        }
        let mut headers: Vec<String> = Vec::new();
        let form = view.body.kind == "multipart" && view.body.text.is_none();
        for header in view::once(if form { &view.headers } else { &view.all_headers }) {
            headers.push(format!("{}: {}", text(&header.name), filled(&header.value)));
        }
        if let Some(auth) = &view.auth {
            if auth.kind == "basic" {
                let both = filled(&format!("{}:{}", auth.user, auth.password));
                headers.push(format!("\"Authorization\": `Basic ${{encoding.b64encode({both})}}`"));
            } else {
                told.not_carried("auth", "Digest wants the credentials in the URL in k6");
            }
        }
        let body = self.body_of(&view);
        let mut options = vec![format!("tags: {{ name: {} }}", text(&request.name))];
        if !headers.is_empty() {
            options.push(format!("headers: {{ {} }}", headers.join(", ")));
        }
        if view.follow == Some(false) {
            options.push("redirects: 0".to_owned());
        }
        if view.timeout_ms > 0 {
            options.push(format!("timeout: {}", view.timeout_ms));
        }
        if view.insecure {
            told.converted("verify TLS off", "k6 has one setting for all: insecureSkipTLSVerify");
        }
        self.line("{");
        self.depth += 1;
        let method = text(&view.method);
        let url = filled(&view.url);
        self.line(&format!(
            "const r = http.request({method}, {url}, {body}, {{ {} }});",
            options.join(", ")
        ));
        self.checks(request, told);
        self.captures(request, told);
        self.depth -= 1;
        self.line("}");
        told.kept("request");
    }

    fn body_of(&mut self, view: &view::View) -> String {
        match (view.body.kind, &view.body.text, &view.body.path) {
            (_, Some(body), _) => filled(body),
            ("file", _, Some(path)) => self.file(path),
            ("multipart", None, _) => {
                let mut parts = Vec::new();
                for part in &view.body.parts {
                    let value = match &part.file {
                        Some(path) => {
                            let kind = match part.content_type.as_str() {
                                "" => String::new(),
                                kind => format!(", {}", text(kind)),
                            };
                            format!(
                                "http.file({}, {}{kind})",
                                self.file(path),
                                text(&part.file_name)
                            )
                        }
                        None => filled(&part.value),
                    };
                    parts.push(format!("{}: {value}", text(&part.name)));
                }
                format!("{{ {} }}", parts.join(", "))
            }
            _ => "null".to_owned(),
        }
    }

    fn file(&mut self, path: &str) -> String {
        let at = self.files.iter().position(|known| known == path).unwrap_or_else(|| {
            self.files.push(path.to_owned());
            self.files.len() - 1
        });
        format!("file{}", at + 1)
    }

    fn checks(&mut self, request: &Request, told: &mut Scribe<'_>) {
        let mut lines = Vec::new();
        for check in request.checks.iter().filter(|check| check.enabled) {
            let operator = serde_json::to_value(check.operator).unwrap_or_default();
            let name = format!(
                "{} {} {}",
                check.expression,
                operator.as_str().unwrap_or_default(),
                check.value
            );
            match checks::condition(check) {
                Some(condition) => {
                    lines.push(format!("{}: (r) => {condition},", text(name.trim())));
                }
                None => told.not_carried(
                    format!("check {}", check.expression),
                    "k6 has no such expression",
                ),
            }
        }
        if lines.is_empty() {
            return;
        }
        self.line("check(r, {");
        self.depth += 1;
        for line in lines {
            self.line(&line);
        }
        self.depth -= 1;
        self.line("});");
    }

    fn captures(&mut self, request: &Request, told: &mut Scribe<'_>) {
        for capture in request.captures.iter().filter(|capture| capture.enabled) {
            match checks::value(&capture.expression) {
                Some(value) => {
                    self.line(&format!("variables[{}] = {value};", text(&capture.variable)));
                }
                None => told.not_carried(
                    format!("capture {}", capture.expression),
                    "k6 has no such expression",
                ),
            }
        }
    }

    fn line(&mut self, line: &str) {
        let _ = writeln!(self.body, "{}{line}", "  ".repeat(self.depth + 1));
    }

    pub(super) fn finish(self, name: &str) -> String {
        let name = name.replace(['\n', '\r'], " ");
        let mut out = format!(
            "// {name}\n// k6 run -e NAME=value script.js sets a variable; secrets have no value here.\nimport http from \"k6/http\";\nimport encoding from \"k6/encoding\";\nimport {{ check, group }} from \"k6\";\n\nexport const options = {{\n  vus: 1,\n  iterations: 1,\n  thresholds: {{\n    checks: [\"rate>0.99\"],\n    http_req_failed: [\"rate<0.01\"],\n    http_req_duration: [\"p(95)<1000\"],\n  }},\n}};\n\n"
        );
        for (at, path) in self.files.iter().enumerate() {
            let _ = writeln!(out, "const file{} = open({}, \"b\");", at + 1, text(path));
        }
        out += "const variables = {\n";
        for (name, value) in &self.variables {
            let name = text(name);
            let _ = writeln!(out, "  {name}: __ENV[{name}] || {},", text(value));
        }
        out += "};\n\n";
        out += "export default function () {\n";
        out += &self.body;
        out += "}\n\n";
        out + TOOLS
    }
}

/// A string literal.
pub(super) fn text(text: &str) -> String {
    // JSON is JavaScript, but for two line separators.
    let json = serde_json::Value::from(text).to_string();
    json.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// A literal whose variables are filled in when it is used.
fn filled(value: &str) -> String {
    if value.contains("{{") { format!("fill({})", text(value)) } else { text(value) }
}
