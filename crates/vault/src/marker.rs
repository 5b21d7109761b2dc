use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use crate::Error;
use crate::store::{Slot, Store};

/// A random text in the keychain, and a copy of it in a file, tell whether this is the keychain
/// of last time. It is not secret. Writing it also proves that the keychain takes entries.
pub(crate) fn check(store: &Store, service: &str, file: Option<&Path>) -> Result<(), Error> {
    let mut known = file.and_then(Known::open);
    let expected = known.as_mut().and_then(Known::read);
    let found = find(store, service)?;
    match (expected, found) {
        (Some(expected), Some(found)) if expected == found => Ok(()),
        (Some(_), _) => Err(Error::AnotherKeychain),
        (None, found) => settle(store, service, known, found),
    }
}

/// Takes the keychain as it is for the right one from now on.
pub(crate) fn adopt(store: &Store, service: &str, file: Option<&Path>) -> Result<(), Error> {
    let known = file.and_then(Known::open);
    let found = find(store, service)?;
    settle(store, service, known, found)
}

fn settle(
    store: &Store,
    service: &str,
    known: Option<Known>,
    found: Option<String>,
) -> Result<(), Error> {
    let marker = if let Some(marker) = found {
        marker
    } else {
        let marker = uuid::Uuid::new_v4().simple().to_string();
        store.set(&slot(service), marker.as_bytes())?;
        marker
    };
    if let Some(mut known) = known {
        known.write(&marker);
    }
    Ok(())
}

fn find(store: &Store, service: &str) -> Result<Option<String>, Error> {
    let Some(bytes) = store.get(&slot(service))? else { return Ok(None) };
    let text = std::str::from_utf8(&bytes).ok().filter(|text| uuid::Uuid::try_parse(text).is_ok());
    match text {
        Some(text) => Ok(Some(text.to_owned())),
        None => Err(Error::BadAnswer { reason: "Errand's own mark in it is damaged".to_owned() }),
    }
}

fn slot(service: &str) -> Slot {
    Slot::new(format!("{service}.keychain"), "fingerprint")
}

/// The file, locked while it is compared, so that two programs that start at the same time do
/// not each make a mark. A file that cannot be used only means that the question is not asked.
struct Known(File);

impl Known {
    fn open(path: &Path) -> Option<Self> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).ok()?;
        }
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .ok()?;
        file.lock().ok()?;
        Some(Self(file))
    }

    fn read(&mut self) -> Option<String> {
        let mut text = String::new();
        self.0.read_to_string(&mut text).ok()?;
        // Cut or damaged, it says nothing about the keychain.
        uuid::Uuid::try_parse(text.trim()).ok().map(|id| id.simple().to_string())
    }

    fn write(&mut self, marker: &str) {
        let written = self
            .0
            .seek(SeekFrom::Start(0))
            .and_then(|_| self.0.set_len(0))
            .and_then(|()| self.0.write_all(marker.as_bytes()))
            .and_then(|()| self.0.sync_all());
        // Not written, it is simply asked again next time.
        drop(written);
    }
}
