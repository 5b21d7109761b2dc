//! `errand history`: what was sent and what came back.

use std::fmt::Write as _;
use std::path::Path;

use errand_app::wire::{ExchangeState, ExportHistory, HistoryEntry, SearchHistory, WireError};
use jiff::Timestamp;

use crate::args::{HistoryArgs, HistoryVerb};
use crate::exit::{Exit, Failure, Outcome};
use crate::output::{self, Style, columns, escape::line, message};
use crate::place::{Core, interrupted};
use crate::send::show;
use crate::time::{Age, bytes, microseconds};

/// Entries that are listed when nobody says how many.
const LISTED: u32 = 50;
/// Entries asked for at once.
const PAGE: u32 = 500;
/// Letters of an id that tell entries apart in a list.
const SHORT: usize = 8;

/// Searches, shows or prunes.
pub fn history(args: &HistoryArgs) -> Outcome {
    match &args.verb {
        Some(HistoryVerb::Show { id, har: Some(to), .. }) => archive_one(id, to),
        Some(HistoryVerb::Show { id, body, json, har: None }) => show_entry(id, *body, *json),
        Some(HistoryVerb::Prune { older }) => prune(*older),
        None => match &args.har {
            Some(to) => archive_found(args, to),
            None => list(args),
        },
    }
}

/// What is looked for, without a limit.
fn wanted(args: &HistoryArgs) -> SearchHistory {
    SearchHistory {
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
    }
}

fn list(args: &HistoryArgs) -> Outcome {
    let core = Core::open()?;
    if let Some(folder) = &args.workspace {
        core.enter(folder, None, &mut None)?;
    }
    let mut wanted = wanted(args);
    let limit = args.limit.unwrap_or(LISTED);
    let mut entries: Vec<HistoryEntry> = Vec::new();
    loop {
        wanted.limit =
            limit.saturating_sub(u32::try_from(entries.len()).unwrap_or(u32::MAX)).min(PAGE);
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

fn archive_found(args: &HistoryArgs, to: &Path) -> Outcome {
    let core = Core::open()?;
    if let Some(folder) = &args.workspace {
        core.enter(folder, None, &mut None)?;
    }
    if args.limit == Some(0) {
        return Err(Failure::usage("--limit 0 leaves nothing to write.", "Leave it out for all."));
    }
    let search = SearchHistory { limit: args.limit.unwrap_or_default(), ..wanted(args) };
    archive(&core, None, search, to)
}

fn archive_one(id: &str, to: &Path) -> Outcome {
    let core = Core::open()?;
    let id = core.wait(full_id(&core, id))?;
    archive(&core, Some(vec![id]), SearchHistory::default(), to)
}

/// Writes entries as a HAR.
fn archive(core: &Core, ids: Option<Vec<String>>, search: SearchHistory, to: &Path) -> Outcome {
    const NAME: &str = "export";
    let is_output = to == Path::new("-");
    let full = std::path::absolute(to).map_err(|error| Failure::write(to, &error))?;
    let args = ExportHistory { id: NAME.to_owned(), ids, search, to: full.display().to_string() };
    let done = core.wait(async {
        let mut writing = Box::pin(async {
            if is_output {
                core.session.write_history(args, std::io::stdout()).await
            } else {
                core.session.save_history(args).await
            }
        });
        tokio::select! {
            // The export first: it can be stopped only once it has begun.
            biased;
            done = &mut writing => done,
            () = interrupted() => {
                core.session.stop(NAME);
                writing.await
            }
        }
    })?;
    if !is_output {
        let count = match done.entries {
            1 => "1 exchange".to_owned(),
            count => format!("{count} exchanges"),
        };
        message::note(&format!("Wrote {}: {count}.", to.display()));
    }
    if done.bodies_left_out > 0 {
        message::warning(&format!(
            "Bodies longer than 16 MiB were left out: {}. errand history show ID --body writes one.",
            done.bodies_left_out
        ));
    }
    Ok(Exit::Done)
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
