use super::node::Item;
use super::patch::{Patch, Slot};
use super::{Data, lines, render};

/// Above this many comparisons, lists are matched by place alone.
const MAX_COMPARISONS: usize = 1_000_000;

impl Patch<'_> {
    /// Makes a block list say `list`: items that stay keep their lines, those that moved take their
    /// lines along, only the others are written anew.
    pub(super) fn block_list(
        &mut self,
        items: &[Item],
        list: &[Data],
        indent: usize,
        depth: usize,
    ) {
        let pairs = pair(items, list);
        let mut gone: Vec<usize> =
            (0..items.len()).filter(|i| !pairs.contains(&Some(*i))).collect();
        let mut after: Option<&Item> = None;
        for (value, old) in list.iter().zip(&pairs) {
            if let Some(item) = old.map(|i| &items[i]) {
                self.value(&item.node, Slot::Item { dash: item.dash, indent }, value, depth);
                after = Some(item);
                continue;
            }
            let moved =
                gone.iter().position(|i| items[*i].node.says(value)).map(|at| gone.remove(at));
            let block = if let Some(item) = moved.map(|i| &items[i]) {
                let lines = self.block_of(item);
                self.put(lines::removal(self.text, lines.start, item.node.end), "");
                self.text[lines].to_owned()
            } else {
                let mut block = " ".repeat(indent);
                render::item(&mut block, value, indent, self.layout);
                block
            };
            if let Some(item) = after {
                let at = lines::end(self.text, item.node.end.max(item.dash + 1));
                self.put(at..at, format!("\n{block}"));
            } else {
                let at = lines::start(self.text, items[0].dash);
                self.put(at..at, format!("{block}\n"));
            }
        }
        for item in gone.into_iter().map(|i| &items[i]) {
            let end = item.node.end.max(item.dash + 1);
            self.put(lines::removal(self.text, item.dash, end), "");
        }
    }

    /// The lines of an item with the comments right above it, without the last line break.
    fn block_of(&self, item: &Item) -> std::ops::Range<usize> {
        let mut start = lines::start(self.text, item.dash);
        while start > 0 {
            let above = lines::start(self.text, start - 1);
            if !self.text[above..start].trim_start().starts_with('#') {
                break;
            }
            start = above;
        }
        start..lines::end(self.text, item.node.end.max(item.dash + 1))
    }
}

/// For each new item the old one whose lines it takes over, in rising order.
fn pair(items: &[Item], list: &[Data]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; list.len()];
    let front = items.iter().zip(list).take_while(|(i, d)| i.node.says(d)).count();
    let back = items[front..]
        .iter()
        .rev()
        .zip(list[front..].iter().rev())
        .take_while(|(i, d)| i.node.says(d))
        .count();
    for (at, pair) in pairs.iter_mut().enumerate().take(front) {
        *pair = Some(at);
    }
    for at in 0..back {
        pairs[list.len() - 1 - at] = Some(items.len() - 1 - at);
    }
    let (old, new) = (&items[front..items.len() - back], &list[front..list.len() - back]);
    let equal = common(old, new);
    let (mut i, mut j) = (0, 0);
    for (x, y) in equal.into_iter().chain([(old.len(), new.len())]) {
        fill(&mut pairs[front..], (&old[i..x], i), (&new[j..y], j), front);
        if let Some(pair) = pairs[front..].get_mut(y).filter(|_| y < new.len()) {
            *pair = Some(front + x);
        }
        (i, j) = (x + 1, y + 1);
    }
    pairs
}

/// Pairs what is left between two equal items: by name where the numbers differ, else by place.
fn fill(pairs: &mut [Option<usize>], old: (&[Item], usize), new: (&[Data], usize), front: usize) {
    let ((old, old_from), (new, new_from)) = (old, new);
    let mut from = 0;
    for (j, value) in new.iter().enumerate() {
        let found = if old.len() == new.len() {
            Some(j)
        } else {
            let name = value.get("name");
            (from..old.len()).find(|i| {
                name.is_some() && old[*i].node.get("name").map(super::Node::data).as_ref() == name
            })
        };
        if let Some(i) = found {
            pairs[new_from + j] = Some(front + old_from + i);
            from = i + 1;
        }
    }
}

/// The longest common subsequence as pairs of places.
fn common(old: &[Item], new: &[Data]) -> Vec<(usize, usize)> {
    let (n, m) = (old.len(), new.len());
    if n == 0 || m == 0 || n * m > MAX_COMPARISONS {
        return Vec::new();
    }
    let mut length = vec![0u32; (n + 1) * (m + 1)];
    let at = |i: usize, j: usize| i * (m + 1) + j;
    let mut same = vec![false; n * m];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            same[i * m + j] = old[i].node.says(&new[j]);
            length[at(i, j)] = if same[i * m + j] {
                length[at(i + 1, j + 1)] + 1
            } else {
                length[at(i + 1, j)].max(length[at(i, j + 1)])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < n && j < m {
        if same[i * m + j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if length[at(i + 1, j)] >= length[at(i, j + 1)] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}
