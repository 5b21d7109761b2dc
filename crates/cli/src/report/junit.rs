//! The report for CI servers: `JUnit`'s XML, one suite for each request, one case for each check.

use std::fmt::Write as _;
use std::io::{self, Write};

use errand_app::wire::{CheckResult, Exchange, WireError};
use errand_app::{RunSummary, Step, StepResult};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::{About, Report};
use crate::output::escape;

/// Holds the suites until the end: their number stands at the start of the file.
pub struct Junit {
    name: String,
    iterations: u32,
    suites: Writer<Vec<u8>>,
    total: Count,
}

#[derive(Default, Clone, Copy)]
struct Count {
    tests: u64,
    failures: u64,
    errors: u64,
    skipped: u64,
}

impl Junit {
    pub fn new(about: &About) -> Self {
        let name = if about.path.is_empty() {
            about.workspace.clone()
        } else {
            format!("{} / {}", about.workspace, about.path)
        };
        Self {
            name,
            iterations: about.iterations,
            suites: Writer::new(Vec::new()),
            total: Count::default(),
        }
    }

    fn suite(&mut self, step: &Step) -> io::Result<()> {
        let mut name = if step.folder.is_empty() {
            step.name.clone()
        } else {
            format!("{} / {}", step.folder, step.name)
        };
        if self.iterations > 1 {
            let _ = write!(name, " (iteration {})", step.iteration + 1);
        }
        let count = count(step);
        self.total.tests += count.tests;
        self.total.failures += count.failures;
        self.total.errors += count.errors;
        self.total.skipped += count.skipped;
        let exchange = match &step.result {
            StepResult::Sent(exchange) => Some(exchange.as_ref()),
            _ => None,
        };
        let mut start =
            counted("testsuite", &name, count, exchange.map_or(0, |exchange| exchange.duration_us));
        start.push_attribute(("file", attribute(&step.path).as_str()));
        if let Some(exchange) = exchange {
            start.push_attribute(("timestamp", attribute(&exchange.started_at).as_str()));
        }
        self.suites.write_event(Event::Start(start))?;
        self.cases(step, exchange)?;
        self.suites.write_event(Event::End(BytesEnd::new("testsuite")))?;
        self.suites.get_mut().push(b'\n');
        Ok(())
    }

    /// The request is a case of its own, so that one without checks is seen too.
    fn cases(&mut self, step: &Step, exchange: Option<&Exchange>) -> io::Result<()> {
        let request = exchange.map_or_else(
            || step.name.clone(),
            |exchange| format!("{} {}", exchange.method, exchange.url),
        );
        let time = exchange.map_or(0, |exchange| exchange.duration_us);
        let detail = match &step.result {
            StepResult::Skipped { reason } => {
                Some(("skipped", reason.clone(), reason.clone(), "skipped"))
            }
            _ => step
                .error()
                .map(|error| ("error", error.message.clone(), full(error), error.code.as_str()))
                .or_else(|| {
                    let unfinished = exchange.is_some_and(|exchange| exchange.error.is_none())
                        && count(step).errors > 0;
                    unfinished.then(|| {
                        (
                            "error",
                            "Stopped".to_owned(),
                            "Stopped before all of it came.".to_owned(),
                            "cancelled",
                        )
                    })
                }),
        };
        self.case(&step.path, &request, time, detail)?;
        for check in exchange.map(|exchange| exchange.checks.as_slice()).unwrap_or_default() {
            let failure = (!check.passed)
                .then(|| ("failure", check.message.clone(), compared(check), "check"));
            self.case(&step.path, &check_name(check), 0, failure)?;
        }
        Ok(())
    }

    fn case(
        &mut self,
        class: &str,
        name: &str,
        us: u64,
        detail: Option<(&str, String, String, &str)>,
    ) -> io::Result<()> {
        let mut start = BytesStart::new("testcase");
        start.push_attribute(("classname", attribute(class).as_str()));
        start.push_attribute(("name", attribute(name).as_str()));
        start.push_attribute(("time", seconds(us).as_str()));
        let Some((element, message, text, kind)) = detail else {
            return self.suites.write_event(Event::Empty(start));
        };
        self.suites.write_event(Event::Start(start))?;
        let mut inner = BytesStart::new(element);
        inner.push_attribute(("message", attribute(&message).as_str()));
        if element != "skipped" {
            inner.push_attribute(("type", attribute(kind).as_str()));
        }
        self.suites.write_event(Event::Start(inner))?;
        self.suites.write_event(Event::Text(BytesText::new(&content(&text))))?;
        self.suites.write_event(Event::End(BytesEnd::new(element)))?;
        self.suites.write_event(Event::End(BytesEnd::new("testcase")))
    }
}

impl Report for Junit {
    fn step(&mut self, step: &Step, _: &mut dyn Write) -> io::Result<()> {
        self.suite(step)
    }

    fn end(&mut self, summary: &RunSummary, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = Writer::new(out);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        writer.get_mut().write_all(b"\n")?;
        writer.write_event(Event::Start(counted(
            "testsuites",
            &self.name,
            self.total,
            summary.duration_us,
        )))?;
        writer.get_mut().write_all(b"\n")?;
        writer.get_mut().write_all(self.suites.get_ref())?;
        writer.write_event(Event::End(BytesEnd::new("testsuites")))?;
        writer.get_mut().write_all(b"\n")
    }
}

fn count(step: &Step) -> Count {
    let mut count = Count { tests: 1, ..Count::default() };
    match &step.result {
        StepResult::Skipped { .. } => count.skipped = 1,
        StepResult::Error(_) => count.errors = 1,
        StepResult::Sent(exchange) => {
            count.tests += exchange.checks.len() as u64;
            count.failures = exchange.checks.iter().filter(|check| !check.passed).count() as u64;
            count.errors =
                u64::from(step.failed() && (count.failures == 0 || exchange.error.is_some()));
        }
    }
    count
}

fn counted<'a>(element: &'a str, name: &str, count: Count, us: u64) -> BytesStart<'a> {
    let mut start = BytesStart::new(element);
    start.push_attribute(("name", attribute(name).as_str()));
    let numbers = [
        ("tests", count.tests),
        ("failures", count.failures),
        ("errors", count.errors),
        ("skipped", count.skipped),
    ];
    for (name, number) in numbers {
        start.push_attribute((name, number.to_string().as_str()));
    }
    start.push_attribute(("time", seconds(us).as_str()));
    start
}

fn seconds(us: u64) -> String {
    format!("{}.{:06}", us / 1_000_000, us % 1_000_000)
}

fn check_name(check: &CheckResult) -> String {
    if check.check.description.is_empty() {
        check.message.clone()
    } else {
        check.check.description.clone()
    }
}

fn compared(check: &CheckResult) -> String {
    format!("{}\nexpected: {}\nactual: {}", check.message, check.check.value, check.actual)
}

fn full(error: &WireError) -> String {
    match &error.hint {
        Some(hint) => format!("{}\n{hint}", error.message),
        None => error.message.clone(),
    }
}

/// XML 1.0 §2.2 has no place for most control characters, not even escaped; they are spelled out.
fn attribute(text: &str) -> String {
    escape::line(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

fn content(text: &str) -> String {
    escape::lines(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
