//! Where the reading is.

use std::borrow::Cow;

/// What was read, or where it cannot go on.
pub(super) type Read<T> = Result<T, Mistake>;

/// Something that Hurl does not take.
#[derive(Debug)]
pub(crate) struct Mistake {
    at: usize,
    /// What is wrong, or what was expected.
    pub(crate) what: Cow<'static, str>,
}

impl Mistake {
    /// A mistake at a byte of the text.
    pub(super) fn new(at: usize, what: impl Into<Cow<'static, str>>) -> Self {
        Self { at, what: what.into() }
    }

    /// Line and column, both from 1; an accent that is a character of its own takes no column.
    pub(crate) fn place(&self, text: &str) -> (usize, usize) {
        let before = text.get(..self.at).unwrap_or(text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let row = before.rsplit('\n').next().unwrap_or_default();
        let column = row.chars().filter(|c| !('\u{301}'..'\u{36f}').contains(c)).count() + 1;
        (line, column)
    }
}

/// A text, and the byte that is read next.
#[derive(Clone)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// A cursor over a part of the same text, with the same places.
    pub(super) fn within(&self, from: usize, to: usize) -> Self {
        Self { text: &self.text[..to], at: from }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Goes to a place that was read before.
    pub(super) fn back_to(&mut self, at: usize) {
        self.at = at;
    }

    pub(super) fn skip(&mut self, bytes: usize) {
        self.at += bytes;
    }

    pub(super) fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// What was read since a place.
    pub(super) fn since(&self, from: usize) -> &'a str {
        &self.text[from..self.at]
    }

    pub(super) fn at_end(&self) -> bool {
        self.at == self.text.len()
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    pub(super) fn sees(&self, literal: &str) -> bool {
        self.rest().starts_with(literal)
    }

    /// Reads a literal where it is next.
    pub(super) fn take(&mut self, literal: &str) -> bool {
        let found = self.sees(literal);
        if found {
            self.at += literal.len();
        }
        found
    }

    /// Reads a literal that has to be next.
    pub(super) fn want(&mut self, literal: &'static str) -> Read<()> {
        if self.take(literal) { Ok(()) } else { Err(self.wrong(format!("expected {literal}"))) }
    }

    pub(super) fn take_while(&mut self, which: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let found = &rest[..rest.find(|c| !which(c)).unwrap_or(rest.len())];
        self.at += found.len();
        found
    }

    /// Reads spaces and tabs, if any.
    pub(super) fn spaces(&mut self) -> &'a str {
        self.take_while(|c| c == ' ' || c == '\t')
    }

    /// Reads spaces and tabs, at least one.
    pub(super) fn some_spaces(&mut self) -> Read<()> {
        if self.spaces().is_empty() { Err(self.wrong("expected a space")) } else { Ok(()) }
    }

    /// A mistake at what is next.
    pub(super) fn wrong(&self, what: impl Into<Cow<'static, str>>) -> Mistake {
        Mistake::new(self.at, what)
    }

    /// Reads something; goes back when it is something else.
    pub(super) fn attempt<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Read<Option<T>>,
    ) -> Read<Option<T>> {
        let from = self.at;
        let found = read(self)?;
        if found.is_none() {
            self.at = from;
        }
        Ok(found)
    }

    /// Reads as many as there are.
    pub(super) fn all<T>(&mut self, read: impl Fn(&mut Self) -> Read<Option<T>>) -> Read<Vec<T>> {
        let mut found = Vec::new();
        while let Some(one) = self.attempt(&read)? {
            found.push(one);
        }
        Ok(found)
    }
}
