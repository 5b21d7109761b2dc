//! The report for people: a line for each request, what failed below it, a table at the end.

use std::fmt::Write as _;
use std::io::{self, Write};

use errand_app::wire::{Exchange, ExchangeState, WireError};
use errand_app::{RunSummary, Step, StepResult};

use super::{About, Report};
use crate::output::Style;
use crate::output::escape::line;
use crate::send::show::failed_check;
use crate::time::{bytes, microseconds};

/// Columns of a request's name.
const NAME: usize = 36;

/// Writes lines as the run goes on.
pub struct Terminal {
    style: Style,
    title: Option<String>,
    iterations: u32,
    iteration: Option<u32>,
    folder: String,
}

impl Terminal {
    pub fn new(about: &About, style: Style) -> Self {
        let mut title = style.bold(line(&about.workspace));
        if !about.path.is_empty() {
            let _ = write!(title, " / {}", line(&about.path));
        }
        if let Some(environment) = &about.environment {
            title.push_str(&style.dim(format!("  in {}", line(environment))));
        }
        if about.iterations > 1 {
            title.push_str(
                &style.dim(format!("  {} requests, {} times", about.requests, about.iterations)),
            );
        }
        Self {
            style,
            title: Some(title),
            iterations: about.iterations,
            iteration: None,
            folder: String::new(),
        }
    }

    fn heading(&mut self, step: &Step, out: &mut dyn Write) -> io::Result<()> {
        if let Some(title) = self.title.take() {
            writeln!(out, "{title}")?;
        }
        if self.iteration != Some(step.iteration) {
            self.iteration = Some(step.iteration);
            self.folder.clear();
            if self.iterations > 1 {
                writeln!(
                    out,
                    "\n{}",
                    self.style.cyan(format!("Iteration {}", step.iteration + 1))
                )?;
            }
        }
        if self.folder != step.folder {
            self.folder.clone_from(&step.folder);
            writeln!(out, "\n{}", self.style.bold(line(&step.folder)))?;
        }
        Ok(())
    }

    fn sent(&self, step: &Step, exchange: &Exchange, out: &mut dyn Write) -> io::Result<()> {
        let style = self.style;
        let mark = if step.failed() { style.red("✗") } else { style.green("✓") };
        let status =
            exchange.status.map_or_else(|| style.red("---"), |status| style.status(status));
        let size = exchange.body.as_ref().map_or(0, |body| body.size);
        let told = format!("{:>8} {:>8}", microseconds(exchange.duration_us), bytes(size));
        let passed = exchange.checks.iter().filter(|check| check.passed).count();
        let checks = match exchange.checks.len() {
            0 => String::new(),
            1 => format!("  {passed}/1 check"),
            total => format!("  {passed}/{total} checks"),
        };
        writeln!(
            out,
            "  {mark} {:<7} {} {status} {}{}",
            line(&exchange.method),
            padded(&step.name),
            style.dim(told),
            style.dim(checks)
        )?;
        for check in exchange.checks.iter().filter(|check| !check.passed) {
            out.write_all(failed_check(check, style, "      ").as_bytes())?;
        }
        for capture in &exchange.captures {
            if let Some(error) = &capture.error {
                writeln!(
                    out,
                    "      {} {} was not captured: {}",
                    style.yellow("!"),
                    line(&capture.variable),
                    line(error)
                )?;
            }
        }
        for warning in &exchange.warnings {
            writeln!(out, "      {} {}", style.yellow("!"), line(warning))?;
        }
        match &exchange.error {
            Some(error) => self.error(error, out),
            None if exchange.state != ExchangeState::Complete => {
                writeln!(out, "      {} stopped before all of it came", style.red("✗"))
            }
            None => Ok(()),
        }
    }

    fn error(&self, error: &WireError, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "      {} {}", self.style.red("✗"), line(&error.message))?;
        if let Some(place) = error
            .place
            .as_ref()
            .and_then(|place| Some((place.file.as_ref()?, place.line?, place.column?)))
        {
            writeln!(out, "        {}:{}:{}", line(place.0), place.1, place.2)?;
        }
        if let Some(hint) = &error.hint {
            writeln!(out, "        {}", self.style.dim(line(hint)))?;
        }
        Ok(())
    }
}

impl Report for Terminal {
    fn step(&mut self, step: &Step, out: &mut dyn Write) -> io::Result<()> {
        self.heading(step, out)?;
        match &step.result {
            StepResult::Sent(exchange) => self.sent(step, exchange, out),
            StepResult::Error(error) => {
                writeln!(out, "  {} {:<7} {}", self.style.red("✗"), "", line(&step.name))?;
                self.error(error, out)
            }
            StepResult::Skipped { reason } => {
                let text = format!("- {:<7} {} left out: {}", "", padded(&step.name), line(reason));
                writeln!(out, "  {}", self.style.dim(text))
            }
        }
    }

    fn end(&mut self, summary: &RunSummary, out: &mut dyn Write) -> io::Result<()> {
        let style = self.style;
        let failed = |count: u64| {
            let text = format!("{count:>9}");
            if count > 0 { style.red(text) } else { style.dim(text) }
        };
        writeln!(out, "\n{}", style.dim(format!("{:<12}{:>9}{:>9}", "", "total", "failed")))?;
        if self.iterations > 1 {
            writeln!(out, "{:<12}{:>9}", "iterations", summary.iterations)?;
        }
        writeln!(
            out,
            "{:<12}{:>9}{}",
            "requests",
            summary.requests,
            failed(summary.requests_failed)
        )?;
        writeln!(out, "{:<12}{:>9}{}", "checks", summary.checks, failed(summary.checks_failed))?;
        if summary.skipped > 0 {
            writeln!(out, "{:<12}{:>9}", "left out", summary.skipped)?;
        }
        let mean = summary.exchange_us.checked_div(summary.requests).unwrap_or(0);
        let times = format!(
            "{} in all, {} a request, {} received",
            microseconds(summary.duration_us),
            microseconds(mean),
            bytes(summary.bytes)
        );
        writeln!(out, "{}", style.dim(times))?;
        if summary.cancelled {
            writeln!(out, "{}", style.yellow("Stopped before the end."))?;
        } else if summary.bailed {
            writeln!(out, "{}", style.yellow("Stopped at the first failure."))?;
        }
        Ok(())
    }
}

/// A name in its column; a longer one is cut.
fn padded(name: &str) -> String {
    let name = line(name);
    let count = name.chars().count();
    if count <= NAME {
        return format!("{name}{}", " ".repeat(NAME - count));
    }
    let cut: String = name.chars().take(NAME - 1).collect();
    format!("{cut}…")
}
