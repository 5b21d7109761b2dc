//! `errand secret`: values in the keychain, never on the command line.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use errand_app::wire::{ApproveCommand, SecretState, WireError};

use crate::args::{Place, SecretArgs, SecretVerb};
use crate::exit::{Exit, Failure, Outcome};
use crate::output::{self, Style, columns, escape::line, message};
use crate::place::{Core, workspace};
use crate::send::typed;

/// Sets, lists or removes secrets.
pub fn secret(args: SecretArgs, root: &mut Option<PathBuf>) -> Outcome {
    match args.verb {
        SecretVerb::Set { name, place } => set(&name, &place, root),
        SecretVerb::List { place, json } => list(&place, json, root),
        SecretVerb::Approve { place, yes, json } => approve(&place, yes, json, root),
        SecretVerb::Rm { name, place } => remove(&name, &place, root),
    }
}

/// The workspace and the environment, which secrets cannot do without.
fn enter<'a>(place: &'a Place, root: &mut Option<PathBuf>) -> Result<(Core, &'a str), Failure> {
    let Some(environment) = place.environment.as_deref() else {
        return Err(Failure::usage(
            "A secret belongs to an environment.",
            "Name one with -e ENVIRONMENT.",
        ));
    };
    let core = Core::open()?;
    core.enter(&workspace(place.workspace.as_deref())?, Some(environment), root)?;
    Ok((core, environment))
}

fn set(name: &str, place: &Place, root: &mut Option<PathBuf>) -> Outcome {
    let (core, environment) = enter(place, root)?;
    let read = if std::io::stdin().is_terminal() {
        rpassword::prompt_password(format!("Value of {}: ", line(name)))
    } else {
        typed()
    };
    let value = read.map_err(|error| Failure::read(Path::new("the value"), &error))?;
    if value.is_empty() {
        return Err(Failure::usage(
            "The value is empty, so nothing was kept.",
            "Type it, or pipe it in.",
        ));
    }
    core.session.keep_secret(environment, name, &value)?;
    message::note(&format!(
        "The value of {name} is in the keychain, for {environment} of this workspace."
    ));
    Ok(Exit::Done)
}

fn list(place: &Place, json: bool, root: &mut Option<PathBuf>) -> Outcome {
    let (core, environment) = enter(place, root)?;
    let secrets = core.session.secrets(environment)?;
    if json {
        output::json(&secrets)?;
        return Ok(Exit::Done);
    }
    let style = Style::of_output();
    let state = |state| match state {
        SecretState::Stored => "in the keychain",
        SecretState::SessionOnly => "in memory",
        SecretState::Missing => "no value yet",
        SecretState::Unknown => "the keychain cannot be asked",
    };
    let rows: Vec<Vec<String>> = secrets
        .iter()
        .map(|secret| vec![line(&secret.name).into_owned(), state(secret.state).to_owned()])
        .collect();
    output::text(&columns(&rows, &|_, column, text| {
        if column == 0 { style.bold(text) } else { style.dim(text) }
    }))?;
    Ok(Exit::Done)
}

/// What the workspace wants done on this machine. Whoever wrote the workspace chose it, so it is shown
/// whole before it is approved.
fn approve(place: &Place, yes: bool, json: bool, root: &mut Option<PathBuf>) -> Outcome {
    let core = Core::open()?;
    core.enter(&workspace(place.workspace.as_deref())?, place.environment.as_deref(), root)?;
    let all = core.wait(core.session.approvals(None))?;
    if json {
        output::json(&all)?;
        return Ok(Exit::Done);
    }
    let style = Style::of_output();
    let state = |approved| if approved { "approved" } else { "asks" };
    let rows: Vec<Vec<String>> = all
        .iter()
        .map(|one| vec![state(one.approved).to_owned(), line(&one.command).into_owned()])
        .collect();
    output::text(&columns(&rows, &|row, column, text| match column {
        0 if all[row].approved => style.green(text),
        0 => style.yellow(text),
        _ => text,
    }))?;
    let open: Vec<_> = all.into_iter().filter(|one| !one.approved).collect();
    if open.is_empty() {
        message::note("Nothing is left to approve.");
        return Ok(Exit::Done);
    }
    if !yes && !agreed(open.len())? {
        message::note("Nothing was approved.");
        return Ok(Exit::CheckFailed);
    }
    for one in open {
        let change = ApproveCommand { command: one.command, approved: true };
        core.wait(core.session.approvals(Some(change)))?;
    }
    message::note("Approved, for this workspace and word for word: what changes is asked again.");
    Ok(Exit::Done)
}

/// Asks at the terminal; where there is none nobody agrees.
fn agreed(count: usize) -> Result<bool, Failure> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::usage(
            "There is no terminal to ask at, so nothing was approved.",
            "Read the list, then add --yes.",
        ));
    }
    let these = if count == 1 { "this".to_owned() } else { format!("these {count}") };
    message::say(&format!("Approve {these} for this workspace, on this machine? [y/N] "));
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

fn remove(name: &str, place: &Place, root: &mut Option<PathBuf>) -> Outcome {
    let (core, environment) = enter(place, root)?;
    if core.session.drop_secret(environment, name)? {
        message::note(&format!("The value of {name} is no longer in the keychain."));
        return Ok(Exit::Done);
    }
    Err(Failure::input(
        WireError::new("no-secret", format!("\"{name}\" has no value in {environment}."))
            .hint(format!("See errand secret list -e {environment}.")),
    ))
}
