//! Reports of a run.

mod json;
mod junit;
mod terminal;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use errand_app::{RunSummary, Step};

use crate::args::{Reporter, RunArgs};
use crate::exit::Failure;
use crate::output::Style;

/// What is run.
pub struct About {
    /// The workspace's name.
    pub workspace: String,
    /// What of it; empty is everything.
    pub path: String,
    /// The environment as it was asked for.
    pub environment: Option<String>,
    /// How many times.
    pub iterations: u32,
    /// Requests of an iteration.
    pub requests: usize,
}

/// A report while it is written.
trait Report {
    fn step(&mut self, step: &Step, out: &mut dyn Write) -> io::Result<()>;
    fn end(&mut self, summary: &RunSummary, out: &mut dyn Write) -> io::Result<()>;
}

/// The reports that were asked for. Each is written as the run goes on.
pub struct Reports(Vec<Open>);

struct Open {
    report: Box<dyn Report>,
    out: Box<dyn Write>,
    /// The file; none for standard output.
    file: Option<PathBuf>,
    /// The first thing that went wrong; the run goes on for the other reports.
    failed: Option<io::Error>,
}

impl Reports {
    /// Opens every report before the first request is sent.
    pub fn open(args: &RunArgs, about: &About) -> Result<Self, Failure> {
        let mut wanted = args.reporters.clone();
        wanted.extend(
            args.out
                .iter()
                .map(|(reporter, _)| *reporter)
                .filter(|reporter| !args.reporters.contains(reporter)),
        );
        wanted.dedup();
        let file = |reporter| {
            args.out.iter().find(|(of, _)| *of == reporter).map(|(_, path)| path.clone())
        };
        let machine: Vec<Reporter> = wanted
            .iter()
            .copied()
            .filter(|&reporter| reporter != Reporter::Cli && file(reporter).is_none())
            .collect();
        if machine.len() > 1 {
            return Err(Failure::usage(
                "Only one report can go to standard output.",
                "Write the other one to a file: --out junit=report.xml",
            ));
        }
        let mut open = Vec::new();
        for reporter in wanted {
            let file = file(reporter);
            let out: Box<dyn Write> = match &file {
                Some(path) => Box::new(BufWriter::new(
                    File::create(path).map_err(|error| Failure::write(path, &error))?,
                )),
                // What a program reads has standard output for itself.
                None if reporter == Reporter::Cli && !machine.is_empty() => Box::new(io::stderr()),
                None => Box::new(BufWriter::new(io::stdout())),
            };
            let style = match (&file, machine.is_empty()) {
                (Some(_), _) => Style::PLAIN,
                (None, true) => Style::of_output(),
                (None, false) => Style::of_messages(),
            };
            open.push(Open { report: make(reporter, about, style), out, file, failed: None });
        }
        Ok(Self(open))
    }

    /// Tells every report of a step.
    pub fn step(&mut self, step: &Step) {
        for open in &mut self.0 {
            open.tell(|report, out| report.step(step, out));
        }
    }

    /// Ends every report.
    pub fn end(mut self, summary: &RunSummary) -> Result<(), Failure> {
        for open in &mut self.0 {
            open.tell(|report, out| report.end(summary, out));
        }
        let mut result = Ok(());
        for open in self.0 {
            match (open.failed, open.file) {
                (None, _) => {}
                // Whoever read the report has gone; that must not make a failed run look passed.
                (Some(error), None) if error.kind() == io::ErrorKind::BrokenPipe => {}
                (Some(error), None) => result = Err(error.into()),
                (Some(error), Some(path)) => result = Err(Failure::write(&path, &error)),
            }
        }
        result
    }
}

impl Open {
    fn tell(&mut self, tell: impl FnOnce(&mut dyn Report, &mut dyn Write) -> io::Result<()>) {
        if self.failed.is_none()
            && let Err(error) =
                tell(self.report.as_mut(), self.out.as_mut()).and_then(|()| self.out.flush())
        {
            self.failed = Some(error);
        }
    }
}

fn make(reporter: Reporter, about: &About, style: Style) -> Box<dyn Report> {
    match reporter {
        Reporter::Cli => Box::new(terminal::Terminal::new(about, style)),
        Reporter::Json => Box::new(json::Json::new(about)),
        Reporter::Junit => Box::new(junit::Junit::new(about)),
    }
}
