//! What somebody brings: gathered, read, looked at, and held until it is written or dropped.

mod archive;
mod credentials;
mod fetch;
mod folder;
mod gather;
mod opencollection;
mod outline;
mod read;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use errand_interop::{Format, Import, Line, Outcome, Source};

pub use credentials::{Credential, Mask, withdraw};
pub use fetch::{Fetch, address, fetch, host};
pub use gather::{Gathered, gather};
pub use outline::{Outline, choose, choose_environments, environments, number, place};
pub use read::read;

use crate::session::lock;
use crate::wire::WireError;

/// Previews that are held; the oldest goes when there are more.
const MOST: usize = 4;

/// Something that was read and is not written yet.
#[derive(Clone)]
pub struct Incoming {
    /// What was named, to be read again.
    pub sources: Vec<Source>,
    /// The format that was named.
    pub asked: Option<Format>,
    /// A folder that is a workspace already.
    pub workspace: Option<PathBuf>,
    /// Where it came from, to be remembered.
    pub origin: Option<String>,
    /// Addresses that a typed one led to.
    pub redirects: Vec<String>,
    /// Hosts that may be asked.
    pub agreed: BTreeSet<String>,
    /// Addresses that led to a host nobody has agreed to yet.
    pub elsewhere: BTreeMap<String, String>,
    /// Addresses that could not be fetched, and why.
    pub failed: BTreeMap<String, String>,
    /// What was made of it.
    pub import: Import,
    /// Its items.
    pub outline: Outline,
    /// The credentials in it.
    pub credentials: Vec<Credential>,
    /// It is written: its receipt is all that is left.
    pub written: bool,
}

impl Incoming {
    /// Reads what was gathered. Blocks.
    pub fn of(
        gathered: Gathered,
        asked: Option<Format>,
        data: &std::path::Path,
    ) -> Result<Self, WireError> {
        let Gathered { sources, redirects, workspace, origin } = gathered;
        let import = read(&sources, asked, workspace.as_deref(), data)?;
        let mut incoming = Self {
            sources,
            asked,
            workspace,
            origin,
            redirects,
            agreed: BTreeSet::new(),
            elsewhere: BTreeMap::new(),
            failed: BTreeMap::new(),
            outline: Outline { nodes: Vec::new(), places: Vec::new() },
            credentials: Vec::new(),
            written: false,
            import,
        };
        incoming.look()?;
        Ok(incoming)
    }

    /// Reads it again, with what was fetched since. Blocks.
    pub fn again(&mut self, data: &std::path::Path) -> Result<(), WireError> {
        self.import = read(&self.sources, self.asked, self.workspace.as_deref(), data)?;
        self.look()
    }

    /// What takes its credentials out of a text that is shown.
    pub fn mask(&self) -> Result<Mask<'_>, WireError> {
        Mask::of(&self.credentials)
    }

    /// Addresses it refers to, each with the host that has to be agreed to.
    pub fn wanted(&self) -> Vec<(String, String)> {
        let mut wanted: Vec<(String, String)> = Vec::new();
        for found in &self.import.wanted {
            let own = || fetch::address(&found.url).ok().map(|url| fetch::host(&url));
            let known = wanted.iter().any(|(url, _)| *url == found.url);
            if !known
                && !self.failed.contains_key(&found.url)
                && let Some(host) = self.elsewhere.get(&found.url).cloned().or_else(own)
            {
                wanted.push((found.url.clone(), host));
            }
        }
        wanted
    }

    fn look(&mut self) -> Result<(), WireError> {
        self.import.receipt.lines.extend(self.failed.iter().map(|(url, why)| Line {
            outcome: Outcome::NotCarried,
            place: String::new(),
            item: url.clone(),
            note: why.clone(),
            original: String::new(),
        }));
        let waiting = self.wanted().into_iter().map(|(url, host)| Line {
            outcome: Outcome::NotCarried,
            place: String::new(),
            item: url,
            note: format!("it was not fetched: nobody has agreed to {host} yet"),
            original: String::new(),
        });
        self.import.receipt.lines.extend(waiting.collect::<Vec<_>>());
        let (collection, receipt) = (&self.import.collection, &self.import.receipt);
        self.outline = Outline::of(collection, receipt);
        let mut found = credentials::find(collection, !is_description(self.import.format));
        // What is shown of it has no credential, whatever the items are called.
        let places = {
            let mask = Mask::of(&found)?;
            mask.outline(&mut self.outline);
            mask.lines(&mut self.import.receipt.lines);
            found.iter().map(|one| mask.name(&one.place)).collect::<Vec<_>>()
        };
        for (credential, place) in found.iter_mut().zip(places) {
            credential.place = place;
        }
        self.credentials = found;
        Ok(())
    }
}

/// Takes the credentials out of a description that is only compared.
pub fn without_credentials(collection: &mut errand_model::Collection) -> Result<(), WireError> {
    let found = credentials::find(collection, false);
    let names: Vec<String> = found.iter().map(|one| one.name.clone()).collect();
    withdraw(collection, &found, &names, true)
}

/// Descriptions of services have samples that look like credentials and are none.
fn is_description(format: Format) -> bool {
    matches!(format, Format::OpenApi | Format::Wsdl | Format::GraphQl | Format::Proto)
}

/// The previews of a session, the newest last.
#[derive(Default)]
pub struct Desk(Mutex<VecDeque<(String, Arc<Incoming>)>>);

impl Desk {
    /// Holds one under a new id, or under the one it had.
    pub fn hold(&self, id: Option<String>, incoming: Incoming) -> (String, Arc<Incoming>) {
        let id = id.unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
        let incoming = Arc::new(incoming);
        let mut held = lock(&self.0);
        held.retain(|(known, _)| *known != id);
        held.push_back((id.clone(), incoming.clone()));
        while held.len() > MOST {
            held.pop_front();
        }
        (id, incoming)
    }

    /// The one of this id, to be looked at.
    pub fn get(&self, id: &str) -> Result<Arc<Incoming>, WireError> {
        let held = lock(&self.0);
        held.iter().find(|(known, _)| known == id).map(|(_, found)| found.clone()).ok_or_else(
            || {
                WireError::new("no-import", "This preview is no longer held.")
                    .hint("Choose what to import again.")
            },
        )
    }

    /// The one of this id, to be written or read again.
    pub fn unwritten(&self, id: &str) -> Result<Arc<Incoming>, WireError> {
        let found = self.get(id)?;
        if found.written {
            return Err(WireError::new("no-import", "This was imported already.")
                .hint("Choose what to import again."));
        }
        Ok(found)
    }

    /// Leaves only its receipt, for whoever looks at that once all is written.
    pub fn written(&self, id: &str) {
        let mut held = lock(&self.0);
        if let Some((_, found)) = held.iter_mut().find(|(known, _)| known == id) {
            let left = Arc::make_mut(found);
            left.sources = Vec::new();
            left.import.collection = errand_model::Collection::default();
            left.credentials = Vec::new();
            left.written = true;
        }
    }

    /// Forgets it.
    pub fn drop(&self, id: &str) {
        lock(&self.0).retain(|(known, _)| known != id);
    }
}
