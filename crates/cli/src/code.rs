//! `errand code`: a request as source code.

use std::path::PathBuf;

use errand_app::code_targets;
use errand_app::wire::GenerateCode;

use crate::args::CodeArgs;
use crate::exit::{Exit, Failure, Outcome};
use crate::output::{self, message};
use crate::place::Core;
use crate::send::saved;

/// From here on two names count as spelled alike, of 1 for the same.
const ALIKE: f64 = 0.85;
/// Names that are proposed.
const MOST_NEAR: usize = 3;

/// Writes a request as source code.
pub fn code(args: &CodeArgs, root: &mut Option<PathBuf>) -> Outcome {
    let target = target(&args.language)?;
    if args.path.is_dir() {
        return Err(Failure::usage(
            format!("{} is a folder.", args.path.display()),
            "Name a request in it; errand export --to curl or --to k6 writes all of them.",
        ));
    }
    let core = Core::open()?;
    let (folder, path) = saved(None, &args.path)?;
    core.enter(&folder, args.environment.as_deref(), root)?;
    let made = core.session.code(&GenerateCode {
        request: core.session.saved_request(&path)?,
        path: Some(path),
        target,
        environment: args.environment.clone(),
        resolve: args.environment.is_some(),
    })?;
    output::copy(made.text.as_bytes())?;
    for note in made.notes {
        message::warning(&note);
    }
    Ok(Exit::Done)
}

/// The id of a target that was named by it, or by its language alone.
fn target(named: &str) -> Result<String, Failure> {
    let all = code_targets();
    if all.iter().any(|target| target.id == named) {
        return Ok(named.to_owned());
    }
    let of: Vec<&str> = all
        .iter()
        .filter(|target| target.language.eq_ignore_ascii_case(named))
        .map(|target| target.id.as_str())
        .collect();
    match of.as_slice() {
        [only] => Ok((*only).to_owned()),
        [] => {
            let ids: Vec<&str> = all.iter().map(|target| target.id.as_str()).collect();
            let near = near(named, &ids);
            let near = if near.is_empty() {
                String::new()
            } else {
                format!("Did you mean {}? ", near.join(" or "))
            };
            Err(Failure::usage(
                format!("There is no language \"{named}\"."),
                format!("{near}The languages are {}.", ids.join(", ")),
            ))
        }
        several => Err(Failure::usage(
            format!("\"{named}\" has several libraries."),
            format!("Choose one: {}.", several.join(", ")),
        )),
    }
}

/// Ids that are spelled alike, the nearest first.
fn near<'a>(named: &str, ids: &[&'a str]) -> Vec<&'a str> {
    let named = named.to_lowercase();
    let mut near: Vec<(f64, &str)> =
        ids.iter().map(|id| (strsim::jaro_winkler(&named, id), *id)).collect();
    near.retain(|(likeness, _)| *likeness > ALIKE);
    near.sort_by(|one, other| other.0.total_cmp(&one.0));
    near.into_iter().map(|(_, id)| id).take(MOST_NEAR).collect()
}
