//! Pairs of `.bru` blocks: names, values, annotations, and lists of names.

use super::syntax::{Annotation, Fault, Pair, PairValue, Reader};

impl<'t> Reader<'t> {
    /// Pairs up to the brace that closes the block opened at `open`; up to the end without one.
    pub fn pairs(&mut self, open: Option<usize>) -> Result<Vec<Pair>, Fault> {
        let mut found = Vec::new();
        loop {
            let more = self.skip_blank();
            match open {
                Some(open) if self.closes(open)? => return Ok(found),
                None if !more => return Ok(found),
                _ => found.push(self.pair()?),
            }
        }
    }

    pub(super) fn pair(&mut self) -> Result<Pair, Fault> {
        let (annotations, rest) = self.annotations()?;
        let (enabled, rest) = rest.strip_prefix('~').map_or((true, rest), |rest| (false, rest));
        let Some((name, rest)) = self.name(rest) else {
            let column = self.column(rest);
            return Err(self.fault(self.at, column, "\"name: value\" is expected here"));
        };
        let value = self.value(rest.trim_start());
        Ok(Pair { annotations, enabled, name, value })
    }

    /// The annotations before a pair, and the rest of the line after them.
    fn annotations(&mut self) -> Result<(Vec<Annotation>, &'t str), Fault> {
        let mut found = Vec::new();
        let mut rest = self.lines[self.at].trim_start();
        while let Some(after) = rest.strip_prefix('@') {
            let end = after.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'));
            let (name, after) = after.split_at(end.unwrap_or(after.len()));
            if let Some(arguments) = after.strip_prefix('(') {
                let Some((value, after)) = self.argument(arguments) else {
                    let column = self.column(arguments);
                    return Err(self.fault(
                        self.at,
                        column,
                        "this annotation has no closing \")\"",
                    ));
                };
                found.push(Annotation { name: name.to_owned(), value: Some(value) });
                rest = after.trim_start();
            } else if after.trim().is_empty() && !name.is_empty() {
                found.push(Annotation { name: name.to_owned(), value: None });
                rest = "";
            } else {
                break; // `@name: value` is a variable of its own kind.
            }
            if rest.is_empty() {
                let line = self.at;
                self.at += 1;
                if !self.skip_blank() || self.lines[self.at].starts_with(['}', ']']) {
                    return Err(self.fault(line, 0, "nothing follows this annotation"));
                }
                rest = self.lines[self.at].trim_start();
            }
        }
        Ok((found, rest))
    }

    /// The value in the parentheses of an annotation, and what is after them.
    fn argument(&mut self, rest: &'t str) -> Option<(String, &'t str)> {
        let rest = rest.trim_start();
        if let Some(inside) = rest.strip_prefix("'''") {
            let (value, after) = self.triple(inside)?;
            return Some((value, after.trim_start().strip_prefix(')')?));
        }
        if let Some(inside) = rest.strip_prefix('"') {
            let end = quote_end(inside).or_else(|| inside.rfind("\")"))?;
            let value = serde_json::from_str(&rest[..end + 2])
                .unwrap_or_else(|_| inside[..end].replace("\\\"", "\""));
            return Some((value, inside[end + 1..].trim_start().strip_prefix(')')?));
        }
        if let Some(inside) = rest.strip_prefix('\'') {
            let (value, after) = inside.split_once("')")?;
            return Some((value.to_owned(), after));
        }
        let (value, after) = rest.split_once(')')?;
        Some((value.trim().to_owned(), after))
    }

    /// A name and what is after its colon.
    fn name(&mut self, rest: &'t str) -> Option<(String, &'t str)> {
        let inside = rest.strip_prefix("'''");
        if let Some((name, after)) = inside.and_then(|inside| self.triple(inside)) {
            return Some((name, after.trim_start().strip_prefix(':')?));
        }
        if let Some(inside) = rest.strip_prefix('"') {
            let quoted = quote_end(inside).and_then(|end| {
                let after = inside[end + 1..].trim_start().strip_prefix(':')?;
                Some((inside[..end].replace("\\\"", "\""), after))
            });
            if quoted.is_some() {
                return quoted;
            }
        }
        let (name, after) = rest.split_once(':')?;
        Some((name.trim().to_owned(), after))
    }

    /// What is after a colon; goes to the next line.
    fn value(&mut self, rest: &'t str) -> PairValue {
        let mut value = None;
        if let Some(inside) = rest.strip_prefix("'''") {
            value = self.triple(inside).map(|(text, after)| match after.trim() {
                "" => text,
                after => format!("{text} {after}"),
            });
        } else if rest.trim() == "[" {
            let below = self.lines[self.at + 1..].iter().map(|line| line.trim());
            // Items have no colon, so that the search ends before the next pair.
            let items: Vec<_> = below.take_while(|l| *l != "]" && !l.contains(':')).collect();
            let end = self.at + 1 + items.len();
            if self.lines.get(end).is_some_and(|line| line.trim() == "]") {
                self.at = end + 1;
                let items = items.into_iter().filter(|item| !item.is_empty());
                return PairValue::List(items.map(str::to_owned).collect());
            }
        }
        self.at += 1;
        PairValue::Text(value.unwrap_or_else(|| rest.trim().to_owned()))
    }

    /// A text up to `'''`, and what is after that on its line. Stays where it is if there is none.
    fn triple(&mut self, rest: &'t str) -> Option<(String, &'t str)> {
        if let Some((text, after)) = rest.split_once("'''") {
            return Some((text.to_owned(), after));
        }
        let mut parts = Vec::new();
        if !rest.trim().is_empty() {
            parts.push(rest);
        }
        for at in self.at + 1..self.lines.len() {
            let line = self.lines[at];
            if let Some((last, after)) = line.split_once("'''") {
                if !last.trim().is_empty() {
                    parts.push(dedent(last, self.step));
                }
                self.at = at;
                return Some((parts.join("\n"), after));
            }
            parts.push(dedent(line, self.step));
        }
        None
    }

    /// Names separated by commas or line ends, up to `]`.
    pub(super) fn list(&mut self, inside: &'t str, open: usize) -> Result<Vec<Pair>, Fault> {
        let mut found = Vec::new();
        if let Some((items, _)) = inside.split_once(']') {
            push_items(&mut found, Vec::new(), items);
            return Ok(found);
        }
        push_items(&mut found, Vec::new(), inside);
        loop {
            if !self.skip_blank() {
                return Err(self.fault(open, 0, "this list is not closed by a ]"));
            }
            let (annotations, rest) = match self.lines[self.at].trim_start() {
                line if line.starts_with('@') => self.annotations()?,
                line => (Vec::new(), line),
            };
            self.at += 1;
            let (items, end) =
                rest.split_once(']').map_or((rest, false), |(items, _)| (items, true));
            push_items(&mut found, annotations, items);
            if end {
                return Ok(found);
            }
        }
    }
}

fn push_items(found: &mut Vec<Pair>, annotations: Vec<Annotation>, items: &str) {
    let mut annotations = Some(annotations);
    for item in items.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        let (enabled, name) = item.strip_prefix('~').map_or((true, item), |name| (false, name));
        found.push(Pair {
            annotations: annotations.take().unwrap_or_default(),
            enabled,
            name: name.to_owned(),
            value: PairValue::default(),
        });
    }
}

/// Byte of the quote that ends a text in quotes, in which `\` hides what follows it.
fn quote_end(inside: &str) -> Option<usize> {
    let mut hidden = false;
    inside.bytes().position(|byte| {
        let ends = byte == b'"' && !hidden;
        hidden = byte == b'\\' && !hidden;
        ends
    })
}

/// Without up to `step` blanks at its beginning.
fn dedent(line: &str, step: usize) -> &str {
    let blanks = line.bytes().take(step).take_while(|byte| *byte == b' ').count();
    &line[blanks..]
}
