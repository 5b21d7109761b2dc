//! The report for programs: one JSON document, written as the run goes on.

use std::fmt::Write as _;
use std::io::{self, Write};

use errand_app::wire::{CheckResult, Exchange, ExchangeState, WireError};
use errand_app::{RunSummary, Step, StepResult};
use jiff::Timestamp;
use serde::Serialize;

use super::{About, Report};
use crate::output::escape::is_control;

/// Writes `{"workspace": …, "requests": […], "summary": {…}}`.
pub struct Json {
    head: Head,
    steps: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    version: &'static str,
    workspace: String,
    path: String,
    environment: Option<String>,
    started_at: String,
}

/// A request of the run. Headers and bodies are left out: a report is passed around.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Line<'a> {
    iteration: u32,
    name: &'a str,
    path: &'a str,
    folder: &'a str,
    /// `passed`, `failed` (a check), `error` (no whole answer) or `skipped`.
    outcome: &'static str,
    #[serde(flatten)]
    sent: Option<Sent<'a>>,
    error: Option<&'a WireError>,
    skipped: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Sent<'a> {
    started_at: &'a str,
    method: &'a str,
    url: &'a str,
    status: Option<u16>,
    state: ExchangeState,
    http_version: &'a str,
    duration_us: u64,
    size: u64,
    history_id: Option<&'a str>,
    checks: &'a [CheckResult],
    captured: Vec<&'a str>,
    warnings: &'a [String],
}

impl Json {
    pub fn new(about: &About) -> Self {
        let head = Head {
            version: env!("CARGO_PKG_VERSION"),
            workspace: about.workspace.clone(),
            path: about.path.clone(),
            environment: about.environment.clone(),
            started_at: Timestamp::now().to_string(),
        };
        Self { head, steps: 0 }
    }

    /// What comes before the next request.
    fn separator(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.steps == 0 {
            let head = text(&self.head)?;
            writeln!(out, "{},\"requests\":[", head.trim_end_matches('}'))?;
        } else {
            out.write_all(b",")?;
        }
        self.steps += 1;
        Ok(())
    }
}

impl Report for Json {
    fn step(&mut self, step: &Step, out: &mut dyn Write) -> io::Result<()> {
        self.separator(out)?;
        // Each on a line of its own, so that a reader sees it as soon as it is done.
        writeln!(out, "{}", text(&line(step))?)
    }

    fn end(&mut self, summary: &RunSummary, out: &mut dyn Write) -> io::Result<()> {
        if self.steps == 0 {
            self.separator(out)?;
        }
        writeln!(out, "],\"finishedAt\":\"{}\",\"summary\":{}}}", Timestamp::now(), text(summary)?)
    }
}

/// JSON on one line, with every character escaped that a terminal would obey.
fn text(value: &impl Serialize) -> io::Result<String> {
    let text = serde_json::to_string(value)?;
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_control(letter) {
            let mut units = [0; 2];
            for unit in letter.encode_utf16(&mut units) {
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(letter);
        }
    }
    Ok(out)
}

fn line(step: &Step) -> Line<'_> {
    let (sent, skipped) = match &step.result {
        StepResult::Sent(exchange) => (Some(sent(exchange)), None),
        StepResult::Error(_) => (None, None),
        StepResult::Skipped { reason } => (None, Some(reason.as_str())),
    };
    let unfinished = matches!(&step.result, StepResult::Sent(exchange) if exchange.state != ExchangeState::Complete);
    Line {
        iteration: step.iteration,
        name: &step.name,
        path: &step.path,
        folder: &step.folder,
        outcome: match step.error() {
            Some(_) => "error",
            None if unfinished => "error",
            None if skipped.is_some() => "skipped",
            None if step.failed() => "failed",
            None => "passed",
        },
        sent,
        error: step.error(),
        skipped,
    }
}

fn sent(exchange: &Exchange) -> Sent<'_> {
    Sent {
        started_at: &exchange.started_at,
        method: &exchange.method,
        url: &exchange.url,
        status: exchange.status,
        state: exchange.state,
        http_version: &exchange.http_version,
        duration_us: exchange.duration_us,
        size: exchange.body.as_ref().map_or(0, |body| body.size),
        history_id: exchange.history_id.as_deref(),
        checks: &exchange.checks,
        captured: exchange
            .captures
            .iter()
            .filter(|done| done.error.is_none())
            .map(|done| done.variable.as_str())
            .collect(),
        warnings: &exchange.warnings,
    }
}
