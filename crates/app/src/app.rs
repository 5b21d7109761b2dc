//! What one process shares between its windows: history, spool, keychain, settings, connections.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use errand_body::Store;
use errand_engine::Engine;
use errand_history::{History, Recovery};
use errand_vault::Vault;

use crate::errors;
use crate::face::Face;
use crate::jars::Jars;
use crate::paths::Paths;
use crate::settings::SettingsFile;
use crate::token_store::Patient;
use crate::wire::WireError;

/// How long deleted items can be brought back.
const TRASH_AGE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// How long a body that no entry refers to is left alone: its entry may be on its way, or in a
/// database that was set aside.
const ORPHAN_AGE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The core of one process.
pub struct App {
    pub(crate) paths: Paths,
    pub(crate) face: Arc<dyn Face>,
    pub(crate) settings: SettingsFile,
    pub(crate) store: Store,
    pub(crate) vault: Arc<Vault>,
    pub(crate) engine: Engine,
    pub(crate) jars: Jars,
    /// Credentials that drafts leave out.
    pub(crate) withheld: crate::drafts::Withheld,
    /// OAuth tokens.
    pub(crate) tokens: crate::use_cases::TokenDesk,
    /// Logins that wait for a browser.
    pub(crate) logins: Arc<crate::login::Desk>,
    /// What workspaces may do to have the values of secrets.
    pub(crate) approvals: crate::approvals::Approvals,
    pub(crate) playground: crate::playground::OnDemand,
    /// Opened by whoever needs it first: a start does not wait for a database.
    history: OnceLock<Result<History, WireError>>,
    tidied: AtomicBool,
    /// That history cannot be opened is said once, not after every send.
    history_said: AtomicBool,
    /// What went wrong in the background or was mended, for a face to say once.
    notices: Arc<Mutex<Vec<WireError>>>,
}

impl App {
    /// Opens the core. Nothing slow happens here: no database, no keychain, no network.
    pub fn open(paths: Paths, face: Arc<dyn Face>) -> Result<Arc<Self>, WireError> {
        // A core dump would hold every secret in memory. Where the system refuses, there is nothing to do about it.
        if let Err(error) = errand_vault::no_core_dumps() {
            eprintln!("errand: core dumps could not be switched off: {error}");
        }
        let store = Store::open(&paths.bodies()).map_err(|error| errors::body(&error))?;
        let vault = Arc::new(Vault::open(errand_vault::Options {
            fingerprint_file: Some(paths.data.join("keychain")),
            ..Default::default()
        }));
        Ok(Arc::new(Self {
            settings: SettingsFile::open(paths.settings()),
            store,
            jars: Jars::new(vault.clone()),
            withheld: crate::drafts::Withheld::default(),
            tokens: crate::use_cases::TokenDesk::new(
                errand_oauth::Tokens::new(Arc::new(Patient(vault.clone())))
                    .with_turns(Arc::new(crate::login::FileTurns::new(paths.data.join("turns")))),
            ),
            logins: Arc::default(),
            approvals: crate::approvals::Approvals::new(paths.config.join("approvals.json")),
            vault,
            engine: Engine::new(),
            playground: crate::playground::OnDemand::default(),
            history: OnceLock::new(),
            tidied: AtomicBool::new(false),
            history_said: AtomicBool::new(false),
            notices: Arc::default(),
            face,
            paths,
        }))
    }

    /// The history; blocks while it is opened for the first time.
    pub(crate) fn history(&self) -> Result<History, WireError> {
        self.history.get_or_init(|| self.open_history()).clone()
    }

    /// The history, or the first time why it cannot be opened. Blocks like [`App::history`].
    pub(crate) fn history_or_why_once(&self) -> Result<Option<History>, WireError> {
        match self.history() {
            Ok(history) => Ok(Some(history)),
            Err(_) if self.history_said.swap(true, Ordering::Relaxed) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The history if it is open already.
    fn opened_history(&self) -> Option<&History> {
        self.history.get().and_then(|opened| opened.as_ref().ok())
    }

    fn open_history(&self) -> Result<History, WireError> {
        let notices = self.notices.clone();
        let options = errand_history::Options {
            // Entries are written in the background: whoever sent has the answer by then.
            on_error: Some(Box::new(move |error| keep(&notices, errors::history(error)))),
            ..Default::default()
        };
        let opened = History::open_with(&self.paths.history(), options)
            .map_err(|error| errors::history(&error))?;
        if let Some(recovery) = &opened.recovered {
            self.notice(recovered(recovery));
        }
        Ok(opened.history)
    }

    /// Deletes what the limits in the settings leave no room for, and old trash of a workspace. Once
    /// a process, in the background: it may take seconds. Blocks.
    pub(crate) fn tidy(
        &self,
        workspace: Option<&errand_workspace::Workspace>,
    ) -> Result<(), WireError> {
        if let Some(workspace) = workspace {
            workspace.empty_trash(TRASH_AGE);
        }
        if !self.tidied.swap(true, Ordering::Relaxed) {
            // One that cannot be opened is said where it is counted.
            let Ok(history) = self.history() else { return Ok(()) };
            let removed = crate::use_cases::prune(self, &history)?;
            self.store.delete(&removed.bodies).map_err(|error| errors::body(&error))?;
            // A process that was killed may have left a body without an entry.
            history.flush().map_err(|error| errors::history(&error))?;
            let wanted = history.bodies().map_err(|error| errors::history(&error))?;
            self.store.delete_orphans(&wanted, ORPHAN_AGE).map_err(|error| errors::body(&error))?;
        }
        Ok(())
    }

    /// Whether what servers echo of secrets is kept as it came.
    pub(crate) fn keep_echoed(&self) -> bool {
        self.settings.get().history.keep_echoed_secrets
    }

    /// Keeps something for a window to say.
    pub(crate) fn notice(&self, notice: WireError) {
        keep(&self.notices, notice);
    }

    /// What is to be said since the last call.
    pub(crate) fn take_notices(&self) -> Vec<WireError> {
        std::mem::take(&mut *self.notices.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The folder of the example workspace, made when it is not there.
    pub fn example(&self) -> Result<Option<PathBuf>, WireError> {
        let root = self.paths.documents.join("Example");
        if !root.join("opencollection.yml").exists() {
            self.create_example(&root)?;
        }
        Ok(Some(root))
    }

    /// Makes an example workspace, its first environment chosen so that the first Send works.
    pub(crate) fn create_example(&self, root: &std::path::Path) -> Result<(), WireError> {
        let url = crate::playground::fixed_url();
        let made = errand_workspace::Workspace::create_example(root, self.paths.workspaces(), &url);
        let workspace = made.map_err(|error| errors::workspace(&error))?;
        let environments = workspace.environments().map_err(|error| errors::workspace(&error))?;
        let first = environments.first().map(|environment| environment.name.as_str());
        workspace.local().choose_environment(first).map_err(|error| errors::workspace(&error))
    }

    /// Writes what is waiting; for the end of the process.
    pub fn close(&self) {
        self.jars.save();
        if let Some(history) = self.opened_history()
            && let Err(error) = history.flush()
        {
            eprintln!("errand: {error}");
        }
    }
}

/// What goes wrong again and again is said once.
fn keep(notices: &Mutex<Vec<WireError>>, notice: WireError) {
    let mut notices = notices.lock().unwrap_or_else(PoisonError::into_inner);
    if !notices.iter().any(|known| known.code == notice.code && known.message == notice.message) {
        notices.push(notice);
    }
}

fn recovered(recovery: &Recovery) -> WireError {
    WireError::new(
        "history-recovered",
        format!(
            "The history database was damaged. {} entries were saved into a new one.",
            recovery.saved
        ),
    )
    .hint(format!("The damaged file is kept as {}.", recovery.set_aside.display()))
}
