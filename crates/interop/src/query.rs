//! The query of a URL and its rows, which are two faces of one thing.

use std::fmt::Write as _;

use errand_model::{Param, ParamKind};

/// An enabled query row.
pub(crate) fn row(name: impl Into<String>, value: impl Into<String>) -> Param {
    Param {
        name: name.into(),
        value: value.into(),
        kind: ParamKind::Query,
        description: String::new(),
        enabled: true,
    }
}

/// The rows of the query that a URL's text has.
pub(crate) fn rows(url: &str) -> Vec<Param> {
    let (_, query, _) = split(url);
    pieces(query.unwrap_or_default())
        .into_iter()
        .filter(|pair| !pair.is_empty() && *pair != "=")
        .map(|pair| {
            let at = outside(pair, "=").first().copied().unwrap_or(pair.len());
            row(&pair[..at], pair.get(at + 1..).unwrap_or_default())
        })
        .collect()
}

/// Writes the enabled of `params` into the query of `url`, after what is there.
pub(crate) fn add(url: &mut String, params: &[Param]) {
    let (_, query, fragment) = split(url);
    let mut mark = match query {
        None => "?",
        Some("") => "",
        Some(_) => "&",
    };
    let mut text = String::new();
    for written in params.iter().filter_map(written) {
        text.push_str(mark);
        text.push_str(&written);
        mark = "&";
    }
    let at = url.len() - fragment.len();
    url.insert_str(at, &text);
}

/// Takes the enabled of `params` out of the query of `url`, from its end. False when they are not
/// what it ends with; then the URL stays as it is.
pub(crate) fn remove(url: &mut String, params: &[Param]) -> bool {
    let (before, query, fragment) = split(url);
    let wanted: Vec<_> = params.iter().filter_map(written).collect();
    if wanted.is_empty() {
        return true;
    }
    let there = pieces(query.unwrap_or_default());
    let Some(left) = there.len().checked_sub(wanted.len()) else { return false };
    if there[left..] != wanted {
        return false;
    }
    let mut text = before.to_owned();
    if left > 0 {
        text.push('?');
        text.push_str(&there[..left].join("&"));
    }
    text.push_str(fragment);
    *url = text;
    true
}

/// As a row stands in a URL; none for one that does not.
fn written(row: &Param) -> Option<String> {
    let shows = row.kind == ParamKind::Query
        && row.enabled
        && !(row.name.is_empty() && row.value.is_empty());
    shows.then(|| {
        let (name, value) = (escape(&row.name, "&#="), escape(&row.value, "&#"));
        format!("{name}={value}")
    })
}

/// Before the query, the query without its mark, and the fragment with its mark.
fn split(url: &str) -> (&str, Option<&str>, &str) {
    let marks = outside(url, "?#");
    let fragment = marks.iter().copied().find(|at| url[*at..].starts_with('#'));
    let (front, fragment) = url.split_at(fragment.unwrap_or(url.len()));
    match marks.first() {
        Some(at) if *at < front.len() => (&front[..*at], Some(&front[at + 1..]), fragment),
        _ => (front, None, fragment),
    }
}

fn pieces(query: &str) -> Vec<&str> {
    let mut from = 0;
    let mut found = Vec::new();
    for at in outside(query, "&") {
        found.push(&query[from..at]);
        from = at + 1;
    }
    found.push(&query[from..]);
    found
}

/// Where any of `marks` stands outside `{{…}}` and `{%…%}`, in one pass. What is never closed is text.
fn outside(text: &str, marks: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut open = ["}}", "%}"];
    let mut at = 0;
    while let Some(next) = text[at..].find(|c| c == '{' || marks.contains(c)) {
        let here = at + next;
        at = here + 1;
        if !text[here..].starts_with('{') {
            found.push(here);
            continue;
        }
        let close = match text.as_bytes().get(at) {
            Some(b'{') => &mut open[0],
            Some(b'%') => &mut open[1],
            _ => continue,
        };
        if close.is_empty() {
            continue;
        }
        match text[at + 1..].find(*close) {
            Some(end) => at += 1 + end + close.len(),
            None => *close = "",
        }
    }
    found
}

/// Percent-encodes `marks` outside `{{…}}`.
fn escape(text: &str, marks: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for at in outside(text, marks) {
        out.push_str(&text[from..at]);
        // Writing to a string cannot fail.
        let _ = write!(out, "%{:02X}", text.as_bytes()[at]);
        from = at + 1;
    }
    out.push_str(&text[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_go_into_the_query_and_out_again() {
        let params = [row("a", "1&2"), row("{{n}}", "{{ v ? 1 }}"), row("", "")];
        for url in ["http://h/p", "http://h/p?x=1#f", "http://h/?#", "{{base?}}/p"] {
            let mut text = url.to_owned();
            add(&mut text, &params);
            assert!(text.contains("a=1%262&{{n}}={{ v ? 1 }}"), "{text}");
            assert!(remove(&mut text, &params), "{text}");
            assert_eq!(text, url.replace("?#", "#"));
        }
        let mut other = "http://h/?b=2".to_owned();
        assert!(!remove(&mut other, &params));
        assert_eq!(other, "http://h/?b=2");
    }

    #[test]
    fn the_rows_of_a_query_are_its_pairs() {
        let found: Vec<_> =
            rows("h?a=1&b&=&{{x&y}}={{z}}#q?c").into_iter().map(|r| (r.name, r.value)).collect();
        let pairs = [("a", "1"), ("b", ""), ("{{x&y}}", "{{z}}")];
        assert_eq!(found, pairs.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn long_hostile_texts_are_read_in_one_pass() {
        let url = format!("h?{}", "{{&{%&".repeat(100_000));
        assert_eq!(rows(&url).len(), 200_000);
        let mut long = "h".to_owned();
        add(&mut long, &[row("a", "&".repeat(100_000))]);
        assert_eq!(long.len(), 4 + 300_000);
    }
}
