//! `errand` alone: the desktop app.

use std::env;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use errand_app::wire::WireError;

use crate::exit::{Exit, Failure, Outcome};

/// Opens the desktop app and leaves it running.
pub fn open() -> Outcome {
    let name = format!("errand-desktop{}", env::consts::EXE_SUFFIX);
    for program in candidates(&name) {
        let started = Command::new(&program)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        match started {
            Ok(_) => return Ok(Exit::Done),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                return Err(Failure::unfinished(WireError::new(
                    "desktop",
                    format!(
                        "The desktop app ({}) could not be started: {error}.",
                        program.display()
                    ),
                )));
            }
        }
    }
    Err(Failure::unfinished(
        WireError::new("desktop", "The desktop app is not installed here.")
            .hint("Everything works in the terminal too: see errand --help."),
    ))
}

/// Beside this program, then wherever the system looks for programs.
fn candidates(name: &str) -> Vec<PathBuf> {
    let beside = env::current_exe().ok().and_then(|own| Some(own.parent()?.join(name)));
    beside.into_iter().chain([PathBuf::from(name)]).collect()
}
