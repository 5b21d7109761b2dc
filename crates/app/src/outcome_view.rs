//! What happened on the wire, as a face sees it and history keeps it: secrets masked.

use errand_engine::{Header, Hop as EngineHop, Outcome, Protocol, State};
use errand_runner::Masks;

use crate::wire::{
    Certificate, CookieSet, ExchangeState, Hop, Timings, Tls, WireError, WireHeader,
};

/// How an outcome ended.
pub fn state(outcome: &Outcome) -> ExchangeState {
    match outcome.state {
        State::Complete => ExchangeState::Complete,
        State::Truncated => ExchangeState::Truncated,
        State::Cancelled => ExchangeState::Cancelled,
        State::Failed => ExchangeState::Failed,
    }
}

/// What went wrong, if something did.
pub fn error(outcome: &Outcome, masks: &Masks) -> Option<WireError> {
    let error = outcome.error.as_ref()?;
    let hint = error.hint();
    Some(WireError {
        code: error.code().to_owned(),
        message: masks.text(&error.to_string()),
        hint: (!hint.is_empty()).then(|| masks.text(&hint)),
        place: None,
    })
}

/// `HTTP/1.1` or `HTTP/2`; empty when no connection was made.
pub fn version(hop: &EngineHop) -> &'static str {
    match hop.protocol {
        Some(Protocol::Http1) => "HTTP/1.1",
        Some(Protocol::Http2) => "HTTP/2",
        None => "",
    }
}

/// One hop. `body` is the request's body as shown, for the hop that sent it.
pub fn hop(hop: &EngineHop, masks: &Masks, body: &str) -> Hop {
    let response = hop.response.as_ref();
    Hop {
        method: masks.text(&hop.request.method),
        url: masks.text(&hop.url),
        request_head: masks.text(&lines(&hop.request.raw_head)),
        request_head_exact: !hop.request.reconstructed,
        request_body_size: hop.request.body_bytes,
        request_body: if hop.request.body_bytes > 0 { masks.text(body) } else { String::new() },
        status: response.map(|head| head.status),
        reason: response.map(|head| masks.text(&head.reason)).unwrap_or_default(),
        http_version: version(hop).to_owned(),
        headers: response.map(|head| headers(&head.headers, masks)).unwrap_or_default(),
        trailers: headers(&hop.trailers, masks),
        body_size: hop.size.raw,
        decoded_size: hop.size.decoded,
        remote: hop.remote.map(|address| address.to_string()).unwrap_or_default(),
        reused: hop.reused,
        timings: timings(hop),
        tls: hop.tls.as_ref().map(tls),
        cookies: cookies(hop, masks),
        dropped: hop
            .dropped
            .iter()
            .map(|dropped| masks.text(&format!("{}: {}", dropped.name, dropped.reason)))
            .collect(),
        challenge: hop.challenge.as_ref().map(|challenge| masks.text(challenge)),
    }
}

fn headers(headers: &[Header], masks: &Masks) -> Vec<WireHeader> {
    headers
        .iter()
        .map(|header| WireHeader {
            name: masks.text(&header.name_text()),
            value: masks.text(&header.value_text()),
        })
        .collect()
}

/// Bytes of a head as text: UTF-8 or else Latin-1, with `\n` line ends.
fn lines(head: &[u8]) -> String {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text.to_owned(),
        Err(_) => head.iter().map(|&byte| char::from(byte)).collect(),
    };
    text.replace("\r\n", "\n").trim_end().to_owned()
}

fn timings(hop: &EngineHop) -> Timings {
    let engine = &hop.timings;
    Timings {
        start: engine.start_us,
        lookup: engine.lookup_us,
        connect: engine.connect_us,
        tls: engine.tls_us,
        send: engine.send_us,
        wait: engine.wait_us,
        download: engine.download_us,
    }
}

fn tls(info: &errand_engine::TlsInfo) -> Tls {
    Tls {
        version: info.version.replace("TLSv", "TLS "),
        cipher: info.cipher.clone(),
        alpn: info.alpn.clone().unwrap_or_default(),
        problem: info.accepted_problem.clone(),
        client_certificate: info
            .client_certificate
            .as_ref()
            .map(|certificate| certificate.subject.clone()),
        certificates: info
            .certificates
            .iter()
            .map(|certificate| Certificate {
                subject: certificate.subject.clone(),
                issuer: certificate.issuer.clone(),
                not_before: rfc3339(certificate.not_before),
                not_after: rfc3339(certificate.not_after),
                names: certificate.names.clone(),
                fingerprint: certificate.sha256.clone(),
            })
            .collect(),
    }
}

/// Every `Set-Cookie` of the response, with why the jar refused it.
fn cookies(hop: &EngineHop, masks: &Masks) -> Vec<CookieSet> {
    let headers = hop.response.iter().flat_map(|head| &head.headers);
    headers
        .filter(|header| header.is("set-cookie"))
        .map(|header| {
            let text = masks.text(&header.value_text());
            let (pair, attributes) = text.split_once(';').unwrap_or((&text, ""));
            let (name, value) = pair.split_once('=').unwrap_or(("", pair));
            let name = name.trim().to_owned();
            let rejected =
                hop.cookies_rejected.iter().find(|rejected| masks.text(&rejected.name) == name);
            CookieSet {
                rejected: rejected.map(|rejected| rejected.reason.to_string()),
                name,
                value: value.trim().to_owned(),
                attributes: attributes.trim().to_owned(),
            }
        })
        .collect()
}

/// Seconds since 1970 as RFC 3339.
pub fn rfc3339(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map(|time| time.to_string()).unwrap_or_default()
}

const DOTS: &str = "••••••";

/// The same exchange as history keeps it: without session cookies and credentials that the wire
/// showed and that no variable named.
pub fn for_history(exchange: &crate::wire::Exchange) -> crate::wire::Exchange {
    let cookies: Vec<String> = exchange.hops.iter().flat_map(cookie_values).collect();
    let mut kept = without_texts(exchange, &cookies);
    for hop in &mut kept.hops {
        hop.request_head =
            hop.request_head.lines().map(without_credentials).collect::<Vec<_>>().join("\n");
        for header in &mut hop.headers {
            if header.name.eq_ignore_ascii_case("set-cookie") {
                header.value = without_cookie_value(&header.value);
            }
        }
        for cookie in &mut hop.cookies {
            DOTS.clone_into(&mut cookie.value);
        }
    }
    kept
}

/// The values of the cookies that a hop sent or was given, where they are long enough to be found again.
fn cookie_values(hop: &Hop) -> Vec<String> {
    let lines = hop.request_head.lines().filter_map(|line| line.split_once(':'));
    let sent = lines
        .filter(|(name, _)| name.eq_ignore_ascii_case("cookie"))
        .flat_map(|(_, pairs)| pairs.split(';'))
        .filter_map(|pair| Some(pair.split_once('=')?.1.trim().to_owned()));
    let given = hop.cookies.iter().map(|cookie| cookie.value.clone());
    sent.chain(given)
        .filter(|value| value.len() >= 8 && !value.contains("{{") && !value.contains(DOTS))
        .collect()
}

/// The exchange with dots in the place of these texts, wherever a server repeated them.
fn without_texts(exchange: &crate::wire::Exchange, texts: &[String]) -> crate::wire::Exchange {
    fn walk(value: &mut serde_json::Value, texts: &[String]) {
        match value {
            serde_json::Value::String(text) => {
                for found in texts {
                    if text.contains(found.as_str()) {
                        *text = text.replace(found.as_str(), DOTS);
                    }
                }
            }
            serde_json::Value::Array(items) => items.iter_mut().for_each(|item| walk(item, texts)),
            serde_json::Value::Object(map) => map.values_mut().for_each(|item| walk(item, texts)),
            _ => {}
        }
    }
    if texts.is_empty() {
        return exchange.clone();
    }
    let Ok(mut value) = serde_json::to_value(exchange) else { return exchange.clone() };
    walk(&mut value, texts);
    serde_json::from_value(value).unwrap_or_else(|_| exchange.clone())
}

/// A head's line with the value of a credential header replaced; a name that stands for a secret stays.
fn without_credentials(line: &str) -> String {
    const CREDENTIALS: [&str; 5] =
        ["authorization", "proxy-authorization", "x-api-key", "api-key", "x-auth-token"];
    match line.split_once(':') {
        Some((name, pairs)) if name.eq_ignore_ascii_case("cookie") => {
            let kept = pairs.trim().split("; ").map(|pair| match pair.split_once('=') {
                Some((cookie, value)) if !value.starts_with("{{") => format!("{cookie}={DOTS}"),
                _ => pair.to_owned(),
            });
            format!("{name}: {}", kept.collect::<Vec<_>>().join("; "))
        }
        Some((name, value))
            if CREDENTIALS.contains(&name.to_ascii_lowercase().as_str())
                && !value.contains("{{") =>
        {
            format!("{name}: {DOTS}")
        }
        _ => line.to_owned(),
    }
}

/// `id=x; Path=/` without the `x`.
fn without_cookie_value(value: &str) -> String {
    let (pair, attributes) =
        value.split_once(';').map_or((value, None), |(pair, rest)| (pair, Some(rest)));
    let name = pair.split_once('=').map_or("", |(name, _)| name);
    let attributes = attributes.map(|rest| format!(";{rest}")).unwrap_or_default();
    format!("{name}={DOTS}{attributes}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_not_kept() {
        assert_eq!(without_credentials("Authorization: Basic dTpw"), "Authorization: ••••••");
        assert_eq!(without_credentials("Cookie: sid=1; b={{c}}"), "Cookie: sid=••••••; b={{c}}");
        assert_eq!(without_credentials("GET /a:b HTTP/1.1"), "GET /a:b HTTP/1.1");
        assert_eq!(
            without_cookie_value("sid=abc; Path=/; HttpOnly"),
            "sid=••••••; Path=/; HttpOnly"
        );
    }
}
