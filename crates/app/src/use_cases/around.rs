//! What a request takes from around it: folders, variables, certificates, what is to be masked.

use errand_engine::{Proxy, Settings as EngineSettings};
use errand_model::{ClientCertificate, Request};
use errand_runner::{Level, Plan};
use errand_sources::Resolver;
use errand_template::Scopes;
use errand_workspace::Workspace;

use super::sources;
use super::variables::{Purpose, scopes};
use crate::errors;
use crate::literals;
use crate::session::{Opened, Session};
use crate::wire::WireError;

/// What a request takes from around it.
pub(crate) struct Around {
    pub levels: Vec<Level>,
    pub scopes: Scopes,
    pub base: std::path::PathBuf,
    pub certificates: Vec<ClientCertificate>,
}

impl Around {
    pub fn plan(
        self,
        request: Request,
        settings: EngineSettings,
        use_cookies: bool,
        keep_echoed: bool,
    ) -> Plan {
        let Self { levels, scopes, base, certificates } = self;
        let sensitive = sensitive(&request, &levels, &settings);
        Plan {
            request,
            levels,
            scopes,
            base,
            settings,
            use_cookies,
            certificates,
            sensitive,
            keep_echoed,
        }
    }
}

impl Session {
    /// What a request at `place` takes from around it. `texts` are others that variables may be in;
    /// with a resolver what is fetched from elsewhere is fetched once for several requests. Blocks.
    pub(crate) fn around(
        &self,
        place: &str,
        request: &Request,
        texts: &[&str],
        shared: Option<&Resolver>,
    ) -> Result<Around, WireError> {
        self.around_in(place, request, texts, shared, self.environment().as_deref())
    }

    pub(super) fn around_in(
        &self,
        place: &str,
        request: &Request,
        texts: &[&str],
        shared: Option<&Resolver>,
        environment: Option<&str>,
    ) -> Result<Around, WireError> {
        let Some(opened) = self.try_open() else {
            return Ok(Around {
                levels: Vec::new(),
                scopes: Scopes::new(),
                base: std::env::current_dir().unwrap_or_default(),
                certificates: Vec::new(),
            });
        };
        let levels = levels(&opened.workspace, place)?;
        let certificates = certificates(&opened, environment)?;
        let passphrases = certificates.iter().map(|certificate| certificate.passphrase.as_str());
        let texts: Vec<&str> = texts.iter().copied().chain(passphrases).collect();
        let own;
        let resolver = if let Some(shared) = shared {
            shared
        } else {
            own = sources::resolver(&self.app, &opened);
            &own
        };
        let purpose = Purpose::Sending(&texts, resolver);
        let scopes = scopes(&self.app, &opened, &levels, Some(request), environment, &purpose)?;
        Ok(Around { levels, scopes, base: opened.workspace.root().to_owned(), certificates })
    }
}

/// What is secret by its look or its place: typed credentials, the proxy's password.
pub(super) fn sensitive(
    request: &Request,
    levels: &[Level],
    settings: &EngineSettings,
) -> Vec<String> {
    let mut found = literals::in_request(request);
    for level in levels {
        let folder =
            errand_model::Folder { defaults: level.defaults.clone(), ..Default::default() };
        found.extend(literals::in_folder(&folder));
    }
    let mut texts: Vec<String> = found.into_iter().map(|found| found.literal).collect();
    // What was typed into a URL or a form may be escaped, and comes back without that.
    let decoded: Vec<String> = texts
        .iter()
        .filter(|text| text.contains('%'))
        .map(|text| percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned())
        .collect();
    texts.extend(decoded);
    if let Proxy::Explicit { url, .. } = &settings.proxy
        && let Ok(url) = url::Url::parse(url)
        && let Some(password) = url.password()
    {
        texts.push(password.to_owned());
        texts.push(percent_encoding::percent_decode_str(password).decode_utf8_lossy().into_owned());
    }
    texts
}

/// The client certificates of the chosen environment, of those it extends, and of the collection.
fn certificates(
    opened: &Opened,
    environment: Option<&str>,
) -> Result<Vec<ClientCertificate>, WireError> {
    let mut certificates = Vec::new();
    let mut next = environment.map(str::to_owned);
    let mut seen = std::collections::BTreeSet::new();
    while let Some(name) = next.filter(|name| seen.insert(name.clone())) {
        let read = opened.workspace.read_environment(&name);
        let (environment, _) = read.map_err(|error| errors::workspace(&error))?;
        certificates.extend(environment.client_certificates);
        next = environment.extends;
    }
    let (root, _) = opened.workspace.read_folder("").map_err(|error| errors::workspace(&error))?;
    certificates.extend(root.client_certificates);
    Ok(certificates)
}

/// The collection and the folders that a request at `path` is in. Blocks.
pub(crate) fn levels(workspace: &Workspace, path: &str) -> Result<Vec<Level>, WireError> {
    let chain = workspace.chain(path).map_err(|error| errors::workspace(&error))?;
    Ok(chain
        .into_iter()
        .map(|(path, folder)| Level { path, name: folder.name, defaults: folder.defaults })
        .collect())
}
