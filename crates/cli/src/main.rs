//! `errand`: the terminal's face of the core. Arguments in, text and exit codes out.

mod args;
mod auth;
mod code;
mod desktop;
mod env;
mod exit;
mod export;
mod history;
mod import;
mod manual;
mod output;
mod place;
mod playground;
mod report;
mod run;
mod secret;
mod send;
mod time;
mod view;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Arguments, Command};
use exit::Outcome;

fn main() -> ExitCode {
    // Exits by itself: 0 for help and version, 2 for a wrong command line.
    let arguments = Arguments::parse();
    let mut root = None;
    let exit = match dispatch(arguments.command, &mut root) {
        Ok(exit) => exit,
        Err(failure) => {
            if let Some(error) = &failure.error {
                output::message::error(error, root.as_deref());
            }
            failure.exit
        }
    };
    ExitCode::from(exit as u8)
}

/// Runs a command. `root` becomes the workspace's folder, which places in messages are relative to.
fn dispatch(command: Option<Command>, root: &mut Option<std::path::PathBuf>) -> Outcome {
    match command {
        None => desktop::open(),
        Some(Command::Send(args)) => send::send(&args, root),
        Some(Command::Run(args)) => run::run(&args, root),
        Some(Command::Import(args)) => import::import(&args, root),
        Some(Command::Export(args)) => export::export(&args, root),
        Some(Command::Code(args)) => code::code(&args, root),
        Some(Command::History(args)) => history::history(&args),
        Some(Command::Auth(args)) => auth::auth(&args, root),
        Some(Command::Secret(args)) => secret::secret(args, root),
        Some(Command::Env(args)) => env::env(args, root),
        Some(Command::View(args)) => view::view(&args),
        Some(Command::Playground { port }) => playground::playground(port),
        Some(Command::Completions { shell }) => manual::completions(shell),
        Some(Command::Man { out }) => manual::pages(out.as_deref()),
    }
}
