use std::ops::Range;

use super::lines;
use super::node::{Node, NodeKind};
use super::render::{self, Layout};
use super::scalar::{self, Style};
use super::{Data, parse};

/// Depths at which values are replaced whole when finer edits did not give the right result.
const DEPTHS: [usize; 7] = [usize::MAX, 5, 4, 3, 2, 1, 0];

/// The text that says `target`, with as few lines changed as can be. What comes out was read again
/// and found to say exactly that; `None` if there is no way to write it.
pub(crate) fn rewrite(text: &str, root: &Node, target: &Data) -> Option<String> {
    if root.says(target) {
        return Some(text.to_owned());
    }
    let right = |new: &String| parse(new).is_ok_and(|node| node.says(target));
    for (depth, gaps) in DEPTHS.into_iter().flat_map(|depth| [(depth, true), (depth, false)]) {
        let mut patch =
            Patch { text, layout: layout(root), gaps, edits: Vec::new(), failed: false };
        patch.value(root, Slot::Root, target, depth);
        if let Some(new) = patch.apply().filter(right) {
            return Some(new);
        }
    }
    Some(render::document(target)).filter(right)
}

/// Where a value stands, which decides how another is written in its place.
#[derive(Debug, Clone, Copy)]
pub(super) enum Slot {
    Root,
    /// After the `:` at `colon - 1`; the key is at column `indent`.
    Key {
        colon: usize,
        indent: usize,
    },
    /// After the `-` at `dash`, which is at column `indent`.
    Item {
        dash: usize,
        indent: usize,
    },
    /// Inside brackets.
    Flow,
}

/// Edits to a text, collected and then made in one go.
pub(super) struct Patch<'a> {
    pub(super) text: &'a str,
    pub(super) layout: Layout,
    /// Whether new top-level blocks may be set apart by an empty line; one after a `|+` would belong to it.
    pub(super) gaps: bool,
    edits: Vec<(Range<usize>, String)>,
    /// The finer edits cannot be made here; a coarser depth is tried.
    pub(super) failed: bool,
}

impl Patch<'_> {
    pub(super) fn put(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.edits.push((range, text.into()));
    }

    /// Makes `node` say `target`.
    pub(super) fn value(&mut self, node: &Node, slot: Slot, target: &Data, depth: usize) {
        if node.says(target) {
            return;
        }
        if depth > 0 {
            let deeper = depth - 1;
            match (&node.kind, target) {
                (NodeKind::Map { flow: false, entries }, Data::Map(map))
                    if entries.iter().any(|e| map.iter().any(|(k, _)| *k == e.name)) =>
                {
                    return self.block_map(entries, map, matches!(slot, Slot::Root), deeper);
                }
                (NodeKind::List { flow: false, items }, Data::List(list))
                    if !list.is_empty() && lines::leads(self.text, node.start) =>
                {
                    return self.block_list(items, list, node.indent(), deeper);
                }
                (NodeKind::Map { flow: true, entries }, Data::Map(map))
                    if super::flow::same_keys(entries, map) =>
                {
                    return self.flow_map(entries, map, deeper);
                }
                (NodeKind::List { flow: true, items }, Data::List(list))
                    if items.len() == list.len() =>
                {
                    return self.flow_list(items, list, deeper);
                }
                _ => {}
            }
        }
        self.replace(node, slot, target);
    }

    fn replace(&mut self, node: &Node, slot: Slot, target: &Data) {
        match slot {
            Slot::Root => {
                let text = render::document(target);
                let end = node.end.max(lines::end(self.text, node.end));
                self.put(node.prefix.unwrap_or(node.start)..end, text.trim_end_matches('\n'));
            }
            Slot::Flow if node.is_absent() => self.failed = true,
            Slot::Flow => {
                let text = match target {
                    Data::Text(text) => scalar::quoted(text, node.style(), true),
                    other => render::flow(other),
                };
                self.put(node.start..node.end, text);
            }
            Slot::Key { colon, indent } => {
                let stays_flow = is_filled_flow(node) && !spans_lines(target);
                if is_filled(target) && !stays_flow {
                    let mut block = String::new();
                    render::after_key(&mut block, target, indent, self.layout);
                    self.block_after_key(node, colon, block);
                } else {
                    self.inline(node, slot, target, colon, indent, stays_flow);
                }
            }
            Slot::Item { dash, indent } => {
                let stays_flow = is_filled_flow(node) && !spans_lines(target);
                if is_filled(target) && !stays_flow {
                    let mut block = String::from(" ");
                    render::after_dash(&mut block, target, indent, self.layout);
                    self.put(dash + 1..node.end.max(dash + 1), block);
                } else {
                    self.inline(node, slot, target, dash + 1, indent, stays_flow);
                }
            }
        }
    }

    /// A block in place of any value after a `:`; a comment on the key's line stays there.
    fn block_after_key(&mut self, node: &Node, colon: usize, block: String) {
        if node.is_block_collection() || node.is_absent() {
            let eol = lines::end(self.text, colon);
            self.put(eol..node.end.max(eol), block);
        } else if matches!(node.style(), Style::Literal | Style::Folded) {
            self.put(colon..node.end, block);
        } else {
            self.put(colon..node.end, "");
            let eol = lines::end(self.text, node.end);
            self.put(eol..eol, block);
        }
    }

    /// A scalar, an empty collection or a flow collection in place of any value; `after` is where
    /// the text after `:` or `-` begins.
    fn inline(
        &mut self,
        node: &Node,
        slot: Slot,
        target: &Data,
        after: usize,
        indent: usize,
        flow: bool,
    ) {
        let like = node.style();
        let block_scalar = matches!(like, Style::Literal | Style::Folded);
        if let (true, Data::Text(text)) = (block_scalar, target)
            && (scalar::fits_literal(text) || scalar::fits_literal(&format!("{text}\n")))
        {
            return self.literal(node, text, indent);
        }
        let mut rendered = String::new();
        if flow {
            rendered = render::flow(target);
        } else {
            render::value(&mut rendered, target, like, indent, self.layout);
        }
        let (head, body) = match rendered.find('\n') {
            Some(at) => rendered.split_at(at),
            None => (rendered.as_str(), ""),
        };
        if node.is_absent() {
            let eol = lines::end(self.text, after);
            self.put(after..after, format!(" {head}"));
            self.put(eol..eol, body);
        } else if node.is_block_collection() {
            if matches!(slot, Slot::Item { .. }) {
                self.put(after..node.end, format!(" {rendered}"));
            } else {
                let eol = lines::end(self.text, after);
                self.put(after..after, format!(" {head}"));
                self.put(eol..node.end, body);
            }
        } else {
            self.put(node.start..node.end, head);
            let eol = lines::end(self.text, node.end);
            self.put(eol..eol, body);
        }
    }

    /// Other text in an existing block scalar: its indentation and the comment on its first line stay.
    fn literal(&mut self, node: &Node, text: &str, indent: usize) {
        let eol = lines::end(self.text, node.start).min(node.end);
        let head = &self.text[node.start..eol];
        let token = head.find([' ', '\t']).unwrap_or(head.len());
        let body = &self.text[eol..node.end];
        let first = body.lines().find(|l| !l.trim().is_empty());
        let stated =
            head[..token].chars().find_map(|c| c.to_digit(10)).map(|d| indent + d as usize);
        let column = stated
            .or_else(|| first.map(|l| l.len() - l.trim_start_matches(' ').len()))
            .filter(|c| *c > indent)
            .unwrap_or(indent + self.layout.step);
        let (header, block) = scalar::literal(text, column - indent);
        let mut new = String::new();
        render::block_lines(&mut new, &block, column);
        self.put(node.start..node.start + token, header);
        self.put(eol..node.end, new);
    }

    /// The edited text with the line breaks of the file, or `None` when edits got in each other's way.
    fn apply(mut self) -> Option<String> {
        if self.failed {
            return None;
        }
        let crlf = self.text.find('\n').is_some_and(|at| self.text[..at].ends_with('\r'));
        self.edits.sort_by_key(|(range, _)| range.start);
        let mut out = String::with_capacity(self.text.len() + 256);
        let mut at = 0;
        for (range, text) in &self.edits {
            if range.start < at && !text.is_empty() || range.end < range.start {
                return None;
            }
            out.push_str(self.text.get(at..range.start.max(at))?);
            let text = text.replace("\r\n", "\n");
            out.push_str(&if crlf { text.replace('\n', "\r\n") } else { text });
            at = at.max(range.end);
        }
        out.push_str(self.text.get(at..)?);
        Some(out)
    }
}

fn is_filled(data: &Data) -> bool {
    match data {
        Data::List(items) => !items.is_empty(),
        Data::Map(entries) => !entries.is_empty(),
        _ => false,
    }
}

fn is_filled_flow(node: &Node) -> bool {
    match &node.kind {
        NodeKind::List { flow: true, items } => !items.is_empty(),
        NodeKind::Map { flow: true, entries } => !entries.is_empty(),
        _ => false,
    }
}

/// Whether some text below would be an unreadable `"a\nb"` on one line.
fn spans_lines(data: &Data) -> bool {
    match data {
        Data::Text(text) => text.contains('\n'),
        Data::List(items) => items.iter().any(spans_lines),
        Data::Map(entries) => entries.iter().any(|(_, value)| spans_lines(value)),
        _ => false,
    }
}

/// How the file indents, from the first map and the first list below a key.
fn layout(root: &Node) -> Layout {
    fn look(node: &Node, step: &mut Option<usize>, dash: &mut Option<usize>) {
        match &node.kind {
            NodeKind::Map { flow: false, entries } => {
                for entry in entries {
                    let column = entry.key.indent();
                    match &entry.value.kind {
                        NodeKind::Map { flow: false, .. } => {
                            step.get_or_insert(entry.value.indent().saturating_sub(column).max(1));
                        }
                        NodeKind::List { flow: false, .. } => {
                            dash.get_or_insert(entry.value.indent().saturating_sub(column));
                        }
                        _ => {}
                    }
                    if step.is_none() || dash.is_none() {
                        look(&entry.value, step, dash);
                    }
                }
            }
            NodeKind::List { flow: false, items } => {
                for item in items {
                    look(&item.node, step, dash);
                }
            }
            _ => {}
        }
    }
    let (mut step, mut dash) = (None, None);
    look(root, &mut step, &mut dash);
    let step = step.unwrap_or(2).min(8);
    Layout { step, dash: dash.unwrap_or(step).min(8) }
}
