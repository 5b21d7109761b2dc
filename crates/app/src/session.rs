//! One window and the workspace it shows.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use errand_template::Value;
use errand_workspace::{Watch, Workspace};
use tokio_util::sync::CancellationToken;

use crate::App;
use crate::dispatch::Events;
use crate::use_cases::views::Views;
use crate::wire::{WireError, WorkspaceEvent};

/// One window's state. The command line has one too, without a window.
pub struct Session {
    pub(crate) app: Arc<App>,
    /// What to open at `boot`.
    pub(crate) start: Option<PathBuf>,
    /// Open the last workspace when there is nothing else to open.
    pub(crate) first: bool,
    pub(crate) views: Views,
    /// What was read to be imported and is not written yet.
    pub(crate) imports: crate::importing::Desk,
    /// Comparisons with a description that are not applied yet.
    pub(crate) differences: crate::use_cases::Shown,
    /// The description that answers were checked against last.
    pub(crate) schemas: crate::schema_check::LastSchemas,
    open: RwLock<Option<Arc<Opened>>>,
    running: Mutex<HashMap<String, CancellationToken>>,
    listener: Mutex<Option<Events<WorkspaceEvent>>>,
    /// Ends `watch` when the window closes.
    pub(crate) closed: CancellationToken,
}

/// An open workspace with what a window adds to it.
pub(crate) struct Opened {
    pub workspace: Workspace,
    /// It is soon gone: nothing may be kept under its id.
    pub passing: bool,
    /// The chosen environment.
    pub environment: RwLock<Option<String>>,
    /// Variables that captures set, until the window closes.
    pub runtime: Mutex<BTreeMap<String, Value>>,
    /// What was not approved when a secret's value was fetched.
    pub refused: Mutex<BTreeSet<String>>,
    /// Watches the folder for as long as it is open.
    pub watch: Mutex<Option<Watch>>,
}

impl Session {
    /// A session that opens `start` at boot, or the last workspace when it is the first.
    pub fn new(app: Arc<App>, start: Option<PathBuf>, first: bool) -> Arc<Self> {
        Arc::new(Self {
            app,
            start,
            first,
            views: Views::default(),
            imports: crate::importing::Desk::default(),
            differences: crate::use_cases::Shown::default(),
            schemas: crate::schema_check::LastSchemas::default(),
            open: RwLock::default(),
            running: Mutex::default(),
            listener: Mutex::default(),
            closed: CancellationToken::new(),
        })
    }

    /// The window is gone: everything that runs for it ends.
    pub fn close(&self) {
        self.closed.cancel();
        self.views.clear();
        for (_, running) in lock(&self.running).drain() {
            running.cancel();
        }
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    pub(crate) fn set_open(&self, opened: Arc<Opened>) {
        *self.open.write().unwrap_or_else(PoisonError::into_inner) = Some(opened);
    }

    /// The open workspace, if any.
    pub(crate) fn try_open(&self) -> Option<Arc<Opened>> {
        self.open.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The open workspace.
    pub(crate) fn opened(&self) -> Result<Arc<Opened>, WireError> {
        self.try_open().ok_or_else(|| {
            WireError::new("no-workspace", "No workspace is open.")
                .hint("Open a folder, or start with the example.")
        })
    }

    /// Id of the open workspace; empty without one.
    pub fn workspace_id(&self) -> String {
        self.try_open().map(|opened| opened.workspace.id().to_owned()).unwrap_or_default()
    }

    /// The chosen environment.
    pub fn environment(&self) -> Option<String> {
        self.try_open().and_then(|opened| {
            opened.environment.read().unwrap_or_else(PoisonError::into_inner).clone()
        })
    }

    /// Makes an exchange cancellable under its id.
    pub(crate) fn register(&self, exchange: &str) -> Result<CancellationToken, WireError> {
        let token = self.closed.child_token();
        let mut running = lock(&self.running);
        if running.contains_key(exchange) {
            return Err(WireError::new(
                "exchange-runs",
                format!("An exchange \"{exchange}\" is already running."),
            ));
        }
        running.insert(exchange.to_owned(), token.clone());
        Ok(token)
    }

    pub(crate) fn unregister(&self, exchange: &str) -> Option<CancellationToken> {
        lock(&self.running).remove(exchange)
    }

    pub(crate) fn cancel_exchange(&self, exchange: &str) {
        // One that has just finished is no error: the user was a moment late.
        if let Some(token) = lock(&self.running).get(exchange) {
            token.cancel();
        }
    }

    pub(crate) fn listen(&self, events: Events<WorkspaceEvent>) {
        *lock(&self.listener) = Some(events);
    }

    /// Tells the window something, if it listens.
    pub(crate) fn tell(&self, event: &WorkspaceEvent) {
        let listener = lock(&self.listener).clone();
        if let Some(listener) = listener {
            listener.send(event);
        }
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
