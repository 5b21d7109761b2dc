//! An import is written: as a whole or not at all, its credentials into the keychain.

mod kept;
mod names;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use errand_interop::{Format, Receipt};
use errand_model::Collection;
use errand_vault::{Secret, SecretId};
use errand_workspace::{Changes, Workspace};

use crate::App;
use crate::blocking::blocking;
use crate::errors;
use crate::importing::{Incoming, Outline, choose, choose_environments, number, withdraw};
use crate::session::{Opened, Session};
use crate::use_cases::workspaces::tell_changes;
use crate::wire::{
    ApplyImport, Empty, ImportCounts, ImportTarget, Imported, SecretDecision, WireError,
    WorkspaceEvent,
};
use kept::{Kept, declare, store, used};
use names::names;

impl Session {
    pub(crate) async fn apply_import(
        self: &Arc<Self>,
        args: ApplyImport,
    ) -> Result<Imported, WireError> {
        self.apply_import_unless(args, Stop::default()).await
    }

    /// Nothing is written when it is stopped before all of it comes into place.
    pub(super) async fn apply_import_unless(
        self: &Arc<Self>,
        args: ApplyImport,
        stop: Stop,
    ) -> Result<Imported, WireError> {
        let incoming = self.imports.unwritten(&args.id)?;
        let opened = match args.target {
            ImportTarget::Here { .. } => Some(self.opened()?),
            ImportTarget::New { .. } => None,
        };
        let (id, session) = (args.id.clone(), self.clone());
        let imported = blocking(move || {
            let imported = write(&session.app, opened.as_deref(), &incoming, &args, &stop)?;
            if let Some(opened) = opened {
                // The workspace's own watch takes what was written here for known.
                let came = incoming.import.collection.environments.iter();
                let changes = Changes {
                    tree: true,
                    // The collection itself declares the secrets that came.
                    items: vec![String::new()],
                    environments: came.map(|item| item.environment.name.clone()).collect(),
                    all: false,
                };
                tell_changes(&session, &opened.workspace, &changes);
            }
            Ok(imported)
        })
        .await?;
        // Somebody may still look at the receipt, until it is dropped.
        self.imports.written(&id);
        if !imported.session_only.is_empty() {
            let keychain = self.keychain(Empty {}).await?;
            self.tell(&WorkspaceEvent::Keychain { keychain });
        }
        Ok(imported)
    }
}

/// Set by somebody who wants an import to stop.
pub type Stop = Arc<AtomicBool>;

/// Blocks.
fn write(
    app: &App,
    opened: Option<&Opened>,
    incoming: &Incoming,
    args: &ApplyImport,
    stop: &AtomicBool,
) -> Result<Imported, WireError> {
    let credentials = &incoming.credentials;
    let decisions: BTreeMap<u32, &SecretDecision> =
        args.secrets.iter().map(|decision| (decision.id, decision)).collect();
    let names = names(app, opened, incoming, &decisions)?;
    let mut collection = incoming.import.collection.clone();
    withdraw(&mut collection, credentials, &names, opened.is_some())?;
    if let Some(nodes) = &args.nodes {
        choose(&mut collection, nodes);
    }
    let all: Vec<u32> = (0..number(collection.environments.len())).collect();
    let chosen = args.environments.as_ref().unwrap_or(&all);
    choose_environments(&mut collection, chosen);
    if args.link && incoming.import.format == Format::OpenApi {
        let root = match (&args.target, opened) {
            (ImportTarget::Here { .. }, Some(opened)) => opened.workspace.root(),
            (ImportTarget::New { folder, .. }, _) => Path::new(folder),
            (ImportTarget::Here { .. }, None) => return Err(errors::broken()),
        };
        if let Some(origin) = &incoming.origin {
            super::openapi::remember(&mut collection, root, origin);
        }
    }
    let used = used(&collection, credentials, &names);
    let counts = counts(incoming, args, &collection);
    let kept: Vec<Kept> = credentials
        .iter()
        .zip(names)
        .enumerate()
        .filter(|(index, _)| used.contains(index))
        .filter_map(|(index, (credential, name))| {
            // An environment that was not chosen is not there.
            let environment = match credential.environment {
                Some(at) => Some(chosen_at(chosen, at)?),
                None => None,
            };
            let keep = decisions.get(&number(index)).is_some_and(|decision| decision.keep);
            Some(Kept { value: &credential.value, environment, name, keep })
        })
        .collect();
    // Chosen by the user, so it may be read again without being chosen.
    let linked = incoming.origin.as_deref().filter(|_| args.link);
    match (&args.target, opened) {
        (ImportTarget::New { folder, name }, _) => {
            if !name.trim().is_empty() {
                name.trim().clone_into(&mut collection.root.name);
            }
            create(app, Path::new(folder), collection, &kept, counts, linked, stop)
        }
        (ImportTarget::Here { folder }, Some(opened)) => {
            let imported = add(app, opened, folder, &collection, &kept, counts, stop)?;
            if let Some(origin) = linked {
                // What is linked comes in a folder of its own.
                let folder = imported.paths.first().map_or(folder.as_str(), String::as_str);
                super::openapi::approve(app, &opened.workspace, folder, origin)?;
            }
            Ok(imported)
        }
        (ImportTarget::Here { .. }, None) => Err(errors::broken()),
    }
}

/// Writes all of it into a new workspace, its credentials kept in memory only. Blocks.
pub(super) fn write_for_now(
    app: &App,
    incoming: &Incoming,
    folder: &Path,
    stop: &AtomicBool,
) -> Result<(), WireError> {
    let credentials = &incoming.credentials;
    let names = names(app, None, incoming, &BTreeMap::new())?;
    let mut collection = incoming.import.collection.clone();
    withdraw(&mut collection, credentials, &names, false)?;
    let kept: Vec<Kept> = credentials
        .iter()
        .zip(names)
        .map(|(credential, name)| Kept {
            value: &credential.value,
            environment: credential.environment,
            name,
            keep: true,
        })
        .collect();
    declare(&mut collection.root.defaults.variables, &kept);
    let stopped = || stop.load(Ordering::Relaxed);
    let data = app.paths.workspaces();
    let made = Workspace::create_from_unless(folder, data, &collection, &stopped);
    let workspace = made.map_err(|error| errors::incoming(&error))?;
    for kept in kept {
        let environment = kept.environment.and_then(|index| collection.environments.get(index));
        let environment = environment.map(|item| item.environment.name.as_str());
        let id = SecretId::new(workspace.id(), environment, &kept.name);
        app.vault.set_for_session(&id, &Secret::new(kept.value.to_owned()));
    }
    Ok(())
}

/// The position among the chosen environments.
fn chosen_at(chosen: &[u32], index: usize) -> Option<usize> {
    let sorted: BTreeSet<u32> = chosen.iter().copied().collect();
    sorted.iter().position(|id| *id as usize == index)
}

fn create(
    app: &App,
    folder: &Path,
    mut collection: Collection,
    kept: &[Kept],
    counts: ImportCounts,
    linked: Option<&str>,
    stop: &AtomicBool,
) -> Result<Imported, WireError> {
    declare(&mut collection.root.defaults.variables, kept);
    let names: Vec<String> =
        collection.environments.iter().map(|item| item.environment.name.clone()).collect();
    let stopped = || stop.load(Ordering::Relaxed);
    let data = app.paths.workspaces();
    let made = Workspace::create_from_unless(folder, data, &collection, &stopped);
    let workspace = made.map_err(|error| errors::incoming(&error))?;
    if let Some(origin) = linked {
        super::openapi::approve(app, &workspace, "", origin)?;
    }
    // Without one chosen, nothing that refers to a base address can be sent.
    if let [only] = names.as_slice() {
        let chosen = workspace.local().choose_environment(Some(only));
        chosen.map_err(|error| errors::workspace(&error))?;
    }
    let tree = workspace.tree().map_err(|error| errors::workspace(&error))?;
    Ok(Imported {
        workspace: Some(workspace.root().display().to_string()),
        paths: tree
            .into_iter()
            .filter(|node| node.parent.is_empty())
            .map(|node| node.path)
            .collect(),
        receipt: counts,
        session_only: store(app, &workspace, &names, kept),
    })
}

fn add(
    app: &App,
    opened: &Opened,
    folder: &str,
    collection: &Collection,
    kept: &[Kept],
    counts: ImportCounts,
    stop: &AtomicBool,
) -> Result<Imported, WireError> {
    let workspace = &opened.workspace;
    let stopped = || stop.load(Ordering::Relaxed);
    let added = workspace.add_unless(folder, collection, &stopped);
    let added = added.map_err(|error| errors::incoming(&error))?;
    if kept.iter().any(|kept| kept.environment.is_none()) {
        let read = workspace.read_folder("").map_err(|error| errors::workspace(&error))?;
        let (mut root, revision) = read;
        let before = root.defaults.variables.len();
        declare(&mut root.defaults.variables, kept);
        if root.defaults.variables.len() > before {
            let saved = workspace.save_folder("", &root, &revision, false);
            saved.map_err(|error| errors::workspace(&error))?;
        }
    }
    Ok(Imported {
        workspace: None,
        paths: added.paths,
        receipt: counts,
        session_only: store(app, workspace, &added.environments, kept),
    })
}

/// What was written, and what the receipt says of it.
fn counts(incoming: &Incoming, args: &ApplyImport, collection: &Collection) -> ImportCounts {
    let mut receipt = Receipt { lines: incoming.import.receipt.lines.clone() };
    if let Some(nodes) = &args.nodes {
        let chosen: HashSet<u32> = nodes.iter().copied().collect();
        let places = incoming.outline.places.iter().zip(0_u32..);
        let left_out: HashSet<&str> = places
            .filter(|(_, id)| !chosen.contains(id))
            .map(|(place, _)| place.as_str())
            .collect();
        receipt.lines.retain(|line| !left_out.contains(line.place.as_str()));
    }
    Outline::of(collection, &receipt).counts(collection, &receipt)
}
