//! An import is written: as a whole or not at all, its credentials into the keychain.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use errand_interop::{Format, Receipt};
use errand_model::{Collection, Variable};
use errand_vault::{Secret, SecretId, Stored};
use errand_workspace::{Changes, Workspace};

use crate::App;
use crate::blocking::blocking;
use crate::errors;
use crate::importing::{
    Credential, Incoming, Outline, choose, choose_environments, number, withdraw,
};
use crate::session::{Opened, Session};
use crate::use_cases::workspaces::tell_changes;
use crate::wire::{
    ApplyImport, Empty, ImportCounts, ImportTarget, Imported, SecretDecision, WireError,
    WorkspaceEvent,
};

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

/// A credential on its way into the keychain.
struct Kept<'a> {
    value: &'a str,
    /// Position among the environments that are written.
    environment: Option<usize>,
    name: String,
    keep: bool,
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

/// Declares the collection's own secrets that are not declared yet.
fn declare(variables: &mut Vec<Variable>, kept: &[Kept]) {
    for kept in kept.iter().filter(|kept| kept.environment.is_none()) {
        if !variables.iter().any(|variable| variable.name == kept.name) {
            variables.push(Variable { secret: true, ..Variable::new(&kept.name, "") });
        }
    }
}

/// Puts values into the keychain; gives the names of those that are only in memory.
fn store(app: &App, workspace: &Workspace, environments: &[String], kept: &[Kept]) -> Vec<String> {
    let mut session_only = Vec::new();
    for kept in kept.iter().filter(|kept| kept.keep) {
        let environment = match kept.environment {
            Some(index) => match environments.get(index) {
                Some(name) => Some(name.as_str()),
                None => continue,
            },
            None => None,
        };
        let id = SecretId::new(workspace.id(), environment, &kept.name);
        let value = Secret::new(kept.value.to_owned());
        match app.vault.set(&id, &value) {
            Ok(Stored::Keychain) => {}
            Ok(Stored::SessionOnly) => session_only.push(kept.name.clone()),
            Err(error) => {
                // It is nowhere else any more: better for this session than lost.
                app.vault.set_for_session(&id, &value);
                app.notice(errors::vault(&error));
                session_only.push(kept.name.clone());
            }
        }
    }
    session_only
}

/// The name of each credential in the end. A variable keeps its own, others get the wished one or one
/// like it; in a workspace that is there, none that is taken by another value.
fn names(
    app: &App,
    opened: Option<&Opened>,
    incoming: &Incoming,
    decisions: &BTreeMap<u32, &SecretDecision>,
) -> Result<Vec<String>, WireError> {
    let there = opened.map(Declared::of).transpose()?.unwrap_or_default();
    let mut taken: HashSet<String> = incoming
        .credentials
        .iter()
        .filter(|one| one.is_variable)
        .map(|one| one.name.clone())
        .collect();
    let mut names = Vec::new();
    for (index, credential) in incoming.credentials.iter().enumerate() {
        if credential.is_variable && (credential.environment.is_some() || opened.is_none()) {
            names.push(credential.name.clone());
            continue;
        }
        let wished =
            decisions.get(&number(index)).map_or(&credential.name, |decision| &decision.name);
        let wished = if credential.is_variable { &credential.name } else { wished };
        if wished.trim().is_empty() || wished.contains(['{', '}']) {
            let message = format!("\"{wished}\" is no name for a variable.");
            return Err(
                WireError::new("bad-name", message).hint("Use letters, digits and underscores.")
            );
        }
        names.push(free(app, opened, &there, &mut taken, wished.trim(), credential)?);
    }
    Ok(names)
}

/// What is declared in a workspace.
#[derive(Default)]
struct Declared {
    /// The collection's own variables; true for a secret in the keychain.
    own: BTreeMap<String, bool>,
    /// Variables of environments, which would hide the collection's.
    environments: HashSet<String>,
}

impl Declared {
    fn of(opened: &Opened) -> Result<Self, WireError> {
        let workspace = &opened.workspace;
        let read = workspace.read_folder("").map_err(|error| errors::workspace(&error))?;
        let mut declared = Self::default();
        for variable in read.0.defaults.variables {
            declared.own.insert(variable.name, variable.secret && variable.source.is_none());
        }
        for entry in workspace.environments().map_err(|error| errors::workspace(&error))? {
            // A broken environment has no variables that could be in the way.
            if let Ok((environment, _)) = workspace.read_environment(&entry.name) {
                let variables = environment.variables.into_iter().map(|variable| variable.name);
                declared.environments.extend(variables);
            }
        }
        Ok(declared)
    }
}

fn free(
    app: &App,
    opened: Option<&Opened>,
    there: &Declared,
    taken: &mut HashSet<String>,
    wished: &str,
    credential: &Credential,
) -> Result<String, WireError> {
    let own = credential.is_variable.then_some(credential.name.as_str());
    for count in 1.. {
        let name = if count == 1 { wished.to_owned() } else { format!("{wished}_{count}") };
        if (taken.contains(&name) && own != Some(&name)) || there.environments.contains(&name) {
            continue;
        }
        let same = match (there.own.get(&name), opened) {
            (None, _) => true,
            (Some(true), Some(opened)) => {
                let id = SecretId::new(opened.workspace.id(), None, &name);
                // What a keychain out of reach may have is not replaced.
                let known = app.vault.get(&id).ok().flatten();
                known.is_some_and(|known| known.expose() == credential.value)
            }
            (Some(_), _) => false,
        };
        if same {
            taken.insert(name.clone());
            return Ok(name);
        }
    }
    Ok(wished.to_owned())
}

/// The credentials that something written refers to, or whose variable is written.
fn used(collection: &Collection, credentials: &[Credential], names: &[String]) -> HashSet<usize> {
    let variables = credentials.iter().enumerate().filter(|(_, one)| one.is_variable);
    let mut used: HashSet<usize> = variables.map(|(index, _)| index).collect();
    let Ok(text) = serde_json::to_string(collection) else { return (0..names.len()).collect() };
    let mut references: HashSet<&str> = HashSet::new();
    for part in text.split("{{").skip(1) {
        references.extend(part.split_once("}}").map(|(name, _)| name));
    }
    used.extend(
        names
            .iter()
            .enumerate()
            .filter(|(_, name)| references.contains(name.as_str()))
            .map(|(index, _)| index),
    );
    used
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
