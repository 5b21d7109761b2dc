use std::ops::Range;

/// A piece of a text: plain, or one `{{name}}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment {
    /// Text without variables.
    Text {
        /// Bytes of the text.
        range: Range<usize>,
    },
    /// One variable with its braces.
    Variable {
        /// Bytes of the text, braces included.
        range: Range<usize>,
        /// The name without surrounding white space.
        name: String,
    },
}

/// Splits a text into plain pieces and variables, in order and without gaps.
pub fn segments(text: &str) -> Vec<Segment> {
    let mut found = Vec::new();
    let mut at = 0;
    for token in tokens(text) {
        if token.range.start > at {
            found.push(Segment::Text { range: at..token.range.start });
        }
        at = token.range.end;
        found.push(Segment::Variable {
            range: token.range.clone(),
            name: token.name(text).to_owned(),
        });
    }
    if at < text.len() {
        found.push(Segment::Text { range: at..text.len() });
    }
    found
}

/// One `{{name}}` in a text.
pub(crate) struct Token {
    /// With the braces.
    pub range: Range<usize>,
}

impl Token {
    /// The trimmed name; `text` is the one that was scanned.
    pub fn name<'a>(&self, text: &'a str) -> &'a str {
        text[self.range.start + 2..self.range.end - 2].trim()
    }
}

/// The variables of a text from left to right: `{{`, a name without braces, `}}` (Postman's pattern).
///
/// Of `{{{a}}}` the innermost pair counts, and braces around nothing are text.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(open) = text[at..].find("{{") {
            let mut open = at + open;
            while bytes.get(open + 2) == Some(&b'{') {
                open += 1;
            }
            let name = open + 2;
            let close = text[name..].find(['{', '}']).map(|found| name + found)?;
            at = close;
            if !bytes[close..].starts_with(b"}}") {
                // A lone brace ends the attempt; the scan goes on from it and never looks back.
                if bytes[close] == b'}' {
                    at += 1;
                }
                continue;
            }
            at = close + 2;
            if !text[name..close].trim().is_empty() {
                return Some(Token { range: open..close + 2 });
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        tokens(text).map(|t| t.name(text)).collect()
    }

    #[test]
    fn finds_what_postmans_pattern_finds() {
        for (text, expected) in [
            ("", vec![]),
            ("plain", vec![]),
            ("{{a}}", vec!["a"]),
            ("{{ a }}/{{b}}", vec!["a", "b"]),
            ("{{{a}}}", vec!["a"]),
            ("{{a{{b}}}}", vec!["b"]),
            ("{{}} {{ }}", vec![]),
            ("{{a}", vec![]),
            ("{{a} {{b}}", vec!["b"]),
            ("{ {a}}", vec![]),
            ("{{$guid}}", vec!["$guid"]),
            ("{{größe}}", vec!["größe"]),
            ("{\"a\":{\"b\":{}}}", vec![]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
    }

    #[test]
    fn segments_cover_the_text() {
        let text = "https://{{host}}/x/{{ id }}";
        let parts = segments(text);
        assert_eq!(
            parts,
            [
                Segment::Text { range: 0..8 },
                Segment::Variable { range: 8..16, name: "host".into() },
                Segment::Text { range: 16..19 },
                Segment::Variable { range: 19..27, name: "id".into() },
            ]
        );
    }

    #[test]
    fn long_runs_of_braces_are_scanned_once() {
        let text = "{".repeat(200_000) + "a}}";
        assert_eq!(names(&text), ["a"]);
        assert_eq!(tokens(&"{{a} ".repeat(50_000)).count(), 0);
    }
}
