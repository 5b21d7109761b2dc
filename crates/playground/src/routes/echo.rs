//! The request, told back.

use serde_json::{Map, Value, json};

use super::received::{add, describe, object, put_bytes};
use crate::answer::{Answer, Outcome, Refusal, json_answer};
use crate::call::Call;

/// How much of a body is told back. The rest is read, counted and let go.
const ECHOED: usize = 8 << 20;

pub(crate) async fn echo(call: &mut Call) -> Outcome {
    Ok(json_answer(&Value::Object(report(call).await?)))
}

/// Everything about a request, as JSON.
pub(crate) async fn report(call: &mut Call) -> Result<Map<String, Value>, Refusal> {
    let received = call.receive(ECHOED).await?;
    let list = header_list(call);
    let content_type = call.header("content-type").unwrap_or_default();
    let Value::Object(mut told) = json!({
        "method": call.method.as_str(),
        "url": format!("{}{}", call.origin(), call.target()),
        "path": call.uri.path(),
        "args": object(&call.query),
        "query": call.query,
        "headers": header_map(&list),
        "headerList": list,
        "httpVersion": format!("{:?}", call.version),
        "origin": call.peer.ip().to_string(),
        "size": received.size,
    }) else {
        return Ok(Map::new());
    };
    if received.is_cut() {
        told.insert("truncated".to_owned(), Value::from(true));
    } else {
        told.extend(describe(content_type, &received.bytes).await);
    }
    put_bytes(&mut told, &received.bytes);
    Ok(told)
}

pub(crate) fn headers(call: &Call) -> Answer {
    let list = header_list(call);
    json_answer(&json!({ "headers": header_map(&list), "headerList": list }))
}

pub(crate) fn ip(call: &Call) -> Answer {
    json_answer(&json!({ "origin": call.peer.ip().to_string(), "port": call.peer.port() }))
}

type Fields = Vec<(String, String)>;

fn header_map(list: &Fields) -> Map<String, Value> {
    let mut map = Map::new();
    for (name, value) in list {
        add(&mut map, name, Value::from(value.as_str()));
    }
    map
}

/// Names as they were written and in their order where the wire was kept; else hyper's view, in
/// which names are lower case and repeated ones stand together.
fn header_list(call: &Call) -> Fields {
    as_written(call).unwrap_or_else(|| {
        call.headers
            .iter()
            .map(|(name, value)| (name.to_string(), latin1(value.as_bytes())))
            .collect()
    })
}

/// Finds the request's head in what was read. Bodies may precede it, so a match counts only when it
/// agrees with what hyper parsed.
fn as_written(call: &Call) -> Option<Fields> {
    let start = format!("{} {} HTTP/1.", call.method, call.target());
    let start = start.as_bytes();
    let raw = &call.raw;
    let mut from = 0;
    while let Some(found) = find(&raw[from..], start) {
        let at = from + found;
        if (at == 0 || raw[at - 1] == b'\n')
            && let Some(fields) = fields(&raw[at..])
            && agrees(&fields, call)
        {
            return Some(fields);
        }
        from = at + 1;
    }
    None
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn fields(head: &[u8]) -> Option<Fields> {
    let mut list = Vec::new();
    for line in head.split(|byte| *byte == b'\n').skip(1) {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            return Some(list);
        }
        let colon = line.iter().position(|byte| *byte == b':')?;
        let value = line[colon + 1..].trim_ascii();
        list.push((latin1(&line[..colon]), latin1(value)));
    }
    None
}

fn agrees(fields: &Fields, call: &Call) -> bool {
    fields.len() == call.headers.len()
        && fields.iter().all(|(name, value)| {
            call.headers
                .get_all(name.as_str())
                .iter()
                .any(|known| latin1(known.as_bytes()) == *value)
        })
}

/// Header bytes beyond ASCII have no agreed meaning (RFC 9110 §5.5): UTF-8 where they are that,
/// else byte by byte.
fn latin1(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}
