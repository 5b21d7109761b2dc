//! A flow's requests, sent by the app's own engine and kept for the inspector.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use errand_auth::{Boxed, Http, HttpError, HttpRequest, HttpResponse, Secret};
use errand_engine::{Body, Engine, Header, MemorySink, Outcome, Outgoing, Settings};
use errand_runner::Masks;

use crate::outcome_view;
use crate::session::lock;
use crate::wire::FlowHop;

/// An answer that is larger is none that a flow knows.
const LARGEST: u64 = 4 << 20;
/// How much of an answer is shown.
const SHOWN: usize = 64 << 10;
/// A provider that does not answer must not hold a request up for ever.
const PATIENCE: Duration = Duration::from_secs(60);

/// Sends a flow's requests; remembers what was on the wire, to be shown without secrets.
#[derive(Clone)]
pub(crate) struct FlowHttp {
    engine: Engine,
    settings: Settings,
    masks: Masks,
    hops: Arc<Mutex<Vec<Seen>>>,
}

struct Seen {
    title: &'static str,
    outcome: Arc<Outcome>,
    sent: Option<Secret>,
    answer: Vec<u8>,
}

impl FlowHttp {
    pub fn new(engine: Engine, settings: &Settings, masks: Masks) -> Self {
        let mut settings = settings.clone();
        settings.follow_redirects = false;
        settings.max_body_bytes = LARGEST;
        settings.timeouts.total = settings.timeouts.total.or(Some(PATIENCE));
        Self { engine, settings, masks, hops: Arc::default() }
    }

    /// What was on the wire so far, secrets masked; those of them that were learnt later as well.
    pub fn hops(&self) -> Vec<FlowHop> {
        lock(&self.hops).iter().map(|seen| self.view(seen)).collect()
    }

    /// How many requests were answered.
    pub fn count(&self) -> usize {
        lock(&self.hops).len()
    }

    fn view(&self, seen: &Seen) -> FlowHop {
        let sent = seen.sent.as_ref().map(Secret::expose).unwrap_or_default();
        let answer = self.masks.text(&String::from_utf8_lossy(&seen.answer));
        let mut end = SHOWN.min(answer.len());
        while !answer.is_char_boundary(end) {
            end -= 1;
        }
        FlowHop {
            title: seen.title.to_owned(),
            hop: seen
                .outcome
                .last()
                .map(|hop| outcome_view::hop(hop, &self.masks, sent))
                .unwrap_or_default(),
            answer: answer[..end].to_owned(),
            error: outcome_view::error(&seen.outcome, &self.masks).map(|error| error.message),
        }
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let mut outgoing = Outgoing::new(request.method, request.url);
        outgoing.settings = self.settings.clone();
        for (name, value) in &request.headers {
            outgoing.headers.push(Header::new(name.clone(), value.expose().to_owned()));
        }
        let typed = |name: &str| request.headers.iter().any(|(n, _)| n.eq_ignore_ascii_case(name));
        if !typed("User-Agent") {
            let own = concat!("errand/", env!("CARGO_PKG_VERSION"));
            outgoing.headers.push(Header::new("User-Agent", own));
        }
        if !typed("Accept") {
            outgoing.headers.push(Header::new("Accept", "application/json"));
        }
        if let Some(body) = &request.body {
            outgoing.body = Body::Bytes(Bytes::from(body.expose().to_owned()));
        }
        let sink = MemorySink::default();
        let outcome =
            self.engine.send(outgoing, None, None, Box::new(sink.clone())).outcome().await;
        let answer = sink.bytes();
        let result = match (&outcome.error, outcome.response()) {
            (None, Some(head)) => Ok(HttpResponse {
                status: head.status,
                headers: head.headers.iter().map(|h| (h.name_text(), h.value_text())).collect(),
                body: answer.clone(),
            }),
            (Some(error), _) => Err(HttpError(self.masks.text(&error.to_string()))),
            (None, None) => Err(HttpError("There was no answer.".to_owned())),
        };
        let seen = Seen { title: request.title, outcome, sent: request.body, answer };
        lock(&self.hops).push(seen);
        result
    }
}

impl Http for FlowHttp {
    fn send(&self, request: HttpRequest) -> Boxed<'_, Result<HttpResponse, HttpError>> {
        Box::pin(self.exchange(request))
    }

    fn hide(&self, secret: &Secret, shown: &str) {
        self.masks.hide(secret.expose(), shown);
    }
}
