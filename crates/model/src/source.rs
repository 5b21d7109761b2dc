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
        #[serde(default)]
        variable: String,
    },
    /// An entry of a `.env` file.
    DotEnv {
        /// The file, relative to the workspace.
        #[serde(default)]
        file: String,
        /// The entry.
        #[serde(default)]
        variable: String,
    },
    /// The content of a file, without a line end at its end.
    File {
        /// The file, relative to the workspace.
        #[serde(default)]
        file: String,
    },
    /// What a command writes to its standard output. It runs only once the user has approved it.
    Command {
        /// As a shell takes it.
        #[serde(default)]
        command: String,
    },
    /// `HashiCorp` Vault, by its HTTP API.
    Vault {
        /// Server; empty for `VAULT_ADDR`.
        #[serde(default)]
        address: String,
        /// Path as in `vault read`, such as `secret/data/shop`.
        #[serde(default)]
        path: String,
        /// Key in the secret.
        #[serde(default)]
        field: String,
        /// Enterprise namespace; empty for none.
        #[serde(default)]
        namespace: String,
    },
    /// AWS Secrets Manager, by its HTTP API.
    #[serde(rename = "awsSecretsManager")]
    AwsSecretsManager {
        /// Name or ARN.
        #[serde(default)]
        secret: String,
        /// Key, when the secret is a JSON object; empty for the whole.
        #[serde(default)]
        field: String,
        /// Region; empty for the profile's or the environment's.
        #[serde(default)]
        region: String,
        /// Profile of the AWS files; empty for the environment's keys or `default`.
        #[serde(default)]
        profile: String,
        /// Another endpoint than AWS's own; empty for that.
        #[serde(default)]
        endpoint: String,
    },
    /// 1Password, by its command `op`.
    #[serde(rename = "onePassword")]
    OnePassword {
        /// `op://vault/item/field`.
        #[serde(default)]
        reference: String,
        /// Account; empty for the default one.
        #[serde(default)]
        account: String,
    },
    /// Bitwarden, by its command `bw` (it must be unlocked: `BW_SESSION`).
    Bitwarden {
        /// Item's name or id.
        #[serde(default)]
        item: String,
        /// `password`, `username`, `totp`, `notes`, `uri` or the name of a custom field; empty for
        /// `password`.
        #[serde(default)]
        field: String,
    },
    /// The standard Unix password manager.
    Pass {
        /// Name of the entry.
        #[serde(default)]
        entry: String,
        /// `key` of a line `key: value`; empty for the first line.
        #[serde(default)]
        field: String,
    },
}
