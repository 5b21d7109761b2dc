//! The core as a command opens it: without a window, and only as much of it as is used.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use errand_app::{App, NoFace, Paths, Session, workspace_around};
use tokio::runtime::{Builder, Runtime};

use crate::exit::Failure;
use crate::output::message;
use crate::send::saved;

/// The core for one command.
pub struct Core {
    /// What the process shares.
    pub app: Arc<App>,
    /// The command's session.
    pub session: Arc<Session>,
    runtime: Runtime,
}

impl Core {
    /// Opens the core, and nothing that is not needed yet.
    pub fn open() -> Result<Self, Failure> {
        let app = App::open(Paths::of_user()?, Arc::new(NoFace))?;
        let session = Session::new(app.clone(), None, false);
        Ok(Self { app, session, runtime: runtime()? })
    }

    /// Opens a workspace; `root` becomes its folder.
    pub fn enter(
        &self,
        folder: &Path,
        environment: Option<&str>,
        root: &mut Option<PathBuf>,
    ) -> Result<(), Failure> {
        *root = Some(folder.to_owned());
        self.session.enter(folder, environment)?;
        *root = self.session.root();
        Ok(())
    }

    /// Runs to the end.
    pub fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }
}

impl Core {
    /// Ends without waiting for work that nobody wants the end of any more. Nothing is being written.
    pub fn abandon(self) {
        self.close();
        // What would wait for it.
        std::mem::forget(self);
    }

    fn close(&self) {
        self.session.close();
        self.app.close();
        for notice in self.app.notices() {
            message::notice(&notice);
        }
        if self.app.may_leave_history_open() {
            std::mem::forget(self.app.clone());
        }
    }
}

/// History is flushed and cookies are kept however the command ends.
impl Drop for Core {
    fn drop(&mut self) {
        self.close();
    }
}

/// A runtime of one thread: a command does one thing at a time.
pub fn runtime() -> Result<Runtime, Failure> {
    Ok(Builder::new_current_thread().enable_all().build()?)
}

/// The workspace that was named, or the one around the current folder.
pub fn workspace(named: Option<&Path>) -> Result<PathBuf, Failure> {
    match named {
        Some(folder) => Ok(folder.to_owned()),
        None => workspace_around(Path::new(".")).ok_or_else(|| {
            Failure::usage(
                "There is no workspace here: neither this folder nor one above it has an opencollection.yml.",
                "Name one with -w FOLDER.",
            )
        }),
    }
}

/// The workspace's folder, and what in it `path` names: a request, a folder, or empty for all of it.
pub fn within(named: Option<&Path>, path: &Path) -> Result<(PathBuf, String), Failure> {
    if path.file_name().is_some_and(|name| name == "opencollection.yml")
        && let Some(folder) = path.parent().filter(|_| path.is_file())
    {
        // The file that makes a folder a workspace stands for all of it.
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        return within(named, folder);
    }
    if path.is_file() {
        return saved(named, path);
    }
    let full = std::fs::canonicalize(path).map_err(|error| Failure::read(path, &error))?;
    match workspace_around(&full) {
        Some(folder) if named.is_none() && folder == full => Ok((folder, String::new())),
        Some(_) => saved(named, path),
        // Opening it says what is wrong with it, and which workspaces are near.
        None => Ok((path.to_owned(), String::new())),
    }
}

/// Ready when the user wants to stop (Ctrl+C, or an end asked for by the system).
pub async fn interrupted() {
    Interrupt::listen().heard().await;
}

/// Hears that the user wants to stop from when it is made, whether or not it is waited for then.
pub struct Interrupt {
    #[cfg(unix)]
    signals: Option<(tokio::signal::unix::Signal, tokio::signal::unix::Signal)>,
}

impl Interrupt {
    /// Listens. From now on the system's own way of ending is not taken.
    pub fn listen() -> Self {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let (interrupt, terminate) =
                (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
            Self { signals: interrupt.ok().zip(terminate.ok()) }
        }
        #[cfg(not(unix))]
        Self {}
    }

    /// Ready when the user wants to stop.
    pub async fn heard(&mut self) {
        #[cfg(unix)]
        if let Some((interrupt, terminate)) = &mut self.signals {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
        if tokio::signal::ctrl_c().await.is_err() {
            // Nobody can be listened to; the system's own way of ending stays.
            std::future::pending::<()>().await;
        }
    }
}
