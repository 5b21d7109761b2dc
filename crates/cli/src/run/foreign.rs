//! What another tool wrote, run as it is: imported into a folder that is gone afterwards.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use errand_app::wire::{ImportFrom, WireError};
use errand_app::{Stop, workspace_around};
use tempfile::TempDir;

use crate::exit::Failure;
use crate::output::message;
use crate::place::{Core, interrupted};

/// What is run in place of a workspace, until it is dropped.
pub struct Foreign {
    /// Readable by this user only; removed with this.
    _folder: TempDir,
    /// What paths of files are relative to.
    pub base: PathBuf,
}

/// Whether a path is not of a workspace.
pub fn is_foreign(named: Option<&Path>, path: &Path) -> bool {
    if named.is_some() || !path.exists() {
        return false;
    }
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    let of_workspace = path.is_dir() || extension == "yml" || extension == "yaml";
    !of_workspace || workspace_around(path).is_none()
}

/// Imports it and opens what became of it.
pub fn enter(core: &Core, path: &Path, environment: Option<&str>) -> Result<Foreign, Failure> {
    let full = std::fs::canonicalize(path).map_err(|error| Failure::read(path, &error))?;
    let folder = TempDir::with_prefix("errand-run-")?;
    let from = ImportFrom::Paths { paths: vec![full.display().to_string()] };
    let inside = folder.path().join("workspace");
    let stop = Stop::default();
    let entered = core.wait(async {
        let entering = async {
            let preview = core.session.read_import(vec![from], None).await?;
            for host in &preview.wanted {
                message::warning(&format!(
                    "Nothing is fetched from {}, which it refers to.",
                    host.host
                ));
            }
            core.session.enter_import(&preview.id, &inside, environment, stop.clone()).await
        };
        tokio::pin!(entering);
        tokio::select! {
            entered = &mut entering => entered,
            () = interrupted() => {
                stop.store(true, Ordering::Relaxed);
                // The folder is removed behind whoever writes into it.
                entering.await
            }
        }
    });
    if stop.load(Ordering::Relaxed) {
        return Err(Failure::unfinished(WireError::new("cancelled", "Stopped.")));
    }
    let server = entered.map_err(|error| match error.code.as_str() {
        "no-environment" => Failure::from(error),
        _ => Failure::input(error),
    })?;
    if let Some(server) = server {
        message::note(&format!(
            "In the environment {server}, the first server of the description; -e chooses another."
        ));
    }
    let base = if full.is_dir() { full } else { full.parent().map(Path::to_owned).unwrap_or(full) };
    Ok(Foreign { _folder: folder, base })
}
