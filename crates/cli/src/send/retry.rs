//! Whether and when to try again.

use std::time::Duration;

use errand_app::wire::{Exchange, ExchangeState};
use jiff::Timestamp;

/// Statuses that may be better next time.
const STATUSES: [u16; 6] = [408, 429, 500, 502, 503, 504];
/// Errors that will be the same next time.
const FINAL: [&str; 9] = [
    "body-file",
    "ca-file",
    "cancelled",
    "cross-origin-body",
    "invalid-header",
    "invalid-method",
    "invalid-url",
    "redirect-loop",
    "redirect-refused",
];
/// The longest pause of our own choice; a server may ask for a longer one.
const LONGEST: u64 = 60;

/// How long to wait before trying again; none when there is no reason to.
pub fn wait(exchange: &Exchange, attempt: u32) -> Option<Duration> {
    let own = || Duration::from_secs(2_u64.saturating_pow(attempt).min(LONGEST));
    match exchange.status {
        Some(status) if STATUSES.contains(&status) => {
            Some(retry_after(exchange, Timestamp::now()).unwrap_or_else(own))
        }
        Some(_) if exchange.state == ExchangeState::Complete => None,
        _ => {
            let code = exchange.error.as_ref().map_or("", |error| error.code.as_str());
            let hopeless = FINAL.contains(&code)
                || code.starts_with("tls-")
                || exchange.state == ExchangeState::Cancelled;
            (!hopeless).then(own)
        }
    }
}

/// Why, in words.
pub fn reason(exchange: &Exchange) -> String {
    match (&exchange.error, exchange.status) {
        (Some(error), _) => error.message.trim_end_matches('.').to_owned(),
        (None, Some(status)) => format!("The server answered {status}"),
        (None, None) => "There was no answer".to_owned(),
    }
}

/// RFC 9110 §10.2.3: seconds or a date.
fn retry_after(exchange: &Exchange, now: Timestamp) -> Option<Duration> {
    let headers = &exchange.hops.last()?.headers;
    let value =
        headers.iter().find(|header| header.name.eq_ignore_ascii_case("retry-after"))?.value.trim();
    if let Ok(seconds) = value.parse::<u32>() {
        return Some(Duration::from_secs(seconds.into()));
    }
    let date = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    Some(Duration::try_from(now.until(date).ok()?).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use errand_app::wire::{Hop, WireError, WireHeader};

    fn answer(status: Option<u16>, retry_after: Option<&str>) -> Exchange {
        let headers = retry_after
            .map(|value| WireHeader { name: "retry-after".to_owned(), value: value.to_owned() });
        let hop = Hop {
            headers: headers.into_iter().collect(),
            ..serde_json::from_value(hop()).expect("a hop")
        };
        let state = if status.is_some() { ExchangeState::Complete } else { ExchangeState::Failed };
        Exchange {
            status,
            state,
            hops: vec![hop],
            ..serde_json::from_value(exchange()).expect("an exchange")
        }
    }

    fn hop() -> serde_json::Value {
        serde_json::json!({ "method": "GET", "url": "", "requestHead": "", "requestHeadExact": true, "requestBodySize": 0,
            "requestBody": "", "status": null, "reason": "", "httpVersion": "", "headers": [], "trailers": [],
            "bodySize": 0, "decodedSize": 0, "remote": "", "reused": false, "timings": { "start": 0, "lookup": null,
            "connect": null, "tls": null, "send": null, "wait": null, "download": null }, "tls": null, "cookies": [], "dropped": [] })
    }

    fn exchange() -> serde_json::Value {
        serde_json::json!({ "historyId": null, "state": "failed", "startedAt": "", "environment": null, "method": "GET",
            "url": "", "status": null, "reason": "", "httpVersion": "", "durationUs": 0, "hops": [], "error": null,
            "body": null, "checks": [], "captures": [], "warnings": [] })
    }

    #[test]
    fn the_server_says_how_long() {
        assert_eq!(wait(&answer(Some(429), Some("7")), 0), Some(Duration::from_secs(7)));
        assert_eq!(wait(&answer(Some(503), None), 3), Some(Duration::from_secs(8)));
        let now: Timestamp = "1994-11-06T08:49:30Z".parse().expect("a time");
        let dated = answer(Some(503), Some("Sun, 06 Nov 1994 08:49:37 GMT"));
        assert_eq!(retry_after(&dated, now), Some(Duration::from_secs(7)));
        let past = answer(Some(503), Some("Sun, 06 Nov 1994 08:49:00 GMT"));
        assert_eq!(retry_after(&past, now), Some(Duration::ZERO));
    }

    #[test]
    fn what_cannot_get_better_is_not_tried_again() {
        assert_eq!(wait(&answer(Some(404), None), 0), None);
        assert_eq!(wait(&answer(Some(200), Some("7")), 0), None);
        assert_eq!(wait(&answer(None, None), 0), Some(Duration::from_secs(1)));
        let mut refused = answer(None, None);
        refused.error = Some(WireError::new("tls-expired", "expired"));
        assert_eq!(wait(&refused, 0), None);
    }
}
