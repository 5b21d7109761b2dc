use std::collections::{HashMap, HashSet};

use granit_parser::{Event, Parser, ScalarStyle, ScanError, Span, StrInput, StructureStyle};

use super::node::{Entry, Fault, Item, Node, NodeKind};
use super::scalar::Style;

/// Largest file that is read; a request with a larger body keeps that in a file of its own.
pub(crate) const MAX_BYTES: usize = 32 << 20;
/// What all aliases of a file may expand to (nodes and bytes of text): an alias bomb ends here.
const MAX_ALIASED: usize = 4 << 20;

/// Reads one YAML document, or says what is wrong and where.
pub(crate) fn parse(text: &str) -> Result<Node, Fault> {
    if text.len() > MAX_BYTES {
        return Err(at(1, 1, "The file is larger than 32 MB. Move its body to a file of its own."));
    }
    if let Some(fault) = conflict(text) {
        return Err(fault);
    }
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return Err(at(1, 1, "The file is empty. Restore it from version control, or delete it."));
    }
    let options = granit_parser::options! { emit_comments: false, emit_anchor_events: true };
    let parser = Parser::new_from_str_with_options(text, options);
    let mut reader = Reader { text, parser, anchors: HashMap::new(), aliased: 0, pending: None };
    reader.document()
}

/// Markers that a merge leaves at the start of a line.
fn conflict(text: &str) -> Option<Fault> {
    if !text.contains("<<<<<<<") && !text.contains(">>>>>>>") {
        return None;
    }
    let line = text.lines().position(|l| l.starts_with("<<<<<<<") || l.starts_with(">>>>>>>"))?;
    Some(at(
        line + 1,
        1,
        "The file has an unresolved merge conflict here. Keep one side, remove the <<<<<<<, ======= and >>>>>>> lines, and save.",
    ))
}

fn at(line: usize, column: usize, message: &str) -> Fault {
    Fault { line, column, message: message.to_owned() }
}

struct Reader<'a> {
    text: &'a str,
    parser: Parser<'a, StrInput<'a>>,
    anchors: HashMap<usize, Node>,
    aliased: usize,
    pending: Option<(Event<'a>, Span)>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<(Event<'a>, Span), Fault> {
        if let Some(pending) = self.pending.take() {
            return Ok(pending);
        }
        match self.parser.next_event() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => Err(scan_fault(&error)),
            None => Err(at(1, 1, "The file ends before its content does.")),
        }
    }

    fn document(&mut self) -> Result<Node, Fault> {
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamStart | Event::DocumentStart(..) => {}
                Event::StreamEnd => {
                    return Err(at(1, 1, "The file has only comments; nothing is in it."));
                }
                _ => {
                    self.pending = Some((event, span));
                    break;
                }
            }
        }
        let root = self.node(0)?;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(root),
                Event::DocumentStart(..) => {
                    return Err(at(
                        span.start.line(),
                        span.start.col() + 1,
                        "A second document starts here (---). A file holds one item: split it.",
                    ));
                }
                _ => {}
            }
        }
    }

    /// Reads the next node. `absent` is where a value would begin that is not written.
    fn node(&mut self, absent: usize) -> Result<Node, Fault> {
        let (event, span) = self.next()?;
        let range = span.byte_range().unwrap_or(0..0);
        let mut prefix = span.tag_start().and_then(|m| m.byte_offset());
        let anchor = event.anchor_id();
        if anchor.is_some() {
            let (following, place) = self.next()?;
            if let Event::Anchor(..) = following {
                let start = place.start.byte_offset();
                prefix = match (prefix, start) {
                    (Some(a), Some(b)) => Some(a.min(b)),
                    (a, b) => a.or(b),
                };
            } else {
                self.pending = Some((following, place));
            }
        }
        let mut node = Node {
            start: range.start,
            end: range.end,
            prefix,
            line: span.start.line(),
            column: span.start.col() + 1,
            kind: NodeKind::List { flow: true, items: Vec::new() },
        };
        match event {
            Event::Scalar(value, style, _, tag) => {
                self.scalar(&mut node, &value, style, tag.as_deref(), absent);
            }
            Event::SequenceStart(style, ..) => {
                let flow = style == StructureStyle::Flow;
                if !flow && self.text[..absent].ends_with(':') {
                    self.first_dash(&mut node, absent);
                }
                self.list(&mut node, flow)?;
            }
            Event::MappingStart(style, ..) => self.map(&mut node, style == StructureStyle::Flow)?,
            Event::Alias(id) => self.alias(&mut node, id)?,
            _ => {
                return Err(
                    node.fault("This is not a value that a file of the collection may hold.")
                );
            }
        }
        if let Some(id) = anchor {
            self.anchors.insert(id, node.clone());
        }
        Ok(node)
    }

    fn scalar(
        &self,
        node: &mut Node,
        value: &str,
        style: ScalarStyle,
        tag: Option<&granit_parser::Tag>,
        absent: usize,
    ) {
        let style = match style {
            ScalarStyle::SingleQuoted => Style::Single,
            ScalarStyle::DoubleQuoted => Style::Double,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
            ScalarStyle::Plain => Style::Plain,
        };
        let core = tag.map(|t| t.core_suffix().unwrap_or("custom").to_owned());
        // The parser writes `~` for a value that is not there.
        let written = if node.start == node.end && style == Style::Plain { "" } else { value };
        if written.is_empty() && style == Style::Plain && node.prefix.is_none() {
            node.start = absent;
            node.end = absent;
        }
        if matches!(style, Style::Literal | Style::Folded) {
            self.block_scalar(node);
        }
        node.kind = Node::scalar(written.to_owned(), style, core.as_deref());
    }

    /// The parser gives the content of a block scalar; what counts here begins at its `|` or `>`
    /// and ends with its last line.
    fn block_scalar(&self, node: &mut Node) {
        let text = self.text;
        let before = text[..node.start].trim_end_matches([' ', '\t', '\r', '\n']);
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let rest_of_line = text[line..].find('\n').map_or(text.len(), |at| line + at);
        let header = &text[line..rest_of_line];
        let found = header.char_indices().find(|(at, c)| {
            let open = *at == 0 || header[..*at].ends_with([' ', '\t']);
            let tail = header[at + c.len_utf8()..]
                .trim_start_matches(['-', '+', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
            (*c == '|' || *c == '>')
                && open
                && (tail.trim().is_empty() || tail.trim_start().starts_with('#'))
        });
        let content = node.start;
        if let Some((at, _)) = found {
            node.start = line + at;
        }
        let keep = text[node.start..rest_of_line.max(node.start)].contains('+');
        let body = &text[content.min(node.end)..node.end];
        let trimmed = if keep { body.trim_end_matches([' ', '\t']) } else { body.trim_end() };
        let trimmed = if keep { trimmed.strip_suffix('\n').unwrap_or(trimmed) } else { trimmed };
        let trimmed = trimmed.strip_suffix('\r').unwrap_or(trimmed);
        // Spaces that end the last line belong to it.
        let mut end = content + trimmed.len();
        let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
        if !keep && !trimmed.is_empty() {
            end = line_end.min(node.end.max(end));
            if text[..end].ends_with('\r') {
                end -= 1;
            }
        }
        node.end = if trimmed.is_empty() && !keep { before.len().max(node.start) } else { end };
    }

    fn list(&mut self, node: &mut Node, flow: bool) -> Result<(), Fault> {
        let mut items: Vec<Item> = Vec::new();
        let dash_column = node.column;
        let mut from = node.start;
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                if flow {
                    node.end = span.byte_range().map_or(node.end, |r| r.end);
                } else {
                    node.end = items.last().map_or(node.end, |i| i.node.end.max(i.dash + 1));
                }
                break;
            }
            let content = span.byte_range().map_or(from, |r| r.start);
            self.pending = Some((event, span));
            let dash =
                if flow { 0 } else { self.dash(from, content, dash_column, items.is_empty()) };
            let item = self.node(dash + 1)?;
            from = item.end.max(dash + 1);
            items.push(Item { dash, node: item });
        }
        node.kind = NodeKind::List { flow, items };
        Ok(())
    }

    /// The parser says that a list at its key's own column begins behind the first `-`. A block list
    /// begins with the first line after its key that has more than a comment.
    fn first_dash(&self, node: &mut Node, colon: usize) {
        let mut line = colon;
        while let Some(next) = self.text[line..].find('\n') {
            line += next + 1;
            let content = self.text[line..].trim_start_matches(' ');
            let dash = self.text.len() - content.len();
            if content.starts_with('-') && dash <= node.start {
                node.column = dash - line + 1;
                node.start = dash;
                return;
            }
            if !content.trim_start_matches(['\r', '\t']).starts_with(['\n', '#']) {
                return;
            }
        }
    }

    /// Where the `-` of the next item stands: on the line that has it at the list's column.
    fn dash(&self, from: usize, content: usize, column: usize, first: bool) -> usize {
        if first {
            return from;
        }
        let mut line = from;
        while let Some(next) = self.text[line..].find('\n') {
            line += next + 1;
            let dash = line + column - 1;
            let blank = self.text.get(line..dash).is_some_and(|s| s.chars().all(|c| c == ' '));
            if blank && self.text[dash..].starts_with('-') {
                return dash;
            }
            if line > content {
                break;
            }
        }
        content
    }

    fn map(&mut self, node: &mut Node, flow: bool) -> Result<(), Fault> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut names = HashSet::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                node.end = if flow {
                    span.byte_range().map_or(node.end, |r| r.end)
                } else {
                    entries.last().map_or(node.end, |e| e.value.end.max(e.colon))
                };
                break;
            }
            self.pending = Some((event, span));
            let key = self.node(node.start)?;
            let NodeKind::Scalar { text, .. } = &key.resolved().kind else {
                return Err(key.fault("A key must be a single word or text here."));
            };
            let name = text.clone();
            if !names.insert(name.clone()) {
                return Err(
                    key.fault(format!("The key {name:?} is here twice. Remove one of the two."))
                );
            }
            let colon = self.text[key.end..].find(':').map_or(key.end, |at| key.end + at + 1);
            let value = self.node(colon)?;
            entries.push(Entry { name, key, colon, value });
        }
        node.kind = NodeKind::Map { flow, entries };
        Ok(())
    }

    fn alias(&mut self, node: &mut Node, id: usize) -> Result<(), Fault> {
        let Some(target) = self.anchors.get(&id) else {
            return Err(node.fault("This alias refers to a value that contains it."));
        };
        self.aliased += target.weight();
        if self.aliased > MAX_ALIASED {
            return Err(node.fault(
                "The aliases of this file expand to more than 4 MB. Write the values out.",
            ));
        }
        let mut content = target.resolved().clone();
        content.line = node.line;
        content.column = node.column;
        node.kind = NodeKind::Alias(Box::new(content));
        Ok(())
    }
}

fn scan_fault(error: &ScanError) -> Fault {
    let place = error.marker();
    let mut reason = error.info();
    if let Some(first) = reason.get(..1) {
        reason = first.to_uppercase() + &reason[1..];
    }
    Fault {
        line: place.line().max(1),
        column: place.col() + 1,
        message: format!("{}. Mend the YAML at this line.", reason.trim_end_matches('.')),
    }
}
