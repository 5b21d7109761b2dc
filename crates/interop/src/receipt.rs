use serde::{Deserialize, Serialize};

/// What became of each part of a source. It never holds values, which may be secret, only what they
/// belong to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// In the order of the source.
    pub lines: Vec<Line>,
}

/// One part of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// What became of it.
    pub outcome: Outcome,
    /// Where it belongs: names of folders and the item with ` / ` between; empty for the whole.
    #[serde(default)]
    pub place: String,
    /// The part, in the source's own words, such as `--max-time` or `protocolProfileBehavior`.
    pub item: String,
    /// What it became, or why it did not; empty where there is nothing to say.
    pub note: String,
    /// Where the original text is kept, such as `extensions.postman`; empty when nowhere.
    #[serde(default)]
    pub original: String,
}

/// What became of a part of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
        self.at("").kept(item);
    }

    pub(crate) fn converted(&mut self, item: impl Into<String>, note: impl Into<String>) {
        self.at("").converted(item, note);
    }

    pub(crate) fn not_carried(&mut self, item: impl Into<String>, why: impl Into<String>) {
        self.at("").not_carried(item, why);
    }

    /// Writes lines that belong to one place.
    pub fn at(&mut self, place: impl Into<String>) -> Scribe<'_> {
        Scribe { from: self.lines.len(), place: place.into(), receipt: self }
    }

    /// How many lines have this outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.lines.iter().filter(|line| line.outcome == outcome).count()
    }
}

/// How many lines back the same line is looked for.
const NEAR: usize = 64;

/// Writes lines about one place; the same line twice is written once.
#[derive(Debug)]
pub struct Scribe<'r> {
    receipt: &'r mut Receipt,
    place: String,
    from: usize,
}

impl Scribe<'_> {
    /// It means the same here.
    pub fn kept(&mut self, item: impl Into<String>) {
        self.push(Outcome::Kept, item, "", "");
    }

    /// It became something else.
    pub fn converted(&mut self, item: impl Into<String>, how: impl Into<String>) {
        self.push(Outcome::Converted, item, how, "");
    }

    /// It became something else; what it was is kept where `original` says.
    pub fn converted_keeping(
        &mut self,
        item: impl Into<String>,
        how: impl Into<String>,
        original: impl Into<String>,
    ) {
        self.push(Outcome::Converted, item, how, original);
    }

    /// It has no place here, and is kept nowhere.
    pub fn not_carried(&mut self, item: impl Into<String>, why: impl Into<String>) {
        self.push(Outcome::NotCarried, item, why, "");
    }

    /// It has no place here; its text is kept where `original` says.
    pub fn set_aside(
        &mut self,
        item: impl Into<String>,
        why: impl Into<String>,
        original: impl Into<String>,
    ) {
        self.push(Outcome::NotCarried, item, why, original);
    }

    fn push(
        &mut self,
        outcome: Outcome,
        item: impl Into<String>,
        note: impl Into<String>,
        original: impl Into<String>,
    ) {
        let line = Line {
            outcome,
            place: self.place.clone(),
            item: item.into(),
            note: note.into(),
            original: original.into(),
        };
        // Of curl commands all lines are at one place, written by many hands.
        let from = if self.place.is_empty() { 0 } else { self.from };
        let from = from.max(self.receipt.lines.len().saturating_sub(NEAR));
        if !self.receipt.lines[from..].contains(&line) {
            self.receipt.lines.push(line);
        }
    }
}
