//! What became of each part, as a file.

use std::fs::OpenOptions;
use std::path::Path;

use errand_app::wire::{ImportCounts, ImportPreview, Imported, ReceiptLine, SecretDecision};
use serde::Serialize;

use crate::exit::Failure;
use crate::output;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Receipt<'a> {
    format: &'a str,
    name: &'a str,
    counts: ImportCounts,
    lines: &'a [ReceiptLine],
    secrets: Vec<SecretLine<'a>>,
}

/// A credential that is in none of the files.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SecretLine<'a> {
    /// Names of the folders and the request or environment it was found in first.
    place: &'a str,
    /// What it was there.
    item: &'a str,
    /// The variable in its place; where that name was taken, it has a number.
    variable: &'a str,
    environment: Option<&'a str>,
    /// Whether its value is in the keychain.
    kept: bool,
}

/// Whether a receipt can be written there: found out before anything is imported.
pub fn check(path: &Path) -> Result<(), Failure> {
    if path == Path::new("-") {
        return Ok(());
    }
    let is_new = !path.exists();
    let opened = OpenOptions::new().append(true).create(true).open(path);
    opened.map_err(|error| Failure::write(path, &error))?;
    if is_new {
        // What fails now fails again, and is told, when the receipt is written.
        let _ = std::fs::remove_file(path);
    }
    Ok(())
}

/// Writes it; `-` is standard output.
pub fn write(
    path: &Path,
    preview: &ImportPreview,
    imported: &Imported,
    lines: &[ReceiptLine],
    decisions: &[SecretDecision],
) -> Result<(), Failure> {
    let kept = |id: u32, name: &String| {
        decisions.iter().any(|decision| decision.id == id && decision.keep)
            && !imported.session_only.contains(name)
    };
    let secrets = preview.secrets.iter().map(|secret| SecretLine {
        place: &secret.place,
        item: &secret.what,
        variable: &secret.name,
        environment: secret.environment.as_deref(),
        kept: kept(secret.id, &secret.name),
    });
    let receipt = Receipt {
        format: &preview.format,
        name: &preview.name,
        counts: preview.counts,
        lines,
        secrets: secrets.collect(),
    };
    if path == Path::new("-") {
        return output::json(&receipt);
    }
    let text = output::json_text(&receipt)?;
    std::fs::write(path, text).map_err(|error| Failure::write(path, &error))
}
