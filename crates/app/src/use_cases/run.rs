//! Running requests one after the other: sequence, iterations, what flows from one to the next.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use errand_model::{CaptureScope, Check, Operator, Request};
use errand_workspace::VariableOrigin;
use serde::Serialize;

use super::terminal::Overlay;
use crate::blocking::blocking;
use crate::dispatch::EventSink;
use crate::errors;
use crate::session::{Session, lock};
use crate::wire::{CheckResult, Exchange, ExchangeState, Node, NodeKind, SchemaCheck, WireError};

/// What is run, and how.
pub struct RunPlan {
    /// The requests, in order.
    pub items: Vec<Node>,
    /// How many times; at least once.
    pub iterations: u32,
    /// Rows of data, one for each iteration; the last one stays for further iterations.
    pub rows: Vec<Vec<(String, String)>>,
    /// Pause between requests.
    pub delay: Duration,
    /// When to stop early.
    pub bail: Option<Bail>,
    /// The command line's wishes.
    pub overlay: Overlay,
}

/// When a run stops early.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bail {
    /// The rest of the folder in which something failed is left out.
    Folder,
    /// The run stops.
    Run,
}

/// One request of a run.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// From 0.
    pub iteration: u32,
    /// The request's file.
    pub path: String,
    /// Its name.
    pub name: String,
    /// Folder it is in; empty at the top.
    pub folder: String,
    /// What came of it.
    pub result: StepResult,
}

/// What came of a request of a run.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "is", rename_all = "camelCase")]
pub enum StepResult {
    /// It was sent; it may have failed.
    Sent(Box<Exchange>),
    /// It could not be sent.
    Error(WireError),
    /// It was left out, and why.
    Skipped {
        /// In words.
        reason: String,
    },
}

impl Step {
    /// Whether a check failed, or there is no whole answer.
    pub fn failed(&self) -> bool {
        match &self.result {
            StepResult::Sent(exchange) => {
                !finished(exchange) || exchange.checks.iter().any(|check| !check.passed)
            }
            StepResult::Error(_) => true,
            StepResult::Skipped { .. } => false,
        }
    }

    /// What kept it from being sent or finished.
    pub fn error(&self) -> Option<&WireError> {
        match &self.result {
            StepResult::Sent(exchange) => exchange.error.as_ref(),
            StepResult::Error(error) => Some(error),
            StepResult::Skipped { .. } => None,
        }
    }
}

fn finished(exchange: &Exchange) -> bool {
    exchange.state == ExchangeState::Complete && exchange.error.is_none()
}

/// A whole run, counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RunSummary {
    /// Iterations that were begun.
    pub iterations: u32,
    /// Requests that were tried.
    pub requests: u64,
    /// Of them, those without a whole answer.
    pub requests_failed: u64,
    /// Requests that were left out.
    pub skipped: u64,
    /// Checks that were made.
    pub checks: u64,
    /// Of them, those that do not hold.
    pub checks_failed: u64,
    /// Decoded bytes of all bodies.
    pub bytes: u64,
    /// Time spent in exchanges, in microseconds.
    pub exchange_us: u64,
    /// Time from start to end, in microseconds.
    pub duration_us: u64,
    /// It was stopped from outside.
    pub cancelled: bool,
    /// It stopped early at a failure.
    pub bailed: bool,
    /// Variables of the environment that captures set.
    #[serde(skip)]
    pub environment: Vec<(String, String)>,
}

impl RunSummary {
    fn count(&mut self, step: &Step) {
        match &step.result {
            StepResult::Skipped { .. } => self.skipped += 1,
            StepResult::Error(_) => {
                self.requests += 1;
                self.requests_failed += 1;
            }
            StepResult::Sent(exchange) => {
                self.requests += 1;
                self.requests_failed += u64::from(!finished(exchange));
                self.checks += exchange.checks.len() as u64;
                self.checks_failed +=
                    exchange.checks.iter().filter(|check| !check.passed).count() as u64;
                self.exchange_us += exchange.duration_us;
                self.bytes += exchange.body.as_ref().map_or(0, |body| body.size);
            }
        }
    }
}

impl Session {
    /// Runs a plan. `report` gets each step as it is done; nothing of a step is kept afterwards. When
    /// `stop` is ready the request under way is cancelled, and the run ends with what it has.
    pub async fn run_plan(
        self: &Arc<Self>,
        mut plan: RunPlan,
        stop: impl Future<Output = ()>,
        mut report: impl FnMut(&Step),
    ) -> RunSummary {
        let started = Instant::now();
        let mut stop = pin!(stop);
        if let Some(opened) = self.try_open() {
            plan.overlay.resolver = Some(super::sources::resolver(&self.app, &opened));
        }
        let mut run = Run { summary: RunSummary::default(), stopped: false };
        'run: for iteration in 0..plan.iterations {
            run.summary.iterations = iteration + 1;
            if let Some(row) = plan.rows.get(iteration as usize) {
                plan.overlay.row.clone_from(row);
            }
            let mut given_up: Option<String> = None;
            for (index, item) in plan.items.iter().enumerate() {
                if given_up.as_deref().is_some_and(|folder| inside(&item.parent, folder)) {
                    let reason = "an earlier request of this folder failed".to_owned();
                    run.done(&step(iteration, item, StepResult::Skipped { reason }), &mut report);
                    continue;
                }
                given_up = None;
                if index + iteration as usize > 0
                    && run.stopped_while(tokio::time::sleep(plan.delay), stop.as_mut()).await
                {
                    break 'run;
                }
                let result =
                    self.step(iteration, index, item, &plan, &mut run, stop.as_mut()).await;
                let failed = run.done(&step(iteration, item, result), &mut report);
                if run.stopped {
                    break 'run;
                }
                match plan.bail {
                    Some(Bail::Run) if failed => {
                        run.summary.bailed = true;
                        break 'run;
                    }
                    Some(Bail::Folder) if failed => given_up = Some(item.parent.clone()),
                    _ => {}
                }
            }
        }
        run.summary.cancelled = run.stopped;
        run.summary.duration_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
        run.summary
    }

    async fn step(
        self: &Arc<Self>,
        iteration: u32,
        index: usize,
        item: &Node,
        plan: &RunPlan,
        run: &mut Run,
        mut stop: std::pin::Pin<&mut impl Future<Output = ()>>,
    ) -> StepResult {
        match item.kind {
            NodeKind::Request => {}
            NodeKind::Broken => {
                return StepResult::Error(item.error.clone().unwrap_or_else(|| unreadable(item)));
            }
            NodeKind::Other | NodeKind::Folder => {
                let kind = item.protocol.as_deref().unwrap_or("other");
                return StepResult::Skipped {
                    reason: format!("this version does not send {kind} requests"),
                };
            }
        }
        let name = format!("run-{iteration}-{index}");
        let (session, path, overlay) = (self.clone(), item.path.clone(), plan.overlay.clone());
        let exchange = name.clone();
        let planned = blocking(move || {
            let (request, _) = session
                .opened()?
                .workspace
                .read_request(&path)
                .map_err(|error| errors::workspace(&error))?;
            let order = session.order_over(&exchange, Some(path), request.clone(), &overlay)?;
            Ok((request, order))
        });
        let (request, order) = match planned.await {
            Ok(planned) => planned,
            Err(error) => return StepResult::Error(error),
        };
        let mut exchange = pin!(self.deliver(order, EventSink::none()));
        let result = tokio::select! {
            // The exchange first: it can be stopped only once it has begun.
            biased;
            result = exchange.as_mut() => result,
            () = stop.as_mut(), if !run.stopped => {
                run.stopped = true;
                self.stop(&name);
                exchange.await
            }
        };
        match result {
            Ok(mut exchange) => {
                exchange.checks.extend(exchange.schema.as_ref().map(of_schema));
                run.remember(self, &request, &exchange);
                StepResult::Sent(Box::new(exchange))
            }
            Err(error) => StepResult::Error(error),
        }
    }

    /// The plain variables of the chosen environment as a run leaves them. Blocks.
    pub fn environment_after(
        &self,
        overlay: &Overlay,
        run: &RunSummary,
    ) -> Result<Vec<(String, String)>, WireError> {
        let mut variables: Vec<(String, String)> = Vec::new();
        let mut set =
            |name: &str, value: &str| match variables.iter_mut().find(|(known, _)| known == name) {
                Some((_, old)) => value.clone_into(old),
                None => variables.push((name.to_owned(), value.to_owned())),
            };
        let mut secrets = Vec::new();
        if let Some(name) = self.environment() {
            let opened = self.opened()?;
            let resolved = opened
                .workspace
                .resolve_environment(&name)
                .map_err(|error| errors::workspace(&error))?;
            for found in resolved {
                // What is in a `.env` file stays there.
                let kept = matches!(found.origin, VariableOrigin::DotEnv { .. });
                if found.variable.secret || kept {
                    secrets.push(found.variable.name);
                } else {
                    set(&found.variable.name, &found.variable.value);
                }
            }
        }
        for (name, value) in overlay.environment.iter().chain(&run.environment) {
            if !secrets.contains(name) {
                set(name, value);
            }
        }
        Ok(variables)
    }
}

/// A check of a run: whether the answer is as its schema says.
fn of_schema(schema: &SchemaCheck) -> CheckResult {
    let actual = match schema.violations.as_slice() {
        [] => "as its schema says".to_owned(),
        [first, rest @ ..] => {
            let place = if first.path.is_empty() { "the body" } else { &first.path };
            let more =
                if rest.is_empty() { String::new() } else { format!(" (and {} more)", rest.len()) };
            format!("{place}: {}{more}", first.message).chars().take(200).collect()
        }
    };
    CheckResult {
        check: Check {
            expression: "res.body".to_owned(),
            operator: Operator::Matches,
            value: "the schema of the description".to_owned(),
            description: String::new(),
            enabled: true,
        },
        passed: schema.ok,
        message: format!("The body is checked against the schema of the description: {actual}"),
        actual,
    }
}

/// The state of a run.
struct Run {
    summary: RunSummary,
    stopped: bool,
}

impl Run {
    /// Counts and reports a step; says whether it failed.
    fn done(&mut self, step: &Step, report: &mut impl FnMut(&Step)) -> bool {
        self.summary.count(step);
        report(step);
        step.failed()
    }

    /// Waits for `work`, or until the run is stopped, and says whether that was it.
    async fn stopped_while(
        &mut self,
        work: impl Future<Output = ()>,
        stop: std::pin::Pin<&mut impl Future<Output = ()>>,
    ) -> bool {
        tokio::select! {
            biased;
            () = stop => self.stopped = true,
            () = work => {}
        }
        self.stopped
    }

    /// Keeps what captures put into the environment, for whoever exports it.
    fn remember(&mut self, session: &Session, request: &Request, exchange: &Exchange) {
        let Some(opened) = session.try_open() else { return };
        let runtime = lock(&opened.runtime);
        for capture in request.captures.iter().filter(|capture| capture.enabled) {
            let captured = exchange
                .captures
                .iter()
                .any(|done| done.variable == capture.variable && done.error.is_none());
            let value = runtime.get(&capture.variable);
            if capture.scope == CaptureScope::Environment
                && captured
                && let Some(errand_template::Value::Plain(value)) = value
            {
                self.summary.environment.retain(|(name, _)| *name != capture.variable);
                self.summary.environment.push((capture.variable.clone(), value.clone()));
            }
        }
    }
}

fn step(iteration: u32, item: &Node, result: StepResult) -> Step {
    Step {
        iteration,
        path: item.path.clone(),
        name: item.name.clone(),
        folder: item.parent.clone(),
        result,
    }
}

/// Whether `place` is `folder` or below it.
fn inside(place: &str, folder: &str) -> bool {
    folder.is_empty()
        || place == folder
        || place.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn unreadable(item: &Node) -> WireError {
    WireError::new("invalid-file", format!("{} cannot be read.", item.path)).at(
        item.path.clone(),
        None,
        None,
    )
}
