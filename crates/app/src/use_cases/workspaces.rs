//! Opening, making and watching workspaces.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, RwLock, Weak};

use errand_history::Query;
use errand_workspace::{Changes, LocalState, NodeType, TreeNode, Workspace};

use crate::blocking::blocking;
use crate::dispatch::Events;
use crate::errors;
use crate::session::{Opened, Session, lock};
use crate::wire::{
    Boot, CreateWorkspace, DiscardDraft, Draft, Empty, EnvironmentSummary, KeychainState,
    KeychainView, Node, NodeKind, OpenWindow, OpenWorkspace, RecentWorkspace, SaveDraft,
    SaveUiState, WireError, WorkspaceEvent, WorkspaceView,
};

impl Session {
    pub(crate) async fn boot(self: &Arc<Self>, _: Empty) -> Result<Boot, WireError> {
        let session = self.clone();
        blocking(move || {
            let recent = session.recent();
            let path = session.start.clone().or_else(|| {
                let last = recent.first().filter(|last| session.first && last.exists);
                last.map(|last| PathBuf::from(&last.path))
            });
            let (workspace, workspace_error) = match path.map(|path| session.open_folder(&path)) {
                None => (None, None),
                Some(Ok(view)) => (Some(view), None),
                Some(Err(error)) => (None, Some(error)),
            };
            Ok(Boot {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                platform: std::env::consts::OS.to_owned(),
                settings: session.app.settings.get(),
                workspace,
                workspace_error,
                recent,
                keychain: KeychainView {
                    state: KeychainState::Checking,
                    message: "The keychain is being asked.".to_owned(),
                    session_only: 0,
                },
                playground: session.app.playground.url(),
            })
        })
        .await
    }

    pub(crate) async fn ready(&self, _: Empty) -> Result<Empty, WireError> {
        self.app.face.ready();
        Ok(Empty {})
    }

    pub(crate) async fn open_workspace(
        self: &Arc<Self>,
        args: OpenWorkspace,
    ) -> Result<WorkspaceView, WireError> {
        let session = self.clone();
        blocking(move || session.open_folder(Path::new(&args.path))).await
    }

    pub(crate) async fn create_workspace(
        self: &Arc<Self>,
        args: CreateWorkspace,
    ) -> Result<WorkspaceView, WireError> {
        let session = self.clone();
        blocking(move || {
            let path = Path::new(&args.path);
            if args.example {
                session.app.create_example(path)?;
            } else {
                let made = Workspace::create(path, session.app.paths.workspaces(), &args.name);
                made.map_err(|error| errors::workspace(&error))?;
            }
            session.open_folder(path)
        })
        .await
    }

    pub(crate) async fn open_window(&self, args: OpenWindow) -> Result<Empty, WireError> {
        self.app
            .face
            .open_window(args.path.map(PathBuf::from))
            .map_err(|message| WireError::new("window", message))?;
        Ok(Empty {})
    }

    pub(crate) async fn forget_workspace(&self, args: OpenWorkspace) -> Result<Empty, WireError> {
        let data = self.app.paths.workspaces();
        blocking(move || {
            let forgotten = LocalState::forget(data, &args.path);
            forgotten.map_err(|error| errors::workspace(&error)).map(|()| Empty {})
        })
        .await
    }

    /// Tells about changes until the window closes.
    pub(crate) async fn watch(
        self: &Arc<Self>,
        _: Empty,
        events: Events<WorkspaceEvent>,
    ) -> Result<Empty, WireError> {
        self.listen(events);
        self.start_watching();
        let session = self.clone();
        // Asked here and not at boot: a keychain may take seconds to answer.
        tokio::spawn(async move {
            if let Ok(keychain) = session.keychain(Empty {}).await {
                session.tell(&WorkspaceEvent::Keychain { keychain });
            }
            if let Some(error) = session.app.settings.problem() {
                session.tell(&WorkspaceEvent::Problem { error });
            }
            session.tell_history_count().await;
            session.tidy().await;
            session.tell_notices();
        });
        self.closed.cancelled().await;
        Ok(Empty {})
    }

    pub(crate) async fn save_ui_state(&self, args: SaveUiState) -> Result<Empty, WireError> {
        let opened = self.opened()?;
        blocking(move || {
            let saved = opened.workspace.local().save_ui_state(&args.state);
            saved.map_err(|error| errors::workspace(&error)).map(|()| Empty {})
        })
        .await
    }

    pub(crate) async fn save_draft(self: &Arc<Self>, args: SaveDraft) -> Result<Empty, WireError> {
        let opened = self.opened()?;
        let session = self.clone();
        blocking(move || {
            let (app, workspace) = (&session.app, opened.workspace.id());
            let Draft { tab, path, base_revision, request } = args.draft;
            let draft = errand_workspace::Draft {
                request: app.withheld.take_out(&app.vault, workspace, &tab, &request),
                tab,
                path,
                base: base_revision.unwrap_or_default(),
            };
            let saved = opened.workspace.local().save_draft(&draft);
            saved.map_err(|error| errors::workspace(&error)).map(|()| Empty {})
        })
        .await
    }

    pub(crate) async fn discard_draft(
        self: &Arc<Self>,
        args: DiscardDraft,
    ) -> Result<Empty, WireError> {
        let opened = self.opened()?;
        let session = self.clone();
        blocking(move || {
            session.app.withheld.forget(&session.app.vault, opened.workspace.id(), &args.tab);
            let removed = opened.workspace.local().remove_draft(&args.tab);
            removed.map_err(|error| errors::workspace(&error)).map(|()| Empty {})
        })
        .await
    }

    /// Makes room, in the background; a failure is said like any other.
    async fn tidy(self: &Arc<Self>) {
        let session = self.clone();
        let opened = self.try_open();
        let tidied =
            blocking(move || session.app.tidy(opened.as_ref().map(|opened| &opened.workspace)));
        if let Err(error) = tidied.await {
            self.tell(&WorkspaceEvent::Problem { error });
        }
    }

    /// Says what the app's own files went through.
    pub(crate) fn tell_notices(&self) {
        for error in self.app.take_notices() {
            self.tell(&WorkspaceEvent::Problem { error });
        }
    }

    fn recent(&self) -> Vec<RecentWorkspace> {
        LocalState::recent(self.app.paths.workspaces())
            .into_iter()
            .map(|recent| RecentWorkspace {
                exists: Path::new(&recent.folder).is_dir(),
                name: recent.name,
                path: recent.folder,
            })
            .collect()
    }

    /// Opens a folder in this session. Blocks.
    fn open_folder(self: &Arc<Self>, path: &Path) -> Result<WorkspaceView, WireError> {
        let data = self.app.paths.workspaces();
        let workspace = Workspace::open(path, &data).map_err(|error| errors::workspace(&error))?;
        let environment = workspace.local().chosen_environment();
        let opened = Arc::new(Opened {
            workspace,
            passing: false,
            environment: RwLock::new(environment),
            runtime: Mutex::default(),
            refused: Mutex::default(),
            watch: Mutex::default(),
        });
        let view = self.view(&opened)?;
        // A list of recent workspaces that cannot be written is no reason not to open this one.
        let recent = errand_workspace::RecentWorkspace {
            folder: view.root.clone(),
            name: view.name.clone(),
        };
        if let Err(error) = LocalState::remember(&data, recent) {
            self.app.notice(errors::workspace(&error));
        }
        self.app.face.set_title(self, &format!("{} — Errand", view.name));
        self.views.clear();
        self.set_open(opened);
        self.start_watching();
        Ok(view)
    }

    fn view(&self, opened: &Opened) -> Result<WorkspaceView, WireError> {
        let workspace = &opened.workspace;
        let local = workspace.local();
        let name = workspace.read_folder("").map(|(folder, _)| folder.name).unwrap_or_default();
        let fallback =
            || workspace.root().file_name().unwrap_or_default().to_string_lossy().into_owned();
        let environments = environments(workspace)?;
        let chosen =
            opened.environment.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        Ok(WorkspaceView {
            id: workspace.id().to_owned(),
            name: if name.is_empty() { fallback() } else { name },
            root: workspace.root().display().to_string(),
            nodes: nodes(workspace)?,
            environment: chosen.filter(|name| environments.iter().any(|known| known.name == *name)),
            environments,
            branch: branch(workspace.root()),
            ui_state: local.ui_state(),
            drafts: local
                .drafts()
                .map_err(|error| errors::workspace(&error))?
                .into_iter()
                .map(|draft| Draft {
                    path: draft.path,
                    base_revision: Some(draft.base).filter(|base| !base.is_empty()),
                    request: self.app.withheld.put_back(
                        &self.app.vault,
                        workspace.id(),
                        &draft.tab,
                        draft.request,
                    ),
                    tab: draft.tab,
                })
                .collect(),
        })
    }

    /// Watches the folder once somebody listens.
    fn start_watching(self: &Arc<Self>) {
        let Some(opened) = self.try_open() else { return };
        let mut watch = lock(&opened.watch);
        if watch.is_some() {
            return;
        }
        let (session, place) = (Arc::downgrade(self), Arc::downgrade(&opened));
        match opened.workspace.watch(move |changes| report(&session, &place, &changes)) {
            Ok(started) => *watch = Some(started),
            Err(error) => self.app.notice(errors::workspace(&error)),
        }
    }

    /// Says how many exchanges of the workspace history holds.
    pub(crate) async fn tell_history_count(self: &Arc<Self>) {
        let session = self.clone();
        let counted = blocking(move || {
            let query = Query { workspace: Some(session.workspace_id()), ..Query::default() };
            let Some(history) = session.app.history_or_why_once()? else { return Ok(None) };
            // What was just sent is counted too: entries are written in batches.
            history.flush().map_err(|error| errors::history(&error))?;
            history.count(&query, 1_000_000).map(Some).map_err(|error| errors::history(&error))
        });
        match counted.await {
            Ok(Some(count)) => self.tell(&WorkspaceEvent::History { count: count.found }),
            Ok(None) => {}
            Err(error) => self.tell(&WorkspaceEvent::Problem { error }),
        }
    }
}

/// Passes changes made outside on to the window.
fn report(session: &Weak<Session>, opened: &Weak<Opened>, changes: &Changes) {
    let (Some(session), Some(opened)) = (session.upgrade(), opened.upgrade()) else { return };
    tell_changes(&session, &opened.workspace, changes);
}

/// Tells the window what changed, by others or by more than the window itself can follow. Blocks.
pub(crate) fn tell_changes(session: &Session, workspace: &Workspace, changes: &Changes) {
    if changes.tree || changes.all {
        match nodes(workspace) {
            Ok(nodes) => session.tell(&WorkspaceEvent::Tree { nodes }),
            Err(error) => session.tell(&WorkspaceEvent::Problem { error }),
        }
    }
    if (!changes.environments.is_empty() || changes.all)
        && let Ok(environments) = environments(workspace)
    {
        session.tell(&WorkspaceEvent::Environments { environments });
    }
    if changes.all {
        // Too much to list: every open tab looks at its own file again.
        session.tell(&WorkspaceEvent::Item { path: "*".to_owned(), revision: None });
    }
    for path in &changes.items {
        let revision = workspace.read_source(path).ok().map(|(_, revision)| revision);
        session.tell(&WorkspaceEvent::Item { path: path.clone(), revision });
    }
    session.tell(&WorkspaceEvent::Branch { branch: branch(workspace.root()) });
}

/// The tree for a face.
pub(crate) fn nodes(workspace: &Workspace) -> Result<Vec<Node>, WireError> {
    let tree = workspace.tree().map_err(|error| errors::workspace(&error))?;
    Ok(tree.into_iter().map(node).collect())
}

fn node(node: TreeNode) -> Node {
    let (kind, protocol) = match node.kind {
        NodeType::Folder => (NodeKind::Folder, None),
        NodeType::Request => (NodeKind::Request, None),
        NodeType::Broken => (NodeKind::Broken, None),
        NodeType::Other { kind } => (NodeKind::Other, Some(kind)),
    };
    Node {
        error: node.error.map(|error| {
            WireError::new("invalid-file", error.message)
                .hint("Mend the file in an editor; it is read again when it changes. Nothing here writes over it.")
                .at(node.path.clone(), u32::try_from(error.line).ok(), u32::try_from(error.column).ok())
        }),
        path: node.path,
        parent: node.parent,
        name: node.name,
        kind,
        method: Some(node.method).filter(|method| !method.is_empty()),
        protocol,
    }
}

/// The environments for a face.
pub(crate) fn environments(workspace: &Workspace) -> Result<Vec<EnvironmentSummary>, WireError> {
    let entries = workspace.environments().map_err(|error| errors::workspace(&error))?;
    Ok(entries
        .into_iter()
        .map(|entry| EnvironmentSummary {
            error: entry.error.map(|error| {
                WireError::new("invalid-file", error.message).at(
                    entry.path.clone(),
                    u32::try_from(error.line).ok(),
                    u32::try_from(error.column).ok(),
                )
            }),
            name: entry.name,
            color: entry.color,
        })
        .collect())
}

/// The branch that is checked out where `root` is, read from git's own files.
fn branch(root: &Path) -> Option<String> {
    let git = root.ancestors().map(|folder| folder.join(".git")).find(|git| git.exists())?;
    let git = match std::fs::read_to_string(&git) {
        // A worktree or submodule: the file names the real folder.
        Ok(pointer) => git.parent()?.join(pointer.strip_prefix("gitdir:")?.trim()),
        Err(_) => git,
    };
    let head = std::fs::read_to_string(git.join("HEAD")).ok()?;
    let head = head.trim();
    Some(match head.strip_prefix("ref: refs/heads/") {
        Some(branch) => branch.to_owned(),
        None => head.get(..8)?.to_owned(),
    })
}
