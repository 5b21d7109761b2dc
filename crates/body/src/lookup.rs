//! One value out of JSON of any size, without reading more than is before it and without holding any of it.

use std::ops::Range;

use crate::{
    Result, Source,
    cursor::{Cursor, unquote},
};

/// A path with names and indexes only: `$.items[3].name`, `$['two words']`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path(Vec<Step>);

/// One step of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A member of an object.
    Name(String),
    /// An element of an array, from 0.
    Index(u64),
}

impl Path {
    /// A path of these steps.
    pub fn new(steps: Vec<Step>) -> Self {
        Self(steps)
    }

    /// Reads a `JSONPath` (RFC 9535) that has plain names and indexes only; `None` for all others.
    pub fn parse(expression: &str) -> Option<Self> {
        let mut rest = expression.strip_prefix('$')?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (step, after) = if let Some(dotted) = rest.strip_prefix('.') {
                shorthand(dotted)?
            } else {
                bracket(rest)?
            };
            steps.push(step);
            rest = after;
        }
        Some(Self(steps))
    }

    /// The steps.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}

fn shorthand(text: &str) -> Option<(Step, &str)> {
    let in_name = |char: char| char == '_' || char.is_ascii_alphanumeric() || !char.is_ascii();
    let end = text.find(|char| !in_name(char)).unwrap_or(text.len());
    let name = &text[..end];
    let good = name.chars().next().is_some_and(|first| !first.is_ascii_digit());
    good.then(|| (Step::Name(name.to_owned()), &text[end..]))
}

fn bracket(text: &str) -> Option<(Step, &str)> {
    let inside = text.strip_prefix('[')?;
    if let Some(quote) = inside.chars().next().filter(|char| matches!(char, '\'' | '"')) {
        let (name, after) = inside[1..].split_once(quote)?;
        // Escapes are left to the full parser.
        let plain = !name.contains('\\') && !name.chars().any(|char| char < ' ');
        return plain.then_some((Step::Name(name.to_owned()), after.strip_prefix(']')?));
    }
    let (digits, after) = inside.split_once(']')?;
    let canonical = digits == "0" || !digits.starts_with('0');
    let numeric = !digits.is_empty()
        && digits.len() <= 16
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    let index: u64 = (canonical && numeric).then(|| digits.parse().ok()).flatten()?;
    // RFC 9535 §2.1: indexes are within the exact integers of I-JSON.
    (index < 1 << 53).then_some((Step::Index(index), after))
}

/// Where the value at `path` is in `source` (UTF-8 JSON). Of duplicate names, the first counts. Syntax is checked only
/// as far as it matters for finding the value.
pub fn lookup(source: &Source, path: &Path) -> Result<Option<Range<u64>>> {
    let mut cursor = Cursor::new(source, 0);
    if source.slice(0, 3)? == b"\xEF\xBB\xBF" {
        cursor = Cursor::new(source, 3);
    }
    for step in &path.0 {
        let found = match step {
            Step::Name(name) => cursor.token()? == Some(b'{') && find_member(&mut cursor, name)?,
            Step::Index(index) => {
                cursor.token()? == Some(b'[') && find_element(&mut cursor, *index)?
            }
        };
        if !found {
            return Ok(None);
        }
    }
    if cursor.token()?.is_none() {
        return Ok(None);
    }
    let start = cursor.offset();
    Ok(Some(start..cursor.skip()?.end))
}

fn find_member(cursor: &mut Cursor, name: &str) -> Result<bool> {
    cursor.step();
    if cursor.token()? == Some(b'}') {
        return Ok(false);
    }
    let mut key = Vec::new();
    loop {
        if cursor.token()? != Some(b'"') {
            return Err(cursor.error("a key is missing"));
        }
        key.clear();
        cursor.string(Some(&mut key))?;
        cursor.expect(b':')?;
        if is_key(&key, name) {
            return Ok(true);
        }
        cursor.skip()?;
        if cursor.token()? != Some(b',') {
            return Ok(false);
        }
        cursor.step();
    }
}

fn find_element(cursor: &mut Cursor, index: u64) -> Result<bool> {
    cursor.step();
    if cursor.token()? == Some(b']') {
        return Ok(false);
    }
    for _ in 0..index {
        cursor.skip()?;
        if cursor.token()? != Some(b',') {
            return Ok(false);
        }
        cursor.step();
    }
    Ok(true)
}

fn is_key(raw: &[u8], name: &str) -> bool {
    if raw.contains(&b'\\') {
        unquote(raw) == name
    } else {
        raw.get(1..raw.len() - 1) == Some(name.as_bytes())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn find(json: &str, path: &str) -> Option<String> {
        let source = Source::from_bytes(json);
        let range = lookup(&source, &Path::parse(path).unwrap()).unwrap()?;
        Some(String::from_utf8(source.slice(range.start, range.end).unwrap()).unwrap())
    }

    #[test]
    fn plain_paths_are_found() {
        let json = r#" {"a": {"b": [1, {"c": "x]}"}, [2]], "\u00e9": 1.50}, "two words": null} "#;
        assert_eq!(find(json, "$.a.b[1].c").as_deref(), Some(r#""x]}""#));
        assert_eq!(find(json, "$.a.b[2][0]").as_deref(), Some("2"));
        assert_eq!(find(json, "$.a.é").as_deref(), Some("1.50"));
        assert_eq!(find(json, "$['two words']").as_deref(), Some("null"));
        assert_eq!(find(json, "$").map(|text| text.len()), Some(json.len() - 2));
        for absent in ["$.b", "$.a.b[3]", "$.a[0]", "$.a.b.c", "$['a'][\"x\"]"] {
            assert_eq!(find(json, absent), None, "{absent}");
        }
    }

    #[test]
    fn other_paths_are_not_plain() {
        for other in [
            "",
            "a",
            "$.",
            "$.*",
            "$..a",
            "$[-1]",
            "$[01]",
            "$[0,1]",
            "$[1:2]",
            "$['a\\n']",
            "$[?@.a]",
            "$.1a",
            "$ .a",
        ] {
            assert_eq!(Path::parse(other), None, "{other}");
        }
    }

    #[test]
    fn what_is_cut_is_an_error() {
        let source = Source::from_bytes(r#"{"a": [1, "#);
        assert!(lookup(&source, &Path::parse("$.b").unwrap()).is_err());
    }
}
