//! `errand env`: environments and what their variables come to.

use std::path::PathBuf;

use errand_app::wire::VariableView;

use crate::args::{EnvArgs, EnvVerb, Place};
use crate::exit::{Exit, Outcome};
use crate::output::{self, Style, columns, escape::line, message};
use crate::place::{Core, workspace};

/// Lists environments, or the variables in sight.
pub fn env(args: EnvArgs, root: &mut Option<PathBuf>) -> Outcome {
    match args.verb {
        EnvVerb::List { place, json } => list(&place, json, root),
        EnvVerb::Show { place, json } => show(&place, json, root),
    }
}

fn list(place: &Place, json: bool, root: &mut Option<PathBuf>) -> Outcome {
    let core = Core::open()?;
    core.enter(&workspace(place.workspace.as_deref())?, None, root)?;
    let environments = core.session.environments()?;
    if json {
        output::json(&environments)?;
    } else {
        let names: Vec<Vec<String>> =
            environments.iter().map(|found| vec![line(&found.name).into_owned()]).collect();
        output::text(&columns(&names, &|_, _, text| text))?;
    }
    let mut exit = Exit::Done;
    for error in environments.iter().filter_map(|found| found.error.as_ref()) {
        message::error(error, root.as_deref());
        exit = Exit::BadInput;
    }
    Ok(exit)
}

fn show(place: &Place, json: bool, root: &mut Option<PathBuf>) -> Outcome {
    let core = Core::open()?;
    core.enter(&workspace(place.workspace.as_deref())?, place.environment.as_deref(), root)?;
    let variables = core.wait(core.session.variables_in_sight())?;
    if json {
        output::json(&variables)?;
        return Ok(Exit::Done);
    }
    let style = Style::of_output();
    let rows: Vec<Vec<String>> = variables
        .iter()
        .map(|variable| vec![line(&variable.name).into_owned(), value(variable), origin(variable)])
        .collect();
    output::text(&columns(&rows, &|row, column, text| match column {
        _ if variables[row].overridden => style.dim(text),
        0 => style.bold(text),
        1 if variables[row].missing => style.red(text),
        2 => style.dim(text),
        _ => text,
    }))?;
    Ok(Exit::Done)
}

fn value(variable: &VariableView) -> String {
    match &variable.value {
        Some(value) => line(value).into_owned(),
        None if variable.missing => "(no value)".to_owned(),
        None => "••••••".to_owned(),
    }
}

fn origin(variable: &VariableView) -> String {
    let hidden = if variable.overridden { ", hidden by the one above" } else { "" };
    line(&format!("{}{hidden}", variable.origin)).into_owned()
}
