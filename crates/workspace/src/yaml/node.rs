use super::Data;
use super::scalar::{self, Style};

/// A value with its place in the text. Offsets are bytes, lines and columns count from 1.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// First byte, after anchor and tag; of a block scalar, its `|` or `>`.
    pub(crate) start: usize,
    /// One past the last byte of content, without the line break that ends it.
    pub(crate) end: usize,
    /// Where anchor or tag begin, when there are any.
    pub(crate) prefix: Option<usize>,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) kind: NodeKind,
}

#[derive(Debug, Clone)]
pub(crate) enum NodeKind {
    Scalar {
        value: Data,
        text: String,
        style: Style,
    },
    List {
        flow: bool,
        items: Vec<Item>,
    },
    Map {
        flow: bool,
        entries: Vec<Entry>,
    },
    /// `*name`, with what it stands for.
    Alias(Box<Node>),
}

/// One item of a list, with where its `-` stands (0 in flow lists).
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) dash: usize,
    pub(crate) node: Node,
}

/// One key with its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) key: Node,
    /// One past the `:`.
    pub(crate) colon: usize,
    pub(crate) value: Node,
}

/// What is wrong with a file, and where. Line and column count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) message: String,
}

impl Node {
    pub(crate) fn resolved(&self) -> &Self {
        match &self.kind {
            NodeKind::Alias(target) => target,
            _ => self,
        }
    }

    pub(crate) fn fault(&self, message: impl Into<String>) -> Fault {
        Fault { line: self.line, column: self.column, message: message.into() }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match &self.resolved().kind {
            NodeKind::Map { entries, .. } => {
                entries.iter().find(|e| e.name == key).map(|e| &e.value)
            }
            _ => None,
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(&self.resolved().kind, NodeKind::Scalar { value: Data::Null, .. })
    }

    /// Column of the first character, from 0.
    pub(crate) fn indent(&self) -> usize {
        self.column - 1
    }

    pub(crate) fn data(&self) -> Data {
        match &self.kind {
            NodeKind::Scalar { value, .. } => value.clone(),
            NodeKind::List { items, .. } => {
                Data::List(items.iter().map(|i| i.node.data()).collect())
            }
            NodeKind::Map { entries, .. } => {
                Data::Map(entries.iter().map(|e| (e.name.clone(), e.value.data())).collect())
            }
            NodeKind::Alias(target) => target.data(),
        }
    }

    /// Whether this says the same as `data`.
    pub(crate) fn says(&self, data: &Data) -> bool {
        match (&self.kind, data) {
            (NodeKind::Scalar { value, .. }, _) => value == data,
            (NodeKind::List { items, .. }, Data::List(list)) => {
                items.len() == list.len() && items.iter().zip(list).all(|(i, d)| i.node.says(d))
            }
            (NodeKind::Map { entries, .. }, Data::Map(map)) => {
                entries.len() == map.len()
                    && entries.iter().enumerate().all(|(at, entry)| {
                        let same_place = map.get(at).filter(|(k, _)| *k == entry.name);
                        same_place
                            .or_else(|| map.iter().find(|(k, _)| *k == entry.name))
                            .is_some_and(|(_, d)| entry.value.says(d))
                    })
            }
            (NodeKind::Alias(target), _) => target.says(data),
            _ => false,
        }
    }

    /// Nodes below and including this one, and bytes of text: what an alias to it costs.
    pub(crate) fn weight(&self) -> usize {
        1 + match &self.kind {
            NodeKind::Scalar { text, .. } => text.len(),
            NodeKind::List { items, .. } => items.iter().map(|i| i.node.weight()).sum(),
            NodeKind::Map { entries, .. } => {
                entries.iter().map(|e| e.name.len() + e.value.weight()).sum()
            }
            NodeKind::Alias(target) => target.weight(),
        }
    }

    /// An empty value: nothing is written where it stands.
    pub(crate) fn is_absent(&self) -> bool {
        self.start == self.end
            && self.prefix.is_none()
            && matches!(self.kind, NodeKind::Scalar { .. })
    }

    /// The style of a scalar; plain for anything else.
    pub(crate) fn style(&self) -> Style {
        match &self.kind {
            NodeKind::Scalar { style, .. } => *style,
            _ => Style::Plain,
        }
    }

    /// A block list or map that is written over lines of its own.
    pub(crate) fn is_block_collection(&self) -> bool {
        matches!(self.kind, NodeKind::List { flow: false, .. } | NodeKind::Map { flow: false, .. })
    }

    pub(crate) fn scalar(text: String, style: Style, tag: Option<&str>) -> NodeKind {
        let value = scalar::resolve(&text, style, tag);
        NodeKind::Scalar { value, text, style }
    }
}
