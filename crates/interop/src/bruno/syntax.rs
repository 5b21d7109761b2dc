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
    pub(super) lines: Vec<&'t str>,
    pub(super) at: usize,
    /// Number of the first line in the file.
    first: usize,
    /// Columns that were taken off.
    indent: usize,
    /// How far lines between `'''` are further in than `indent`.
    pub(super) step: usize,
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
    pub(super) fn closes(&mut self, open: usize) -> Result<bool, Fault> {
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
    pub(super) fn skip_blank(&mut self) -> bool {
        while self.lines.get(self.at).is_some_and(|line| line.trim().is_empty()) {
            self.at += 1;
        }
        self.at < self.lines.len()
    }

    pub(super) fn column(&self, rest: &str) -> usize {
        self.lines.get(self.at).map_or(0, |line| line.len().saturating_sub(rest.len()))
    }

    /// At a byte of a line, both from 0.
    pub(super) fn fault(&self, line: usize, byte: usize, what: &str) -> Fault {
        let before = self.lines.get(line).and_then(|line| line.get(..byte)).unwrap_or_default();
        Fault {
            what: what.to_owned(),
            line: self.first + line,
            column: self.indent + before.chars().count() + 1,
        }
    }
}
