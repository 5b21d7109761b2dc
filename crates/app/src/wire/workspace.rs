use errand_model::Request;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{EnvironmentSummary, KeychainView, Settings};

/// Everything a window needs for its first frame.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Boot {
    /// Version of the app.
    pub version: String,
    /// `linux`, `macos` or `windows`.
    pub platform: String,
    /// App-wide settings.
    pub settings: Settings,
    /// The workspace of this window, if one is open.
    pub workspace: Option<WorkspaceView>,
    /// Why the last workspace could not be opened.
    pub workspace_error: Option<super::WireError>,
    /// Workspaces opened before, newest first.
    pub recent: Vec<RecentWorkspace>,
    /// State of the keychain; checked in the background after the first frame.
    pub keychain: KeychainView,
    /// The playground's URL when it runs.
    pub playground: Option<String>,
}

/// A workspace that was opened before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecentWorkspace {
    /// Collection name.
    pub name: String,
    /// Absolute path.
    pub path: String,
    /// Whether the folder is still there.
    pub exists: bool,
}

/// An open workspace.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceView {
    /// Stable id; secrets and history are kept under it.
    pub id: String,
    /// Collection name.
    pub name: String,
    /// Absolute path of the folder.
    pub root: String,
    /// The tree in display order, parents before children.
    pub nodes: Vec<Node>,
    /// Environments in order.
    pub environments: Vec<EnvironmentSummary>,
    /// The chosen environment.
    pub environment: Option<String>,
    /// Git branch, when the folder is in a repository.
    pub branch: Option<String>,
    /// What the UI saved last with `saveUiState`; null at first.
    #[ts(type = "unknown")]
    pub ui_state: Value,
    /// Unsaved work of earlier windows.
    pub drafts: Vec<Draft>,
}

/// One row of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Node {
    /// Path relative to the root with `/`; the node's identity.
    pub path: String,
    /// Path of the folder it is in; empty at the top.
    pub parent: String,
    /// Shown name.
    pub name: String,
    /// What it is.
    pub kind: NodeKind,
    /// Method of a request.
    pub method: Option<String>,
    /// Protocol of an item this version shows but cannot open: `graphql`, `grpc`, `websocket`, …
    pub protocol: Option<String>,
    /// Why it is broken.
    pub error: Option<super::WireError>,
}

/// Kinds of tree rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum NodeKind {
    /// A folder.
    Folder,
    /// An HTTP request.
    Request,
    /// An item of a kind that is kept but not opened.
    Other,
    /// A file that cannot be read; see its error.
    Broken,
}

/// Unsaved work of one tab.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    /// The tab's id, chosen by the UI.
    pub tab: String,
    /// The request's file; none for one never saved.
    pub path: Option<String>,
    /// Revision of the file the draft started from.
    pub base_revision: Option<String>,
    /// The request as typed.
    pub request: Request,
}

/// Opens a folder as this window's workspace.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenWorkspace {
    /// Absolute path.
    pub path: String,
}

/// Opens another window.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenWindow {
    /// Workspace to show; none for the start page.
    pub path: Option<String>,
}

/// Makes a new workspace and opens it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CreateWorkspace {
    /// Absolute path; made when it is not there; must not hold a workspace yet.
    pub path: String,
    /// Collection name.
    pub name: String,
    /// Fill it with requests against the playground.
    pub example: bool,
}

/// Tabs, widths and the like, opaque to the core.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveUiState {
    /// Any JSON.
    #[ts(type = "unknown")]
    pub state: Value,
}

/// Keeps unsaved work.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveDraft {
    /// Replaces the tab's earlier draft.
    pub draft: Draft,
}

/// Forgets a tab's draft.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DiscardDraft {
    /// The tab's id.
    pub tab: String,
}

/// What changed around an open workspace, while `watch` is listened to.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum WorkspaceEvent {
    /// The tree, whole.
    Tree {
        /// As in [`WorkspaceView`].
        nodes: Vec<Node>,
    },
    /// A file was changed, made or removed by someone else.
    Item {
        /// Path relative to the root; `*` when too much changed to list.
        path: String,
        /// Its revision now; none when it is gone.
        revision: Option<String>,
    },
    /// The environments, whole.
    Environments {
        /// As in [`WorkspaceView`].
        environments: Vec<EnvironmentSummary>,
    },
    /// How much history the workspace has.
    History {
        /// Entries, counted up to a million.
        #[ts(type = "number")]
        count: u64,
    },
    /// The checked-out branch.
    Branch {
        /// None outside a repository.
        branch: Option<String>,
    },
    /// The keychain's state.
    Keychain {
        /// State now.
        keychain: KeychainView,
    },
    /// The playground was started for a request that needs it.
    Playground {
        /// Its URL.
        url: String,
    },
    /// Something of the workspace's own was not written or read as it should; shown until dismissed.
    Problem {
        /// What and what to do.
        error: super::WireError,
    },
}
