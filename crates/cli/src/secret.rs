//! `errand secret`: values in the keychain, never on the command line.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use errand_app::wire::{SecretState, WireError};

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
