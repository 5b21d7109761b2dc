//! What is to be sent, before anything is resolved.

use std::path::PathBuf;

use errand_model::{Auth, ClientCertificate, Defaults, Request};
use errand_template::Scopes;

/// A request as saved, with everything around it that it takes from.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The request as written.
    pub request: Request,
    /// The collection and the folders down to the request, outermost first.
    pub levels: Vec<Level>,
    /// Every variable in sight.
    pub scopes: Scopes,
    /// Folder that relative file names start from.
    pub base: PathBuf,
    /// How requests are sent when neither the request nor a level says otherwise.
    pub settings: errand_engine::Settings,
    /// Whether the cookie jar takes part by default.
    pub use_cookies: bool,
    /// Certificates to show to hosts, the ones that count first.
    pub certificates: Vec<ClientCertificate>,
    /// Texts that are secret although no secret variable holds them: typed credentials, a proxy's
    /// password.
    pub sensitive: Vec<String>,
    /// Keep what servers echo of secrets as it came.
    pub keep_echoed: bool,
}

/// The collection or a folder on the way to a request.
#[derive(Clone, Debug, Default)]
pub struct Level {
    /// Path relative to the workspace; empty for the collection.
    pub path: String,
    /// Shown name.
    pub name: String,
    /// What it hands down.
    pub defaults: Defaults,
}

impl Plan {
    /// What the levels hand down, outermost first.
    pub(crate) fn defaults(&self) -> Vec<&Defaults> {
        self.levels.iter().map(|level| &level.defaults).collect()
    }
}

/// The auth that applies to a request, and the level it comes from (`None`: the request's own).
pub fn effective_auth<'a>(
    request: &'a Request,
    levels: &'a [Level],
) -> (&'a Auth, Option<&'a Level>) {
    let defaults: Vec<&Defaults> = levels.iter().map(|level| &level.defaults).collect();
    let (auth, at) = request.effective_auth(&defaults);
    (auth, at.and_then(|at| levels.get(at)))
}
