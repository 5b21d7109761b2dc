//! JSON as a tree whose nodes are read when they are opened.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use serde::Serialize;

use crate::{
    Result, Source, charset,
    cursor::{Cursor, unquote},
};

/// Children between two remembered places.
const STRIDE: u64 = 256;
/// Bytes of a value that are shown on its row.
const PREVIEW: u64 = 200;
/// Nodes whose places are remembered.
const MOST_NODES: usize = 1000;

/// A JSON body as a tree. Nothing is read before it is asked for, and nothing is kept but sparse places of children.
#[derive(Debug)]
pub struct Tree {
    source: Source,
    skip: u64,
    places: Mutex<HashMap<u64, Places>>,
}

/// What is known of a node's children.
#[derive(Clone, Debug, Default)]
struct Places {
    /// Where every [`STRIDE`]th child starts (its key, in an object).
    starts: Vec<u64>,
    total: Option<u64>,
}

/// A node: one value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Node {
    /// Where the value starts; names the node in [`Tree::children`].
    pub id: u64,
    /// Its place among its siblings, from 0.
    pub index: u64,
    /// Its key, if it is a member of an object.
    pub key: Option<String>,
    /// What it is.
    pub kind: NodeKind,
    /// The start of its text; strings with their quotes.
    pub preview: String,
    /// The preview is not all of it.
    pub cut: bool,
    /// How many children it has, where that is known already.
    pub children: Option<u64>,
}

/// What a JSON value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum NodeKind {
    /// `{…}`
    Object,
    /// `[…]`
    Array,
    /// `"…"`
    String,
    /// A number, with the digits as they are.
    Number,
    /// `true` or `false`
    Boolean,
    /// `null`
    Null,
}

/// Some children of a node.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Children {
    /// Those that were asked for, as far as they exist.
    pub nodes: Vec<Node>,
    /// How many there are in all, when that is known.
    pub total: Option<u64>,
}

impl Tree {
    /// The tree of `source`, which should have arrived as a whole.
    pub fn open(source: &Source, content_type: Option<&str>) -> Result<Self> {
        let decoded = charset::decode(source, None, content_type)?;
        Ok(Self { source: decoded.source, skip: decoded.skip, places: Mutex::default() })
    }

    /// The outermost value; `None` when there is none.
    pub fn root(&self) -> Result<Option<Node>> {
        let mut cursor = Cursor::new(&self.source, self.skip);
        let Some(_) = cursor.token()? else { return Ok(None) };
        let id = cursor.offset();
        Ok(Some(self.node(id, None, 0, None, None)?))
    }

    /// The children of node `id` from `from` up to `to`. Reads as far as it must, from the nearest place it knows.
    pub fn children(&self, id: u64, from: u64, to: u64) -> Result<Children> {
        let known = self.places().get(&id).cloned().unwrap_or_default();
        let mut cursor = Cursor::new(&self.source, id);
        let Some(close) = closing(cursor.peek()?) else {
            return Ok(Children { nodes: Vec::new(), total: Some(0) });
        };
        let mut found = known.clone();
        let step = known.starts.len().min(usize::try_from(from / STRIDE + 1).unwrap_or(usize::MAX));
        let mut index = 0;
        if step > 0 {
            index = (step as u64 - 1) * STRIDE;
            cursor = Cursor::new(&self.source, known.starts[step - 1]);
        } else {
            cursor.step();
        }
        let mut nodes = Vec::new();
        while index < to {
            if cursor.token()? == Some(close) {
                found.total = Some(index);
                break;
            }
            if index % STRIDE == 0 && index / STRIDE == found.starts.len() as u64 {
                found.starts.push(cursor.offset());
            }
            let wanted = index >= from;
            let key = member_key(&mut cursor, close, wanted)?;
            cursor.token()?;
            let start = cursor.offset();
            let skipped = cursor.skip()?;
            if wanted {
                nodes.push(self.node(
                    start,
                    key,
                    index,
                    Some(skipped.end),
                    Some(skipped.children),
                )?);
            }
            index += 1;
            if cursor.token()? != Some(b',') {
                cursor.expect(close)?;
                found.total = Some(index);
                break;
            }
            cursor.step();
        }
        let total = found.total;
        self.remember(id, found);
        Ok(Children { nodes, total })
    }

    fn node(
        &self,
        id: u64,
        key: Option<String>,
        index: u64,
        end: Option<u64>,
        children: Option<u64>,
    ) -> Result<Node> {
        let end = end.unwrap_or(u64::MAX);
        let bytes = self.source.slice(id, end.min(id + PREVIEW))?;
        let kind = match bytes.first() {
            Some(b'{') => NodeKind::Object,
            Some(b'[') => NodeKind::Array,
            Some(b'"') => NodeKind::String,
            Some(b't' | b'f') => NodeKind::Boolean,
            Some(b'n') => NodeKind::Null,
            _ => NodeKind::Number,
        };
        let children = children.filter(|_| matches!(kind, NodeKind::Object | NodeKind::Array));
        let cut = end.min(self.source.len()) > id + PREVIEW;
        Ok(Node { id, index, key, kind, preview: preview(&bytes), cut, children })
    }

    fn remember(&self, id: u64, found: Places) {
        let mut places = self.places();
        if places.len() >= MOST_NODES && !places.contains_key(&id) {
            places.clear();
        }
        let known = places.entry(id).or_default();
        if found.starts.len() > known.starts.len() {
            known.starts = found.starts;
        }
        known.total = known.total.or(found.total);
    }

    fn places(&self) -> std::sync::MutexGuard<'_, HashMap<u64, Places>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The bytes of node `id`, as text.
    pub fn text(&self, id: u64) -> Result<String> {
        let end = Cursor::new(&self.source, id).skip()?.end;
        Ok(String::from_utf8_lossy(&self.source.slice(id, end)?).into_owned())
    }
}

/// The key of the member that starts here, in an object.
pub(crate) fn member_key(cursor: &mut Cursor, close: u8, wanted: bool) -> Result<Option<String>> {
    if close != b'}' {
        return Ok(None);
    }
    if cursor.token()? != Some(b'"') {
        return Err(cursor.error("a key is missing"));
    }
    let mut raw = Vec::new();
    cursor.string(wanted.then_some(&mut raw))?;
    cursor.expect(b':')?;
    Ok(wanted.then(|| unquote(&raw)))
}

/// What closes a container that `open` opens.
pub(crate) fn closing(open: Option<u8>) -> Option<u8> {
    match open? {
        b'{' => Some(b'}'),
        b'[' => Some(b']'),
        _ => None,
    }
}

/// Bytes on one row, cut at a character.
pub(crate) fn preview(bytes: &[u8]) -> String {
    let whole = match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => &bytes[..error.valid_up_to()],
        _ => bytes,
    };
    String::from_utf8_lossy(whole).split_whitespace().collect::<Vec<_>>().join(" ")
}
