use super::node::Entry;
use super::patch::{Patch, Slot};
use super::{Data, lines, render};

impl Patch<'_> {
    /// Makes a block map say `map`: keys that stay keep their lines, their order and their comments.
    pub(super) fn block_map(
        &mut self,
        entries: &[Entry],
        map: &[(String, Data)],
        top: bool,
        depth: usize,
    ) {
        let kept = |entry: &Entry| map.iter().any(|(k, _)| *k == entry.name);
        let Some(first_kept) = entries.iter().position(kept) else {
            self.failed = true;
            return;
        };
        self.remove_keys(entries, first_kept, kept);
        let indent = entries[0].key.indent();
        let mut after: Option<&Entry> = None;
        for (key, value) in map {
            if let Some(entry) = entries.iter().find(|e| e.name == *key) {
                let slot = Slot::Key { colon: entry.colon, indent };
                self.value(&entry.value, slot, value, depth);
                after = Some(entry);
                continue;
            }
            let mut line = String::new();
            render::entry(&mut line, key, value, indent, self.layout);
            let spaces = " ".repeat(indent);
            if let Some(entry) = after {
                let at = lines::end(self.text, entry.value.end.max(entry.colon));
                let gap = if top && self.gaps && self.is_apart(entry) { "\n" } else { "" };
                self.put(at..at, format!("{gap}\n{spaces}{line}"));
            } else {
                let at = entries[first_kept].key.start;
                self.put(at..at, format!("{line}\n{spaces}"));
            }
        }
    }

    fn remove_keys(&mut self, entries: &[Entry], first_kept: usize, kept: impl Fn(&Entry) -> bool) {
        let mut from = 0;
        // The first key of a list item stands behind the dash: the next key takes its place.
        if first_kept > 0 && !lines::leads(self.text, entries[0].key.start) {
            self.put(entries[0].key.start..entries[first_kept].key.start, "");
            from = first_kept;
        }
        for entry in entries[from..].iter().filter(|e| !kept(e)) {
            let range =
                lines::removal(self.text, entry.key.start, entry.value.end.max(entry.colon));
            self.put(range, "");
        }
    }

    /// Whether an empty line sets this top-level block apart from the next, or from the one before.
    fn is_apart(&self, entry: &Entry) -> bool {
        let next = lines::next(self.text, entry.value.end.max(entry.colon));
        let line = lines::start(self.text, entry.key.start);
        next < self.text.len() && lines::is_blank(self.text, next)
            || line > 0 && lines::is_blank(self.text, lines::start(self.text, line - 1))
    }
}
