//! Which rows are hidden. Only what is folded is stored.

/// Folds that are kept, 24 bytes each.
pub(crate) const MOST_FOLDS: usize = 2_000_000;

/// Rows hidden below one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fold {
    /// The row that stays.
    pub start: u64,
    /// The last row that is hidden.
    pub end: u64,
    /// Rows hidden by the folds before this one.
    before: u64,
}

impl Fold {
    pub fn new(start: u64, end: u64) -> Self {
        Self { start, end, before: 0 }
    }

    pub fn hidden(&self) -> u64 {
        self.end - self.start
    }
}

/// Folds in order, without overlap: what is folded inside of a fold is forgotten.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folds(Vec<Fold>);

impl Folds {
    pub fn from_sorted(folds: Vec<Fold>) -> Self {
        let mut folds = Self(folds);
        folds.count_from(0);
        folds
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All rows hidden.
    pub fn hidden(&self) -> u64 {
        self.0.last().map_or(0, |last| last.before + last.hidden())
    }

    /// The row shown at index `index` of the view.
    pub fn row(&self, index: u64) -> u64 {
        let above = self.0.partition_point(|fold| fold.start - fold.before < index);
        index + above.checked_sub(1).map_or(0, |last| self.0[last].before + self.0[last].hidden())
    }

    /// Where `row` is in the view: its own index, or that of the row it is folded into.
    pub fn index(&self, row: u64) -> (u64, bool) {
        let above = self.0.partition_point(|fold| fold.start < row);
        let Some(fold) = above.checked_sub(1).map(|last| self.0[last]) else { return (row, false) };
        if row <= fold.end {
            (fold.start - fold.before, true)
        } else {
            (row - fold.before - fold.hidden(), false)
        }
    }

    /// The first fold at `row` or below.
    pub fn next_from(&self, row: u64) -> Option<Fold> {
        self.0.get(self.0.partition_point(|fold| fold.start < row)).copied()
    }

    /// The fold that hides `row`.
    pub fn hiding(&self, row: u64) -> Option<Fold> {
        let above = self.0.partition_point(|fold| fold.start < row);
        self.0[..above].last().copied().filter(|fold| row <= fold.end)
    }

    pub fn insert(&mut self, fold: Fold) {
        let first = self.0.partition_point(|other| other.start < fold.start);
        let last = self.0.partition_point(|other| other.start <= fold.end);
        self.0.splice(first..last, [fold]);
        self.count_from(first);
    }

    pub fn remove(&mut self, row: u64) -> bool {
        let Ok(place) = self.0.binary_search_by_key(&row, |fold| fold.start) else { return false };
        self.0.remove(place);
        self.count_from(place);
        true
    }

    fn count_from(&mut self, first: usize) {
        let mut before =
            first.checked_sub(1).map_or(0, |last| self.0[last].before + self.0[last].hidden());
        for fold in &mut self.0[first..] {
            fold.before = before;
            before += fold.hidden();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_indexes_are_each_others_inverse() {
        let mut folds = Folds::default();
        for (start, end) in [(20, 30), (3, 5), (6, 9), (4, 4)] {
            if folds.hiding(start).is_none() && end > start {
                folds.insert(Fold::new(start, end));
            }
        }
        let shown: Vec<u64> = (0..40).filter(|&row| folds.hiding(row).is_none()).collect();
        for (index, &row) in shown.iter().enumerate() {
            assert_eq!(folds.row(index as u64), row);
            assert_eq!(folds.index(row), (index as u64, false));
        }
        assert_eq!(folds.index(8), (folds.index(6).0, true));
        folds.insert(Fold::new(2, 35));
        assert_eq!((folds.len(), folds.hidden()), (1, 33));
        assert!(folds.remove(2));
        assert_eq!(folds.hidden(), 0);
    }
}
