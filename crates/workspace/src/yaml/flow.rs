use super::Data;
use super::node::{Entry, Item};
use super::patch::{Patch, Slot};

/// Whether a map in braces has exactly the keys of the data, so that only values differ.
pub(super) fn same_keys(entries: &[Entry], map: &[(String, Data)]) -> bool {
    entries.len() == map.len() && entries.iter().all(|e| map.iter().any(|(k, _)| *k == e.name))
}

impl Patch<'_> {
    pub(super) fn flow_map(&mut self, entries: &[Entry], map: &[(String, Data)], depth: usize) {
        for entry in entries {
            if let Some((_, value)) = map.iter().find(|(k, _)| *k == entry.name) {
                self.value(&entry.value, Slot::Flow, value, depth);
            }
        }
    }

    pub(super) fn flow_list(&mut self, items: &[Item], list: &[Data], depth: usize) {
        for (item, value) in items.iter().zip(list) {
            self.value(&item.node, Slot::Flow, value, depth);
        }
    }
}
