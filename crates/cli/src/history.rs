//! `errand history`: what was sent and what came back.

use errand_app::wire::{ExchangeState, HistoryEntry, SearchHistory, WireError};
use jiff::Timestamp;
use std::fmt::Write as _;

use crate::args::{HistoryArgs, HistoryVerb};
use crate::exit::{Exit, Failure, Outcome};
use crate::output::{self, Style, columns, escape::line, message};
use crate::place::Core;
use crate::send::show;
use crate::time::{Age, bytes, microseconds};

/// Entries asked for at once.
const PAGE: u32 = 500;
/// Letters of an id that tell entries apart in a list.
const SHORT: usize = 8;

/// Searches, shows or prunes.
pub fn history(args: &HistoryArgs) -> Outcome {
    match &args.verb {
        Some(HistoryVerb::Show { id, body, json }) => show_entry(id, *body, *json),
        Some(HistoryVerb::Prune { older }) => prune(*older),
        None => list(args),
    }
}

fn list(args: &HistoryArgs) -> Outcome {
    let core = Core::open()?;
    if let Some(folder) = &args.workspace {
        core.enter(folder, None, &mut None)?;
    }
    let mut wanted = SearchHistory {
        words: args.words.join(" "),
        status: args.status.clone(),
        method: args.method.as_ref().map(|method| method.to_uppercase()),
        host: args.host.clone(),
        environment: args.environment.clone(),
        since: args.since.map(|when| when.0.to_string()),
        until: args.until.map(|when| when.0.to_string()),
        failed: args.failed,
        before: None,
        limit: 0,
    };
    let mut entries: Vec<HistoryEntry> = Vec::new();
    loop {
        wanted.limit =
            args.limit.saturating_sub(u32::try_from(entries.len()).unwrap_or(u32::MAX)).min(PAGE);
        if wanted.limit == 0 {
            break;
        }
        let page = core.wait(core.session.history_page(wanted.clone()))?;
        entries.extend(page.entries);
        wanted.before = page.next;
        if page.next.is_none() {
            break;
        }
    }
    if args.json {
        output::json(&entries)?;
    } else {
        print(&entries)?;
    }
    Ok(Exit::Done)
}

fn print(entries: &[HistoryEntry]) -> Result<(), Failure> {
    let style = Style::of_output();
    let rows: Vec<Vec<String>> = entries.iter().map(row).collect();
    output::text(&columns(&rows, &|row, column, text| match (column, entries[row].status) {
        (0 | 1, _) => style.dim(text),
        (2, Some(status)) => text.replace(&status.to_string(), &style.status(status)),
        (2, None) => style.red(text),
        (3, _) => style.bold(text),
        _ => text,
    }))
}

fn row(entry: &HistoryEntry) -> Vec<String> {
    let status = match (entry.status, entry.state) {
        (_, ExchangeState::Cancelled) => "cancelled".to_owned(),
        (Some(status), ExchangeState::Truncated) => format!("{status} cut"),
        (Some(status), _) => status.to_string(),
        (None, _) => "failed".to_owned(),
    };
    let checks = match (entry.checks_passed, entry.checks_failed) {
        (0, 0) => String::new(),
        (passed, 0) => format!("  {passed} checks passed"),
        (passed, failed) => format!("  {failed} of {} checks failed", passed + failed),
    };
    let environment =
        entry.environment.as_deref().map(|name| format!("  [{}]", line(name))).unwrap_or_default();
    vec![
        entry.id[entry.id.len().saturating_sub(SHORT)..].to_owned(),
        local(&entry.at),
        status,
        line(&entry.method).into_owned(),
        microseconds(entry.duration_us),
        bytes(entry.size),
        format!("{}{environment}{checks}", line(&entry.url)),
    ]
}

/// A time of RFC 3339 as this machine's clock shows it.
fn local(at: &str) -> String {
    at.parse::<Timestamp>().map_or_else(
        |_| line(at).into_owned(),
        |time| {
            time.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string()
        },
    )
}

fn show_entry(id: &str, body: bool, json: bool) -> Outcome {
    let core = Core::open()?;
    let entry = core.wait(core.session.history_entry(&core.wait(full_id(&core, id))?))?;
    if json {
        output::json(&entry)?;
    } else if body {
        let Some(stored) = &entry.exchange.body else {
            return Err(Failure::unfinished(
                WireError::new("no-body", "This entry has no body (any more).")
                    .hint("It may have been pruned."),
            ));
        };
        output::copy(core.app.body(&stored.id)?.reader(0))?;
    } else {
        let mut text = show::wire(&entry.exchange, Style::of_output());
        if let Some(stored) = &entry.exchange.body {
            let _ = writeln!(
                text,
                "* body of {}: errand history show {} --body",
                bytes(stored.size),
                line(id)
            );
        }
        output::text(&text)?;
    }
    Ok(Exit::Done)
}

/// The id that ends like this one, newest first.
async fn full_id(core: &Core, id: &str) -> Result<String, Failure> {
    let unknown = || {
        Failure::usage(
            format!("There is no history entry \"{id}\"."),
            "The first column of errand history names the entries.",
        )
    };
    if id.len() < 4 {
        return Err(unknown());
    }
    if id.len() >= 32 {
        return Ok(id.to_owned());
    }
    let mut wanted = SearchHistory { limit: PAGE, ..SearchHistory::default() };
    loop {
        let page = core.session.history_page(wanted.clone()).await?;
        if let Some(found) = page.entries.iter().find(|entry| entry.id.ends_with(id)) {
            return Ok(found.id.clone());
        }
        wanted.before = page.next;
        if page.next.is_none() {
            return Err(unknown());
        }
    }
}

fn prune(older: Age) -> Outcome {
    let before = older
        .ago()
        .map_err(|reason| Failure::usage(format!("--older: {reason}."), "Such as 90d."))?;
    let core = Core::open()?;
    let gone = core.wait(core.session.prune_before(before.as_millisecond()))?;
    message::note(&format!("{gone} entries were deleted, with their bodies."));
    Ok(Exit::Done)
}
