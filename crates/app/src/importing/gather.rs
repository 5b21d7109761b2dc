//! Where something to import is, made into sources that importers read.

use std::fs::File;
use std::io::{self, Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use errand_interop::{Entry, Source};

use super::{archive, fetch, folder};
use crate::App;
use crate::blocking::blocking;
use crate::errors;
use crate::whereabouts::without_credentials;
use crate::wire::{ImportFrom, WireError};

/// What was found where the user said.
#[derive(Default)]
pub struct Gathered {
    /// One for each thing that was named.
    pub sources: Vec<Source>,
    /// Addresses that a typed one led to.
    pub redirects: Vec<String>,
    /// A folder that is a workspace already.
    pub workspace: Option<PathBuf>,
    /// Where it is, to be remembered: an absolute path or an address.
    pub origin: Option<String>,
}

/// Reads what there is at a place; fetches an address.
pub async fn gather(app: &Arc<App>, from: ImportFrom) -> Result<Gathered, WireError> {
    match from {
        ImportFrom::Text { text } => {
            Ok(Gathered { sources: vec![Source::text(text)], ..Gathered::default() })
        }
        ImportFrom::Paths { paths } => blocking(move || of_paths(&paths)).await,
        ImportFrom::Url { url } => of_address(app, &url).await,
    }
}

fn of_paths(paths: &[String]) -> Result<Gathered, WireError> {
    let mut gathered = Gathered::default();
    if let [path] = paths {
        let path = absolute(Path::new(path));
        if path.join("opencollection.yml").is_file() {
            gathered.workspace = Some(path.clone());
        }
        gathered.origin = path.to_str().map(str::to_owned);
    }
    for path in paths {
        gathered.sources.push(of_path(Path::new(path))?);
    }
    Ok(gathered)
}

fn absolute(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

fn of_path(path: &Path) -> Result<Source, WireError> {
    if path.is_dir() {
        let files = folder::files(path)?;
        if files.is_empty() {
            let message = format!("{} has no files that could be imported.", path.display());
            return Err(WireError::new("invalid-file", message)
                .hint("Hidden files, links and what programs download are left out."));
        }
        return Ok(source(files));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let unreadable = |error: io::Error| errors::file("read", path, &error);
    let entry = folder::file(path, name.clone())?;
    let mut head = Vec::new();
    let opened = File::open(path).map_err(unreadable)?;
    (&opened).take(archive::HEAD as u64).read_to_end(&mut head).map_err(unreadable)?;
    if archive::is_archive(&head) {
        return Ok(source(archive::files(io::BufReader::new(opened), &name)?));
    }
    Ok(source(vec![entry]))
}

async fn of_address(app: &Arc<App>, url: &str) -> Result<Gathered, WireError> {
    let url = fetch::address(url)?;
    let fetch::Fetch::Done(fetched) = fetch::fetch(app, url.clone(), None).await? else {
        return Err(WireError::new("fetch", format!("{url} could not be fetched.")));
    };
    let last = fetched.redirects.last().unwrap_or(&url);
    let name = last.path_segments().and_then(Iterator::last).unwrap_or_default().to_owned();
    let redirects = fetched.redirects.iter().map(ToString::to_string).collect();
    let source = blocking(move || of_bytes(fetched.bytes, name)).await?;
    let origin = Some(without_credentials(url).to_string());
    Ok(Gathered { sources: vec![source], redirects, workspace: None, origin })
}

/// A file or an archive that is in memory.
fn of_bytes(bytes: Vec<u8>, name: String) -> Result<Source, WireError> {
    if archive::is_archive(&bytes) {
        return Ok(source(archive::files(Cursor::new(bytes), &name)?));
    }
    Ok(Source::file(name, bytes))
}

fn source(entries: Vec<Entry>) -> Source {
    Source { entries, ..Source::default() }
}

/// All sources as one, each in a folder of its own where their paths would be the same.
pub fn joined(sources: Vec<Source>) -> Source {
    let mut all = Source::default();
    let mut taken = std::collections::HashSet::new();
    for (number, source) in sources.into_iter().enumerate() {
        let clash = source.entries.iter().any(|entry| taken.contains(&entry.path));
        for mut entry in source.entries {
            if clash {
                entry.path = format!("{}/{}", number + 1, entry.path);
            }
            taken.insert(entry.path.clone());
            all.entries.push(entry);
        }
        all.fetched.extend(source.fetched);
    }
    all
}
