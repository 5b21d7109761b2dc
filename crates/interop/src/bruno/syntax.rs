//! The surface of `.bru` texts: blocks of pairs, blocks of text, lists.

/// Why a `.bru` text cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// What is wrong and what was expected.
    pub what: String,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

/// One block, such as `headers { … }`.
#[derive(Debug)]
pub(super) struct Block<'t> {
    pub name: &'t str,
    pub content: Content<'t>,
}

/// What is in a block.
#[derive(Debug)]
pub(super) enum Content<'t> {
    Pairs(Vec<Pair>),
    Text(String),
    Example(Reader<'t>),
    List(Vec<Pair>),
    /// Of `color: #fff`, which has no braces.
    Value(String),
}

/// `~name: value` with the annotations before it.
#[derive(Debug, Default)]
pub(super) struct Pair {
    pub annotations: Vec<Annotation>,
    pub enabled: bool,
    pub name: String,
    pub value: PairValue,
}

/// What comes after the colon.
#[derive(Debug)]
pub(super) enum PairValue {
    Text(String),
    List(Vec<String>),
}

impl Default for PairValue {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

/// `@name` or `@name(value)`.
#[derive(Debug)]
pub(super) struct Annotation {
    pub name: String,
    pub value: Option<String>,
}

/// Blocks that hold pairs; those of any other name hold text.
const PAIRS: &[&str] = &[
    "meta",
    "get",
    "post",
    "put",
    "delete",
    "patch",
    "options",
    "head",
    "connect",
    "trace",
    "http",
    "grpc",
    "ws",
    "query",
    "params:query",
    "params:path",
    "headers",
    "metadata",
    "auth",
    "vars",
    "assert",
    "settings",
    "body:form-urlencoded",
    "body:multipart-form",
    "body:file",
    "body:grpc",
    "body:ws",
];

/// Of an example: its pairs, and its blocks by name.
type Parts<'t> = (Vec<Pair>, Vec<(&'t str, Reader<'t>)>);

/// Reads lines one after the other, without the indentation of what they are in.
#[derive(Debug)]
pub(super) struct Reader<'t> {
    lines: Vec<&'t str>,
    at: usize,
    /// Number of the first line in the file.
    first: usize,
    /// Columns that were taken off.
    indent: usize,
    /// How far lines between `'''` are further in than `indent`.
    step: usize,
}

impl<'t> Reader<'t> {
    pub fn new(text: &'t str) -> Self {
        let lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
        Self { lines: lines.collect(), at: 0, first: 1, indent: 0, step: 4 }
    }

    /// All blocks of a file.
    pub fn blocks(mut self) -> Result<Vec<Block<'t>>, Fault> {
        let mut found = Vec::new();
        while self.skip_blank() {
            found.push(self.block()?);
        }
        Ok(found)
    }

    fn block(&mut self) -> Result<Block<'t>, Fault> {
        let line = self.lines[self.at];
        let head = line.trim();
        let end = head.find(|c: char| !(c.is_ascii_alphanumeric() || ":-_".contains(c)));
        let (name, rest) = head.split_at(end.unwrap_or(head.len()));
        let rest = rest.trim_start();
        if let Some(value) = head.strip_prefix("color:") {
            self.at += 1;
            return Ok(Block { name: "color", content: Content::Value(value.trim().to_owned()) });
        }
        let open = self.at;
        let unexpected = || {
            let column = line.len() - line.trim_start().len();
            self.fault(open, column, "a block such as \"meta {\" is expected here")
        };
        if name.is_empty() {
            return Err(unexpected());
        }
        if let Some(inside) = rest.strip_prefix('[') {
            self.at += 1;
            return Ok(Block { name, content: Content::List(self.list(inside, open)?) });
        }
        let Some(inside) = rest.strip_prefix('{') else { return Err(unexpected()) };
        let pairs = PAIRS.contains(&name) || name.starts_with("auth:") || name.starts_with("vars:");
        self.at += 1;
        let content = match inside.trim() {
            "" if pairs => Content::Pairs(self.pairs(Some(open))?),
            "" => {
                let inner = self.inner(open)?;
                if name == "example" {
                    Content::Example(inner)
                } else {
                    Content::Text(inner.text())
                }
            }
            "}" if pairs => Content::Pairs(Vec::new()),
            "}" => Content::Text(String::new()),
            _ => {
                let column = line.len() - inside.len();
                return Err(self.fault(open, column, "a line end is expected after the brace"));
            }
        };
        Ok(Block { name, content })
    }

    /// The lines up to the closing brace, which is at the beginning of a line.
    fn inner(&mut self, open: usize) -> Result<Self, Fault> {
        let from = self.at;
        while !self.closes(open)? {
            self.at += 1;
        }
        let lines = self.lines[from..self.at - 1].iter();
        Ok(Reader {
            lines: lines.map(|line| line.strip_prefix("  ").unwrap_or(line)).collect(),
            at: 0,
            first: self.first + from,
            indent: self.indent + 2,
            step: 2,
        })
    }

    /// Whether this line closes the block that was opened at `open`; steps over it then.
    fn closes(&mut self, open: usize) -> Result<bool, Fault> {
        let Some(line) = self.lines.get(self.at) else {
            let what = "this block is not closed by a } at the beginning of a line";
            return Err(self.fault(open, 0, what));
        };
        let Some(after) = line.strip_prefix('}') else { return Ok(false) };
        if !after.trim().is_empty() {
            let what = "nothing is expected on the line after the closing brace";
            return Err(self.fault(self.at, 1, what));
        }
        self.at += 1;
        Ok(true)
    }

    fn text(&self) -> String {
        let blank = self.lines.iter().take_while(|line| line.is_empty()).count();
        self.lines[blank..].join("\n")
    }

    /// Pairs up to the brace that closes the block opened at `open`; up to the end without one.
    pub fn pairs(&mut self, open: Option<usize>) -> Result<Vec<Pair>, Fault> {
        let mut found = Vec::new();
        loop {
            let more = self.skip_blank();
            match open {
                Some(open) if self.closes(open)? => return Ok(found),
                None if !more => return Ok(found),
                _ => found.push(self.pair()?),
            }
        }
    }

    fn pair(&mut self) -> Result<Pair, Fault> {
        let (annotations, rest) = self.annotations()?;
        let (enabled, rest) = rest.strip_prefix('~').map_or((true, rest), |rest| (false, rest));
        let Some((name, rest)) = self.name(rest) else {
            let column = self.column(rest);
            return Err(self.fault(self.at, column, "\"name: value\" is expected here"));
        };
        let value = self.value(rest.trim_start());
        Ok(Pair { annotations, enabled, name, value })
    }

    /// The annotations before a pair, and the rest of the line after them.
    fn annotations(&mut self) -> Result<(Vec<Annotation>, &'t str), Fault> {
        let mut found = Vec::new();
        let mut rest = self.lines[self.at].trim_start();
        while let Some(after) = rest.strip_prefix('@') {
            let end = after.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'));
            let (name, after) = after.split_at(end.unwrap_or(after.len()));
            if let Some(arguments) = after.strip_prefix('(') {
                let Some((value, after)) = self.argument(arguments) else {
                    let column = self.column(arguments);
                    return Err(self.fault(
                        self.at,
                        column,
                        "this annotation has no closing \")\"",
                    ));
                };
                found.push(Annotation { name: name.to_owned(), value: Some(value) });
                rest = after.trim_start();
            } else if after.trim().is_empty() && !name.is_empty() {
                found.push(Annotation { name: name.to_owned(), value: None });
                rest = "";
            } else {
                break; // `@name: value` is a variable of its own kind.
            }
            if rest.is_empty() {
                let line = self.at;
                self.at += 1;
                if !self.skip_blank() || self.lines[self.at].starts_with(['}', ']']) {
                    return Err(self.fault(line, 0, "nothing follows this annotation"));
                }
                rest = self.lines[self.at].trim_start();
            }
        }
        Ok((found, rest))
    }

    /// The value in the parentheses of an annotation, and what is after them.
    fn argument(&mut self, rest: &'t str) -> Option<(String, &'t str)> {
        let rest = rest.trim_start();
        if let Some(inside) = rest.strip_prefix("'''") {
            let (value, after) = self.triple(inside)?;
            return Some((value, after.trim_start().strip_prefix(')')?));
        }
        if let Some(inside) = rest.strip_prefix('"') {
            let end = quote_end(inside).or_else(|| inside.rfind("\")"))?;
            let value = serde_json::from_str(&rest[..end + 2])
                .unwrap_or_else(|_| inside[..end].replace("\\\"", "\""));
            return Some((value, inside[end + 1..].trim_start().strip_prefix(')')?));
        }
        if let Some(inside) = rest.strip_prefix('\'') {
            let (value, after) = inside.split_once("')")?;
            return Some((value.to_owned(), after));
        }
        let (value, after) = rest.split_once(')')?;
        Some((value.trim().to_owned(), after))
    }

    /// A name and what is after its colon.
    fn name(&mut self, rest: &'t str) -> Option<(String, &'t str)> {
        let inside = rest.strip_prefix("'''");
        if let Some((name, after)) = inside.and_then(|inside| self.triple(inside)) {
            return Some((name, after.trim_start().strip_prefix(':')?));
        }
        if let Some(inside) = rest.strip_prefix('"') {
            let quoted = quote_end(inside).and_then(|end| {
                let after = inside[end + 1..].trim_start().strip_prefix(':')?;
                Some((inside[..end].replace("\\\"", "\""), after))
            });
            if quoted.is_some() {
                return quoted;
            }
        }
        let (name, after) = rest.split_once(':')?;
        Some((name.trim().to_owned(), after))
    }

    /// What is after a colon; goes to the next line.
    fn value(&mut self, rest: &'t str) -> PairValue {
        let mut value = None;
        if let Some(inside) = rest.strip_prefix("'''") {
            value = self.triple(inside).map(|(text, after)| match after.trim() {
                "" => text,
                after => format!("{text} {after}"),
            });
        } else if rest.trim() == "[" {
            let below = self.lines[self.at + 1..].iter().map(|line| line.trim());
            // Items have no colon, so that the search ends before the next pair.
            let items: Vec<_> = below.take_while(|l| *l != "]" && !l.contains(':')).collect();
            let end = self.at + 1 + items.len();
            if self.lines.get(end).is_some_and(|line| line.trim() == "]") {
                self.at = end + 1;
                let items = items.into_iter().filter(|item| !item.is_empty());
                return PairValue::List(items.map(str::to_owned).collect());
            }
        }
        self.at += 1;
        PairValue::Text(value.unwrap_or_else(|| rest.trim().to_owned()))
    }

    /// A text up to `'''`, and what is after that on its line. Stays where it is if there is none.
    fn triple(&mut self, rest: &'t str) -> Option<(String, &'t str)> {
        if let Some((text, after)) = rest.split_once("'''") {
            return Some((text.to_owned(), after));
        }
        let mut parts = Vec::new();
        if !rest.trim().is_empty() {
            parts.push(rest);
        }
        for at in self.at + 1..self.lines.len() {
            let line = self.lines[at];
            if let Some((last, after)) = line.split_once("'''") {
                if !last.trim().is_empty() {
                    parts.push(dedent(last, self.step));
                }
                self.at = at;
                return Some((parts.join("\n"), after));
            }
            parts.push(dedent(line, self.step));
        }
        None
    }

    /// Names separated by commas or line ends, up to `]`.
    fn list(&mut self, inside: &'t str, open: usize) -> Result<Vec<Pair>, Fault> {
        let mut found = Vec::new();
        if let Some((items, _)) = inside.split_once(']') {
            push_items(&mut found, Vec::new(), items);
            return Ok(found);
        }
        push_items(&mut found, Vec::new(), inside);
        loop {
            if !self.skip_blank() {
                return Err(self.fault(open, 0, "this list is not closed by a ]"));
            }
            let (annotations, rest) = match self.lines[self.at].trim_start() {
                line if line.starts_with('@') => self.annotations()?,
                line => (Vec::new(), line),
            };
            self.at += 1;
            let (items, end) =
                rest.split_once(']').map_or((rest, false), |(items, _)| (items, true));
            push_items(&mut found, annotations, items);
            if end {
                return Ok(found);
            }
        }
    }

    /// `name: value` and `name: { … }` of an example, the second with a reader of its lines.
    pub fn parts(mut self) -> Result<Parts<'t>, Fault> {
        let (mut pairs, mut blocks) = (Vec::new(), Vec::new());
        while self.skip_blank() {
            let head = self.lines[self.at].trim();
            let name = head.strip_suffix('{').map(|name| name.trim_end().trim_end_matches(':'));
            match name {
                Some(name) if !name.is_empty() && !name.contains([' ', '{', '"']) => {
                    let open = self.at;
                    self.at += 1;
                    blocks.push((name, self.inner(open)?));
                }
                _ => pairs.push(self.pair()?),
            }
        }
        Ok((pairs, blocks))
    }

    /// Whether its first line that is not blank begins so.
    pub fn begins_with(&self, start: &str) -> bool {
        let first = self.lines.iter().map(|line| line.trim()).find(|line| !line.is_empty());
        first.is_some_and(|line| line.starts_with(start))
    }

    /// All of it as text.
    pub fn into_text(self) -> String {
        self.text()
    }

    /// Goes to the next line that is not blank; false at the end.
    fn skip_blank(&mut self) -> bool {
        while self.lines.get(self.at).is_some_and(|line| line.trim().is_empty()) {
            self.at += 1;
        }
        self.at < self.lines.len()
    }

    fn column(&self, rest: &str) -> usize {
        self.lines.get(self.at).map_or(0, |line| line.len().saturating_sub(rest.len()))
    }

    /// At a byte of a line, both from 0.
    fn fault(&self, line: usize, byte: usize, what: &str) -> Fault {
        let before = self.lines.get(line).and_then(|line| line.get(..byte)).unwrap_or_default();
        Fault {
            what: what.to_owned(),
            line: self.first + line,
            column: self.indent + before.chars().count() + 1,
        }
    }
}

fn push_items(found: &mut Vec<Pair>, annotations: Vec<Annotation>, items: &str) {
    let mut annotations = Some(annotations);
    for item in items.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        let (enabled, name) = item.strip_prefix('~').map_or((true, item), |name| (false, name));
        found.push(Pair {
            annotations: annotations.take().unwrap_or_default(),
            enabled,
            name: name.to_owned(),
            value: PairValue::default(),
        });
    }
}

/// Byte of the quote that ends a text in quotes, in which `\` hides what follows it.
fn quote_end(inside: &str) -> Option<usize> {
    let mut hidden = false;
    inside.bytes().position(|byte| {
        let ends = byte == b'"' && !hidden;
        hidden = byte == b'\\' && !hidden;
        ends
    })
}

/// Without up to `step` blanks at its beginning.
fn dedent(line: &str, step: usize) -> &str {
    let blanks = line.bytes().take(step).take_while(|byte| *byte == b' ').count();
    &line[blanks..]
}
