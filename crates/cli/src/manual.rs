//! Completions and the man page, from the same definition as `--help`.

use std::fs;
use std::path::Path;

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::args::Arguments;
use crate::exit::{Exit, Failure, Outcome};
use crate::output;

/// Prints the completions of a shell.
pub fn completions(shell: Shell) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "errand", &mut script);
    output::text(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}

/// Prints `errand(1)`, or writes it and a page for each command into a folder.
pub fn pages(folder: Option<&Path>) -> Outcome {
    match folder {
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
            output::text(&String::from_utf8_lossy(&page))?;
        }
        Some(folder) => {
            fs::create_dir_all(folder).map_err(|error| Failure::write(folder, &error))?;
            clap_mangen::generate_to(Arguments::command(), folder)
                .map_err(|error| Failure::write(folder, &error))?;
        }
    }
    Ok(Exit::Done)
}
