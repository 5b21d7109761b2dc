//! What a server does with credentials that it should refuse.

use std::path::PathBuf;

use errand_app::EventSink;
use errand_app::wire::{AuthCheck, AuthCheckRow, AuthVariant, AuthVerdict, CheckAuth};

use super::{enter, with_way};
use crate::args::Whose;
use crate::exit::{Exit, Failure, Outcome};
use crate::output::escape::line;
use crate::output::{self, Style, columns, message};
use crate::place::{Core, interrupted};

/// Name of the one check.
const CHECK: &str = "check";

/// Sends the request once with each kind of credential, and shows what came of it.
pub fn check(whose: &Whose, other: Option<&str>, root: &mut Option<PathBuf>) -> Outcome {
    let (core, path) = enter(whose, root)?;
    let request = core.session.saved_request(&path)?;
    let wanted = CheckAuth {
        exchange: CHECK.to_owned(),
        path: Some(path),
        request,
        other_environment: other.map(str::to_owned),
    };
    let (check, stopped) = core.wait(run(&core, wanted)).map_err(|failure| Failure {
        error: failure.error.map(|error| {
            with_way(error, &whose.path.to_string_lossy(), whose.environment.as_deref())
        }),
        ..failure
    })?;
    if whose.json {
        output::json(&check)?;
    } else {
        output::text(&table(&check, Style::of_output()))?;
    }
    if stopped {
        message::note("Stopped; the rest was not sent.");
    }
    let exit = exit(&check);
    Ok(if stopped { exit.max(Exit::Unfinished) } else { exit })
}

async fn run(core: &Core, wanted: CheckAuth) -> Result<(AuthCheck, bool), Failure> {
    let mut running = std::pin::pin!(core.session.check_auth_of(wanted, EventSink::none()));
    let mut stop = std::pin::pin!(interrupted());
    let mut stopped = false;
    loop {
        tokio::select! {
            biased;
            check = running.as_mut() => return Ok((check?, stopped)),
            () = stop.as_mut(), if !stopped => {
                stopped = true;
                core.session.stop(CHECK);
            }
        }
    }
}

/// A hole is a failed check, and so is a valid credential that is refused: it says that nothing was
/// learnt.
fn exit(check: &AuthCheck) -> Exit {
    let valid = check.rows.iter().find(|row| row.variant == AuthVariant::Valid);
    let unanswered =
        |row: &AuthCheckRow| row.exchange.as_ref().is_none_or(|exchange| exchange.status.is_none());
    if check.holes > 0 || valid.is_some_and(|row| row.verdict == AuthVerdict::Refused) {
        Exit::CheckFailed
    } else if valid.is_none_or(unanswered) {
        Exit::Unfinished
    } else {
        Exit::Done
    }
}

fn table(check: &AuthCheck, style: Style) -> String {
    let rows: Vec<Vec<String>> = check.rows.iter().map(row).collect();
    let mut text = columns(&rows, &|row, column, text| match (
        column,
        check.rows.get(row).map(|row| row.verdict),
    ) {
        (0 | 3, Some(AuthVerdict::Good)) => style.green(text),
        (0 | 3, Some(AuthVerdict::Hole | AuthVerdict::Refused)) => style.red(text),
        (0 | 3, Some(AuthVerdict::Unusual | AuthVerdict::Unclear)) => style.yellow(text),
        (_, Some(AuthVerdict::Skipped)) => style.dim(text),
        _ => text,
    });
    let summary = match check.holes {
        0 => return text,
        1 => "1 hole: the server let in what it should refuse.".to_owned(),
        holes => format!("{holes} holes: the server let in what it should refuse."),
    };
    text.push_str(&style.red(summary));
    text.push('\n');
    text
}

fn row(row: &AuthCheckRow) -> Vec<String> {
    let mark = match row.verdict {
        AuthVerdict::Good => "✓",
        AuthVerdict::Hole | AuthVerdict::Refused => "✗",
        AuthVerdict::Unusual | AuthVerdict::Unclear => "?",
        AuthVerdict::Skipped => "-",
    };
    let status = row.exchange.as_ref().map(|exchange| exchange.status);
    let status = match status {
        Some(Some(status)) => status.to_string(),
        Some(None) => "---".to_owned(),
        None => String::new(),
    };
    vec![mark.to_owned(), line(&row.title).into_owned(), status, line(&row.note).into_owned()]
}
