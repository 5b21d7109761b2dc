//! Answers that take their time. Each stops as soon as the client leaves.

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http::header::CACHE_CONTROL;
use serde_json::json;
use tokio::sync::mpsc;
use tokio::time::sleep;

use super::echo;
use crate::answer::{Outcome, Refusal, set, typed, with_status};
use crate::call::Call;
use crate::content::Content;

/// The longest wait that can be asked for, in seconds.
const LONGEST: f64 = 30.0;

pub(crate) async fn delay(call: &mut Call) -> Outcome {
    let seconds = call.segment(1, "The delay in seconds", LONGEST)?;
    // The future is dropped when the client leaves.
    sleep(Duration::from_secs_f64(seconds)).await;
    echo::echo(call).await
}

/// `numbytes` bytes spread over `duration` seconds, after `delay` seconds.
pub(crate) async fn drip(call: &Call) -> Outcome {
    let duration = call.number("duration", 2.0, LONGEST)?;
    let count = call.number("numbytes", 10_u64, 10 << 20)?;
    let delay = call.number("delay", 0.0, LONGEST)?;
    let code = call.number("code", 200_u16, 599)?;
    let status = StatusCode::from_u16(code)
        .ok()
        .filter(|status| !status.is_informational())
        .ok_or_else(|| Refusal::bad("code must be from 200 to 599."))?;
    sleep(Duration::from_secs_f64(delay)).await;
    // At most 1,000 pieces: timers are no finer than a millisecond anyway.
    let steps = count.min(1000);
    let piece = count.div_ceil(steps.max(1));
    let content = over_time(
        Duration::from_secs_f64(duration)
            .div_f64(f64::from(u32::try_from(steps.max(1)).unwrap_or(u32::MAX))),
        Some(count),
        (0..steps).map(move |step| {
            let length = piece.min(count.saturating_sub(step * piece));
            Bytes::from(vec![b'*'; usize::try_from(length).unwrap_or_default()])
        }),
    );
    Ok(with_status(status, typed("application/octet-stream", content)))
}

/// JSON lines.
pub(crate) fn stream(call: &Call) -> Outcome {
    let lines = call.segment(1, "The number of lines", 100_000_u64)?;
    let pause = call.number("interval", 0.0, LONGEST)?;
    let url = format!("{}{}", call.origin(), call.target());
    let pieces =
        (0..lines).map(move |id| Bytes::from(format!("{}\n", json!({ "id": id, "url": url }))));
    let content = over_time(Duration::from_secs_f64(pause), None, pieces);
    Ok(typed("application/x-ndjson", content))
}

/// Server-sent events (WHATWG HTML §9.2). A reconnecting client goes on after its Last-Event-ID.
pub(crate) fn events(call: &Call) -> Outcome {
    let count = call.number("count", 10_u64, 100_000)?;
    let pause = call.number("interval", 1.0, LONGEST)?;
    let last = call.header("last-event-id");
    let first = last.and_then(|id| id.parse::<u64>().ok()).map_or(1, |id| id.saturating_add(1));
    let pieces = (first..=count).map(move |id| {
        let hello = if id == first { "retry: 1000\n" } else { "" };
        let data = json!({ "id": id, "of": count });
        Bytes::from(format!("{hello}id: {id}\nevent: tick\ndata: {data}\n\n"))
    });
    let content = over_time(Duration::from_secs_f64(pause), None, pieces);
    let mut answer = typed("text/event-stream", content);
    set(&mut answer, CACHE_CONTROL, "no-cache")?;
    Ok(answer)
}

/// Sends pieces with a pause between them. The task ends when the body is dropped.
fn over_time(
    pause: Duration,
    length: Option<u64>,
    pieces: impl Iterator<Item = Bytes> + Send + 'static,
) -> Content {
    let (sender, receiver) = mpsc::channel(16);
    tokio::spawn(async move {
        for (index, piece) in pieces.filter(|piece| !piece.is_empty()).enumerate() {
            if index > 0 && !pause.is_zero() {
                tokio::select! {
                    () = sleep(pause) => {}
                    () = sender.closed() => return,
                }
            }
            if sender.send(piece).await.is_err() {
                return;
            }
        }
    });
    Content::Timed(receiver, length)
}
