use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a secret's value is had when a request is sent, instead of from the keychain. Fields take
/// plain variables. Nothing of it is secret itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum SecretSource {
    /// A variable of the process's environment.
    Environment {
        /// Its name.
        variable: String,
    },
    /// An entry of a `.env` file.
    DotEnv {
        /// The file, relative to the workspace.
        file: String,
        /// The entry.
        variable: String,
    },
    /// The content of a file, without a line end at its end.
    File {
        /// The file, relative to the workspace.
        file: String,
    },
    /// What a command writes to its standard output. It runs only once the user has approved it.
    Command {
        /// As a shell takes it.
        command: String,
    },
    /// `HashiCorp` Vault, by its HTTP API.
    Vault {
        /// Server; empty for `VAULT_ADDR`.
        address: String,
        /// Path as in `vault read`, such as `secret/data/shop`.
        path: String,
        /// Key in the secret.
        field: String,
        /// Enterprise namespace; empty for none.
        namespace: String,
    },
    /// AWS Secrets Manager, by its HTTP API.
    #[serde(rename = "awsSecretsManager")]
    AwsSecretsManager {
        /// Name or ARN.
        secret: String,
        /// Key, when the secret is a JSON object; empty for the whole.
        field: String,
        /// Region; empty for the profile's or the environment's.
        region: String,
        /// Profile of the AWS files; empty for the environment's keys or `default`.
        profile: String,
        /// Another endpoint than AWS's own; empty for that.
        endpoint: String,
    },
    /// 1Password, by its command `op`.
    #[serde(rename = "onePassword")]
    OnePassword {
        /// `op://vault/item/field`.
        reference: String,
        /// Account; empty for the default one.
        account: String,
    },
    /// Bitwarden, by its command `bw` (it must be unlocked: `BW_SESSION`).
    Bitwarden {
        /// Item's name or id.
        item: String,
        /// `password`, `username`, `totp`, `notes`, `uri` or the name of a custom field; empty for
        /// `password`.
        field: String,
    },
    /// The standard Unix password manager.
    Pass {
        /// Name of the entry.
        entry: String,
        /// `key` of a line `key: value`; empty for the first line.
        field: String,
    },
}
