//! A URL as text with its tables, and as Postman's parts.

use std::collections::VecDeque;

use errand_model::{Param, ParamKind};
use serde_json::{Map, Value, json};

use super::json::{description, enabled, filled, is_on, list, object, set, text, text_at};

/// How far from its place in the text a row may be.
const NEAR: usize = 64;

/// What a request's `url` says: the text and the rows, and whether its raw text said otherwise.
pub(super) struct Read {
    pub(super) text: String,
    pub(super) params: Vec<Param>,
    pub(super) differs: bool,
}

/// Reads a URL. Postman sends what the parts say, and `raw` only where there are none.
pub(super) fn read(url: Option<&Value>) -> Read {
    let Some(Value::Object(url)) = url else {
        let text = text(url);
        let params = rows(&text);
        return Read { text, params, differs: false };
    };
    let raw = text(url.get("raw"));
    let host = joined(url.get("host"), ".");
    let mut params: Vec<Param> = list(url.get("query")).iter().filter_map(query_row).collect();
    let path = list(url.get("variable")).iter().filter_map(path_row);
    if host.is_empty() && url.get("path").is_none() {
        if url.get("query").is_none() {
            params = rows(&raw);
        }
        params.extend(path);
        return Read { text: raw, params, differs: false };
    }
    let built = build(url, &host);
    params.extend(path);
    let differs = !raw.is_empty() && raw != built;
    Read { text: built, params, differs }
}

/// The text of the parts, as Postman puts them together.
fn build(url: &Map<String, Value>, host: &str) -> String {
    let mut built = String::new();
    let protocol = text(url.get("protocol"));
    if !protocol.is_empty() {
        built.push_str(protocol.trim_end_matches("://"));
        built.push_str("://");
    }
    if let Some(auth) = url.get("auth").filter(|auth| auth.get("user").is_some()) {
        built.push_str(&text_at(auth, "user"));
        if let Some(password) = auth.get("password").filter(|value| !value.is_null()) {
            built.push(':');
            built.push_str(&text(Some(password)));
        }
        built.push('@');
    }
    built.push_str(host);
    let port = text(url.get("port"));
    if !port.is_empty() {
        built.push(':');
        built.push_str(&port);
    }
    if url.get("path").is_some_and(|path| !path.is_null()) {
        let path = joined(url.get("path"), "/");
        let empty = list(url.get("path")).is_empty() && path.is_empty();
        if !empty {
            if !path.starts_with('/') || url.get("path").is_some_and(Value::is_array) {
                built.push('/');
            }
            built.push_str(&path);
        }
    }
    let mut mark = '?';
    for row in list(url.get("query")).iter().filter(|row| row.is_object() && enabled(row)) {
        built.push(mark);
        mark = '&';
        built.push_str(&escaped(&text_at(row, "key"), true));
        if let Some(value) = row.get("value").filter(|value| !value.is_null()) {
            built.push('=');
            built.push_str(&escaped(&text(Some(value)), false));
        }
    }
    if let Some(hash) = url.get("hash").filter(|hash| !hash.is_null()) {
        built.push('#');
        built.push_str(&text(Some(hash)));
    }
    built
}

/// A host or path: a text, or pieces that are texts or objects with a `value`.
fn joined(value: Option<&Value>, between: &str) -> String {
    match value {
        Some(Value::Array(pieces)) => {
            let pieces = pieces.iter().map(|piece| match piece {
                Value::Object(piece) => text(piece.get("value")),
                piece => text(Some(piece)),
            });
            pieces.collect::<Vec<_>>().join(between)
        }
        other => text(other),
    }
}

/// What would end a value in the text of a URL is encoded, as Postman does when it sends it.
fn escaped(text: &str, name: bool) -> String {
    if !text.contains(['&', '#', '=']) || text.contains("{{") {
        return text.to_owned();
    }
    let text = text.replace('&', "%26").replace('#', "%23");
    if name { text.replace('=', "%3D") } else { text }
}

fn query_row(row: &Value) -> Option<Param> {
    let row = row.is_object().then_some(row)?;
    let on = enabled(row);
    let shown = |text: String, name| if on { escaped(&text, name) } else { text };
    Some(Param {
        name: shown(text_at(row, "key"), true),
        value: shown(text_at(row, "value"), false),
        kind: ParamKind::Query,
        description: description(row.get("description")),
        enabled: on,
    })
}

fn path_row(row: &Value) -> Option<Param> {
    let name = row.get("key").or_else(|| row.get("id")).or_else(|| row.get("name"));
    let name = text(name);
    (!name.is_empty()).then(|| Param {
        name,
        value: text_at(row, "value"),
        kind: ParamKind::Path,
        description: description(row.get("description")),
        enabled: !is_on(row.get("disabled")),
    })
}

/// The rows of a text's own query.
fn rows(url: &str) -> Vec<Param> {
    let rows = split(url).query.map(pairs).unwrap_or_default();
    let rows = rows.into_iter().filter(|(name, value)| !name.is_empty() || value.is_some());
    rows.map(|(name, value)| Param {
        name: name.to_owned(),
        value: value.unwrap_or_default().to_owned(),
        kind: ParamKind::Query,
        description: String::new(),
        enabled: true,
    })
    .collect()
}

fn pairs(query: &str) -> Vec<(&str, Option<&str>)> {
    let pairs = pieces(query, '&').into_iter();
    pairs.map(|pair| pair.split_once('=').map_or((pair, None), |(n, v)| (n, Some(v)))).collect()
}

/// A URL's text with its rows as Postman's parts.
pub(super) fn write(url: &str, params: &[Param]) -> Value {
    let parts = split(url);
    let query = query(parts.query, params);
    let path: Vec<Value> = params
        .iter()
        .filter(|param| param.kind == ParamKind::Path)
        .map(|param| {
            Value::Object(object([
                ("key", Some(json!(param.name))),
                ("value", Some(json!(param.value))),
                ("description", filled(&param.description)),
                ("disabled", set(!param.enabled)),
            ]))
        })
        .collect();
    let authority = parts.host.rsplit_once('@');
    let auth = authority.map(|(auth, _)| {
        let (user, password) = auth.split_once(':').map_or((auth, None), |(u, p)| (u, Some(p)));
        Value::Object(object([
            ("user", Some(json!(user))),
            ("password", password.map(|password| json!(password))),
        ]))
    });
    let host = authority.map_or(parts.host, |(_, host)| host);
    let (host, port) = port(host);
    let members = object([
        ("raw", Some(json!(url))),
        ("protocol", parts.protocol.map(|protocol| json!(protocol))),
        ("auth", auth),
        ("host", (!host.is_empty()).then(|| json!(pieces(host, '.')))),
        ("port", port.map(|port| json!(port))),
        ("path", parts.path.map(|path| json!(pieces(path, '/')))),
        ("query", (!query.is_empty()).then_some(Value::Array(query))),
        ("hash", parts.hash.map(|hash| json!(hash))),
        ("variable", (!path.is_empty()).then_some(Value::Array(path))),
    ]);
    Value::Object(members)
}

/// The rows in table order, then what only the text has. Only the text tells `a` from `a=`.
fn query(text: Option<&str>, params: &[Param]) -> Vec<Value> {
    let mut left: VecDeque<_> = text.map(pairs).unwrap_or_default().into();
    let mut rows = Vec::new();
    for param in params.iter().filter(|param| param.kind == ParamKind::Query) {
        let found = left.iter().take(NEAR).position(|(name, value)| {
            param.enabled && *name == param.name && value.unwrap_or_default() == param.value
        });
        let bare = found.and_then(|at| left.remove(at)).is_some_and(|(_, value)| value.is_none());
        rows.push(Value::Object(object([
            ("key", Some(json!(param.name))),
            ("value", Some(if bare { Value::Null } else { json!(param.value) })),
            ("description", filled(&param.description)),
            ("disabled", set(!param.enabled)),
        ])));
    }
    let left = left.into_iter().map(|(name, value)| json!({"key": name, "value": value}));
    rows.extend(left);
    rows
}

struct Split<'a> {
    protocol: Option<&'a str>,
    host: &'a str,
    path: Option<&'a str>,
    query: Option<&'a str>,
    hash: Option<&'a str>,
}

fn split(url: &str) -> Split<'_> {
    let (rest, hash) = cut(url, '#');
    let (rest, query) = cut(rest, '?');
    let (protocol, rest) = match rest.split_once("://") {
        Some((protocol, rest)) if !protocol.contains('/') => (Some(protocol), rest),
        _ => (None, rest),
    };
    let (host, path) = cut(rest, '/');
    Split { protocol, host, path, query, hash }
}

fn port(host: &str) -> (&str, Option<&str>) {
    let Some(at) = outside(host, ':').last() else { return (host, None) };
    let (name, port) = (&host[..at], &host[at + 1..]);
    let bracket = name.starts_with('[') && !name.ends_with(']');
    if port.is_empty() || bracket { (host, None) } else { (name, Some(port)) }
}

/// The text before a mark and after it; marks in variables do not count.
fn cut(text: &str, mark: char) -> (&str, Option<&str>) {
    match outside(text, mark).next() {
        Some(at) => (&text[..at], Some(&text[at + mark.len_utf8()..])),
        None => (text, None),
    }
}

fn pieces(text: &str, mark: char) -> Vec<&str> {
    let mut from = 0;
    let mut pieces: Vec<&str> = outside(text, mark)
        .map(|at| {
            let piece = &text[from..at];
            from = at + mark.len_utf8();
            piece
        })
        .collect();
    pieces.push(&text[from..]);
    pieces
}

/// Where a mark is, variables aside.
fn outside(text: &str, mark: char) -> impl Iterator<Item = usize> + '_ {
    let mut inside_until = 0;
    // Behind the last end of a variable there is none.
    let last = text.rfind("}}").unwrap_or_default();
    text.char_indices().filter_map(move |(at, c)| {
        if at < inside_until {
            return None;
        }
        if c == '{' && at < last && text[at..].starts_with("{{") {
            inside_until = text[at..].find("}}").map_or(0, |end| at + end + 2);
            return None;
        }
        (c == mark).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &Value) -> (String, Vec<(String, String, bool)>) {
        let read = read(Some(url));
        let rows = read.params.into_iter().map(|p| (p.name, p.value, p.enabled)).collect();
        (read.text, rows)
    }

    #[test]
    fn a_text_becomes_parts_and_the_same_text_again() {
        for url in [
            "https://user:p@a.b.example.com:8080/x/:id/?a=1&b&c=#end",
            "{{base.url}}/v1/{{a/b}}?q={{x?y}}&z",
            "example.com",
            "http://[::1]:80/",
            "?",
            "http://h/p?",
            "",
            "/only/path",
            "http://{{host}}:{{port}}",
        ] {
            let written = write(url, &rows(url));
            let again = read(Some(&written));
            assert_eq!(again.text, if url == "?" { "?" } else { url }, "{written}");
        }
    }

    #[test]
    fn parts_say_what_is_sent() {
        let url = json!({
            "raw": "http://other", "protocol": "https", "host": "a.b", "port": 81,
            "path": ["x", {"type": "any", "value": ":id"}, ""],
            "query": [
                {"key": "n", "value": null}, {"key": "e", "value": ""},
                {"key": "off", "value": "1", "disabled": true}, {"key": "v&", "value": "a&b=c"}
            ],
            "hash": "h",
            "variable": [{"id": "id", "value": 7}]
        });
        let (text, rows) = of(&url);
        assert_eq!(text, "https://a.b:81/x/:id/?n&e=&v%26=a%26b=c#h");
        let row = |name: &str, value: &str, on| (name.to_owned(), value.to_owned(), on);
        let expected = [
            row("n", "", true),
            row("e", "", true),
            row("off", "1", false),
            row("v%26", "a%26b=c", true),
            row("id", "7", true),
        ];
        assert_eq!(rows, expected);
        assert!(read(Some(&url)).differs);
        let written = write(&text, &read(Some(&url)).params);
        assert_eq!(written["query"][0], json!({"key": "n", "value": null}));
        assert_eq!(written["query"][1], json!({"key": "e", "value": ""}));
        assert_eq!(written["query"][2]["disabled"], json!(true));
    }
}
