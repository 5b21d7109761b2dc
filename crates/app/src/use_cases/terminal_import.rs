//! What the command line asks of imports and exports.

use std::path::Path;
use std::sync::Arc;

use errand_interop::Format;
use errand_vault::KeychainState;

use super::apply_import::{Stop, write_for_now};
use super::import::format_of;
use crate::importing::{Gathered, gather};
use crate::session::Session;
use crate::wire::{
    ApplyImport, DropImport, FetchForImport, ImportFrom, ImportPreview, ImportReceipt, Imported,
    ReceiptLine, WireError,
};

impl Session {
    /// Reads things to import, together.
    pub async fn read_import(
        self: &Arc<Self>,
        from: Vec<ImportFrom>,
        format: Option<&str>,
    ) -> Result<ImportPreview, WireError> {
        let format = format.map(format_of).transpose()?;
        let several = from.len() > 1;
        let mut all = Gathered::default();
        for from in from {
            let one = gather(&self.app, from).await?;
            if let (true, Some(workspace)) = (several, &one.workspace) {
                let message = format!("{} is a workspace already.", workspace.display());
                return Err(WireError::new("bad-arguments", message).hint("Import it by itself."));
            }
            all.sources.extend(one.sources);
            all.redirects.extend(one.redirects);
            if !several {
                (all.workspace, all.origin) = (one.workspace, one.origin);
            }
        }
        let incoming = self.read_incoming(all, format).await?;
        let (id, incoming) = self.imports.hold(None, incoming);
        self.preview(id, &incoming)
    }

    /// Fetches what it refers to at hosts that were agreed to, and reads it again.
    pub async fn fetch_import(
        self: &Arc<Self>,
        id: &str,
        hosts: Vec<String>,
    ) -> Result<ImportPreview, WireError> {
        self.fetch_for_import(FetchForImport { id: id.to_owned(), hosts }).await
    }

    /// Every line of its receipt.
    pub async fn import_lines(&self, id: &str) -> Result<Vec<ReceiptLine>, WireError> {
        let all =
            ImportReceipt { id: id.to_owned(), outcome: None, node: None, from: 0, to: u32::MAX };
        self.import_receipt(all).await.map(|page| page.lines)
    }

    /// Writes it, as a whole or not at all; not at all when it is stopped before it is in place.
    pub async fn write_import(
        self: &Arc<Self>,
        args: ApplyImport,
        stop: Stop,
    ) -> Result<Imported, WireError> {
        self.apply_import_unless(args, stop).await
    }

    /// Writes it into a folder that is soon gone and opens that; credentials stay in memory. Without
    /// an environment it is the first server of a description, whose name is given.
    pub async fn enter_import(
        self: &Arc<Self>,
        id: &str,
        folder: &Path,
        environment: Option<&str>,
        stop: Stop,
    ) -> Result<Option<String>, WireError> {
        let incoming = self.imports.unwritten(id)?;
        let (session, folder) = (self.clone(), folder.to_owned());
        let servers = &incoming.import.collection.environments;
        let server = match environment {
            None if incoming.import.format == Format::OpenApi => servers.first(),
            _ => None,
        };
        let server = server.map(|item| item.environment.name.clone());
        let environment = environment.map(str::to_owned).or_else(|| server.clone());
        crate::blocking::blocking(move || {
            write_for_now(&session.app, &incoming, &folder, &stop)?;
            session.enter_for(&folder, environment.as_deref(), true)
        })
        .await?;
        self.drop_import(DropImport { id: id.to_owned() }).await?;
        Ok(server)
    }

    /// Whether there is a keychain that keeps what it is given, once it is unlocked. Blocks.
    pub fn has_keychain(&self) -> bool {
        matches!(self.app.vault.state(), KeychainState::Available | KeychainState::Locked)
    }
}
