//! `errand import`: what other tools wrote becomes a workspace, or a part of one.

mod ask;
mod source;

use std::path::{Path, PathBuf};

use errand_app::wire::{
    ApplyImport, ImportCounts, ImportPreview, ImportTarget, Imported, ReceiptLine, ReceiptOutcome,
    WireError,
};
use errand_app::workspace_around;
use serde::Serialize;

use crate::args::ImportArgs;
use crate::exit::{Exit, Failure, Outcome};
use crate::output::{self, Style, escape::line, message};
use crate::place::{Core, interrupted};

pub use source::source;

/// Lines that are shown; all of them are in the receipt.
const MOST_LINES: usize = 50;

/// Imports.
pub fn import(args: &ImportArgs, root: &mut Option<PathBuf>) -> Outcome {
    let core = Core::open()?;
    let target = target(&core, &args.output, root)?;
    let from = args.sources.iter().map(|text| source(text)).collect::<Result<Vec<_>, _>>()?;
    let stopped =
        || Failure::unfinished(WireError::new("cancelled", "Stopped. Nothing was written."));
    let preview = core.wait(async {
        tokio::select! {
            preview = core.session.read_import(from, args.from.as_deref()) => preview.map_err(unread),
            () = interrupted() => Err(stopped()),
        }
    })?;
    for address in &preview.redirects {
        message::note(&format!("Redirected to {address}"));
    }
    let preview = fetch(&core, preview)?;
    let lines = core.wait(core.session.import_lines(&preview.id))?;
    let secrets = ask::secrets(&core, &preview)?;
    let apply = ApplyImport {
        id: preview.id.clone(),
        target,
        nodes: None,
        environments: None,
        secrets,
        link: preview.linkable,
    };
    let imported = core.wait(core.session.write_import(apply))?;
    tell(&preview, &imported, &lines);
    if let Some(path) = &args.receipt {
        write_receipt(path, &preview, &lines)?;
    }
    Ok(Exit::Done)
}

/// What is wrong with the source is the source's fault.
fn unread(error: WireError) -> Failure {
    match error.code.as_str() {
        "bad-arguments" | "invalid-url" => Failure::from(error),
        "fetch" => Failure::unfinished(error),
        _ => Failure::input(error),
    }
}

/// Where it goes: into a workspace that is there, or a new one.
fn target(core: &Core, output: &Path, root: &mut Option<PathBuf>) -> Result<ImportTarget, Failure> {
    let Some(workspace) = workspace_around(output) else {
        let above = output.parent().filter(|above| !above.as_os_str().is_empty());
        if let Some(around) = workspace_around(above.unwrap_or(Path::new("."))) {
            return Err(Failure::usage(
                format!(
                    "There is no folder {} in the workspace {}.",
                    output.display(),
                    around.display()
                ),
                "Make it first, or name a place outside of the workspace.",
            ));
        }
        let full = std::path::absolute(output).map_err(|error| Failure::read(output, &error))?;
        return Ok(ImportTarget::New { folder: full.display().to_string(), name: String::new() });
    };
    core.enter(&workspace, None, root)?;
    let full = std::fs::canonicalize(output).map_err(|error| Failure::read(output, &error))?;
    let below = full.strip_prefix(&workspace).unwrap_or(Path::new(""));
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Ok(ImportTarget::Here { folder: parts.join("/") })
}

/// What it refers to is listed, and fetched from hosts that somebody agrees to.
fn fetch(core: &Core, mut preview: ImportPreview) -> Result<ImportPreview, Failure> {
    let mut refused = Vec::new();
    loop {
        let mut agreed = Vec::new();
        for host in &preview.wanted {
            if refused.contains(&host.host) {
                continue;
            }
            if ask::host(host)? {
                agreed.push(host.host.clone());
            } else {
                refused.push(host.host.clone());
            }
        }
        if agreed.is_empty() {
            return Ok(preview);
        }
        preview = core.wait(core.session.fetch_import(&preview.id, agreed))?;
    }
}

fn tell(preview: &ImportPreview, imported: &Imported, lines: &[ReceiptLine]) {
    let style = Style::of_messages();
    let ImportCounts { requests, folders, environments, kept, converted, not_carried } =
        imported.receipt;
    let count = |number: u32, one: &str| match number {
        1 => format!("1 {one}"),
        number => format!("{number} {one}s"),
    };
    let place = imported.workspace.as_deref().map(|place| format!(" into {place}"));
    message::note(&format!(
        "Imported {} \"{}\"{}: {}, {}, {}.",
        preview.format_name,
        preview.name,
        place.unwrap_or_default(),
        count(requests, "request"),
        count(folders, "folder"),
        count(environments, "environment"),
    ));
    message::note(&format!(
        "Receipt: {kept} kept as they were, {converted} converted, {not_carried} not carried over."
    ));
    let lost: Vec<&ReceiptLine> =
        lines.iter().filter(|line| line.outcome == ReceiptOutcome::NotCarried).collect();
    for lost in lost.iter().take(MOST_LINES) {
        let place =
            if lost.place.is_empty() { String::new() } else { format!("{}: ", line(&lost.place)) };
        let kept = match lost.original.as_str() {
            "" => String::new(),
            original => style.dim(format!(" (kept in {})", line(original))),
        };
        message::say(&format!(
            "  {} {place}{}: {}{kept}\n",
            style.yellow("-"),
            line(&lost.item),
            line(&lost.note)
        ));
    }
    if lost.len() > MOST_LINES {
        message::note(&format!(
            "  … and {} more; --receipt FILE writes all of them.",
            lost.len() - MOST_LINES
        ));
    }
    if !imported.session_only.is_empty() {
        message::warning(&format!(
            "These secrets could not be kept and have no value yet: {}. Set them with errand secret set.",
            imported.session_only.join(", ")
        ));
    }
}

/// What became of each part, as a file.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Receipt<'a> {
    format: &'a str,
    name: &'a str,
    counts: ImportCounts,
    lines: &'a [ReceiptLine],
}

fn write_receipt(
    path: &Path,
    preview: &ImportPreview,
    lines: &[ReceiptLine],
) -> Result<(), Failure> {
    let receipt =
        Receipt { format: &preview.format, name: &preview.name, counts: preview.counts, lines };
    if path == Path::new("-") {
        return output::json(&receipt);
    }
    let text = output::json_text(&receipt)?;
    std::fs::write(path, text).map_err(|error| Failure::write(path, &error))
}
