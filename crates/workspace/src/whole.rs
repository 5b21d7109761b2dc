use errand_model::ItemRequest;

use crate::items::{as_stored, conflict, parse_request};
use crate::workspace::revision;
use crate::{Workspace, WorkspaceError, shape};

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
}
