//! `errand import`: what other tools wrote becomes a workspace, or a part of one.

mod ask;
mod receipt;
mod source;

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use errand_app::wire::{
    ApplyImport, ImportCounts, ImportPreview, ImportTarget, Imported, ReceiptLine, ReceiptOutcome,
    WireError,
};
use errand_app::{Stop, workspace_around};

use crate::args::ImportArgs;
use crate::exit::{Exit, Failure, Outcome};
use crate::output::{Style, escape::line, message};
use crate::place::{Core, Interrupt};

pub use source::source;

/// Lines that are shown; all of them are in the receipt.
const MOST_LINES: usize = 50;

/// Imports.
pub fn import(args: &ImportArgs, root: &mut Option<PathBuf>) -> Outcome {
    let core = Core::open()?;
    let outcome = imported(&core, args, root);
    let is_stopped = |failure: &Failure| {
        failure.error.as_ref().is_some_and(|error| error.code == stopped_error().code)
    };
    if outcome.as_ref().is_err_and(is_stopped) {
        // What is still being read may be large.
        core.abandon();
    }
    outcome
}

fn imported(core: &Core, args: &ImportArgs, root: &mut Option<PathBuf>) -> Outcome {
    if let Some(path) = &args.receipt {
        receipt::check(path)?;
    }
    let target = target(core, &args.output, root)?;
    let from = args.sources.iter().map(|text| source(text)).collect::<Result<Vec<_>, _>>()?;
    let is_input = args.sources.iter().any(|text| text == "-");
    let mut interrupt = core.wait(async { Interrupt::listen() });
    let preview = core.wait(async {
        tokio::select! {
            preview = core.session.read_import(from, args.from.as_deref()) => preview.map_err(|error| unread(error, is_input)),
            () = interrupt.heard() => Err(stopped()),
        }
    })?;
    for address in &preview.redirects {
        message::note(&format!("Redirected to {address}"));
    }
    let preview = fetch(core, &mut interrupt, preview, &args.allow_host)?;
    let lines = core.wait(core.session.import_lines(&preview.id))?;
    let secrets = ask::secrets(core, &mut interrupt, &preview)?;
    let apply = ApplyImport {
        id: preview.id.clone(),
        target,
        nodes: None,
        environments: None,
        secrets: secrets.clone(),
        link: preview.linkable,
    };
    let imported = write(core, &mut interrupt, apply)?;
    tell(&preview, &imported, &lines);
    if let Some(path) = &args.receipt {
        receipt::write(path, &preview, &imported, &lines, &secrets)?;
    }
    Ok(Exit::Done)
}

/// Writes it; until it comes into place it can be stopped.
fn write(core: &Core, interrupt: &mut Interrupt, apply: ApplyImport) -> Result<Imported, Failure> {
    let stop = Stop::default();
    let written = core.wait(async {
        let writing = core.session.write_import(apply, stop.clone());
        tokio::pin!(writing);
        tokio::select! {
            written = &mut writing => written,
            () = interrupt.heard() => {
                stop.store(true, Ordering::Relaxed);
                writing.await
            }
        }
    });
    written.map_err(
        |error| {
            if stop.load(Ordering::Relaxed) { stopped() } else { Failure::from(error) }
        },
    )
}

fn stopped_error() -> WireError {
    WireError::new("cancelled", "Stopped. Nothing was written.")
}

/// The user wants nothing to be done.
fn stopped() -> Failure {
    Failure::unfinished(stopped_error())
}

/// What is wrong with the source is the source's fault. With standard input a place without a file
/// is in that.
fn unread(mut error: WireError, is_input: bool) -> Failure {
    if let Some(place) = error.place.as_mut().filter(|place| is_input && place.file.is_none()) {
        place.file = Some("standard input".to_owned());
    }
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
        let Some(folder) = full.to_str() else {
            return Err(Failure::usage(
                format!("The name {} is not Unicode.", full.display()),
                "Name a folder that every program can name.",
            ));
        };
        return Ok(ImportTarget::New { folder: folder.to_owned(), name: String::new() });
    };
    core.enter(&workspace, None, root)?;
    let full = std::fs::canonicalize(output).map_err(|error| Failure::read(output, &error))?;
    let below = full.strip_prefix(&workspace).unwrap_or(Path::new(""));
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    Ok(ImportTarget::Here { folder: parts.join("/") })
}

/// What it refers to is listed, and fetched from hosts that somebody agrees to.
fn fetch(
    core: &Core,
    interrupt: &mut Interrupt,
    mut preview: ImportPreview,
    allowed: &[String],
) -> Result<ImportPreview, Failure> {
    let mut refused = Vec::new();
    loop {
        let mut agreed = Vec::new();
        for host in &preview.wanted {
            if refused.contains(&host.host) {
                continue;
            }
            if ask::host(core, interrupt, host, allowed)? {
                agreed.push(host.host.clone());
            } else {
                refused.push(host.host.clone());
            }
        }
        if agreed.is_empty() {
            return Ok(preview);
        }
        preview = core.wait(async {
            tokio::select! {
                fetched = core.session.fetch_import(&preview.id, agreed) => fetched.map_err(|error| unread(error, false)),
                () = interrupt.heard() => Err(stopped()),
            }
        })?;
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
            "The keychain did not take these secrets, which have no value yet: {}. Unlock it, and set them with errand secret set.",
            imported.session_only.join(", ")
        ));
    }
}
