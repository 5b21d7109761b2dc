//! What history keeps of an exchange.

use errand_history::{Entry, Failure, State, Summary};
use jiff::Timestamp;
use uuid::Uuid;

use crate::literals;
use crate::outcome_view::for_history;
use crate::use_cases::Order;
use crate::wire::{Exchange, ExchangeState};

/// The entry of an exchange: the request as written, and the wire without secrets.
pub fn entry(workspace: &str, order: &Order, exchange: &Exchange, host: String) -> Entry {
    // A credential that was typed as it is stays out of the database.
    let (request, _) = literals::replaced(&order.plan.request, |name| format!("{{{{{name}}}}}"));
    let last = exchange.hops.last();
    let passed = exchange.checks.iter().filter(|check| check.passed).count();
    let time = exchange.started_at.parse().unwrap_or_else(|_| Timestamp::now());
    let kept = for_history(exchange);
    Entry {
        summary: Summary {
            id: Uuid::now_v7(),
            workspace: workspace.to_owned(),
            time_ms: time.as_millisecond(),
            // Without a workspace there is nothing that a path could be in.
            path: order.path.clone().filter(|_| !workspace.is_empty()),
            name: request.name.clone(),
            method: exchange.method.clone(),
            url: request.url.clone(),
            host,
            environment: order.environment.clone(),
            status: exchange.status,
            state: match exchange.state {
                ExchangeState::Complete => State::Complete,
                ExchangeState::Truncated => State::Truncated,
                ExchangeState::Cancelled => State::Cancelled,
                ExchangeState::Failed => State::Failed,
            },
            error: exchange
                .error
                .as_ref()
                .map(|error| Failure { code: error.code.clone(), message: error.message.clone() }),
            duration_us: exchange.duration_us,
            size_raw: last.map_or(0, |hop| hop.body_size),
            size_decoded: last.map_or(0, |hop| hop.decoded_size),
            body: exchange.body.as_ref().map(|body| body.id.clone()),
            checks_passed: u32::try_from(passed).unwrap_or(u32::MAX),
            checks_failed: u32::try_from(exchange.checks.len() - passed).unwrap_or(u32::MAX),
            http_version: Some(exchange.http_version.clone()).filter(|version| !version.is_empty()),
        },
        request,
        response_headers: serde_json::Value::Null,
        timeline: serde_json::to_value(&kept).unwrap_or_default(),
    }
}
