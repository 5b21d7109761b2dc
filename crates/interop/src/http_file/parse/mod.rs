//! A file as drafts of requests, line by line.

mod reader;
mod script;

use super::line::RequestLine;
use reader::Reader;

/// What was read of one file.
#[derive(Debug, Default)]
pub(super) struct File {
    pub drafts: Vec<Draft>,
    /// Variables of the file: line, name, value.
    pub variables: Vec<(usize, String, String)>,
    /// Comments before the first request.
    pub docs: Vec<String>,
    /// Lines that mean nothing here: number and text.
    pub strange: Vec<(usize, String)>,
    /// Lines that belong to a request where there is none: number and text.
    pub lost: Vec<(usize, String)>,
}

/// One request as written.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// Of its request line, from 1.
    pub line: usize,
    pub title: String,
    pub docs: Vec<String>,
    /// Line, name and value of each `# @name value`.
    pub directives: Vec<(usize, String, String)>,
    pub request: Option<RequestLine>,
    /// A command line instead of a request.
    pub curl: Option<String>,
    /// Name, value, enabled.
    pub headers: Vec<(String, String, bool)>,
    /// Lines without their ends.
    pub body: Vec<String>,
    pub scripts: Vec<Written>,
    /// `>> file` and the like: line and text.
    pub outputs: Vec<(usize, String)>,
    /// `?? status == 200`: line and text without the marks.
    pub asserts: Vec<(usize, String)>,
    /// A response kept behind the request: its lines.
    pub response: Vec<String>,
    /// `gql`, `proto`, `import`, `run`: line and text.
    pub statements: Vec<(usize, String)>,
    /// A fragment of GraphQL before the request.
    pub fragments: Vec<String>,
    /// Variables between the separator and the request.
    pub variables: Vec<(usize, String, String)>,
}

/// A script or the file of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    pub line: usize,
    /// Before the request is sent.
    pub before: bool,
    /// In double braces, as httpyac has it.
    pub httpyac: bool,
    pub code: Code,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Code {
    Text(String),
    File(String),
}

/// Whether the beginning of a text is that of such a file; `named` when it is called so. None where it
/// is one of variables, and their requests are further on.
pub(super) fn sketch(text: &str, named: bool) -> Option<bool> {
    let file = parse(text);
    let foreign = file.strange.iter().map(|(at, _)| *at).min();
    let sure = |draft: &Draft| {
        let Some(request) = &draft.request else { return draft.curl.is_some() };
        let target = request.url.contains("://") || request.url.starts_with("{{");
        named || target || !request.method.is_empty() && !request.url.contains(char::is_whitespace)
    };
    match file.drafts.iter().find(|draft| sure(draft)) {
        Some(first) => Some(foreign.is_none_or(|strange| strange > first.line)),
        None if foreign.is_none() && !file.variables.is_empty() => None,
        None => Some(named && foreign.is_none()),
    }
}

/// Reads a whole file. Nothing is an error: what means nothing is in `strange`.
pub(super) fn parse(text: &str) -> File {
    Reader::read(text)
}

/// Takes blank lines away at both ends.
pub(super) fn trim_blank(lines: &mut Vec<String>) {
    while lines.last().is_some_and(|line| line.trim().is_empty()) {
        lines.pop();
    }
    let blank = lines.iter().take_while(|line| line.trim().is_empty()).count();
    lines.drain(..blank);
}
