//! Workspaces as other tools' files.

use std::path::Path;

use crate::blocking::blocking;
use crate::exporting::{EXPORTERS, Exporter, collect, write};
use crate::importing::number;
use crate::session::{Opened, Session};
use crate::use_cases::import::receipt_line;
use crate::wire::{
    Empty, Export, ExportFormat, ExportPreview, Exported, PreviewExport, ReceiptLine, WireError,
};

impl Session {
    pub(crate) async fn export_formats(&self, _: Empty) -> Result<Vec<ExportFormat>, WireError> {
        let formats = EXPORTERS.iter().map(|exporter| ExportFormat {
            id: exporter.format.id().to_owned(),
            name: exporter.format.name().to_owned(),
            file_extension: exporter.extension.to_owned(),
            folder: exporter.folder,
        });
        Ok(formats.collect())
    }

    pub(crate) async fn preview_export(
        &self,
        args: PreviewExport,
    ) -> Result<ExportPreview, WireError> {
        let opened = self.opened()?;
        blocking(move || {
            let exporter = Exporter::of(&args.format)?;
            let (files, lines) = made(&opened, exporter, &args.paths, &args.environments)?;
            Ok(ExportPreview {
                files: number(files.len()),
                bytes: files.iter().map(|(_, bytes)| bytes.len() as u64).sum(),
                lines,
            })
        })
        .await
    }

    pub(crate) async fn export(&self, args: Export) -> Result<Exported, WireError> {
        let opened = self.opened()?;
        blocking(move || {
            let exporter = Exporter::of(&args.format)?;
            let (files, lines) = made(&opened, exporter, &args.paths, &args.environments)?;
            let written = write(&files, Path::new(&args.to), exporter.folder)?;
            let files = written.iter().map(|path| path.display().to_string()).collect();
            Ok(Exported { files, lines })
        })
        .await
    }

    /// What an export of an item of the open workspace is, with every environment: files by their
    /// names, and what became of each part. Blocks.
    pub fn exported(
        &self,
        path: &str,
        format: &str,
    ) -> Result<(Files, Vec<ReceiptLine>), WireError> {
        let opened = self.opened()?;
        let exporter = Exporter::of(format)?;
        let listed = opened.workspace.environments();
        let environments = listed.map_err(|error| crate::errors::workspace(&error))?;
        let names: Vec<String> = environments.into_iter().map(|entry| entry.name).collect();
        made(&opened, exporter, &[path.to_owned()], &names)
    }
}

/// Names and contents.
type Files = Vec<(String, Vec<u8>)>;

fn made(
    opened: &Opened,
    exporter: &Exporter,
    paths: &[String],
    environments: &[String],
) -> Result<(Files, Vec<ReceiptLine>), WireError> {
    let (collection, unread) = collect(&opened.workspace, paths, environments)?;
    let done = exporter.export(&collection)?;
    let lines = unread.iter().chain(&done.receipt.lines).map(receipt_line).collect();
    Ok((done.files, lines))
}

/// Writes files of an export; gives where each is. Blocks.
pub fn write_export(
    files: &Files,
    format: &str,
    to: &Path,
) -> Result<Vec<std::path::PathBuf>, WireError> {
    write(files, to, Exporter::of(format)?.folder)
}
