use errand_model::Request;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One exchange as history keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// What lists show and searches look at.
    #[serde(flatten)]
    pub summary: Summary,
    /// The request as written, never as resolved.
    pub request: Request,
    /// Response headers, already masked; opaque here.
    pub response_headers: serde_json::Value,
    /// Hops and phases, already masked; opaque here.
    pub timeline: serde_json::Value,
}

/// The part of an [`Entry`] that lists show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// UUID version 7. Inserting an id that is already there changes nothing.
    pub id: Uuid,
    /// The workspace's id.
    pub workspace: String,
    /// When it was sent: milliseconds since 1970, UTC.
    pub time_ms: i64,
    /// The request's file within the workspace; none for one that was never saved.
    pub path: Option<String>,
    /// The request's name; may be empty.
    pub name: String,
    /// The method as sent.
    pub method: String,
    /// The URL as written.
    pub url: String,
    /// The resolved host, with its port where it is not the scheme's own; never a query or user.
    pub host: String,
    /// The environment's name.
    pub environment: Option<String>,
    /// The status code, when one came.
    pub status: Option<u16>,
    /// How it ended.
    pub state: State,
    /// Why it failed, when it did.
    pub error: Option<Failure>,
    /// From send to end, in microseconds.
    pub duration_us: u64,
    /// Body bytes as they came.
    pub size_raw: u64,
    /// Body bytes once decoded.
    pub size_decoded: u64,
    /// The body's id in the spool. A body belongs to one entry.
    pub body: Option<String>,
    /// Checks that held.
    pub checks_passed: u32,
    /// Checks that did not.
    pub checks_failed: u32,
    /// `1.1`, `2`; none when no answer came.
    pub http_version: Option<String>,
}

impl Summary {
    /// Whether a list marks it as failed: no whole answer, a status from 400, or a failed check.
    pub fn failed(&self) -> bool {
        self.state == State::Failed
            || self.error.is_some()
            || self.checks_failed > 0
            || self.status.is_some_and(|status| status >= 400)
    }
}

/// How an exchange ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum State {
    /// The whole answer came.
    Complete,
    /// A part of the answer came.
    Truncated,
    /// Someone pressed Cancel.
    Cancelled,
    /// It failed; [`Summary::error`] says why.
    Failed,
}

impl State {
    pub(crate) fn to_number(self) -> u8 {
        match self {
            Self::Complete => 0,
            Self::Truncated => 1,
            Self::Cancelled => 2,
            Self::Failed => 3,
        }
    }

    /// An unknown number (a damaged row) counts as truncated: something is missing.
    pub(crate) fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Complete,
            2 => Self::Cancelled,
            3 => Self::Failed,
            _ => Self::Truncated,
        }
    }
}

/// Why an exchange failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Failure {
    /// A stable word, such as `tls.expired`.
    pub code: String,
    /// For people.
    pub message: String,
}
