//! An exchange as text.

use std::fmt::Write as _;
use std::io::IsTerminal as _;

use errand_app::wire::{BodyInfo, CheckResult, Exchange, FlowHop, Hop, Timings};

use crate::exit::Failure;
use crate::output::escape::line;
use crate::output::{self, Style, message};
use crate::place::Core;
use crate::time::{bytes, microseconds};

/// `200 OK`
pub fn status(exchange: &Exchange) -> String {
    let status = exchange.status.map(|status| status.to_string()).unwrap_or_default();
    line(format!("{status} {}", exchange.reason).trim_end()).into_owned()
}

/// Status line and headers of the last answer, with the empty line after them.
pub fn head(exchange: &Exchange, style: Style) -> String {
    exchange.hops.last().map(|hop| response_head(hop, style, "") + "\n").unwrap_or_default()
}

fn response_head(hop: &Hop, style: Style, mark: &str) -> String {
    let Some(status) = hop.status else { return String::new() };
    let mut out = String::new();
    let first =
        format!("{} {} {}", line(&hop.http_version), style.status(status), line(&hop.reason));
    let _ = writeln!(out, "{mark}{}", first.trim_end());
    for header in &hop.headers {
        let _ = writeln!(out, "{mark}{}: {}", style.cyan(line(&header.name)), line(&header.value));
    }
    out
}

/// Everything that crossed the wire but the last body.
pub fn wire(exchange: &Exchange, style: Style) -> String {
    let mut out = String::new();
    for hop in &exchange.hops {
        crossed(&mut out, hop, style);
    }
    if exchange.duration_us > 0 {
        let total = format!("* {} in all", microseconds(exchange.duration_us));
        let _ = writeln!(out, "{}", style.dim(total));
    }
    out
}

/// One request of a login, with the answer's body.
pub fn flow_hop(flow: &FlowHop, style: Style) -> String {
    let mut out = format!("{}\n", style.bold(line(&flow.title)));
    crossed(&mut out, &flow.hop, style);
    for text in flow.answer.lines() {
        let _ = writeln!(out, "{} {}", style.dim("<"), line(text));
    }
    if let Some(error) = &flow.error {
        let _ = writeln!(out, "{} {}", style.red("*"), line(error));
    }
    out
}

fn crossed(out: &mut String, hop: &Hop, style: Style) {
    connection(out, hop, style);
    for text in hop.request_head.lines() {
        let _ = writeln!(out, "{} {}", style.dim(">"), line(text));
    }
    let _ = writeln!(out, "{}", style.dim(">"));
    for text in hop.request_body.lines() {
        let _ = writeln!(out, "{} {}", style.dim(">"), line(text));
    }
    out.push_str(&response_head(hop, style, &format!("{} ", style.dim("<"))));
    let times = timings(&hop.timings);
    if !times.is_empty() {
        let _ = writeln!(out, "{}", style.dim(format!("* {times}")));
    }
}

fn connection(out: &mut String, hop: &Hop, style: Style) {
    let mut say = |text: String| {
        let _ = writeln!(out, "{}", style.dim(format!("* {}", line(&text))));
    };
    for dropped in &hop.dropped {
        say(format!("not sent here: {dropped}"));
    }
    if !hop.remote.is_empty() {
        let again = if hop.reused { ", over a connection that was open" } else { "" };
        say(format!("to {}{again}", hop.remote));
    }
    if let Some(tls) = &hop.tls {
        say(format!("{} with {}", tls.version, tls.cipher));
        if let Some(leaf) = tls.certificates.first() {
            say(format!(
                "certificate of {}, by {}, until {}",
                leaf.subject, leaf.issuer, leaf.not_after
            ));
        }
        if let Some(problem) = &tls.problem {
            say(format!("accepted although {problem}"));
        }
    }
    if !hop.request_head_exact {
        say("sent as HTTP/2 frames; the same in text:".to_owned());
    }
}

fn timings(timings: &Timings) -> String {
    let phases = [
        ("lookup", timings.lookup),
        ("connect", timings.connect),
        ("TLS", timings.tls),
        ("send", timings.send),
        ("wait", timings.wait),
        ("download", timings.download),
    ];
    let told: Vec<String> = phases
        .iter()
        .filter_map(|(name, us)| us.map(|us| format!("{name} {}", microseconds(us))))
        .collect();
    told.join(", ")
}

/// Writes the body: as it is into a pipe or file, and on a terminal only when it is text.
pub fn body(core: &Core, body: &BodyInfo) -> Result<(), Failure> {
    if std::io::stdout().is_terminal()
        && matches!(body.language.as_str(), "binary" | "image" | "pdf")
    {
        message::note(&format!(
            "The body is {} of binary data. Write it to a file with -o FILE.",
            bytes(body.size)
        ));
        return Ok(());
    }
    output::copy(core.app.body(&body.id)?.reader(0))
}

/// A check that does not hold: what was expected, what was found.
pub fn failed_check(check: &CheckResult, style: Style, indent: &str) -> String {
    let written = &check.check;
    let operator = serde_json::to_value(written.operator).unwrap_or_default();
    let operator = operator.as_str().unwrap_or_default();
    let mut out = format!(
        "{indent}{} {}\n{indent}  {} {}\n{indent}  {} {}\n",
        style.red("✗"),
        line(&format!("{} {operator}", written.expression)),
        style.dim("expected"),
        line(if written.value.is_empty() { operator } else { &written.value }),
        style.dim("actual  "),
        line(&check.actual),
    );
    if written.value.contains("{{") {
        let _ = writeln!(out, "{indent}  {}", style.dim(line(&check.message)));
    }
    out
}
