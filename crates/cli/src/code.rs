//! `errand code`: a request as source code.

use std::path::PathBuf;

use errand_app::code_targets;
use errand_app::wire::GenerateCode;

use crate::args::CodeArgs;
use crate::exit::{Exit, Failure, Outcome};
use crate::output::{self, message};
use crate::place::Core;
use crate::send::saved;

/// Writes a request as source code.
pub fn code(args: &CodeArgs, root: &mut Option<PathBuf>) -> Outcome {
    let target = target(&args.language)?;
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
            Err(Failure::usage(
                format!("There is no language \"{named}\"."),
                format!("The languages are {}.", ids.join(", ")),
            ))
        }
        several => Err(Failure::usage(
            format!("\"{named}\" has several libraries."),
            format!("Choose one: {}.", several.join(", ")),
        )),
    }
}
