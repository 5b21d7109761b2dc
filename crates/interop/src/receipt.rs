use serde::Serialize;

/// What became of each part of a source. It never holds values, which may be secret, only what they belong to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// In the order of the source.
    pub lines: Vec<Line>,
}

/// One part of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// What became of it.
    pub outcome: Outcome,
    /// The part, in the source's own words, such as `--max-time`.
    pub item: String,
    /// What it became, or why it did not; empty where there is nothing to say.
    pub note: String,
}

/// What became of a part of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// It means the same here.
    Kept,
    /// It became something else, as the note says.
    Converted,
    /// It has no place here, for the reason in the note.
    NotCarried,
}

impl Receipt {
    pub(crate) fn kept(&mut self, item: impl Into<String>) {
        self.push(Outcome::Kept, item, "");
    }

    pub(crate) fn converted(&mut self, item: impl Into<String>, note: impl Into<String>) {
        self.push(Outcome::Converted, item, note);
    }

    pub(crate) fn not_carried(&mut self, item: impl Into<String>, why: impl Into<String>) {
        self.push(Outcome::NotCarried, item, why);
    }

    fn push(&mut self, outcome: Outcome, item: impl Into<String>, note: impl Into<String>) {
        let line = Line { outcome, item: item.into(), note: note.into() };
        if !self.lines.contains(&line) {
            self.lines.push(line);
        }
    }

    /// How many lines have this outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.lines.iter().filter(|line| line.outcome == outcome).count()
    }
}
