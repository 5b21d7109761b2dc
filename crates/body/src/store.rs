//! The spool: bodies on disk, by id.

use std::{
    collections::{HashMap, HashSet},
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, Weak},
    time::{Duration, SystemTime},
};

use crate::{Body, Error, Result, Writer, growth::Growth};

/// A folder of bodies, one file for each (`ID`). While it arrives, and for good when it was cut, a body's file is
/// `ID.part`.
#[derive(Clone, Debug)]
pub struct Store {
    folder: Arc<Path>,
    live: Live,
}

/// The bodies that are being written by this process.
pub(crate) type Live = Arc<Mutex<HashMap<String, Weak<Growth>>>>;

/// One stored body in [`Store::list`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The body's id.
    pub id: String,
    /// Bytes on disk.
    pub size: u64,
    /// All of it arrived.
    pub complete: bool,
    /// When it was last written to.
    pub modified: SystemTime,
}

impl Store {
    /// The store in `folder`, which is made when it is missing.
    pub fn open(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder).map_err(|error| Error::file("create", folder, error))?;
        Ok(Self { folder: folder.into(), live: Live::default() })
    }

    /// Starts a new body, with a new id.
    pub fn create(&self) -> Result<Writer> {
        let id = uuid::Uuid::now_v7().to_string();
        Writer::create(&self.folder, id, self.live.clone())
    }

    /// The body stored under `id`, which may still be arriving.
    pub fn body(&self, id: &str) -> Result<Body> {
        if uuid::Uuid::parse_str(id).is_err() {
            return Err(Error::NoBody(id.to_owned()));
        }
        let growing = self.live().get(id).and_then(Weak::upgrade);
        if let Some(growth) = growing.filter(|growth| !growth.ended()) {
            return Ok(Body::new(&self.folder, id, growth));
        }
        // Finishing renames the file, so a body that is missed under one name is found under the other.
        for (name, whole) in
            [(id.to_owned(), true), (format!("{id}.part"), false), (id.to_owned(), true)]
        {
            match fs::metadata(self.folder.join(name)) {
                Ok(found) => {
                    return Ok(Body::new(
                        &self.folder,
                        id,
                        Arc::new(Growth::fixed(found.len(), whole)),
                    ));
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(Error::file("read", &self.folder.join(id), error)),
            }
        }
        Err(Error::NoBody(id.to_owned()))
    }

    /// Deletes bodies. Ids that are not there are passed over; views that are open keep their bytes until they close.
    pub fn delete<I: AsRef<str>>(&self, ids: impl IntoIterator<Item = I>) -> Result<()> {
        for id in ids {
            let id = id.as_ref();
            if uuid::Uuid::parse_str(id).is_err() {
                continue;
            }
            for name in [id.to_owned(), format!("{id}.part")] {
                let path = self.folder.join(name);
                match fs::remove_file(&path) {
                    Err(error) if error.kind() != io::ErrorKind::NotFound => {
                        return Err(Error::file("delete", &path, error));
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// All bodies, oldest first.
    pub fn list(&self) -> Result<Vec<Stored>> {
        let failed = |error| Error::file("list", &self.folder, error);
        let mut found: HashMap<String, Stored> = HashMap::new();
        for entry in fs::read_dir(&self.folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let (id, suffix) = name.split_once('.').unwrap_or((&name, ""));
            if uuid::Uuid::parse_str(id).is_err() {
                continue;
            }
            // A file that another process deleted in the meantime is not there any more.
            let Ok(metadata) = entry.metadata() else { continue };
            let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            let stored = found.entry(id.to_owned()).or_insert_with(|| Stored {
                id: id.to_owned(),
                size: 0,
                complete: false,
                modified,
            });
            stored.size += metadata.len();
            stored.complete |= suffix.is_empty();
            stored.modified = stored.modified.max(modified);
        }
        let mut list: Vec<_> = found.into_values().collect();
        list.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(list)
    }

    /// Bytes on disk of all bodies.
    pub fn total_size(&self) -> Result<u64> {
        Ok(self.list()?.iter().map(|stored| stored.size).sum())
    }

    /// Deletes the bodies that nothing refers to: not in `wanted`, not being written here, and not touched for `age`
    /// (another process may be about to record them). Returns what was deleted.
    pub fn delete_orphans(&self, wanted: &HashSet<String>, age: Duration) -> Result<Vec<Stored>> {
        let before = SystemTime::now().checked_sub(age).unwrap_or(SystemTime::UNIX_EPOCH);
        let mut orphans = self.list()?;
        let writing: HashSet<String> = {
            let mut live = self.live();
            live.retain(|_, growth| growth.upgrade().is_some_and(|growth| !growth.ended()));
            live.keys().cloned().collect()
        };
        orphans.retain(|stored| {
            stored.modified <= before
                && !wanted.contains(&stored.id)
                && !writing.contains(&stored.id)
        });
        self.delete(orphans.iter().map(|stored| &stored.id))?;
        Ok(orphans)
    }

    /// Where the bodies are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    fn live(&self) -> std::sync::MutexGuard<'_, HashMap<String, Weak<Growth>>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The file of a body under either of its names.
pub(crate) fn existing(folder: &Path, id: &str) -> (PathBuf, io::Result<fs::File>) {
    let whole = folder.join(id);
    let part = folder.join(format!("{id}.part"));
    for path in [&whole, &part, &whole] {
        match fs::File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            opened => return (path.clone(), opened),
        }
    }
    (whole, Err(io::ErrorKind::NotFound.into()))
}
