//! What the command line asks of a session: a workspace opened without a window, a request with the
//! command line's own wishes over it, lists.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, RwLock};

use errand_engine::{Proxy, SharedJar};
use errand_model::{Request, RequestSettings, Variable};
use errand_sources::Resolver;
use errand_template::{Scope, ScopeKind, Scopes, Value};
use errand_vault::{KeychainState, Secret, Stored};
use errand_workspace::Workspace;

use super::sending::Order;
use crate::App;
use crate::blocking::blocking;
use crate::dispatch::EventSink;
use crate::errors;
use crate::literals::is_credential_name;
use crate::session::{Opened, Session};
use crate::wire::{
    EnvironmentSummary, Exchange, HistoryDetail, HistoryId, HistoryPage, Node, SearchHistory,
    SecretView, VariableView, Variables, WireError,
};

/// What a command line puts over the files of a workspace.
#[derive(Clone, Default)]
pub struct Overlay {
    /// Variables over all others but captured ones.
    pub runtime: Vec<(String, String)>,
    /// The current row of data.
    pub row: Vec<(String, String)>,
    /// Variables over the chosen environment's.
    pub environment: Vec<(String, String)>,
    /// Variables over the global ones.
    pub globals: Vec<(String, String)>,
    /// Settings over the request's.
    pub settings: RequestSettings,
    /// The proxy to go through.
    pub proxy: Option<String>,
    /// The cookies to send, instead of those in the keychain. Without either a request carries none.
    pub jar: Option<SharedJar>,
    /// Keep no history.
    pub forget: bool,
    /// The folder that paths of files are relative to, where that is not the workspace.
    pub base: Option<PathBuf>,
    /// Fetches what is kept elsewhere, once for all requests of a run.
    pub resolver: Option<Arc<Resolver>>,
}

impl Overlay {
    /// Texts of its own that variables may be in.
    fn texts(&self) -> Vec<&str> {
        let values =
            [&self.runtime, &self.row, &self.environment, &self.globals].into_iter().flatten();
        values.map(|(_, value)| value.as_str()).chain(self.proxy.as_deref()).collect()
    }
}

/// The workspace that `path` is in: the nearest folder above it, or itself, that is one.
pub fn workspace_around(path: &Path) -> Option<PathBuf> {
    let path = std::fs::canonicalize(path).ok()?;
    path.ancestors().find(|folder| folder.join("opencollection.yml").is_file()).map(Path::to_owned)
}

impl Session {
    /// Opens a workspace for a command: nothing is remembered or watched, and no environment is
    /// chosen but the one named. Blocks.
    pub fn enter(&self, root: &Path, environment: Option<&str>) -> Result<(), WireError> {
        self.enter_for(root, environment, false)
    }

    /// The same, or for a workspace that is soon gone.
    pub(super) fn enter_for(
        &self,
        root: &Path,
        environment: Option<&str>,
        passing: bool,
    ) -> Result<(), WireError> {
        let workspace = Workspace::open(root, self.app.paths.workspaces())
            .map_err(|error| errors::workspace(&error))?;
        if let Some(name) = environment {
            workspace.resolve_environment(name).map_err(|error| errors::workspace(&error))?;
        }
        self.set_open(Arc::new(Opened {
            workspace,
            passing,
            environment: RwLock::new(environment.map(str::to_owned)),
            runtime: Mutex::default(),
            refused: Mutex::default(),
            watch: Mutex::default(),
        }));
        Ok(())
    }

    /// The open workspace's folder.
    pub fn root(&self) -> Option<PathBuf> {
        self.try_open().map(|opened| opened.workspace.root().to_owned())
    }

    /// The open workspace's name. Blocks.
    pub fn workspace_name(&self) -> Result<String, WireError> {
        let opened = self.opened()?;
        let (root, _) =
            opened.workspace.read_folder("").map_err(|error| errors::workspace(&error))?;
        let folder = || {
            opened.workspace.root().file_name().unwrap_or_default().to_string_lossy().into_owned()
        };
        Ok(if root.name.is_empty() { folder() } else { root.name })
    }

    /// The open workspace's tree. Blocks.
    pub fn tree(&self) -> Result<Vec<Node>, WireError> {
        super::workspaces::nodes(&self.opened()?.workspace)
    }

    /// The open workspace's environments. Blocks.
    pub fn environments(&self) -> Result<Vec<EnvironmentSummary>, WireError> {
        super::workspaces::environments(&self.opened()?.workspace)
    }

    /// Reads a saved request. Blocks.
    pub fn saved_request(&self, path: &str) -> Result<Request, WireError> {
        let read = self.opened()?.workspace.read_request(path);
        read.map(|(request, _)| request).map_err(|error| errors::workspace(&error))
    }

    /// The variables in sight at the top of the workspace.
    pub async fn variables_in_sight(self: &Arc<Self>) -> Result<Vec<VariableView>, WireError> {
        self.variables(Variables { path: String::new(), request: None }).await
    }

    /// A request, saved at `path` or not, with the command line's wishes over it. Blocks.
    pub fn order_over(
        &self,
        exchange: &str,
        path: Option<String>,
        mut request: Request,
        overlay: &Overlay,
    ) -> Result<Order, WireError> {
        let place = path.as_deref().unwrap_or_default();
        let mut around =
            self.around(place, &request, &overlay.texts(), overlay.resolver.as_deref())?;
        let over = &overlay.settings;
        request.settings.timeout_ms = over.timeout_ms.or(request.settings.timeout_ms);
        request.settings.verify_tls = over.verify_tls.or(request.settings.verify_tls);
        if over.http_version.is_some() {
            request.settings.http_version.clone_from(&over.http_version);
        }
        let mut settings = self.app.engine_settings();
        if let Some(url) = &overlay.proxy {
            settings.proxy = Proxy::Explicit { url: url.clone(), bypass: String::new() };
        }
        let use_cookies = overlay.jar.is_some() || self.try_open().is_some();
        around.scopes = over_scopes(&around.scopes, overlay);
        if let Some(base) = &overlay.base {
            around.base.clone_from(base);
        }
        Ok(Order {
            exchange: exchange.to_owned(),
            plan: around.plan(request, settings, use_cookies, self.app.keep_echoed()),
            environment: self.environment(),
            path,
            keep: !overlay.forget,
            jar: overlay.jar.clone(),
        })
    }

    /// [`Session::order_over`], from a thread that must not block: values that are kept elsewhere may
    /// take a while to come.
    pub async fn order_in_time(
        self: &Arc<Self>,
        exchange: &str,
        path: Option<String>,
        request: Request,
        overlay: &Overlay,
    ) -> Result<Order, WireError> {
        let (session, exchange, overlay) = (self.clone(), exchange.to_owned(), overlay.clone());
        blocking(move || session.order_over(&exchange, path, request, &overlay)).await
    }

    /// Sends an order; its events go to `events`.
    pub async fn deliver(
        self: &Arc<Self>,
        order: Order,
        events: EventSink,
    ) -> Result<Exchange, WireError> {
        self.exchange(order, &events.typed()).await
    }

    /// Ends the exchange of this name, if it still runs.
    pub fn stop(&self, exchange: &str) {
        self.cancel_exchange(exchange);
    }

    /// Puts a value into the keychain and marks the variable secret in the environment's file, where
    /// it is added if need be. Blocks.
    ///
    /// # Errors
    /// Without a keychain nothing is kept: a command has no session in which a secret could live.
    pub fn keep_secret(&self, environment: &str, name: &str, value: &str) -> Result<(), WireError> {
        let opened = self.opened()?;
        let read = opened.workspace.read_environment(environment);
        let (mut declared, revision) = read.map_err(|error| errors::workspace(&error))?;
        let id = self.secret_id(environment, name)?;
        match self
            .app
            .vault
            .set(&id, &Secret::new(value.to_owned()))
            .map_err(|error| errors::vault(&error))?
        {
            Stored::Keychain => {}
            Stored::SessionOnly => return Err(no_keychain(&self.app, name)),
        }
        match declared.variables.iter_mut().find(|variable| variable.name == name) {
            Some(variable) if variable.secret => return Ok(()),
            Some(variable) => {
                variable.secret = true;
                variable.value.clear();
            }
            None => declared.variables.push(Variable { secret: true, ..Variable::new(name, "") }),
        }
        let saved = opened.workspace.save_environment(environment, &declared, &revision, false);
        saved.map(drop).map_err(|error| errors::workspace(&error))
    }

    /// Takes a value out of the keychain; says whether there was one. Blocks.
    pub fn drop_secret(&self, environment: &str, name: &str) -> Result<bool, WireError> {
        let id = self.secret_id(environment, name)?;
        self.app.vault.delete(&id).map_err(|error| errors::vault(&error))
    }

    /// The secrets an environment declares, each with where its value is. Blocks.
    pub fn secrets(&self, environment: &str) -> Result<Vec<SecretView>, WireError> {
        let opened = self.opened()?;
        let read = opened.workspace.read_environment(environment);
        let (declared, _) = read.map_err(|error| errors::workspace(&error))?;
        Ok(super::secrets::secret_views(&self.app, opened.workspace.id(), &declared))
    }

    /// A page of history: of the open workspace, or without one of all.
    pub async fn history_page(&self, wanted: SearchHistory) -> Result<HistoryPage, WireError> {
        self.search_history(wanted).await
    }

    /// An entry of history, whole.
    pub async fn history_entry(&self, id: &str) -> Result<HistoryDetail, WireError> {
        self.history_detail(HistoryId { id: id.to_owned() }).await
    }

    /// Deletes history from before a moment (milliseconds since 1970), with its bodies. Returns how
    /// many entries went.
    pub async fn prune_before(&self, before_ms: i64) -> Result<u64, WireError> {
        let app = self.app.clone();
        blocking(move || {
            let history = app.history()?;
            history.flush().map_err(|error| errors::history(&error))?;
            let limits =
                errand_history::Limits { older_than_ms: Some(before_ms), ..Default::default() };
            let removed = history.prune(limits).map_err(|error| errors::history(&error))?;
            app.store.delete(&removed.bodies).map_err(|error| errors::body(&error))?;
            Ok(removed.entries)
        })
        .await
    }
}

impl App {
    /// What the app's own files went through, for a command to say at its end.
    pub fn notices(&self) -> Vec<WireError> {
        self.settings.problem().into_iter().chain(self.take_notices()).collect()
    }

    /// Opens history on a thread of its own, so that it is ready when the answer is.
    pub fn open_history_early(self: &Arc<Self>) {
        let app = self.clone();
        // Should there be no thread, or no history, whoever needs it next is told.
        let _ = std::thread::Builder::new()
            .name("open history".to_owned())
            .spawn(move || app.history().is_ok());
    }

    /// Whether a command may end without closing history. What was written is safe in the write-ahead
    /// log; closing would move it into the database, which waits for the disk several times. A longer
    /// log is not left behind, as the next one to open it would have to read it.
    pub fn may_leave_history_open(&self) -> bool {
        const SHORT: u64 = 1 << 20;
        let log = self.paths.data.join("history.sqlite-wal");
        std::fs::metadata(log).map_or(true, |log| log.len() < SHORT)
    }

    /// A stored body to read.
    pub fn body(&self, id: &str) -> Result<errand_body::Source, WireError> {
        self.store.body(id).and_then(|body| body.source()).map_err(|error| errors::body(&error))
    }

    /// Deletes a stored body.
    pub fn drop_body(&self, id: &str) -> Result<(), WireError> {
        self.store.delete([id]).map_err(|error| errors::body(&error))
    }
}

fn no_keychain(app: &App, name: &str) -> WireError {
    let reason = match app.vault.state() {
        KeychainState::Absent(reason) => format!("the keychain cannot be reached ({reason})"),
        KeychainState::Locked => "the keychain is locked".to_owned(),
        _ => "the keychain does not answer".to_owned(),
    };
    WireError::new("no-keychain", format!("The secret \"{name}\" was not kept: {reason}."))
        .hint("Unlock or start the system's keychain (on Linux a Secret Service such as gnome-keyring) and try again. In CI, hand the value to a run instead: --env-var NAME=VALUE.")
}

/// The scopes of a workspace with the command line's variables before those of the same kind. What the
/// workspace declares secret, or what is called like a credential, is a secret from there too.
fn over_scopes(own: &Scopes, overlay: &Overlay) -> Scopes {
    let secrets: BTreeSet<&str> = own
        .iter()
        .flat_map(Scope::values)
        .filter_map(|(name, value)| value.is_secret().then_some(name))
        .collect();
    let value = |name: &str, value: &str| {
        let secret = secrets.contains(name) || is_credential_name(name);
        if secret { Value::secret(value) } else { Value::from(value) }
    };
    let scope = |kind, variables: &[(String, String)]| {
        variables.iter().fold(Scope::new(kind, ""), |scope, (name, text)| {
            scope.with(name.clone(), value(name, text))
        })
    };
    let mut scopes = Scopes::new()
        .with(scope(ScopeKind::IterationData, &overlay.row))
        .with(scope(ScopeKind::Environment, &overlay.environment))
        .with(scope(ScopeKind::Global, &overlay.globals));
    for own in own.iter() {
        scopes.push(own.clone());
    }
    // Captured values stay before those of the command line.
    scopes.push(scope(ScopeKind::Runtime, &overlay.runtime));
    scopes
}
