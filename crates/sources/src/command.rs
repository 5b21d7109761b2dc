use errand_auth::Secret;
use tokio::process::Command;

use crate::{Error, Machine, process, text};

const WHAT: &str = "The command of this secret";

/// What a command prints. The caller has asked for approval.
pub(crate) async fn output(
    command: &str,
    machine: &Machine,
    limit: usize,
) -> Result<Secret, Error> {
    if !machine.workspace.is_dir() {
        return Err(Error::NotFound {
            what: format!("folder {}", machine.workspace.display()),
            hint: "The command runs in the workspace's folder: open the workspace again."
                .to_owned(),
        });
    }
    let mut shell = shell(command);
    shell.current_dir(&machine.workspace);
    let missing = || Error::NotInstalled {
        program: if cfg!(windows) { "cmd" } else { "sh" }.to_owned(),
        hint: "It runs the commands of secrets.",
    };
    let ended = process::run(shell, machine, limit, WHAT, missing).await?;
    if !ended.status.success() {
        return Err(ended.failed(WHAT));
    }
    let secret = text::secret(&ended.output, WHAT)?;
    if secret.is_empty() {
        let reason = "it printed nothing".to_owned();
        return Err(Error::BadAnswer { what: WHAT.to_owned(), reason });
    }
    Ok(secret)
}

#[cfg(not(windows))]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("/bin/sh");
    shell.arg("-c").arg(command);
    shell
}

#[cfg(windows)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd");
    // As typed: cmd has quoting rules of its own.
    shell.arg("/D").arg("/C").raw_arg(command);
    shell
}
