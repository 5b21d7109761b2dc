//! Sending a request: resolve, send, check, keep.

use std::sync::Arc;
use std::time::Duration;

use errand_engine::{Event, Proxy, Settings as EngineSettings, Timeouts};
use errand_model::Request;
use errand_runner::{
    Finished, Plan, Prepared, Running, Supplied, hide_session_cookies, prepare, start,
};
use errand_template::Scopes;
use jiff::Timestamp;
use tokio_util::sync::CancellationToken;

use super::answer::{host, view};
use super::around::sensitive;
use crate::blocking::blocking;
use crate::dispatch::Events;
use crate::errors;
use crate::record;
use crate::schema_check;
use crate::session::Session;
use crate::verdict;
use crate::wire::{
    Cancel, Empty, Exchange, ExchangeEvent, Phase, ProxySettings, Send, SendingSettings, WireError,
    WorkspaceEvent,
};

/// What is to be sent and how, before anything is resolved: what both faces hand to [`Session::exchange`].
pub struct Order {
    /// Names the exchange for `cancel`.
    pub exchange: String,
    /// The plan.
    pub plan: Plan,
    /// Where the request is saved.
    pub path: Option<String>,
    /// The environment it is sent in.
    pub environment: Option<String>,
    /// Keep it in history.
    pub keep: bool,
    /// The cookies to use instead of those of the workspace and environment.
    pub jar: Option<errand_engine::SharedJar>,
}

impl Session {
    pub(crate) async fn send(
        self: &Arc<Self>,
        args: Send,
        events: Events<ExchangeEvent>,
    ) -> Result<Exchange, WireError> {
        let id = args.exchange.clone();
        let cancel = self.register(&id)?;
        let result = self.order_and_run(args, &events, &cancel).await;
        self.unregister(&id);
        let exchange = result?;
        // The answer does not wait for a count of what is in history.
        let session = self.clone();
        tokio::spawn(async move {
            session.tell_history_count().await;
            session.tell_notices();
        });
        Ok(exchange)
    }

    pub(crate) async fn cancel(&self, args: Cancel) -> Result<Empty, WireError> {
        self.cancel_exchange(&args.exchange);
        Ok(Empty {})
    }

    async fn order_and_run(
        self: &Arc<Self>,
        args: Send,
        events: &Events<ExchangeEvent>,
        cancel: &CancellationToken,
    ) -> Result<Exchange, WireError> {
        let session = self.clone();
        let order = unless_cancelled(cancel, blocking(move || session.order(args))).await?;
        self.run(order, events, cancel).await
    }

    /// Everything around a request of the open workspace. Blocks.
    fn order(&self, args: Send) -> Result<Order, WireError> {
        let mut order =
            self.order_in(&args.exchange, args.path, args.request, self.environment())?;
        order.plan.settings.allow_cross_origin_body = args.allow_cross_origin_body;
        Ok(order)
    }

    /// The same in any environment. Blocks.
    pub(super) fn order_in(
        &self,
        exchange: &str,
        path: Option<String>,
        request: Request,
        environment: Option<String>,
    ) -> Result<Order, WireError> {
        let place = path.as_deref().unwrap_or_default();
        let around = self.around_in(place, &request, &[], None, environment.as_deref())?;
        let plan = around.plan(request, self.app.engine_settings(), true, self.app.keep_echoed());
        Ok(Order { exchange: exchange.to_owned(), plan, path, environment, keep: true, jar: None })
    }

    /// Sends a planned request and keeps what came of it.
    pub async fn exchange(
        self: &Arc<Self>,
        order: Order,
        events: &Events<ExchangeEvent>,
    ) -> Result<Exchange, WireError> {
        let cancel = self.register(&order.exchange)?;
        let id = order.exchange.clone();
        let result = self.run(order, events, &cancel).await;
        self.unregister(&id);
        result
    }

    async fn run(
        self: &Arc<Self>,
        order: Order,
        events: &Events<ExchangeEvent>,
        cancel: &CancellationToken,
    ) -> Result<Exchange, WireError> {
        self.run_with(order, None, events, cancel).await
    }

    /// The same with credentials in place of the plan's own.
    pub(super) async fn run_with(
        self: &Arc<Self>,
        order: Order,
        supplied: Option<Supplied>,
        events: &Events<ExchangeEvent>,
        cancel: &CancellationToken,
    ) -> Result<Exchange, WireError> {
        events.send(&ExchangeEvent::Phase { phase: Phase::Preparing, host: String::new() });
        let started = Timestamp::now();
        let order = Arc::new(order);
        let supplied = match supplied {
            Some(supplied) => Some(supplied),
            None => unless_cancelled(cancel, self.supplied(&order)).await?,
        };
        let prepared = self.prepared(&order, supplied).await?;
        if let Some(url) = self.app.playground.start_for(&prepared.outgoing.url).await {
            events.send(&ExchangeEvent::Playground { url: url.clone() });
            self.tell(&WorkspaceEvent::Playground { url });
        }
        let jar = unless_cancelled(cancel, self.jar(&prepared, &order)).await?;
        if let Some(jar) = &jar {
            // What waited in the keychain is shown no more than other secrets; what a server sets is.
            hide_session_cookies(jar, &prepared.masks);
        }
        let mut running = start(&self.app.engine, &prepared, jar, &self.app.store)
            .map_err(|error| errors::runner(&error))?;
        forward(&mut running, &prepared, events, cancel).await;
        let finished = running.finish().await.map_err(|error| errors::runner(&error))?;
        let session = self.clone();
        blocking(move || Ok(session.conclude(&order, &prepared, &finished, started))).await
    }

    /// Everything resolved, off the threads that serve the window: keys are read from files.
    async fn prepared(
        &self,
        order: &Arc<Order>,
        supplied: Option<Supplied>,
    ) -> Result<Prepared, WireError> {
        let order = order.clone();
        blocking(move || prepare(&order.plan, supplied).map_err(|error| errors::runner(&error)))
            .await
    }

    async fn jar(
        self: &Arc<Self>,
        prepared: &Prepared,
        order: &Order,
    ) -> Result<Option<errand_engine::SharedJar>, WireError> {
        if !prepared.use_cookies || order.jar.is_some() {
            return Ok(order.jar.clone());
        }
        let (session, environment) = (self.clone(), order.environment.clone());
        blocking(move || {
            Ok(Some(session.app.jars.jar(&session.workspace_id(), environment.as_deref())))
        })
        .await
    }

    /// The workspace that history keeps an exchange under; empty for none.
    fn kept_under(&self) -> String {
        let opened = self.try_open().filter(|opened| !opened.passing);
        opened.map(|opened| opened.workspace.id().to_owned()).unwrap_or_default()
    }

    /// Checks, captures, history and cookies, once the answer is here. Blocks.
    fn conclude(
        &self,
        order: &Order,
        prepared: &Prepared,
        finished: &Finished,
        started: Timestamp,
    ) -> Exchange {
        let mut exchange = view(order, prepared, finished, started);
        if let Some(head) = finished.outcome.response() {
            let content_type = head.header("content-type").unwrap_or_default();
            if let (Some(opened), Some(path)) = (self.try_open(), &order.path) {
                exchange.schema = schema_check::check(
                    &opened.workspace,
                    &self.schemas,
                    path,
                    head.status,
                    &content_type,
                    finished.body.as_ref(),
                );
            }
            exchange.checks = verdict::checks(order, finished, &exchange);
            exchange.captures = self.take_captures(order, finished, &exchange);
        }
        if order.keep {
            let host = host(finished, &prepared.masks);
            let entry = record::entry(&self.kept_under(), order, &exchange, host);
            exchange.history_id = Some(entry.summary.id.to_string());
            // A history that cannot be written must not cost the user the answer.
            if let Err(error) = self
                .app
                .history()
                .and_then(|history| history.insert(entry).map_err(|error| errors::history(&error)))
            {
                exchange.history_id = None;
                exchange.warnings.push(format!("This exchange is not in history: {error}"));
            }
        }
        if prepared.use_cookies {
            self.app.jars.save();
        }
        exchange
    }
}

/// What has to be there before anything is sent. It may wait for the keychain, and so for a person:
/// a cancel does not wait with it.
async fn unless_cancelled<T>(
    cancel: &CancellationToken,
    ready: impl Future<Output = Result<T, WireError>>,
) -> Result<T, WireError> {
    tokio::select! {
        biased;
        () = cancel.cancelled() => {
            Err(WireError::new("cancelled", "Cancelled before anything was sent."))
        }
        ready = ready => ready,
    }
}

/// Passes the engine's events on until it is over, or cancels it.
async fn forward(
    running: &mut Running,
    prepared: &Prepared,
    events: &Events<ExchangeEvent>,
    cancel: &CancellationToken,
) {
    let host = url::Url::parse(&prepared.outgoing.url)
        .ok()
        .and_then(|url| Some(prepared.masks.text(url.host_str()?)))
        .unwrap_or_default();
    let mut cancelled = false;
    let mut expected = None;
    loop {
        let event = tokio::select! {
            () = cancel.cancelled(), if !cancelled => {
                cancelled = true;
                running.cancel();
                continue;
            }
            event = running.next() => event,
        };
        match event {
            None => return,
            Some(Event::Phase(phase)) => {
                events.send(&ExchangeEvent::Phase { phase: wire_phase(phase), host: host.clone() });
            }
            Some(Event::Redirect(hop)) => {
                if let Some(head) = &hop.response {
                    let location =
                        prepared.masks.text(&head.header("location").unwrap_or_default());
                    events.send(&ExchangeEvent::Redirect { status: head.status, location });
                }
            }
            Some(Event::Head(hop)) => {
                if let Some(head) = &hop.response {
                    expected =
                        head.header("content-length").and_then(|length| length.trim().parse().ok());
                    events.send(&ExchangeEvent::Head {
                        status: head.status,
                        reason: prepared.masks.text(&head.reason),
                    });
                }
            }
            Some(Event::Growth(growth)) => {
                events.send(&ExchangeEvent::Growth { received: growth.raw, expected });
            }
            Some(Event::Finished(_)) => {}
        }
    }
}

fn wire_phase(phase: errand_engine::Phase) -> Phase {
    match phase {
        errand_engine::Phase::Resolving => Phase::Resolving,
        errand_engine::Phase::Connecting => Phase::Connecting,
        errand_engine::Phase::Tls => Phase::Securing,
        errand_engine::Phase::Sending => Phase::Sending,
        errand_engine::Phase::Waiting => Phase::Waiting,
        errand_engine::Phase::Downloading => Phase::Downloading,
    }
}

/// The app's settings as the engine takes them.
pub fn engine_settings(from: &SendingSettings) -> EngineSettings {
    let limit = |ms: u64| (ms > 0).then(|| Duration::from_millis(ms));
    EngineSettings {
        timeouts: Timeouts {
            lookup: limit(from.connect_timeout_ms),
            connect: limit(from.connect_timeout_ms),
            tls: limit(from.connect_timeout_ms),
            first_byte: limit(from.first_byte_timeout_ms),
            idle: limit(from.idle_timeout_ms),
            total: limit(from.timeout_ms),
        },
        follow_redirects: from.follow_redirects,
        max_redirects: from.max_redirects,
        verify_tls: from.verify_tls,
        insecure_hosts: from.insecure_hosts.clone(),
        extra_ca_files: from.authorities.iter().map(Into::into).collect(),
        proxy: match &from.proxy {
            ProxySettings::System => Proxy::System,
            ProxySettings::None => Proxy::None,
            ProxySettings::Manual { url, no_proxy } => {
                Proxy::Explicit { url: url.clone(), bypass: no_proxy.clone() }
            }
        },
        ..EngineSettings::default()
    }
}

/// A request outside any workspace, as the command line sends it.
pub fn bare_plan(request: Request, scopes: Scopes, settings: EngineSettings) -> Plan {
    let sensitive = sensitive(&request, &[], &settings);
    Plan {
        request,
        levels: Vec::new(),
        scopes,
        base: std::env::current_dir().unwrap_or_default(),
        settings,
        use_cookies: true,
        certificates: Vec::new(),
        sensitive,
        keep_echoed: false,
    }
}
