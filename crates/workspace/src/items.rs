use std::path::Path;

use errand_model::{Folder, Request};

use crate::atomic::Target;
use crate::error::Conflict;
use crate::shape::{self, Place};
use crate::tree::{NodeType, kind_of};
use crate::workspace::{
    FOLDER_FILE, ROOT_FILE, Trace, join, name_of, parent_of, revision, stem_of,
};
use crate::yaml::{self, Data, Node};
use crate::{Workspace, WorkspaceError, atomic};

/// A YAML file as it was read.
pub(crate) struct Source {
    pub(crate) text: String,
    pub(crate) node: Node,
}

impl Workspace {
    /// A request and its revision: the hash of the file's content, to be given back when saving.
    ///
    /// # Errors
    /// The file is gone, broken (with line and column), or not a plain HTTP request.
    pub fn read_request(&self, path: &str) -> Result<(Request, String), WorkspaceError> {
        let text = self.text_of(path)?;
        let (request, _) = parse_request(path, &text)?;
        Ok((request, revision(text.as_bytes())))
    }

    /// The text of an item's file, whatever is in it, with its revision: to show what is broken, or theirs.
    ///
    /// # Errors
    /// The file is gone or is not text.
    pub fn read_source(&self, path: &str) -> Result<(String, String), WorkspaceError> {
        let text = self.text_of(path)?;
        let revision = revision(text.as_bytes());
        Ok((text, revision))
    }

    /// A folder's settings and revision; `""` is the collection itself. A folder without a
    /// `folder.yml` has the defaults and an empty revision.
    ///
    /// # Errors
    /// The folder is gone, or its file is broken (with line and column).
    pub fn read_folder(&self, path: &str) -> Result<(Folder, String), WorkspaceError> {
        let (file, place, stem) = self.folder_file(path)?;
        if place == Place::Inner && !self.locate(&file)?.exists() {
            return Ok((Folder { name: stem, ..Folder::default() }, String::new()));
        }
        let text = self.text_of(&file)?;
        let invalid = |fault| WorkspaceError::invalid(&file, fault);
        let node = yaml::parse(&text).map_err(invalid)?;
        let folder = shape::read_folder(&node, place, &stem).map_err(invalid)?;
        Ok((folder, revision(text.as_bytes())))
    }

    /// The collection's settings, then those of each folder down to the one that `path` is in:
    /// what a request inherits, outermost first, with the folder's path.
    ///
    /// # Errors
    /// As [`Workspace::read_folder`], for the first that cannot be read.
    pub fn chain(&self, path: &str) -> Result<Vec<(String, Folder)>, WorkspaceError> {
        let mut chain = vec![(String::new(), self.read_folder("")?.0)];
        let mut at = String::new();
        for name in parent_of(path).split('/').filter(|n| !n.is_empty()) {
            at = join(&at, name);
            chain.push((at.clone(), self.read_folder(&at)?.0));
        }
        Ok(chain)
    }

    /// Saves a request and gives its new revision. Only the lines that must change do; a request
    /// that is what the file says already is not written at all.
    ///
    /// `base` is the revision it was read with. With `force` the file's present content is edited
    /// whatever its revision; a broken file is then replaced.
    ///
    /// # Errors
    /// [`WorkspaceError::Conflict`] when the file is not what it was; [`WorkspaceError::Write`] when
    /// it cannot be written, and then the old file is there, whole.
    pub fn save_request(
        &self,
        path: &str,
        request: &Request,
        base: &str,
        force: bool,
    ) -> Result<String, WorkspaceError> {
        let full = self.locate(path)?;
        let _saving = self.saving();
        let Some(text) = present(&full)? else {
            if force {
                return self.create_file(&full, &fresh_request(request));
            }
            return Err(conflict(path, None));
        };
        let parsed = parse_request(path, &text);
        let changed = revision(text.as_bytes()) != base;
        if changed && !force {
            // What is on disk may be what was meant: a save whose last step failed, or both made the same edit.
            return match parsed {
                Ok((theirs, _)) if theirs == *request => Ok(revision(text.as_bytes())),
                _ => Err(conflict(path, Some(text))),
            };
        }
        if force || parsed.is_ok() {
            let new = edited(path, parsed, request)?;
            return if new == text {
                Ok(revision(new.as_bytes()))
            } else {
                self.replace_file(&full, &new)
            };
        }
        parsed.map(|_| String::new())
    }

    /// The text that saving a request with `force` would leave on disk: "mine" beside
    /// [`Workspace::read_source`]'s "theirs".
    ///
    /// # Errors
    /// The file cannot be read, or holds no way to say this.
    pub fn source_with(&self, path: &str, request: &Request) -> Result<String, WorkspaceError> {
        match present(&self.locate(path)?)? {
            Some(text) => edited(path, parse_request(path, &text), request),
            None => Ok(fresh_request(request)),
        }
    }

    /// Saves a folder's settings (`""` is the collection's) and gives the new revision.
    ///
    /// # Errors
    /// As [`Workspace::save_request`].
    pub fn save_folder(
        &self,
        path: &str,
        folder: &Folder,
        base: &str,
        force: bool,
    ) -> Result<String, WorkspaceError> {
        let (file, place, stem) = self.folder_file(path)?;
        let full = self.locate(&file)?;
        let _saving = self.saving();
        let Some(text) = present(&full)? else {
            if place == Place::Inner && (force || base.is_empty()) {
                let mut data = Data::map();
                shape::write_folder(&mut data, None, place, &stem, folder);
                return self.create_file(&full, &yaml::document(&data));
            }
            return Err(conflict(&file, None));
        };
        if revision(text.as_bytes()) != base && !force {
            return Err(conflict(&file, Some(text)));
        }
        let node = yaml::parse(&text).map_err(|fault| WorkspaceError::invalid(&file, fault))?;
        let mut data = node.data();
        shape::write_folder(&mut data, Some(&node), place, &stem, folder);
        self.rewrite(&file, &full, &Source { text, node }, &data)
    }

    /// The file with a folder's settings, which of the two it is, and the name to fall back on.
    pub(crate) fn folder_file(
        &self,
        path: &str,
    ) -> Result<(String, Place, String), WorkspaceError> {
        if path.is_empty() {
            let name = self
                .root()
                .file_name()
                .map(|n| n.to_string_lossy().into_owned())
                .unwrap_or_default();
            return Ok((ROOT_FILE.to_owned(), Place::Root, name));
        }
        if !self.locate(path)?.is_dir() {
            return Err(WorkspaceError::NotFound(path.to_owned()));
        }
        Ok((join(path, FOLDER_FILE), Place::Inner, name_of(path).to_owned()))
    }

    /// The text of an item, which must be a file in the workspace.
    pub(crate) fn text_of(&self, path: &str) -> Result<String, WorkspaceError> {
        let full = self.locate(path)?;
        if !full.is_file() {
            return Err(WorkspaceError::NotFound(path.to_owned()));
        }
        atomic::read_text(&full)
    }

    /// Makes a file say `data` with as few lines changed as can be.
    pub(crate) fn rewrite(
        &self,
        path: &str,
        full: &Path,
        source: &Source,
        data: &Data,
    ) -> Result<String, WorkspaceError> {
        let new = yaml::rewrite(&source.text, &source.node, data)
            .ok_or_else(|| WorkspaceError::Unwritable(path.to_owned()))?;
        if new == source.text {
            return Ok(revision(new.as_bytes()));
        }
        self.replace_file(full, &new)
    }

    pub(crate) fn replace_file(&self, full: &Path, text: &str) -> Result<String, WorkspaceError> {
        self.put_file(full, text, Target::Any)
    }

    pub(crate) fn create_file(&self, full: &Path, text: &str) -> Result<String, WorkspaceError> {
        if let Some(folder) = full.parent() {
            for missing in folder.ancestors().take_while(|f| !f.exists()) {
                self.left(missing, Trace::Folder);
            }
            atomic::create_folders(folder)?;
        }
        self.put_file(full, text, Target::New)
    }

    fn put_file(&self, full: &Path, text: &str, target: Target) -> Result<String, WorkspaceError> {
        let new = revision(text.as_bytes());
        if let Some(folder) = full.parent() {
            atomic::sweep(folder);
        }
        // Said before it is done: the watcher may look in between.
        self.left(full, Trace::Content(new.clone()));
        atomic::write(full, text.as_bytes(), target)?;
        Ok(new)
    }
}

/// A file's text with a request written into it; one that is broken is written anew.
fn edited(
    path: &str,
    parsed: Result<(Request, Source), WorkspaceError>,
    request: &Request,
) -> Result<String, WorkspaceError> {
    match parsed {
        Ok((_, source)) => {
            let mut data = source.node.data();
            shape::write_request(
                &mut data,
                Some(&source.node),
                &as_stored(path, &source.node, request),
            );
            yaml::rewrite(&source.text, &source.node, &data)
                .ok_or_else(|| WorkspaceError::Unwritable(path.to_owned()))
        }
        Err(WorkspaceError::Invalid { .. }) => Ok(fresh_request(request)),
        Err(error) => Err(error),
    }
}

/// The text of a file, if there is one.
fn present(full: &Path) -> Result<Option<String>, WorkspaceError> {
    if full.exists() { atomic::read_text(full).map(Some) } else { Ok(None) }
}

/// The text of a file for a request that has none yet.
pub(crate) fn fresh_request(request: &Request) -> String {
    let mut data = Data::map();
    shape::write_request(&mut data, None, request);
    yaml::document(&data)
}

pub(crate) fn parse_request(path: &str, text: &str) -> Result<(Request, Source), WorkspaceError> {
    let invalid = |fault| WorkspaceError::invalid(path, fault);
    if stem_of(path) == path {
        let kind = path.rsplit_once('.').map_or("file", |(_, extension)| extension);
        return Err(WorkspaceError::NotARequest {
            path: path.to_owned(),
            kind: format!("a .{kind} file"),
        });
    }
    let node = yaml::parse(text).map_err(invalid)?;
    if !matches!(node.resolved().kind, yaml::NodeKind::Map { .. }) {
        return Err(invalid(node.fault(
            "An item must be a map that begins with \"info\". Restore the file, or delete it.",
        )));
    }
    if let NodeType::Other { kind } = kind_of(&node) {
        return Err(WorkspaceError::NotARequest {
            path: path.to_owned(),
            kind: format!("of the kind {kind:?}"),
        });
    }
    let mut request = shape::read_request(&node).map_err(invalid)?;
    if request.name.is_empty() {
        stem_of(name_of(path)).clone_into(&mut request.name);
    }
    Ok((request, Source { text: text.to_owned(), node }))
}

/// A file without a name lends the request its own; that is not written into it.
pub(crate) fn as_stored(path: &str, file: &Node, request: &Request) -> Request {
    let lent = request.name == stem_of(name_of(path));
    let unnamed = file.get("info").and_then(|i| i.get("name")).is_none_or(Node::is_null);
    let name = if lent && unnamed { String::new() } else { request.name.clone() };
    Request { name, ..request.clone() }
}

pub(crate) fn conflict(path: &str, text: Option<String>) -> WorkspaceError {
    let theirs =
        text.as_deref().and_then(|t| parse_request(path, t).ok()).map(|(request, _)| request);
    WorkspaceError::Conflict(Box::new(Conflict {
        path: path.to_owned(),
        revision: text.as_ref().map(|t| revision(t.as_bytes())),
        text: text.unwrap_or_default(),
        theirs,
    }))
}
