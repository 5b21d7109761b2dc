use errand_model::{ItemFolder, ItemRequest};

use crate::items::{Source, as_stored, conflict, parse_request};
use crate::workspace::revision;
use crate::{Workspace, WorkspaceError, shape, yaml};

impl Workspace {
    /// A request with its examples and with what other tools say of it, and its revision.
    ///
    /// # Errors
    /// As [`Workspace::read_request`].
    pub fn read_whole(&self, path: &str) -> Result<(ItemRequest, String), WorkspaceError> {
        let text = self.text_of(path)?;
        let (request, source) = parse_request(path, &text)?;
        let item = shape::read_whole_request(&source.node)
            .map_err(|fault| WorkspaceError::invalid(path, fault))?;
        Ok((ItemRequest { request, ..item }, revision(text.as_bytes())))
    }

    /// Saves a request with its examples and extensions as [`Workspace::save_request`] saves it
    /// alone, and gives its new revision. What stands in the file beside all that stays.
    ///
    /// # Errors
    /// [`WorkspaceError::Conflict`] when the file is not what it was; else as it was read.
    pub fn save_whole(
        &self,
        path: &str,
        item: &ItemRequest,
        base: &str,
    ) -> Result<String, WorkspaceError> {
        let full = self.locate(path)?;
        let _saving = self.saving();
        if !full.exists() {
            return Err(conflict(path, None));
        }
        let text = self.text_of(path)?;
        if revision(text.as_bytes()) != base {
            return Err(conflict(path, Some(text)));
        }
        let (_, source) = parse_request(path, &text)?;
        let item = ItemRequest {
            request: as_stored(path, &source.node, &item.request),
            examples: item.examples.clone(),
            extensions: shape::without_original(&item.extensions),
        };
        let mut data = source.node.data();
        shape::write_whole_request(&mut data, Some(&source.node), &item);
        self.rewrite(path, &full, &source, &data)
    }

    /// A folder's settings (`""` is the collection's) with what other tools say of it, without its
    /// items, and the revision of its file; empty without one.
    ///
    /// # Errors
    /// As [`Workspace::read_folder`].
    pub fn read_whole_folder(&self, path: &str) -> Result<(ItemFolder, String), WorkspaceError> {
        let (file, place, stem) = self.folder_file(path)?;
        if !self.locate(&file)?.exists() {
            let (folder, revision) = self.read_folder(path)?;
            return Ok((ItemFolder { folder, ..ItemFolder::default() }, revision));
        }
        let text = self.text_of(&file)?;
        let invalid = |fault| WorkspaceError::invalid(&file, fault);
        let node = yaml::parse(&text).map_err(invalid)?;
        let item = shape::read_whole_folder(&node, place, &stem).map_err(invalid)?;
        Ok((item, revision(text.as_bytes())))
    }

    /// Saves a folder's settings with what other tools say of it, and gives its new revision.
    ///
    /// # Errors
    /// [`WorkspaceError::Conflict`] when the file is not what it was, or not there.
    pub fn save_whole_folder(
        &self,
        path: &str,
        item: &ItemFolder,
        base: &str,
    ) -> Result<String, WorkspaceError> {
        let (file, place, stem) = self.folder_file(path)?;
        let full = self.locate(&file)?;
        let _saving = self.saving();
        if !full.exists() {
            return Err(conflict(&file, None));
        }
        let text = self.text_of(&file)?;
        if revision(text.as_bytes()) != base {
            return Err(conflict(&file, Some(text)));
        }
        let node = yaml::parse(&text).map_err(|fault| WorkspaceError::invalid(&file, fault))?;
        let mut data = node.data();
        shape::write_whole_folder(&mut data, Some(&node), place, &stem, item);
        self.rewrite(&file, &full, &Source { text, node }, &data)
    }
}
