//! A request as source code.
//!
//! A target is a template in `targets/` (minijinja), whose first line says what it is; the expected
//! output of every target for the same requests is in `tests/code/`. What a template may use is in
//! `view::View`; texts go through the filter of the language, such as `{{ url | py }}`
//! (`docs/decisions/code-targets.md`).

mod quote;
pub(crate) mod url;
pub(crate) mod view;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use errand_model::Request;
use minijinja::Environment;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use serde::Serialize;

use crate::Error;

/// A language with the library that is used in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    /// What it is called on the command line, such as `python-requests`.
    pub id: &'static str,
    /// Such as `Python`.
    pub language: &'static str,
    /// Such as `requests`.
    pub library: &'static str,
    /// The name highlighters know the language by.
    pub syntax: &'static str,
    #[serde(skip)]
    template: &'static str,
}

/// Source code of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The source.
    pub text: String,
    /// What it does not do, and why.
    pub notes: Vec<String>,
}

/// By language: each file of `targets/`.
const TARGETS: &[Target] = include!(concat!(env!("OUT_DIR"), "/targets.rs"));

/// Every target.
pub fn targets() -> &'static [Target] {
    TARGETS
}

/// The request as source code. It is taken as it stands: what it inherits has to be in it already,
/// and variables stay as `{{name}}` unless they were filled in before.
///
/// # Errors
/// There is no such target.
pub fn generate(request: &Request, target: &str) -> Result<Code, Error> {
    let Some(target) = TARGETS.iter().find(|known| known.id == target) else {
        let known: Vec<_> = TARGETS.iter().map(|target| target.id).collect();
        let what = format!("there is no language \"{target}\"; known are {}", known.join(", "));
        return Err(Error::Export { what });
    };
    let view = view::of(request);
    let told = Arc::new(Mutex::new(view.notes.clone()));
    let listener = Arc::clone(&told);
    let note = move |text: String| {
        let mut told = listener.lock().unwrap_or_else(PoisonError::into_inner);
        if !told.contains(&text) {
            told.push(text);
        }
        ""
    };
    let rendered = environment().get_template(target.id).and_then(|template| {
        let note = Value::from_function(note);
        let digest = view.auth.as_ref().is_some_and(|auth| auth.kind == "digest");
        let bytes = view.body.text.as_ref().map_or(0, String::len);
        let more = minijinja::context! { note, digest, bytes, curl => curl(request) };
        template.render(minijinja::context! { ..more, ..Value::from(Serde(&view)) })
    });
    let text = rendered.map_err(|error| Error::Export { what: format!("{error:#}") })?;
    let notes = told.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let text = text.trim_start_matches('\n');
    let end = if text.ends_with('\n') { "" } else { "\n" };
    Ok(Code { text: format!("{text}{end}"), notes })
}

/// The command that curl is pasted as, which is read back by `crate::curl` as well.
fn curl(request: &Request) -> String {
    let mut request = Request { url: url::of(request), ..request.clone() };
    request.params.clear();
    for header in &mut request.headers {
        header.name = view::line(&header.name);
        header.value = view::line(&header.value);
    }
    crate::curl::write(&request)
}

/// All templates, read once.
fn environment() -> &'static Environment<'static> {
    static ENVIRONMENT: OnceLock<Environment<'static>> = OnceLock::new();
    ENVIRONMENT.get_or_init(|| {
        let mut environment = Environment::new();
        if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
            environment.set_syntax(syntax);
        }
        environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        quote::add_to(&mut environment);
        for target in TARGETS {
            let added = environment.add_template(target.id, target.template);
            debug_assert!(added.is_ok(), "{}: {added:?}", target.id);
        }
        environment
    })
}
