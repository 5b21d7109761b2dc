use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// App-wide settings, kept in the app's configuration folder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Colours.
    pub theme: Theme,
    /// Response beside or below the request.
    pub layout: Layout,
    /// Wrap long lines in the response.
    pub wrap: bool,
    /// Key bindings that differ from the defaults: command id to keys.
    pub keys: BTreeMap<String, String>,
    /// How requests are sent when nothing nearer says otherwise.
    pub sending: SendingSettings,
    /// What history keeps.
    pub history: HistorySettings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            layout: Layout::Side,
            wrap: false,
            keys: BTreeMap::new(),
            sending: SendingSettings::default(),
            history: HistorySettings::default(),
        }
    }
}

/// Colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the names are the definition")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
    HighContrast,
}

/// Where the response is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum Layout {
    /// Beside the request.
    #[default]
    Side,
    /// Below it.
    Stacked,
}

/// How requests are sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct SendingSettings {
    /// Milliseconds for the whole exchange; 0 is no limit.
    #[ts(type = "number")]
    pub timeout_ms: u64,
    /// Milliseconds for name lookup, connect and TLS, each.
    #[ts(type = "number")]
    pub connect_timeout_ms: u64,
    /// Milliseconds until the first byte; 0 is no limit.
    #[ts(type = "number")]
    pub first_byte_timeout_ms: u64,
    /// Milliseconds without a byte while downloading; 0 is no limit.
    #[ts(type = "number")]
    pub idle_timeout_ms: u64,
    /// Follow redirects.
    pub follow_redirects: bool,
    /// How many.
    pub max_redirects: u32,
    /// Verify certificates.
    pub verify_tls: bool,
    /// `host` or `host:port` whose certificates are not verified.
    pub insecure_hosts: Vec<String>,
    /// PEM files with more authorities.
    pub authorities: Vec<String>,
    /// Where requests go through.
    pub proxy: ProxySettings,
}

impl Default for SendingSettings {
    fn default() -> Self {
        Self {
            timeout_ms: 0,
            connect_timeout_ms: 30_000,
            first_byte_timeout_ms: 0,
            idle_timeout_ms: 0,
            follow_redirects: true,
            max_redirects: 20,
            verify_tls: true,
            insecure_hosts: Vec::new(),
            authorities: Vec::new(),
            proxy: ProxySettings::System,
        }
    }
}

/// Where requests go through.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum ProxySettings {
    /// As the environment (`HTTP_PROXY`, …) and the system say.
    #[default]
    System,
    /// Straight.
    None,
    /// Through this one.
    #[serde(rename_all = "camelCase")]
    Manual {
        /// `http://host:port`, `https://…` or `socks5://…`; a password belongs in a secret variable.
        url: String,
        /// Hosts that are reached straight, separated by commas.
        no_proxy: String,
    },
}

/// What history keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct HistorySettings {
    /// Days; 0 is for ever.
    pub max_days: u32,
    /// Entries; 0 is no limit.
    #[ts(type = "number")]
    pub max_entries: u64,
    /// Bytes of bodies; 0 is no limit.
    #[ts(type = "number")]
    pub max_body_bytes: u64,
    /// Keep what servers echo of secrets as it came, instead of masked.
    pub keep_echoed_secrets: bool,
}

impl Default for HistorySettings {
    fn default() -> Self {
        Self {
            max_days: 90,
            max_entries: 1_000_000,
            max_body_bytes: 5 << 30,
            keep_echoed_secrets: false,
        }
    }
}

/// Saves the settings.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveSettings {
    /// All of them.
    pub settings: Settings,
}

/// Stops or starts verifying one host's certificate.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrustHost {
    /// `host` or `host:port`.
    pub host: String,
    /// Accept whatever certificate it shows.
    pub insecure: bool,
}

/// Asks the user for a place.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PickPath {
    /// What for.
    pub kind: PickKind,
    /// Title of the dialog.
    pub title: String,
    /// Suggested file name or start folder.
    pub suggestion: Option<String>,
}

/// Kinds of places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum PickKind {
    /// A folder.
    Folder,
    /// An existing file.
    File,
    /// A file to write.
    Save,
}

/// The place, none when the user cancelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PickedPath {
    /// Absolute path.
    pub path: Option<String>,
}

/// Where the playground listens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlaygroundView {
    /// `http://127.0.0.1:PORT`
    pub url: String,
}
