//! Other tools' files: read, shown, and written as workspaces.

use crate::session::Session;
use crate::wire::{
    ApplyImport, DropImport, Empty, FetchForImport, ImportPreview, ImportReceipt, Imported,
    PreviewImport, ReceiptPage, WireError,
};

impl Session {
    pub(crate) async fn preview_import(
        &self,
        _: PreviewImport,
    ) -> Result<ImportPreview, WireError> {
        Err(soon())
    }

    pub(crate) async fn fetch_for_import(
        &self,
        _: FetchForImport,
    ) -> Result<ImportPreview, WireError> {
        Err(soon())
    }

    pub(crate) async fn import_receipt(&self, _: ImportReceipt) -> Result<ReceiptPage, WireError> {
        Err(soon())
    }

    pub(crate) async fn apply_import(&self, _: ApplyImport) -> Result<Imported, WireError> {
        Err(soon())
    }

    pub(crate) async fn drop_import(&self, _: DropImport) -> Result<Empty, WireError> {
        Ok(Empty {})
    }
}

fn soon() -> WireError {
    WireError::new("not-built", "Imports are being built.")
}
