use std::ops::Range;
use std::rc::Rc;

use crate::rendered::{Missing, Reason, Rendered, SecretSpan, Use};
use crate::segment::{Token, tokens};
use crate::{Origin, ScopeKind, Scopes, Value};

/// How many levels deep values may refer to values (Postman's limit).
pub const MAX_DEPTH: usize = 19;
/// Bytes the result may be longer than its source, so that values which multiply cannot fill the memory.
const MAX_GROWTH: usize = 64 << 20;
/// Substitutions inside values, for the same reason.
const MAX_NESTED: usize = 100_000;

/// Replaces the variables of `text` by their values, again and again until none is left.
///
/// A variable without a value stays as it is and is listed in [`Rendered::missing`]. A secret's value is
/// taken literally: braces in a password are a part of the password.
pub fn render(text: &str, scopes: &Scopes) -> Rendered {
    let mut pass = Pass::over(text);
    for depth in 0..=MAX_DEPTH {
        match pass.run(scopes, depth) {
            (next, true) => pass = next,
            (next, false) => return next.finish(),
        }
    }
    pass.finish()
}

/// Where a piece of the text at hand came from.
#[derive(Clone)]
struct Piece {
    range: Range<usize>,
    /// Bytes of the source: where it stands, or the outermost variable that led to it.
    source: Range<usize>,
    /// Variables that led to it, outermost first; empty for the source's own text.
    chain: Rc<[Rc<str>]>,
    /// The secret whose value it is.
    secret: Option<Rc<str>>,
    /// Not looked at again.
    frozen: bool,
}

/// The text after some substitutions, and what is known about it.
struct Pass {
    text: String,
    pieces: Vec<Piece>,
    used: Vec<Use>,
    missing: Vec<Missing>,
    nested: usize,
    limit: usize,
}

impl Pass {
    fn over(text: &str) -> Self {
        let whole = Piece {
            range: 0..text.len(),
            source: 0..text.len(),
            chain: Rc::from([]),
            secret: None,
            frozen: false,
        };
        Self {
            text: text.to_owned(),
            pieces: vec![whole],
            used: Vec::new(),
            missing: Vec::new(),
            nested: 0,
            limit: text.len().saturating_add(MAX_GROWTH),
        }
    }

    /// Replaces every variable once. The flag says whether anything changed.
    fn run(self, scopes: &Scopes, depth: usize) -> (Self, bool) {
        if !self.text.contains("{{") {
            return (self, false);
        }
        let mut next = Writer::new(&self);
        let mut changed = false;
        for token in tokens(&self.text) {
            next.copy_to(token.range.start);
            changed |= next.substitute(&token, scopes, depth);
        }
        next.copy_to(self.text.len());
        let Writer { text, pieces, used, missing, nested, .. } = next;
        let mut all_used = self.used;
        all_used.extend(used);
        let mut all_missing = self.missing;
        all_missing.extend(missing);
        (
            Self { text, pieces, used: all_used, missing: all_missing, nested, limit: self.limit },
            changed,
        )
    }

    fn finish(mut self) -> Rendered {
        self.used.sort_by_key(|u| u.range.start);
        self.missing.sort_by_key(|m| m.range.start);
        let mut secrets: Vec<SecretSpan> = Vec::new();
        let mut last: Option<&Rc<str>> = None;
        for piece in self.pieces.iter().filter(|piece| !piece.range.is_empty()) {
            match (&piece.secret, secrets.last_mut()) {
                // One use of a secret can be in several pieces, which then share its name.
                (Some(name), Some(span)) if last.is_some_and(|last| Rc::ptr_eq(last, name)) => {
                    span.range.end = piece.range.end;
                }
                (Some(name), _) => {
                    secrets.push(SecretSpan { range: piece.range.clone(), name: name.to_string() });
                }
                (None, _) => {}
            }
            last = piece.secret.as_ref();
        }
        Rendered { text: self.text, used: self.used, missing: self.missing, secrets }
    }
}

/// Builds the text of the next pass from left to right.
struct Writer<'a> {
    old: &'a Pass,
    /// First piece of the old text that is not wholly copied.
    piece: usize,
    at: usize,
    text: String,
    pieces: Vec<Piece>,
    used: Vec<Use>,
    missing: Vec<Missing>,
    nested: usize,
}

impl<'a> Writer<'a> {
    fn new(old: &'a Pass) -> Self {
        Self {
            old,
            piece: 0,
            at: 0,
            text: String::with_capacity(old.text.len()),
            pieces: Vec::with_capacity(old.pieces.len() + 8),
            used: Vec::new(),
            missing: Vec::new(),
            nested: old.nested,
        }
    }

    fn copy_to(&mut self, end: usize) {
        self.advance(end, true, false);
    }

    /// Moves over the old text up to `end`, copying it or not.
    fn advance(&mut self, end: usize, copy: bool, freeze: bool) {
        while self.at < end {
            let piece = &self.old.pieces[self.piece];
            let stop = end.min(piece.range.end);
            if copy && stop > self.at {
                self.copy(piece, stop, freeze);
            }
            self.at = stop;
            if stop == piece.range.end {
                self.piece += 1;
            }
        }
    }

    fn copy(&mut self, piece: &Piece, stop: usize, freeze: bool) {
        let start = self.text.len();
        self.text.push_str(&self.old.text[self.at..stop]);
        let source = if piece.chain.is_empty() {
            let from = piece.source.start + (self.at - piece.range.start);
            from..from + (stop - self.at)
        } else {
            piece.source.clone()
        };
        self.pieces.push(Piece {
            range: start..self.text.len(),
            source,
            chain: piece.chain.clone(),
            secret: piece.secret.clone(),
            frozen: piece.frozen || freeze,
        });
    }

    /// Writes the value of one variable, or the variable itself where it has none.
    fn substitute(&mut self, token: &Token, scopes: &Scopes, depth: usize) -> bool {
        let name = token.name(&self.old.text);
        let under = self.under(&token.range);
        if under.frozen {
            if let (Some(secret), false) = (&under.secret, under.settled) {
                self.leave(token, secret, under.source.clone(), Reason::SecretInName);
            } else {
                self.copy_to(token.range.end);
            }
            return false;
        }
        if under.chain.iter().any(|seen| &**seen == name) {
            let start = under.chain.iter().position(|seen| &**seen == name).unwrap_or(0);
            let path = under.chain[start..]
                .iter()
                .map(ToString::to_string)
                .chain([name.to_owned()])
                .collect();
            self.leave(token, name, under.source, Reason::Cycle(path));
            return false;
        }
        let generated;
        let (origin, value) = match scopes.find(name) {
            Some((origin, value)) => (origin.clone(), value),
            None => match scopes.dynamic.make(name) {
                Some(text) => {
                    generated = Value::Plain(text);
                    (Origin { kind: ScopeKind::Dynamic, name: String::new() }, &generated)
                }
                None => return self.leave(token, name, under.source, Reason::Unknown),
            },
        };
        let text = match value {
            Value::Plain(text) => text.as_str(),
            Value::Secret(secret) => secret.expose(),
            Value::Unavailable => {
                return self.leave(token, name, under.source, Reason::Unavailable);
            }
        };
        if depth == MAX_DEPTH {
            return self.leave(token, name, under.source, Reason::TooDeep);
        }
        self.nested += usize::from(!under.chain.is_empty());
        if self.nested > MAX_NESTED || self.text.len() + text.len() > self.old.limit {
            return self.leave(token, name, under.source, Reason::TooLarge);
        }
        self.write(token, name, text, value.is_secret(), origin, under);
        true
    }

    fn write(
        &mut self,
        token: &Token,
        name: &str,
        text: &str,
        secret: bool,
        origin: Origin,
        under: Under,
    ) {
        self.advance(token.range.end, false, false);
        let start = self.text.len();
        self.text.push_str(text);
        let name: Rc<str> = Rc::from(name);
        self.pieces.push(Piece {
            range: start..self.text.len(),
            source: under.source.clone(),
            chain: under.chain.iter().cloned().chain([name.clone()]).collect(),
            secret: secret.then(|| name.clone()),
            // Dynamic values never hold variables; secrets are literal.
            frozen: secret || origin.kind == ScopeKind::Dynamic,
        });
        self.used.push(Use { range: under.source, name: name.to_string(), origin, secret });
    }

    fn leave(&mut self, token: &Token, name: &str, source: Range<usize>, reason: Reason) -> bool {
        // Values that multiply are left in their thousands: the first says it.
        let again = reason == Reason::TooLarge
            && self.missing.last().is_some_and(|last| last.reason == reason);
        if !again {
            self.missing.push(Missing { range: source, name: name.to_owned(), reason });
        }
        self.advance(token.range.end, true, true);
        false
    }

    /// What is known about the pieces a variable is made of.
    fn under(&self, range: &Range<usize>) -> Under {
        let pieces =
            self.old.pieces[self.piece..].iter().take_while(|piece| piece.range.start < range.end);
        let mut found = Under {
            source: Range { start: usize::MAX, end: 0 },
            chain: Rc::from([]),
            secret: None,
            frozen: false,
            settled: true,
        };
        for piece in pieces {
            let source = if piece.chain.is_empty() {
                let from =
                    range.start.max(piece.range.start) - piece.range.start + piece.source.start;
                from..range.end.min(piece.range.end) - piece.range.start + piece.source.start
            } else {
                piece.source.clone()
            };
            found.source = found.source.start.min(source.start)..found.source.end.max(source.end);
            if found.chain.is_empty() {
                found.chain = piece.chain.clone();
            } else if !piece.chain.is_empty() && found.chain != piece.chain {
                found.chain = found.chain.iter().chain(piece.chain.iter()).cloned().collect();
            }
            if found.secret.is_none() {
                found.secret.clone_from(&piece.secret);
            }
            found.frozen |= piece.frozen;
            found.settled &= piece.frozen;
        }
        found
    }
}

/// What a variable in the text at hand is made of.
struct Under {
    source: Range<usize>,
    chain: Rc<[Rc<str>]>,
    secret: Option<Rc<str>>,
    frozen: bool,
    /// Whether all of it is frozen: it has been dealt with before.
    settled: bool,
}
