//! `errand auth`: tokens, and what a server does with wrong credentials.

mod check;
mod login;
mod status;

use std::path::PathBuf;

use errand_app::wire::{AuthPlace, TokenView, WireError};

use crate::args::{AuthArgs, AuthVerb, Whose};
use crate::exit::{Exit, Failure, Outcome};
use crate::output::{self, message};
use crate::place::{Core, within};

/// Logs in and out, shows and checks.
pub fn auth(args: &AuthArgs, root: &mut Option<PathBuf>) -> Outcome {
    match &args.verb {
        AuthVerb::Login { whose, paste, verbose } => login::login(whose, *paste, *verbose, root),
        AuthVerb::Status { whose, introspect } => status::status(whose, *introspect, root),
        AuthVerb::Refresh { whose } => refresh(whose, root),
        AuthVerb::Revoke { whose } => revoke(whose, root),
        AuthVerb::Logout { whose } => logout(whose, root),
        AuthVerb::Check { whose, other } => check::check(whose, other.as_deref(), root),
    }
}

/// The core with the workspace open, and the path in it.
fn enter(whose: &Whose, root: &mut Option<PathBuf>) -> Result<(Core, String), Failure> {
    let core = Core::open()?;
    let (folder, path) = within(whose.workspace.as_deref(), &whose.path)?;
    core.enter(&folder, whose.environment.as_deref(), root)?;
    Ok((core, path))
}

/// The same with whose auth it is.
fn place(whose: &Whose, root: &mut Option<PathBuf>) -> Result<(Core, AuthPlace), Failure> {
    let (core, path) = enter(whose, root)?;
    let place = core.session.auth_place(&path)?;
    Ok((core, place))
}

fn refresh(whose: &Whose, root: &mut Option<PathBuf>) -> Outcome {
    let (core, place) = place(whose, root)?;
    let view = core.wait(core.session.refresh_at(place))?;
    if let Some(problem) = &view.problem {
        return Err(problem.clone().into());
    }
    done(whose, &view, &format!("The token was refreshed{}.", status::until(&view)))
}

fn revoke(whose: &Whose, root: &mut Option<PathBuf>) -> Outcome {
    let (core, place) = place(whose, root)?;
    let view = core.wait(core.session.revoke_at(place))?;
    done(whose, &view, "The token is revoked, and no longer kept.")
}

fn logout(whose: &Whose, root: &mut Option<PathBuf>) -> Outcome {
    let (core, place) = place(whose, root)?;
    let view = core.wait(core.session.log_out_at(place))?;
    done(whose, &view, "The token is no longer kept. The provider still takes it until it ends.")
}

/// Says that it is done; the token's view goes to standard output for a program.
fn done(whose: &Whose, view: &TokenView, text: &str) -> Outcome {
    if whose.json {
        output::json(view)?;
    }
    message::note(text);
    Ok(Exit::Done)
}

/// A token that a command got and nobody can use afterwards.
fn unkept(view: &TokenView) -> WireError {
    let why = view.problem.as_ref().map(|problem| format!(" {}", problem.message));
    let said = format!(
        "The provider gave a token, but no keychain took it, so it is lost with this command.{}",
        why.unwrap_or_default()
    );
    WireError::new("no-keychain", said).hint(
        "Unlock or start the system's keychain (on Linux a Secret Service such as gnome-keyring) and log in again.",
    )
}

/// Says how to log in, where that is what is missing.
pub fn with_way(error: WireError, path: &str, environment: Option<&str>) -> WireError {
    if error.code != "login-needed" {
        return error;
    }
    let environment = environment.map(|name| format!(" -e {}", quoted(name))).unwrap_or_default();
    error.hint(format!("Run: errand auth login {}{environment}", quoted(path)))
}

/// As a shell takes it.
fn quoted(text: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "-_./".contains(letter);
    if !text.is_empty() && text.chars().all(plain) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_log_in_can_be_copied() {
        let needed = WireError::new("login-needed", "x");
        let hint = with_way(needed, "a b/o'r.yml", Some("Prod")).hint;
        assert_eq!(hint.as_deref(), Some("Run: errand auth login 'a b/o'\\''r.yml' -e Prod"));
        let other = WireError::new("refused", "x");
        assert_eq!(with_way(other, "a", None).hint, None);
    }
}
