//! YAML as a tree that knows where each node stands in the text, and edits that touch only what changes.

mod block;
mod data;
mod flow;
mod json;
mod lines;
mod node;
mod parse;
mod patch;
mod render;
mod scalar;
mod sequence;

pub(crate) use data::Data;
pub(crate) use node::{Fault, Item, Node, NodeKind};
pub(crate) use parse::{MAX_BYTES, parse};
pub(crate) use patch::rewrite;
pub(crate) use render::{document, fresh};
