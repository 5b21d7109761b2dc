//! `errand export`: a workspace, or a part of one, as another tool writes it.

use std::path::{Path, PathBuf};

use errand_app::wire::{ReceiptLine, ReceiptOutcome};
use errand_app::write_export;

use crate::args::ExportArgs;
use crate::exit::{Exit, Failure, Outcome};
use crate::output::{escape::line, message};
use crate::place::{Core, within};

/// Exports.
pub fn export(args: &ExportArgs, root: &mut Option<PathBuf>) -> Outcome {
    let core = Core::open()?;
    let (folder, path) = within(None, &args.path)?;
    core.enter(&folder, None, root)?;
    let (files, lines) = core.session.exported(&path, &args.to)?;
    if args.output == Path::new("-") {
        let [(_, bytes)] = files.as_slice() else {
            return Err(Failure::usage(
                format!("This export is {} files.", files.len()),
                "Name a file or folder with -o.",
            ));
        };
        crate::output::copy(&bytes[..])?;
    } else {
        let full = std::path::absolute(&args.output)
            .map_err(|error| Failure::read(&args.output, &error))?;
        let written = write_export(&files, &args.to, &full).map_err(Failure::unfinished)?;
        for path in written {
            message::note(&format!("Wrote {}", path.display()));
        }
    }
    tell(&lines);
    Ok(Exit::Done)
}

/// What did not come out as it was.
fn tell(lines: &[ReceiptLine]) {
    for told in lines.iter().filter(|line| line.outcome != ReceiptOutcome::Kept) {
        let place =
            if told.place.is_empty() { String::new() } else { format!("{}: ", line(&told.place)) };
        message::say(&format!("  - {place}{}: {}\n", line(&told.item), line(&told.note)));
    }
}
