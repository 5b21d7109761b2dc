use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Lets a command run when its output is asked for as a secret's value.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApproveCommand {
    /// The very command.
    pub command: String,
    /// Allow or forbid.
    pub approved: bool,
}

/// The commands of this workspace's secrets, each with whether it may run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CommandApproval {
    /// As written.
    pub command: String,
    /// Whether it may run on this machine.
    pub approved: bool,
}

/// Who may open what is sealed, and what is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SharingView {
    /// This person's public key, `age1…`; none until they have one.
    pub public_key: Option<String>,
    /// Who may open it.
    pub recipients: Vec<RecipientView>,
    /// Path of the sealed file, relative to the workspace; none when there is none.
    pub sealed_file: Option<String>,
    /// Whether it is sealed for this person.
    pub can_open: bool,
    /// Why something cannot be told.
    pub problem: Option<super::WireError>,
}

/// Someone who may open what is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecipientView {
    /// A name for people.
    pub name: String,
    /// `age1…`
    pub public_key: String,
}

/// Sets who may open what is sealed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveRecipients {
    /// All of them.
    pub recipients: Vec<RecipientView>,
}

/// Seals the secrets of some environments into the repository.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SealSecrets {
    /// Environments; the collection's own secrets go along.
    pub environments: Vec<String>,
}

/// What was sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Sealed {
    /// Path relative to the workspace.
    pub file: String,
    /// How many secrets.
    #[ts(type = "number")]
    pub secrets: usize,
    /// How many people can open it.
    #[ts(type = "number")]
    pub recipients: usize,
    /// Declared secrets that have no value here and are not in it.
    pub without_value: Vec<String>,
}

/// What opening the sealed file would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SharedPlan {
    /// Who sealed it, as they called themselves.
    pub sealed_by: String,
    /// RFC 3339.
    pub sealed_at: String,
    /// Each secret.
    pub secrets: Vec<SharedSecret>,
}

/// A secret of the sealed file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SharedSecret {
    /// Its environment; none for the collection's own.
    pub environment: Option<String>,
    /// Its name.
    pub name: String,
    /// Compared with this person's keychain.
    pub change: SharedChange,
}

/// How a shared secret differs from one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum SharedChange {
    /// Only in the file.
    New,
    /// Another value.
    Changed,
    /// The same value.
    Same,
    /// Only in one's own keychain.
    OnlyMine,
}

/// Takes secrets over from the sealed file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TakeShared {
    /// Which; those that are the user's only are left alone.
    pub secrets: Vec<SharedSecret>,
}
