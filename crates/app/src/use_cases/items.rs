//! Requests and folders: read, save, organise.

use std::sync::Arc;

use errand_interop::curl;
use errand_model::Auth;
use errand_runner::effective_auth;
use errand_workspace::Workspace;
use similar::{ChangeTag, TextDiff};

use super::around::levels;
use super::workspaces::nodes;
use crate::App;
use crate::blocking::blocking;
use crate::errors;
use crate::session::{Opened, Session};
use crate::wire::{
    CompareRequest, Comparison, CreateFolder, CreateRequest, CurlText, Deleted, DiffLine, DiffSide,
    FolderDoc, Inherited, InheritedAuth, InheritedHeader, ItemPath, ItemPaths, MoveItems, Moved,
    ParsedRequest, Rename, RequestDoc, SaveFolder, SaveRequest, Saved, Text, ToCurl, UndoDelete,
    WireError,
};

/// Old and new paths of items.
type Paths = Vec<(String, String)>;

impl Session {
    /// Runs a change of the workspace where it may block.
    async fn change<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Opened) -> Result<T, WireError> + Send + 'static,
    ) -> Result<T, WireError> {
        let opened = self.opened()?;
        blocking(move || work(&opened)).await
    }

    /// A change that moves items; answers with the tree after it.
    async fn moving(
        &self,
        work: impl FnOnce(&Workspace) -> Result<Paths, errand_workspace::WorkspaceError>
        + Send
        + 'static,
    ) -> Result<Moved, WireError> {
        self.change(move |opened| {
            let paths = work(&opened.workspace).map_err(|error| errors::workspace(&error))?;
            Ok(Moved { paths, nodes: nodes(&opened.workspace)? })
        })
        .await
    }

    pub(crate) async fn read_request(
        self: &Arc<Self>,
        args: ItemPath,
    ) -> Result<RequestDoc, WireError> {
        self.change(move |opened| {
            let read = opened.workspace.read_request(&args.path);
            let (request, revision) = read.map_err(|error| errors::workspace(&error))?;
            let inherited = inherited(&opened.workspace, &args.path)?;
            Ok(RequestDoc { path: args.path, revision, request, inherited })
        })
        .await
    }

    pub(crate) async fn inherited(&self, args: ItemPath) -> Result<Inherited, WireError> {
        self.change(move |opened| inherited(&opened.workspace, &args.path)).await
    }

    pub(crate) async fn save_request(&self, args: SaveRequest) -> Result<Saved, WireError> {
        let app = self.app.clone();
        self.change(move |opened| {
            let workspace = &opened.workspace;
            let base = args.base_revision.unwrap_or_default();
            let revision = workspace
                .save_request(&args.path, &args.request, &base, args.force)
                .map_err(|error| errors::workspace(&error))?;
            forget_draft(&app, workspace, args.tab.as_deref());
            Ok(Saved { path: args.path, revision })
        })
        .await
    }

    pub(crate) async fn compare_request(
        &self,
        args: CompareRequest,
    ) -> Result<Comparison, WireError> {
        self.change(move |opened| {
            let workspace = &opened.workspace;
            let theirs = match workspace.read_source(&args.path) {
                Ok((text, _)) => text,
                Err(errand_workspace::WorkspaceError::NotFound(_)) => String::new(),
                Err(error) => return Err(errors::workspace(&error)),
            };
            let mine = workspace
                .source_with(&args.path, &args.request)
                .map_err(|error| errors::workspace(&error))?;
            Ok(Comparison { lines: diff(&mine, &theirs) })
        })
        .await
    }

    pub(crate) async fn create_request(&self, args: CreateRequest) -> Result<Saved, WireError> {
        let app = self.app.clone();
        self.change(move |opened| {
            let (path, revision) = opened
                .workspace
                .create_request(&args.parent, &args.request)
                .map_err(|error| errors::workspace(&error))?;
            forget_draft(&app, &opened.workspace, args.tab.as_deref());
            Ok(Saved { path, revision })
        })
        .await
    }

    pub(crate) async fn read_folder(&self, args: ItemPath) -> Result<FolderDoc, WireError> {
        self.change(move |opened| {
            let read = opened.workspace.read_folder(&args.path);
            let (folder, revision) = read.map_err(|error| errors::workspace(&error))?;
            Ok(FolderDoc { path: args.path, revision, folder })
        })
        .await
    }

    pub(crate) async fn save_folder(&self, args: SaveFolder) -> Result<Saved, WireError> {
        self.change(move |opened| {
            let base = args.base_revision.unwrap_or_default();
            let revision = opened
                .workspace
                .save_folder(&args.path, &args.folder, &base, args.force)
                .map_err(|error| errors::workspace(&error))?;
            Ok(Saved { path: args.path, revision })
        })
        .await
    }

    pub(crate) async fn create_folder(&self, args: CreateFolder) -> Result<Moved, WireError> {
        self.moving(move |workspace| {
            let path = workspace.create_folder(&args.parent, &args.name)?;
            Ok(vec![(path.clone(), path)])
        })
        .await
    }

    pub(crate) async fn rename(&self, args: Rename) -> Result<Moved, WireError> {
        self.moving(move |workspace| {
            let new = workspace.rename(&args.path, &args.name)?;
            Ok(vec![(args.path, new)])
        })
        .await
    }

    pub(crate) async fn duplicate(&self, args: ItemPaths) -> Result<Moved, WireError> {
        self.moving(move |workspace| {
            let copies = workspace.duplicate(&args.paths)?;
            Ok(args.paths.into_iter().zip(copies).collect())
        })
        .await
    }

    pub(crate) async fn move_items(&self, args: MoveItems) -> Result<Moved, WireError> {
        self.moving(move |workspace| workspace.move_items(&args.paths, &args.parent, args.index))
            .await
    }

    pub(crate) async fn delete(&self, args: ItemPaths) -> Result<Deleted, WireError> {
        self.change(move |opened| {
            let deleted =
                opened.workspace.delete(&args.paths).map_err(|error| errors::workspace(&error))?;
            Ok(Deleted { undo: deleted.id, nodes: nodes(&opened.workspace)? })
        })
        .await
    }

    pub(crate) async fn undo_delete(&self, args: UndoDelete) -> Result<Moved, WireError> {
        self.moving(move |workspace| {
            let restored = workspace.restore(&args.undo)?;
            Ok(restored.into_iter().map(|path| (path.clone(), path)).collect())
        })
        .await
    }

    pub(crate) async fn parse_curl(&self, args: CurlText) -> Result<ParsedRequest, WireError> {
        let (request, receipt) =
            curl::parse(&args.text).map_err(|error| errors::curl(&error, &args.text))?;
        Ok(ParsedRequest { request, notes: notes(&receipt) })
    }

    pub(crate) async fn to_curl(&self, args: ToCurl) -> Result<Text, WireError> {
        Ok(Text { text: curl::write(&args.request) })
    }
}

/// The lines of a receipt that say more than "kept".
fn notes(receipt: &errand_interop::Receipt) -> Vec<String> {
    let telling = receipt.lines.iter().filter(|line| line.outcome != errand_interop::Outcome::Kept);
    telling.map(|line| format!("{}: {}", line.item, line.note)).collect()
}

/// A draft that is saved is done with; one that cannot be removed only comes back as unsaved.
fn forget_draft(app: &App, workspace: &Workspace, tab: Option<&str>) {
    let Some(tab) = tab else { return };
    app.withheld.forget(&app.vault, workspace.id(), tab);
    if let Err(error) = workspace.local().remove_draft(tab) {
        eprintln!("errand: {error}");
    }
}

/// What a request at `path` gets from above.
fn inherited(workspace: &Workspace, path: &str) -> Result<Inherited, WireError> {
    let levels = levels(workspace, path)?;
    let asking = errand_model::Request::default();
    let (auth, level) = effective_auth(&asking, &levels);
    let auth = level.map(|level| InheritedAuth {
        scheme: tag(auth),
        origin: level.name.clone(),
        path: level.path.clone(),
    });
    let defaults: Vec<_> = levels.iter().map(|level| &level.defaults).collect();
    let headers =
        asking.inherited_headers(&defaults).into_iter().map(|(at, row)| InheritedHeader {
            name: row.name.clone(),
            value: row.value.clone(),
            origin: levels[at].name.clone(),
        });
    let headers = headers.collect();
    Ok(Inherited { auth, headers })
}

/// The scheme as it is named where the model crosses to a face.
fn tag(auth: &Auth) -> String {
    match auth {
        Auth::Other { scheme } => scheme.clone(),
        known => serde_json::to_value(known)
            .ok()
            .and_then(|value| Some(value.get("type")?.as_str()?.to_owned()))
            .unwrap_or_default(),
    }
}

fn diff(mine: &str, theirs: &str) -> Vec<DiffLine> {
    TextDiff::from_lines(theirs, mine)
        .iter_all_changes()
        .map(|change| DiffLine {
            side: match change.tag() {
                ChangeTag::Equal => DiffSide::Both,
                ChangeTag::Insert => DiffSide::Mine,
                ChangeTag::Delete => DiffSide::Theirs,
            },
            text: change.value().trim_end_matches(['\r', '\n']).to_owned(),
        })
        .collect()
}
