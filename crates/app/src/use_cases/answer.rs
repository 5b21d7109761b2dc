//! A finished exchange, as a face sees it.

use errand_body::{Body, Content};
use errand_runner::{Finished, Masks, Prepared};
use jiff::Timestamp;

use super::Order;
use crate::outcome_view::{self, version};
use crate::wire::{BodyInfo, Exchange, ViewKind};

/// The finished exchange for a face, before checks.
pub(super) fn view(
    order: &Order,
    prepared: &Prepared,
    finished: &Finished,
    started: Timestamp,
) -> Exchange {
    let outcome = &finished.outcome;
    let masks = &prepared.masks;
    let last = outcome.last();
    let response = outcome.response();
    Exchange {
        history_id: None,
        state: outcome_view::state(outcome),
        started_at: started.to_string(),
        environment: order.environment.clone(),
        method: masks.text(&prepared.outgoing.method),
        url: prepared.shown_url.clone(),
        status: response.map(|head| head.status),
        reason: response.map(|head| masks.text(&head.reason)).unwrap_or_default(),
        http_version: last.map(version).unwrap_or_default().to_owned(),
        duration_us: outcome.duration_us,
        hops: outcome
            .hops
            .iter()
            .map(|hop| outcome_view::hop(hop, masks, &prepared.shown_body))
            .collect(),
        error: outcome_view::error(outcome, masks),
        body: finished.body.as_ref().map(|body| {
            let content_type = response.and_then(|head| head.header("content-type"));
            body_info(body, masks.text(&content_type.unwrap_or_default()))
        }),
        checks: Vec::new(),
        captures: Vec::new(),
        warnings: prepared
            .warnings
            .iter()
            .cloned()
            .chain(outcome.notes.iter().map(|note| masks.text(note)))
            .collect(),
        schema: None,
    }
}

/// What a body seems to be and which views make sense.
fn body_info(body: &Body, content_type: String) -> BodyInfo {
    let start = body.source().and_then(|source| Ok(source.slice(0, 4096)?)).unwrap_or_default();
    let found = errand_body::detect(Some(&content_type), &start);
    BodyInfo {
        id: body.id().to_owned(),
        size: body.len(),
        content_type,
        language: serde_json::to_value(found)
            .ok()
            .and_then(|name| name.as_str().map(str::to_owned))
            .unwrap_or_default(),
        views: match found {
            Content::Json | Content::Xml => vec![ViewKind::Pretty, ViewKind::Raw, ViewKind::Hex],
            Content::Html => {
                vec![ViewKind::Pretty, ViewKind::Raw, ViewKind::Hex, ViewKind::Preview]
            }
            Content::Css | Content::JavaScript | Content::Csv | Content::Text => {
                vec![ViewKind::Raw, ViewKind::Hex]
            }
            Content::Image => vec![ViewKind::Preview, ViewKind::Hex, ViewKind::Raw],
            Content::Pdf | Content::Binary => vec![ViewKind::Hex, ViewKind::Raw],
        },
    }
}

/// Host and port of the last hop, without secrets.
pub(super) fn host(finished: &Finished, masks: &Masks) -> String {
    let url = finished.outcome.last().and_then(|hop| url::Url::parse(&hop.url).ok());
    url.and_then(|url| {
        let host = url.host_str()?.to_owned();
        Some(url.port().map_or(host.clone(), |port| format!("{host}:{port}")))
    })
    .map(|host| masks.text(&host))
    .unwrap_or_default()
}
