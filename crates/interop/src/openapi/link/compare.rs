use std::collections::HashMap;

use serde_json::Value;

use super::super::document::{Document, reference};

/// How deep two values are compared, references followed.
const DEPTH: usize = 200;

/// Pieces of two documents side by side, references followed.
pub(super) struct Comparison<'d> {
    pub old: &'d Document,
    pub new: &'d Document,
    /// What is known of pairs of references; those under way are taken for equal.
    known: HashMap<(&'d str, &'d str), bool>,
}

impl<'d> Comparison<'d> {
    pub fn new(old: &'d Document, new: &'d Document) -> Self {
        Self { old, new, known: HashMap::new() }
    }

    /// Whether two pieces mean the same, whatever the order of keys.
    pub fn same(&mut self, old: &'d Value, new: &'d Value) -> bool {
        self.equal(old, new, 0)
    }

    fn equal(&mut self, old: &'d Value, new: &'d Value, depth: usize) -> bool {
        if depth > DEPTH {
            return true;
        }
        if let (Some(from), Some(to)) = (reference(old), reference(new)) {
            if let Some(known) = self.known.get(&(from, to)) {
                return *known;
            }
            self.known.insert((from, to), true);
            let equal = self.equal(self.old.resolve(old), self.new.resolve(new), depth + 1);
            self.known.insert((from, to), equal);
            return equal;
        }
        let (old, new) = (self.old.resolve(old), self.new.resolve(new));
        match (old, new) {
            (Value::Object(old), Value::Object(new)) => {
                old.len() == new.len()
                    && old.iter().all(|(key, value)| {
                        new.get(key).is_some_and(|other| self.equal(value, other, depth + 1))
                    })
            }
            (Value::Array(old), Value::Array(new)) => {
                old.len() == new.len()
                    && old.iter().zip(new).all(|(a, b)| self.equal(a, b, depth + 1))
            }
            (old, new) => old == new,
        }
    }
}
