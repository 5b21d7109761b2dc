//! What is known of a token.

use std::fmt::Write as _;
use std::path::PathBuf;

use errand_app::wire::{ClaimsView, TokenState, TokenView};
use jiff::Timestamp;

use super::{place, with_way};
use crate::args::Whose;
use crate::exit::{Exit, Outcome};
use crate::output::escape::line;
use crate::output::{self, Style, columns, message};

/// Shows the token's state, and says by the exit code whether a login is needed.
pub fn status(whose: &Whose, introspect: bool, root: &mut Option<PathBuf>) -> Outcome {
    let (core, place) = place(whose, root)?;
    let view = core.wait(core.session.token_at(place.clone()))?;
    if introspect {
        let answer = core.wait(core.session.introspect_at(place)).map_err(|error| {
            with_way(error, &whose.path.to_string_lossy(), whose.environment.as_deref())
        })?;
        output::text(&format!("{}\n", escaped(&answer)))?;
        return Ok(exit(&view));
    }
    if whose.json {
        output::json(&view)?;
    } else {
        show(&view)?;
    }
    if let Some(problem) = &view.problem {
        message::notice(problem);
    }
    Ok(exit(&view))
}

/// Whether a request could be sent without a person.
fn exit(view: &TokenView) -> Exit {
    match view.state {
        TokenState::Unknown => Exit::Unfinished,
        TokenState::None if view.needs_person => Exit::CheckFailed,
        TokenState::Expired if view.needs_person && !view.can_refresh => Exit::CheckFailed,
        TokenState::Valid | TokenState::None | TokenState::Expired => Exit::Done,
    }
}

fn show(view: &TokenView) -> Result<(), crate::exit::Failure> {
    let style = Style::of_output();
    let mut rows = vec![vec!["state".to_owned(), state(view).to_owned()]];
    let mut row = |name: &str, value: String| {
        if !value.is_empty() {
            rows.push(vec![name.to_owned(), line(&value).into_owned()]);
        }
    };
    row("type", view.token_type.clone());
    row("scopes", view.scopes.join(" "));
    row("obtained", view.obtained_at.clone().unwrap_or_default());
    if let Some(end) = &view.expires_at {
        row("expires", format!("{end}{}", left(end)));
    }
    let mut text = columns(&rows, &|row, column, text| match (row, column) {
        (_, 0) => style.dim(text),
        (0, _) if view.state == TokenState::Valid => style.green(text),
        (0, _) => style.yellow(text),
        _ => text,
    });
    for (title, claims) in [("access token", &view.access_claims), ("ID token", &view.id_claims)] {
        if let Some(ClaimsView { json, note, .. }) = claims {
            let _ = writeln!(text, "\n{} {}", style.bold(title), style.dim(line(note)));
            let _ = writeln!(text, "{}", escaped(json));
        }
    }
    output::text(&text)
}

fn state(view: &TokenView) -> &'static str {
    match view.state {
        TokenState::Valid => "logged in",
        TokenState::Unknown => "the keychain cannot be asked",
        TokenState::Expired if view.can_refresh => "expired; refreshed when a request needs it",
        TokenState::Expired => "expired",
        TokenState::None if view.needs_person => "not logged in",
        TokenState::None => "none yet; fetched when a request needs it",
    }
}

/// `, for 9 min` of a token that is good.
pub fn until(view: &TokenView) -> String {
    view.expires_at.as_deref().map(left).unwrap_or_default()
}

/// `, in 9 min`
fn left(end: &str) -> String {
    let Ok(end) = end.parse::<Timestamp>() else { return String::new() };
    let seconds = end.as_second() - Timestamp::now().as_second();
    match seconds {
        ..=0 => String::new(),
        1..120 => format!(", for {seconds} s"),
        120..7_200 => format!(", for {} min", seconds / 60),
        7_200..172_800 => format!(", for {} h", seconds / 3_600),
        _ => format!(", for {} days", seconds / 86_400),
    }
}

/// Several lines from elsewhere, harmless on a terminal.
fn escaped(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(|text| line(text).into_owned()).collect();
    lines.join("\n")
}
