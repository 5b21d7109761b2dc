//! What history keeps of an exchange, as entries of a HAR: one for each request on the wire.

use errand_history::Entry;
use errand_interop::har::{HarExchange, HarRequest, HarResponse, HarTimings};
use errand_model::Body;
use jiff::Timestamp;

use crate::App;
use crate::wire::{Exchange, ExchangeState, Hop, Timings};

/// A longer body is left out, in bytes: each has to be in memory as a whole, and a reader of the
/// archive has to take it as one text.
pub const LONGEST_BODY: u64 = 16 << 20;
/// How much history keeps of a request's body, less the rest of a character that was cut.
const KEPT_OF_REQUEST: usize = (64 << 10) - 3;

/// The requests of an entry, and whether the body of its answer was left out for its length. Blocks.
pub fn exchanges(app: &App, entry: Entry) -> (Vec<HarExchange>, bool) {
    let Entry { summary, request, timeline, .. } = entry;
    let Ok(exchange) = serde_json::from_value::<Exchange>(timeline) else {
        // Written by another version, or lost to damage: what lists show of it.
        let bare = HarExchange {
            started_ms: summary.time_ms,
            request: HarRequest { method: summary.method, url: summary.url, ..Default::default() },
            response: summary.status.map(|status| HarResponse { status, ..HarResponse::default() }),
            comment: "No more than this is known of it.".to_owned(),
            ..HarExchange::default()
        };
        return (vec![bare], false);
    };
    let started =
        exchange.started_at.parse::<Timestamp>().map_or(summary.time_ms, Timestamp::as_millisecond);
    let mut entries: Vec<HarExchange> =
        exchange.hops.iter().map(|hop| of_hop(hop, started, &request.body)).collect();
    if entries.is_empty() {
        // It failed before anything was on the wire.
        let (method, url) = (exchange.method.clone(), plain_url(&exchange.url));
        let request = HarRequest { method, url, ..HarRequest::default() };
        entries.push(HarExchange { started_ms: started, request, ..HarExchange::default() });
    }
    let mut left_out = false;
    if let Some(last) = entries.last_mut() {
        left_out = end(app, &exchange, last);
    }
    (entries, left_out)
}

/// The body of the answer and how it ended, which are of the last request.
fn end(app: &App, exchange: &Exchange, last: &mut HarExchange) -> bool {
    let mut remarks = vec![std::mem::take(&mut last.comment)];
    remarks.extend(match exchange.state {
        ExchangeState::Complete => None,
        ExchangeState::Truncated => Some("Only a part of the answer came.".to_owned()),
        ExchangeState::Cancelled => Some("It was cancelled.".to_owned()),
        ExchangeState::Failed => Some("It failed.".to_owned()),
    });
    remarks.extend(exchange.error.as_ref().map(|error| error.message.clone()));
    let mut left_out = false;
    if let (Some(kept), Some(response)) = (&exchange.body, &mut last.response) {
        if kept.size > LONGEST_BODY {
            left_out = true;
            remarks.push(format!(
                "The body of the answer is left out: it has {} bytes, and up to {LONGEST_BODY} are written.",
                kept.size
            ));
        } else {
            let stored = app.store.body(&kept.id).and_then(|body| body.source());
            response.body = stored.ok().and_then(|source| source.slice(0, source.len()).ok());
            if response.body.is_none() {
                remarks.push("The body of the answer is no longer kept.".to_owned());
            }
        }
    }
    remarks.retain(|remark| !remark.is_empty());
    last.comment = remarks.join(" ");
    left_out
}

fn of_hop(hop: &Hop, started_ms: i64, written: &Body) -> HarExchange {
    let (body, comment) = sent_body(hop, written);
    let offset = i64::try_from(hop.timings.start / 1000).unwrap_or_default();
    HarExchange {
        started_ms: started_ms + offset,
        request: HarRequest {
            method: hop.method.clone(),
            url: plain_url(&hop.url),
            http_version: hop.http_version.clone(),
            headers: sent_headers(&hop.request_head),
            body,
            body_size: Some(hop.request_body_size),
        },
        response: hop.status.map(|status| HarResponse {
            status,
            status_text: hop.reason.clone(),
            http_version: hop.http_version.clone(),
            headers: hop
                .headers
                .iter()
                .map(|header| (header.name.clone(), header.value.clone()))
                .collect(),
            body: None,
            body_size: Some(hop.body_size),
            content_size: Some(hop.decoded_size),
        }),
        timings: timings(&hop.timings),
        server_address: hop
            .remote
            .parse::<std::net::SocketAddr>()
            .map(|address| address.ip().to_string())
            .unwrap_or_default(),
        comment,
    }
}

/// The header lines of a head as it was on the wire.
fn sent_headers(head: &str) -> Vec<(String, String)> {
    let fields = head.lines().skip(1).filter_map(|line| line.split_once(':'));
    fields.map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect()
}

/// What history knows of the body that was sent, and what it does not.
fn sent_body(hop: &Hop, written: &Body) -> (Option<Vec<u8>>, String) {
    if hop.request_body_size == 0 {
        return (None, String::new());
    }
    let kept = &hop.request_body;
    let is_cut = kept.len() >= KEPT_OF_REQUEST && hop.request_body_size > kept.len() as u64;
    match written {
        Body::File { .. } | Body::Multipart { .. } => {
            (None, "The body of the request is left out: history does not keep files.".to_owned())
        }
        _ if is_cut => (
            Some(kept.clone().into_bytes()),
            "History keeps the first 64 KiB of the request's body.".to_owned(),
        ),
        Body::FormUrlEncoded { rows } => {
            let names: Vec<&str> =
                rows.iter().filter(|row| row.enabled).map(|row| row.name.as_str()).collect();
            (Some(form(kept, &names).into_bytes()), String::new())
        }
        Body::None | Body::Raw { .. } => (Some(kept.clone().into_bytes()), String::new()),
    }
}

/// A form as it is sent; history keeps it readable. What stands for a secret stays.
fn form(shown: &str, names: &[&str]) -> String {
    let fields = fields(shown, names).unwrap_or_else(|| {
        shown.split('&').map(|field| field.split_once('=').unwrap_or((field, ""))).collect()
    });
    let encoded =
        fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    encoded.collect::<Vec<_>>().join("&")
}

/// The fields of these names, whose values may have any character; none where the names have
/// variables in them.
fn fields<'t>(shown: &'t str, names: &[&str]) -> Option<Vec<(&'t str, &'t str)>> {
    let mut found = Vec::new();
    let mut rest = shown;
    for (at, name) in names.iter().enumerate() {
        let value = rest.strip_prefix(name)?.strip_prefix('=')?;
        let end = match names.get(at + 1) {
            Some(next) => value.find(&format!("&{next}="))?,
            None => value.len(),
        };
        found.push((&rest[..name.len()], &value[..end]));
        rest = value[end..].strip_prefix('&').unwrap_or_default();
    }
    Some(found)
}

fn encoded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((name, behind)) = after.split_once("}}") else { break };
        out.extend(url::form_urlencoded::byte_serialize(before.as_bytes()));
        out.extend(["{{", name, "}}"]);
        rest = behind;
    }
    out.extend(url::form_urlencoded::byte_serialize(rest.as_bytes()));
    out
}

/// Without the user and the fragment, which are not sent.
fn plain_url(url: &str) -> String {
    let url = url.split_once('#').map_or(url, |(before, _)| before);
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let authority = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(authority);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    format!("{scheme}://{host}{path}")
}

/// A HAR counts in milliseconds, and TLS as a part of connecting.
fn timings(of: &Timings) -> HarTimings {
    #[allow(clippy::cast_precision_loss, reason = "exact for some 285 years")]
    let ms = |microseconds: Option<u64>| microseconds.map(|one| one as f64 / 1000.0);
    let connect = match (of.connect, of.tls) {
        (None, None) => None,
        (connect, tls) => Some(connect.unwrap_or_default() + tls.unwrap_or_default()),
    };
    HarTimings {
        blocked: None,
        dns: ms(of.lookup),
        connect: ms(connect),
        tls: ms(of.tls),
        send: ms(of.send),
        wait: ms(of.wait),
        receive: ms(of.download),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_as_it_was_sent() {
        assert_eq!(plain_url("http://ada:x@a.test:81/p@q?r=a@b#c"), "http://a.test:81/p@q?r=a@b");
        assert_eq!(plain_url("{{base}}/p#q"), "{{base}}/p");
    }

    #[test]
    fn a_form_is_as_it_was_sent_but_for_its_secrets() {
        let of = |shown, names: &[&str]| form(shown, names);
        assert_eq!(of("a b=ü&c={{token}}é", &["a b", "c"]), "a+b=%C3%BC&c={{token}}%C3%A9");
        assert_eq!(of("a=1&2=3&b==", &["a", "b"]), "a=1%262%3D3&b=%3D");
        assert_eq!(of("x=1&b=2", &["{{name}}", "b"]), "x=1&b=2");
        assert_eq!(of("a={{x", &["a"]), "a=%7B%7Bx");
        assert_eq!(of("", &[]), "");
    }

    #[test]
    fn tls_is_a_part_of_connecting() {
        let of =
            Timings { connect: Some(1500), tls: Some(2500), wait: Some(10), ..Timings::default() };
        let made = timings(&of);
        assert_eq!((made.connect, made.tls, made.wait), (Some(4.0), Some(2.5), Some(0.01)));
        assert_eq!((made.dns, made.send), (None, None));
    }
}
