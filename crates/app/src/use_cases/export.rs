//! Workspaces as other tools' files.

use crate::session::Session;
use crate::wire::{Empty, Export, ExportFormat, ExportPreview, Exported, PreviewExport, WireError};

impl Session {
    pub(crate) async fn export_formats(&self, _: Empty) -> Result<Vec<ExportFormat>, WireError> {
        Ok(Vec::new())
    }

    pub(crate) async fn preview_export(
        &self,
        _: PreviewExport,
    ) -> Result<ExportPreview, WireError> {
        Err(WireError::new("not-built", "Exports are being built."))
    }

    pub(crate) async fn export(&self, _: Export) -> Result<Exported, WireError> {
        Err(WireError::new("not-built", "Exports are being built."))
    }
}
