//! The lines of a file one after the other, each in the part of a request that it is in.

use super::super::line;
use super::{Draft, File, trim_blank};

/// Where in a request the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Headers,
    Body,
    Response,
}

pub(super) struct Reader<'t> {
    pub(super) lines: Vec<&'t str>,
    /// The line that comes next.
    pub(super) at: usize,
    file: File,
    pub(super) draft: Draft,
    part: Part,
    /// Whether the body is of parts, in which lines of requests are text.
    multipart: bool,
}

impl<'t> Reader<'t> {
    /// Reads a whole file.
    pub fn read(text: &'t str) -> File {
        let lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
        let mut reader = Self {
            lines: lines.collect(),
            at: 0,
            file: File::default(),
            draft: Draft::default(),
            part: Part::Head,
            multipart: false,
        };
        while reader.at < reader.lines.len() {
            reader.step();
        }
        reader.close();
        reader.file
    }

    fn step(&mut self) {
        let text = self.lines[self.at];
        let number = self.at + 1;
        self.at += 1;
        if let Some(title) = line::separator(text) {
            self.close();
            title.clone_into(&mut self.draft.title);
            return;
        }
        match self.part {
            Part::Head => self.head(number, text),
            Part::Headers => self.header(number, text),
            Part::Body => self.body(number, text),
            Part::Response => self.response(number, text),
        }
    }

    /// Ends the request.
    fn close(&mut self) {
        let mut draft = std::mem::take(&mut self.draft);
        trim_blank(&mut draft.body);
        if draft.body.iter().all(|l| l.trim().is_empty() || line::comment(l).is_some()) {
            let comments =
                draft.body.drain(..).filter_map(|l| line::comment(&l).map(str::to_owned));
            draft.docs.extend(comments.filter(|comment| !comment.is_empty()));
        }
        if draft.request.is_some() || draft.curl.is_some() {
            self.file.drafts.push(draft);
        } else {
            let title = std::mem::take(&mut draft.title);
            self.file.docs.extend(Some(title).filter(|title| !title.is_empty()));
            self.file.docs.append(&mut draft.docs);
            self.file.variables.append(&mut draft.variables);
            let lost = &mut self.file.lost;
            lost.append(&mut draft.statements);
            lost.extend(draft.scripts.iter().map(|script| (script.line, "a script".to_owned())));
            let directives = draft.directives.into_iter();
            lost.extend(directives.map(|(line, name, value)| (line, format!("@{name} {value}"))));
        }
        self.part = Part::Head;
        self.multipart = false;
    }

    fn head(&mut self, number: usize, text: &str) {
        let bare = text.trim();
        if bare.is_empty() {
        } else if bare.starts_with("/*") {
            self.block_comment(bare);
        } else if let Some(comment) = line::comment(text) {
            self.comment(number, comment);
        } else if let Some((name, value)) = line::variable(text) {
            self.draft.variables.push((number, name.to_owned(), value.to_owned()));
        } else if !self.script(number, bare, true) {
            self.begin(number, bare);
        }
    }

    fn comment(&mut self, number: usize, comment: &str) {
        if let Some((name, value)) = line::directive(comment) {
            self.draft.directives.push((number, name.to_owned(), value.to_owned()));
        } else if !comment.is_empty() {
            self.draft.docs.push(comment.to_owned());
        }
    }

    fn block_comment(&mut self, first: &str) {
        let mut text = first.trim_start_matches("/*").trim_start_matches('*').to_owned();
        while !text.contains("*/") && self.at < self.lines.len() {
            text.push('\n');
            text.push_str(self.lines[self.at]);
            self.at += 1;
        }
        let text = text.split("*/").next().unwrap_or_default().trim().to_owned();
        self.draft.docs.push(text);
    }

    /// The line that begins a request, or none of ours.
    fn begin(&mut self, number: usize, bare: &str) {
        let word = bare.split_whitespace().next().unwrap_or_default();
        if crate::curl::is_curl(bare) {
            let mut command = bare.to_owned();
            while command.trim_end().ends_with('\\') && self.at < self.lines.len() {
                command.push('\n');
                command.push_str(self.lines[self.at]);
                self.at += 1;
            }
            self.draft.line = number;
            self.draft.curl = Some(command);
            self.part = Part::Body;
        } else if matches!(word, "proto" | "gql" | "import" | "run") && word.len() < bare.len() {
            self.draft.statements.push((number, bare.to_owned()));
            while word == "proto" && self.at < self.lines.len() && is_option(self.lines[self.at]) {
                self.at += 1;
            }
        } else if word == "fragment" {
            let from = self.at - 1;
            while self.at < self.lines.len() && self.lines[self.at - 1].trim() != "}" {
                self.at += 1;
            }
            self.draft.fragments.push(self.lines[from..self.at].join("\n"));
        } else if let Some(request) = line::request(bare) {
            self.draft.line = number;
            self.draft.request = Some(request);
            self.part = Part::Headers;
            self.continue_url();
        } else if line::status(bare).is_some() {
            self.part = Part::Response;
            self.file.strange.push((number, "a response without a request".to_owned()));
        } else {
            self.file.strange.push((number, bare.to_owned()));
        }
    }

    /// Further lines of the URL are indented.
    fn continue_url(&mut self) {
        while let Some(next) = self.lines.get(self.at) {
            let bare = next.trim();
            let indented = next.starts_with([' ', '\t']) || bare.starts_with(['?', '&']);
            if !indented || bare.is_empty() || !bare.starts_with(['?', '&', '/', '#', '=']) {
                return;
            }
            if !bare.starts_with("//")
                && !bare.starts_with("# ")
                && let Some(request) = &mut self.draft.request
            {
                let again = line::request(&format!("GET /{bare}"));
                let (url, version) = again.map(|line| (line.url, line.version)).unwrap_or_default();
                request.url.push_str(url.strip_prefix('/').unwrap_or(&url));
                if !version.is_empty() {
                    request.version = version;
                }
            }
            self.at += 1;
        }
    }

    fn header(&mut self, number: usize, text: &str) {
        let bare = text.trim();
        if bare.is_empty() {
            self.start_body();
        } else if let Some(comment) = line::comment(text) {
            match line::header(comment) {
                Some((name, value))
                    if !comment.starts_with('@') && !name.contains(' ') && !value.is_empty() =>
                {
                    self.draft.headers.push((name.to_owned(), value.to_owned(), false));
                }
                _ => self.comment(number, comment),
            }
        } else if line::sure_request(text) {
            self.again(number);
        } else if text.starts_with([' ', '\t'])
            && !self.draft.headers.is_empty()
            && line::header(bare).is_none()
        {
            if let Some((_, value, _)) = self.draft.headers.last_mut() {
                value.push(' ');
                value.push_str(bare);
            }
        } else if let Some((name, value)) =
            line::header(bare).filter(|_| !bare.starts_with('{') || bare.contains("}}:"))
        {
            self.draft.headers.push((name.to_owned(), value.to_owned(), true));
        } else {
            self.start_body();
            self.body(number, text);
        }
    }

    fn start_body(&mut self) {
        self.part = Part::Body;
        self.multipart = self.is_multipart();
    }

    /// A request without a separator before it: what stands before it is its own.
    fn again(&mut self, number: usize) {
        let ours = |text: &&str| {
            let bare = text.trim();
            bare.is_empty() || line::comment(bare).is_some()
        };
        let lines = if self.part == Part::Response {
            &mut self.draft.response
        } else {
            &mut self.draft.body
        };
        let before = self.lines[..number - 1].iter().rev().take_while(|text| ours(text)).count();
        let before = before.min(lines.len());
        lines.truncate(lines.len() - before);
        // Lines that were read as comments or directives of the one before stay with it.
        self.close();
        self.at = number - 1 - before;
        while self.at < number - 1 {
            let at = self.at;
            self.at += 1;
            self.head(at + 1, self.lines[at]);
        }
        self.at = number;
        self.begin(number, self.lines[number - 1].trim());
    }

    fn body(&mut self, number: usize, text: &str) {
        let bare = text.trim();
        let last = self.draft.body.last();
        let after_blank = last.is_none_or(|line| line.trim().is_empty());
        let after_comment = last.is_some_and(|line| line::comment(line).is_some());
        if !self.multipart {
            if line::sure_request(text) {
                return self.again(number);
            }
            if (after_blank || after_comment) && line::status(bare).is_some() {
                let blank = self.draft.body.iter().rposition(|line| line::comment(line).is_none());
                self.draft.body.truncate(blank.map_or(0, |at| at + 1));
                self.part = Part::Response;
                self.draft.response.push(bare.to_owned());
                return;
            }
            if let Some((name, value)) = line::variable(text).filter(|_| after_blank) {
                self.file.variables.push((number, name.to_owned(), value.to_owned()));
                return;
            }
        }
        if self.script(number, bare, false) {
        } else if let Some(assert) = bare.strip_prefix("?? ") {
            self.draft.asserts.push((number, assert.trim().to_owned()));
        } else if bare.starts_with(">> ") || bare.starts_with(">>! ") || bare.starts_with("<> ") {
            self.draft.outputs.push((number, bare.to_owned()));
        } else if after_blank && bare.starts_with("gql ") {
            self.draft.statements.push((number, bare.to_owned()));
        } else if self.draft.curl.is_some() {
            if !bare.is_empty() && line::comment(bare).is_none() {
                self.file.strange.push((number, bare.to_owned()));
            }
        } else {
            self.draft.body.push(text.to_owned());
        }
    }

    fn is_multipart(&self) -> bool {
        let mut headers = self.draft.headers.iter();
        headers.any(|(name, value, enabled)| {
            *enabled
                && name.eq_ignore_ascii_case("content-type")
                && crate::multipart::boundary(value).is_some()
        })
    }

    fn response(&mut self, number: usize, text: &str) {
        if line::sure_request(text) {
            return self.again(number);
        }
        self.draft.response.push(text.to_owned());
    }
}

fn is_option(line: &str) -> bool {
    line.split_once(':').is_some_and(|(name, value)| {
        !name.is_empty() && name.chars().all(char::is_alphanumeric) && !value.starts_with("//")
    })
}
