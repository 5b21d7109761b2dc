//! A request as source code.
//!
//! A target is a template in `targets/` (minijinja) and its line in `TARGETS`; the expected output
//! of every target for the same requests is in `tests/code/`. What a template may use is in
//! `view::View`; texts go through the filter of the language, such as `{{ url | py }}`.

mod quote;
mod url;
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

macro_rules! targets {
    ($($id:literal: $language:literal, $library:literal, $syntax:literal;)*) => {
        &[$(Target {
            id: $id,
            language: $language,
            library: $library,
            syntax: $syntax,
            template: include_str!(concat!("targets/", $id, ".jinja")),
        }),*]
    };
}

/// By language.
const TARGETS: &[Target] = targets![
    "c-libcurl": "C", "libcurl", "c";
    "clojure-clj-http": "Clojure", "clj-http", "clojure";
    "csharp-httpclient": "C#", "HttpClient", "csharp";
    "dart-http": "Dart", "http", "dart";
    "elixir-req": "Elixir", "Req", "elixir";
    "go": "Go", "net/http", "go";
    "http": "HTTP", "HTTP/1.1 message", "http";
    "java-httpclient": "Java", "HttpClient", "java";
    "java-okhttp": "Java", "OkHttp", "java";
    "javascript-axios": "JavaScript", "axios", "javascript";
    "javascript-fetch": "JavaScript", "fetch", "javascript";
    "kotlin-okhttp": "Kotlin", "OkHttp", "kotlin";
    "node": "Node.js", "http", "javascript";
    "perl-http-tiny": "Perl", "HTTP::Tiny", "perl";
    "php-curl": "PHP", "cURL", "php";
    "php-guzzle": "PHP", "Guzzle", "php";
    "powershell": "PowerShell", "Invoke-WebRequest", "powershell";
    "python-aiohttp": "Python", "aiohttp", "python";
    "python-httpx": "Python", "httpx", "python";
    "python-requests": "Python", "requests", "python";
    "r-httr2": "R", "httr2", "r";
    "ruby": "Ruby", "net/http", "ruby";
    "rust-reqwest": "Rust", "reqwest", "rust";
    "curl": "Shell", "curl", "shell";
    "httpie": "Shell", "HTTPie", "shell";
    "wget": "Shell", "Wget", "shell";
    "swift": "Swift", "URLSession", "swift";
    "typescript-fetch": "TypeScript", "fetch", "typescript";
];

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
    if target.id == "curl" {
        let mut request = Request { url: url::of(request), ..request.clone() };
        request.params.clear();
        return Ok(Code { text: crate::curl::write(&request) + "\n", notes: view.signing_note() });
    }
    let told = Arc::new(Mutex::new(view.signing_note()));
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
        let more = minijinja::context! { note, digest, bytes };
        template.render(minijinja::context! { ..more, ..Value::from(Serde(&view)) })
    });
    let text = rendered.map_err(|error| Error::Export { what: format!("{error:#}") })?;
    let notes = told.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Ok(Code { text: text.trim_start().trim_end().to_owned() + "\n", notes })
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
