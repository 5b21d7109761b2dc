use serde::{Deserialize, Serialize};

/// The formats Errand reads or writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Collections v1, v2.0, v2.1 and v3 folders, environments, globals, data dumps and backups.
    Postman,
    /// `OpenCollection` 1.0, bundled into one file.
    #[serde(rename = "opencollection")]
    OpenCollection,
    /// Folders of `.bru` files, and exports as JSON.
    Bruno,
    /// Exports v3, v4, v5.
    Insomnia,
    /// `OpenAPI` 3.0 and 3.1, Swagger 2.0.
    #[serde(rename = "openapi")]
    OpenApi,
    /// HTTP Archive 1.2.
    Har,
    /// Command lines.
    Curl,
    /// `.http` and `.rest`.
    Http,
    /// Hurl files.
    Hurl,
    /// Hoppscotch exports.
    Hoppscotch,
    /// Thunder Client exports.
    Thunder,
    /// Yaak exports.
    Yaak,
    /// WSDL 1.1.
    Wsdl,
    /// GraphQL schemas.
    #[serde(rename = "graphql")]
    GraphQl,
    /// Protocol Buffers.
    Proto,
    /// k6 scripts.
    K6,
}

impl Format {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Postman,
        Self::OpenCollection,
        Self::Bruno,
        Self::Insomnia,
        Self::OpenApi,
        Self::Har,
        Self::Curl,
        Self::Http,
        Self::Hurl,
        Self::Hoppscotch,
        Self::Thunder,
        Self::Yaak,
        Self::Wsdl,
        Self::GraphQl,
        Self::Proto,
        Self::K6,
    ];

    /// What it is called on the command line and in files.
    pub fn id(self) -> &'static str {
        match self {
            Self::Postman => "postman",
            Self::OpenCollection => "opencollection",
            Self::Bruno => "bruno",
            Self::Insomnia => "insomnia",
            Self::OpenApi => "openapi",
            Self::Har => "har",
            Self::Curl => "curl",
            Self::Http => "http",
            Self::Hurl => "hurl",
            Self::Hoppscotch => "hoppscotch",
            Self::Thunder => "thunder",
            Self::Yaak => "yaak",
            Self::Wsdl => "wsdl",
            Self::GraphQl => "graphql",
            Self::Proto => "proto",
            Self::K6 => "k6",
        }
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Postman => "Postman",
            Self::OpenCollection => "OpenCollection",
            Self::Bruno => "Bruno",
            Self::Insomnia => "Insomnia",
            Self::OpenApi => "OpenAPI",
            Self::Har => "HAR",
            Self::Curl => "curl",
            Self::Http => "HTTP file",
            Self::Hurl => "Hurl",
            Self::Hoppscotch => "Hoppscotch",
            Self::Thunder => "Thunder Client",
            Self::Yaak => "Yaak",
            Self::Wsdl => "WSDL",
            Self::GraphQl => "GraphQL schema",
            Self::Proto => "Protocol Buffers",
            Self::K6 => "k6",
        }
    }

    /// The format of that id.
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.id() == id)
    }
}
