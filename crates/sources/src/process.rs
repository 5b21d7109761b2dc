//! Runs a program, and ends it with all it started when nobody wants its output any more.

use std::process::{ExitStatus, Stdio};

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::{Child, Command};
use zeroize::Zeroizing;

use crate::{Error, Machine, complaint, text};

/// Of standard error, bytes that are kept.
const COMPLAINT: usize = 8 * 1024;

/// A program and where to get it.
pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) hint: &'static str,
}

/// How it ended.
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    pub(crate) output: Zeroizing<Vec<u8>>,
    /// The first line of standard error, without what looks secret.
    pub(crate) said: String,
}

impl Ended {
    pub(crate) fn failed(&self, what: &str) -> Error {
        let said = if self.said.is_empty() { self.status.to_string() } else { self.said.clone() };
        Error::Failed { what: what.to_owned(), said }
    }
}

impl Program {
    /// Runs it in the user's home: nothing of the workspace takes part.
    pub(crate) async fn run(
        &self,
        arguments: &[&str],
        machine: &Machine,
        limit: usize,
        what: &str,
    ) -> Result<Ended, Error> {
        let mut command = Command::new(self.name);
        command.args(arguments);
        if let Some(home) = machine.home.as_ref().filter(|home| home.is_dir()) {
            command.current_dir(home);
        }
        let missing = || Error::NotInstalled { program: self.name.to_owned(), hint: self.hint };
        run(command, machine, limit, what, missing).await
    }
}

/// Runs it to its end. Dropping the future kills it and its children.
pub(crate) async fn run(
    mut command: Command,
    machine: &Machine,
    limit: usize,
    what: &str,
    missing: impl FnOnce() -> Error,
) -> Result<Ended, Error> {
    command.env_clear().envs(&machine.variables);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    #[cfg(unix)]
    command.process_group(0);
    let mut group = Group(command.spawn().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => missing(),
        _ => Error::Failed { what: what.to_owned(), said: error.to_string() },
    })?);
    let (Some(mut stdout), Some(mut stderr)) = (group.0.stdout.take(), group.0.stderr.take())
    else {
        return Err(Error::Failed { what: what.to_owned(), said: "it has no output".to_owned() });
    };
    let (output, complained) =
        tokio::try_join!(text::read(&mut stdout, limit, what), complaints(&mut stderr))?;
    let ended = group.0.wait().await;
    let status = ended.map_err(|e| Error::Failed { what: what.to_owned(), said: e.to_string() })?;
    let said = complaint::first_line(&complained, &output, machine);
    Ok(Ended { status, output, said })
}

/// Takes everything, so that the program is not held up, and keeps the beginning.
async fn complaints(from: &mut (impl AsyncRead + Unpin)) -> Result<Zeroizing<Vec<u8>>, Error> {
    let mut kept = Zeroizing::new(Vec::with_capacity(COMPLAINT));
    let mut piece = Zeroizing::new([0; 1024]);
    while let Ok(count) = from.read(&mut piece[..]).await {
        if count == 0 {
            break;
        }
        let room = count.min(COMPLAINT - kept.len());
        kept.extend_from_slice(&piece[..room]);
    }
    Ok(kept)
}

/// A program in a process group of its own.
struct Group(Child);

impl Drop for Group {
    fn drop(&mut self) {
        // Until it was waited for, its number belongs to nobody else.
        #[cfg(unix)]
        if let Some(pid) = self.0.id().and_then(|id| i32::try_from(id).ok()) {
            use rustix::process::{Pid, Signal, kill_process_group};
            if let Some(group) = Pid::from_raw(pid) {
                // All of it may have ended by itself.
                let _ = kill_process_group(group, Signal::KILL);
            }
        }
    }
}
