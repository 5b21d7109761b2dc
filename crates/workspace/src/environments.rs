use std::fs;

use errand_model::{Environment, Variable};

use crate::items::{Source, conflict};
use crate::shape;
use crate::trash::Deleted;
use crate::tree::ItemError;
use crate::workspace::{ENVIRONMENTS, join, revision, stem_of};
use crate::yaml::{self, Data};
use crate::{Workspace, WorkspaceError, atomic, dot_env, names};

/// One file of `environments/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvironmentEntry {
    /// What it is chosen by.
    pub name: String,
    /// Its file, relative to the workspace.
    pub path: String,
    /// CSS colour of its dot; empty for none.
    pub color: String,
    /// Why it cannot be read, if so.
    pub error: Option<ItemError>,
}

/// A variable of an environment with where it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedVariable {
    /// The variable; a secret's value is in the keychain under the environment it comes from.
    pub variable: Variable,
    /// Where it stands.
    pub origin: VariableOrigin,
}

/// Where a variable of an environment stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VariableOrigin {
    /// In this environment, which may be one that the chosen one extends.
    Environment {
        /// Its name.
        name: String,
    },
    /// In a `.env` file.
    DotEnv {
        /// The environment that names the file.
        environment: String,
        /// The file, as the environment names it.
        path: String,
    },
}

impl Workspace {
    /// The environments by name; a broken file is listed with its error.
    ///
    /// # Errors
    /// The folder is there and cannot be listed.
    pub fn environments(&self) -> Result<Vec<EnvironmentEntry>, WorkspaceError> {
        let folder = self.locate(ENVIRONMENTS)?;
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let entries = fs::read_dir(&folder).map_err(|e| WorkspaceError::read(&folder, e))?;
        let mut found: Vec<EnvironmentEntry> = entries
            .flatten()
            .filter(|e| e.file_type().is_ok_and(|t| t.is_file()))
            .filter_map(|e| e.file_name().into_string().ok())
            .filter(|n| !n.starts_with('.') && stem_of(n) != n)
            .map(|name| self.entry(&name))
            .collect();
        found.sort_by(|a, b| {
            a.name.to_lowercase().cmp(&b.name.to_lowercase()).then_with(|| a.path.cmp(&b.path))
        });
        Ok(found)
    }

    fn entry(&self, file: &str) -> EnvironmentEntry {
        let path = join(ENVIRONMENTS, file);
        let stem = stem_of(file).to_owned();
        match self.parse_environment(&path) {
            Ok((environment, _)) => EnvironmentEntry {
                name: environment.name,
                path,
                color: environment.color,
                error: None,
            },
            Err(error) => {
                let (line, column, message) = match error {
                    WorkspaceError::Invalid { line, column, message, .. } => {
                        (line, column, message)
                    }
                    other => (1, 1, other.to_string()),
                };
                let error = Some(ItemError { message, line, column });
                EnvironmentEntry { name: stem, path, color: String::new(), error }
            }
        }
    }

    fn parse_environment(&self, path: &str) -> Result<(Environment, Source), WorkspaceError> {
        let text = self.text_of(path)?;
        let invalid = |fault| WorkspaceError::invalid(path, fault);
        let node = yaml::parse(&text).map_err(invalid)?;
        let stem = stem_of(crate::workspace::name_of(path));
        let environment = shape::read_environment(&node, stem).map_err(invalid)?;
        Ok((environment, Source { text, node }))
    }

    pub(crate) fn environment_path(&self, name: &str) -> Result<String, WorkspaceError> {
        let entries = self.environments()?;
        match entries.iter().find(|e| e.name == name) {
            Some(entry) => Ok(entry.path.clone()),
            None => Err(WorkspaceError::NoEnvironment {
                name: name.to_owned(),
                known: entries.into_iter().map(|e| e.name).collect(),
            }),
        }
    }

    /// An environment and its revision.
    ///
    /// # Errors
    /// There is none of that name, or its file is broken.
    pub fn read_environment(&self, name: &str) -> Result<(Environment, String), WorkspaceError> {
        let (environment, source) = self.parse_environment(&self.environment_path(name)?)?;
        Ok((environment, revision(source.text.as_bytes())))
    }

    /// Saves an environment and gives its new revision. Its name stays; see [`Workspace::rename_environment`].
    ///
    /// # Errors
    /// As [`Workspace::save_request`].
    pub fn save_environment(
        &self,
        name: &str,
        environment: &Environment,
        base: &str,
        force: bool,
    ) -> Result<String, WorkspaceError> {
        let path = self.environment_path(name)?;
        let full = self.locate(&path)?;
        let _saving = self.saving();
        let (old, source) = self.parse_environment(&path)?;
        if revision(source.text.as_bytes()) != base && !force {
            return if old == *environment {
                Ok(revision(source.text.as_bytes()))
            } else {
                Err(conflict(&path, Some(source.text)))
            };
        }
        let new = Environment { name: old.name, ..environment.clone() };
        self.write_environment(&path, &full, &source, &new)
    }

    fn write_environment(
        &self,
        path: &str,
        full: &std::path::Path,
        source: &Source,
        new: &Environment,
    ) -> Result<String, WorkspaceError> {
        let mut data = source.node.data();
        shape::write_environment(
            &mut data,
            Some(&source.node),
            stem_of(crate::workspace::name_of(path)),
            new,
        );
        self.rewrite(path, full, source, &data)
    }

    /// Makes a new environment and gives its revision.
    ///
    /// # Errors
    /// The name is empty or taken, or the file cannot be written.
    pub fn create_environment(&self, environment: &Environment) -> Result<String, WorkspaceError> {
        self.check_environment_name(&environment.name, None)?;
        let folder = self.locate(ENVIRONMENTS)?;
        let _saving = self.saving();
        let file = names::free(&folder, &names::stem(&environment.name), ".yml", None);
        let mut data = Data::map();
        shape::write_environment(&mut data, None, "", environment);
        self.create_file(&folder.join(file), &yaml::document(&data))
    }

    /// Renames an environment with its file, and the `extends` of those that start from it.
    ///
    /// # Errors
    /// The new name is empty or taken, or a file cannot be written.
    pub fn rename_environment(&self, name: &str, new_name: &str) -> Result<(), WorkspaceError> {
        if name == new_name {
            return Ok(());
        }
        let path = self.environment_path(name)?;
        self.check_environment_name(new_name, Some(name))?;
        let full = self.locate(&path)?;
        {
            let _saving = self.saving();
            let (old, source) = self.parse_environment(&path)?;
            let new = Environment { name: new_name.to_owned(), ..old };
            self.write_environment(&path, &full, &source, &new)?;
            let folder = self.locate(ENVIRONMENTS)?;
            let present = crate::workspace::name_of(&path);
            let file = names::free(&folder, &names::stem(new_name), ".yml", Some(present));
            self.move_on_disk(&full, &folder.join(file))?;
        }
        for entry in self.environments()? {
            let Ok((old, source)) = self.parse_environment(&entry.path) else { continue };
            if old.extends.as_deref() == Some(name) {
                let _saving = self.saving();
                let new = Environment { extends: Some(new_name.to_owned()), ..old };
                self.write_environment(&entry.path, &self.locate(&entry.path)?, &source, &new)?;
            }
        }
        Ok(())
    }

    /// Deletes an environment; the token puts it back.
    ///
    /// # Errors
    /// There is none of that name, or it cannot be moved to the trash.
    pub fn delete_environment(&self, name: &str) -> Result<Deleted, WorkspaceError> {
        let path = self.environment_path(name)?;
        self.delete(&[path])
    }

    fn check_environment_name(
        &self,
        name: &str,
        except: Option<&str>,
    ) -> Result<(), WorkspaceError> {
        let bad = |reason: &str| {
            Err(WorkspaceError::BadName { name: name.to_owned(), reason: reason.to_owned() })
        };
        if name.trim().is_empty() {
            return bad("an environment needs a name");
        }
        let taken =
            self.environments()?.into_iter().any(|e| e.name == name && Some(name) != except);
        if taken { bad("there is an environment of this name") } else { Ok(()) }
    }

    /// The variables that count when `name` is chosen, each with where it stands: those of the
    /// environments it extends first, then of its `.env` file, then its own; a later one of the same
    /// name takes the place of an earlier. Disabled ones are left out.
    ///
    /// # Errors
    /// An environment or `.env` file is missing or broken, or `extends` runs in a circle.
    pub fn resolve_environment(&self, name: &str) -> Result<Vec<ResolvedVariable>, WorkspaceError> {
        let mut chain: Vec<Environment> = Vec::new();
        let mut next = Some(name.to_owned());
        while let Some(name) = next.take() {
            if chain.iter().any(|e| e.name == name) {
                let names = chain.into_iter().map(|e| e.name).chain([name]).collect();
                return Err(WorkspaceError::ExtendsCircle { chain: names });
            }
            let (environment, _) = self.read_environment(&name)?;
            next.clone_from(&environment.extends);
            chain.push(environment);
        }
        let mut resolved: Vec<ResolvedVariable> = Vec::new();
        for environment in chain.into_iter().rev() {
            if let Some(path) = &environment.dot_env_file {
                let origin = VariableOrigin::DotEnv {
                    environment: environment.name.clone(),
                    path: path.clone(),
                };
                for variable in self.read_dot_env(path)? {
                    overlay(&mut resolved, variable, &origin);
                }
            }
            let origin = VariableOrigin::Environment { name: environment.name.clone() };
            for variable in environment.variables.into_iter().filter(|v| v.enabled) {
                overlay(&mut resolved, variable, &origin);
            }
        }
        Ok(resolved)
    }

    /// The variables of a `.env` file; its path is relative to the workspace or absolute.
    fn read_dot_env(&self, path: &str) -> Result<Vec<Variable>, WorkspaceError> {
        let full = self.root().join(path);
        if !full.is_file() {
            let reason = "the file is not there".to_owned();
            return Err(WorkspaceError::DotEnv { path: path.to_owned(), reason });
        }
        let text = atomic::read_text(&full)?;
        dot_env::parse(&text)
            .map_err(|reason| WorkspaceError::DotEnv { path: path.to_owned(), reason })
    }
}

fn overlay(resolved: &mut Vec<ResolvedVariable>, variable: Variable, origin: &VariableOrigin) {
    let new = ResolvedVariable { variable, origin: origin.clone() };
    match resolved.iter_mut().find(|r| r.variable.name == new.variable.name) {
        Some(old) => *old = new,
        None => resolved.push(new),
    }
}
