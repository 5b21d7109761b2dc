use errand_model::Request;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Searches this workspace's history, newest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct SearchHistory {
    /// Words that must all occur in URL, name, host or error.
    pub words: String,
    /// `4xx`, `503`, …; any of them.
    pub status: Vec<String>,
    /// Only this method.
    pub method: Option<String>,
    /// Only this host.
    pub host: Option<String>,
    /// Only this environment.
    pub environment: Option<String>,
    /// RFC 3339.
    pub since: Option<String>,
    /// RFC 3339.
    pub until: Option<String>,
    /// Only failed and cancelled ones and failed checks.
    pub failed: bool,
    /// Go on from here: `next` of the page before.
    #[ts(type = "number | null")]
    pub before: Option<i64>,
    /// At most 500.
    pub limit: u32,
}

/// A page of history.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryPage {
    /// Newest first.
    pub entries: Vec<HistoryEntry>,
    /// Where older ones go on; none at the end.
    #[ts(type = "number | null")]
    pub next: Option<i64>,
}

/// One line of history.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryEntry {
    /// Names it.
    pub id: String,
    /// RFC 3339.
    pub at: String,
    /// Request name; may be empty.
    pub name: String,
    /// Method.
    pub method: String,
    /// URL as written, with `{{name}}`.
    pub url: String,
    /// Host it went to.
    pub host: String,
    /// Environment.
    pub environment: Option<String>,
    /// Status.
    pub status: Option<u16>,
    /// How it ended.
    pub state: super::ExchangeState,
    /// Error in words.
    pub error: Option<String>,
    /// Whole time in microseconds.
    #[ts(type = "number")]
    pub duration_us: u64,
    /// Decoded bytes of the body.
    #[ts(type = "number")]
    pub size: u64,
    /// Checks that passed.
    pub checks_passed: u32,
    /// Checks that failed.
    pub checks_failed: u32,
}

/// Names an entry.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryId {
    /// From [`HistoryEntry`].
    pub id: String,
}

/// Names entries.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryIds {
    /// From [`HistoryEntry`].
    pub ids: Vec<String>,
}

/// An entry, whole.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryDetail {
    /// The line.
    pub entry: HistoryEntry,
    /// The request as written.
    pub request: Request,
    /// Where it was saved then.
    pub path: Option<String>,
    /// What happened.
    pub exchange: super::Exchange,
    /// Earlier and later answers to the same request, oldest first, at most 50.
    pub series: Vec<SeriesPoint>,
}

/// One answer among several to the same request.
#[derive(Debug, Clone, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SeriesPoint {
    /// Its entry.
    pub id: String,
    /// RFC 3339.
    pub at: String,
    /// Status.
    pub status: Option<u16>,
    /// Microseconds.
    #[ts(type = "number")]
    pub duration_us: u64,
    /// Decoded bytes.
    #[ts(type = "number")]
    pub size: u64,
}

/// Prunes history now by the limits in the settings, or clears it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PruneHistory {
    /// Delete everything of this workspace.
    pub all: bool,
}

/// How many entries are left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Pruned {
    /// Deleted now.
    #[ts(type = "number")]
    pub deleted: u64,
    /// Left in this workspace.
    #[ts(type = "number")]
    pub left: u64,
}

/// Writes exchanges as a HAR: chosen ones, those of a search, or all.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportHistory {
    /// Chosen by the caller, unique among what runs; names the export for `cancel`.
    pub id: String,
    /// Only these entries; none for all that `search` finds.
    pub ids: Option<Vec<String>>,
    /// What is looked for when no entries are named; a limit of 0 is none.
    pub search: SearchHistory,
    /// Absolute path of the file.
    pub to: String,
}

/// How far an export is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryProgress {
    /// Entries that are written.
    #[ts(type = "number")]
    pub done: u64,
    /// Entries in all.
    #[ts(type = "number")]
    pub of: u64,
}

/// What was exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HistoryExported {
    /// Entries of history.
    #[ts(type = "number")]
    pub entries: u64,
    /// Entries of the archive: one for each request on the wire, redirects among them.
    #[ts(type = "number")]
    pub requests: u64,
    /// Bodies that were left out since they are longer than 16 MiB.
    #[ts(type = "number")]
    pub bodies_left_out: u64,
}
