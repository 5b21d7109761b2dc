//! `errand view`: the response viewer without a window. What is not shown is not held in memory.

use std::io::{self, IsTerminal as _, Write};
use std::path::Path;

use errand_app::body::{self, Filter, Query, Source, View, ViewKind, ViewOptions};
use errand_app::wire::WireError;

use crate::args::{As, ViewArgs};
use crate::exit::{Exit, Failure, Outcome};
use crate::output::{self, escape::Escaped, message};

/// Bytes that tell what a file is.
const HEAD: u64 = 4096;
/// Columns of a row that are shown with a hit; rows of a view are shorter.
const COLUMNS: usize = 1 << 16;
/// Rows fetched at once when hits are shown.
const WINDOW: u64 = 4_096;

/// Shows a file.
pub fn view(args: &ViewArgs) -> Outcome {
    let input = stdin(&args.file)?;
    let path = input.as_ref().map_or(args.file.as_path(), |file| file.path());
    let source = open(path, &args.file)?;
    let filter = filter(args);
    if filter.is_none()
        && args.rows.is_none()
        && args.find.is_none()
        && kind(args.kind, &source)? == ViewKind::Raw
    {
        output::copy(source.reader(0))?;
        return Ok(Exit::Done);
    }
    let (source, kind) = match filter {
        None => {
            let kind = kind(args.kind, &source)?;
            (source, kind)
        }
        Some(filter) => {
            let filtered =
                body::filter(&source, &filter, None).map_err(|error| failure(&args.file, error))?;
            let kind = match args.kind {
                None => filtered.kind,
                chosen => kind(chosen, &filtered.source)?,
            };
            if filtered.count == 0 {
                message::note("Nothing was selected.");
                return Ok(Exit::CheckFailed);
            }
            (filtered.source, kind)
        }
    };
    let view = View::open(&source, kind, &ViewOptions::default())
        .map_err(|error| failure(&args.file, error))?;
    let found = match &args.find {
        Some(text) => find(&view, args, text),
        None => write(&view, args.rows.unwrap_or((0, u64::MAX))),
    }
    .map_err(|error| failure(&args.file, error))?;
    if !found {
        return Ok(Exit::CheckFailed);
    }
    sound(&view, args)
}

/// Standard input in a file, since a view goes back and forth.
fn stdin(file: &Path) -> Result<Option<tempfile::NamedTempFile>, Failure> {
    if file != Path::new("-") {
        return Ok(None);
    }
    let copied = tempfile::NamedTempFile::new().and_then(|mut copy| {
        io::copy(&mut io::stdin().lock(), &mut copy)?;
        Ok(copy)
    });
    copied.map(Some).map_err(|error| Failure::read(Path::new("standard input"), &error))
}

fn open(path: &Path, shown: &Path) -> Result<Source, Failure> {
    if path.is_dir() {
        return Err(Failure::read(shown, &io::ErrorKind::IsADirectory.into()));
    }
    // Asked of the system first: its reasons are plainer than those of a reader.
    std::fs::File::open(path).map_err(|error| Failure::read(shown, &error))?;
    Source::from_path(path).map_err(|error| failure(shown, error))
}

fn filter(args: &ViewArgs) -> Option<Filter> {
    let path = args.filter.clone().map(Filter::JsonPath);
    path.or_else(|| args.jq.clone().map(Filter::Jq))
        .or_else(|| args.xpath.clone().map(Filter::XPath))
}

fn kind(chosen: Option<As>, source: &Source) -> Result<ViewKind, Failure> {
    let detected = body::detect(None, &source.slice(0, HEAD)?).view();
    Ok(match chosen {
        None => detected,
        Some(As::Raw) => ViewKind::Raw,
        Some(As::Hex) => ViewKind::Hex,
        Some(As::Pretty) if matches!(detected, ViewKind::Xml | ViewKind::Html) => detected,
        Some(As::Pretty) => ViewKind::Json,
    })
}

/// Writes rows as they become known. The first are out long before the last is indexed.
fn write(view: &View, (from, to): (u64, u64)) -> Result<bool, body::Error> {
    if io::stdout().is_terminal() {
        let mut escaped = Escaped::new(output::stdout());
        write_to(view, from, to, &mut escaped)?;
        escaped.finish()?;
    } else {
        let mut out = output::stdout();
        write_to(view, from, to, &mut out)?;
        out.flush()?;
    }
    Ok(true)
}

fn write_to(view: &View, from: u64, to: u64, out: &mut impl Write) -> Result<(), body::Error> {
    let mut out = Lines { out, ended: false };
    let mut at = from;
    // The first row goes out at once. Then many at a time, as every step scans a little twice.
    let mut step = 1;
    loop {
        let progress = view.wait_until(|progress| progress.rows > at + step || progress.rows >= to);
        step = 200_000;
        // The last row that is known may still grow.
        let known =
            if progress.done { progress.rows } else { progress.rows.saturating_sub(1) }.min(to);
        if known > at {
            // A long line goes on over several rows, and over this boundary too.
            let continued =
                at > from && view.rows(at, at + 1, 0..0)?.first().is_some_and(|row| row.continued);
            out.end_line(!continued)?;
            view.write_rows(at, known, &mut out)?;
            at = known;
        }
        if progress.done || at >= to {
            return out.end_line(true).map_err(body::Error::from);
        }
    }
}

/// Holds a line end back until it is clear that the line has ended.
struct Lines<W: Write> {
    out: W,
    ended: bool,
}

impl<W: Write> Lines<W> {
    fn end_line(&mut self, really: bool) -> io::Result<()> {
        if std::mem::take(&mut self.ended) && really { self.out.write_all(b"\n") } else { Ok(()) }
    }
}

impl<W: Write> Write for Lines<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        self.end_line(true)?;
        match bytes.strip_suffix(b"\n") {
            Some(rest) => {
                self.ended = true;
                self.out.write_all(rest)?;
            }
            None => self.out.write_all(bytes)?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes the rows with a hit, with their numbers, or only counts. Says whether there was any.
fn find(view: &View, args: &ViewArgs, text: &str) -> Result<bool, body::Error> {
    let query =
        Query { text: text.to_owned(), regex: args.regex, case_sensitive: true, whole_word: false };
    let search = view.find(&query)?;
    if args.count {
        let count = search.wait().count;
        writeln!(output::stdout(), "{count}")?;
        return Ok(count > 0);
    }
    view.wait_until(|_| false);
    let total = search.wait();
    let (from, to) = args.rows.unwrap_or((0, u64::MAX));
    let mut escaped = Escaped::new(output::stdout());
    let mut index = search.next_from(from)?;
    let mut shown = 0;
    let mut rows = Vec::new();
    let mut first = 0;
    let mut last = None;
    while let Some(at) = index
        && let Some(place) = search.hit(at)?
        && place.row < to
    {
        index = Some(at + 1);
        if last.replace(place.row) == Some(place.row) {
            continue;
        }
        if rows.is_empty() || place.row >= first + rows.len() as u64 {
            first = place.row;
            rows = view.rows(first, first + WINDOW, 0..COLUMNS)?;
        }
        let offset = usize::try_from(place.row - first).unwrap_or(usize::MAX);
        if let Some(row) = rows.get(offset) {
            writeln!(escaped, "{}:{}", place.row + 1, row.text)?;
            shown += 1;
        }
    }
    escaped.finish()?;
    if total.kept < total.count {
        message::warning(&format!(
            "Only the first {} of {} hits are shown.",
            total.kept, total.count
        ));
    }
    Ok(shown > 0)
}

/// A file that is not what it seems to be is shown as far as it goes, and then said so.
fn sound(view: &View, args: &ViewArgs) -> Outcome {
    let Some(problem) = view.progress().error else { return Ok(Exit::Done) };
    let what = if matches!(view.kind(), ViewKind::Json) { "JSON" } else { "of its kind" };
    let message = format!(
        "{} is not valid {what}: {} (row {}).",
        args.file.display(),
        problem.message,
        problem.row + 1
    );
    Err(Failure::input(
        WireError::new("invalid-file", message)
            .hint("From there on it is shown as it is; --as raw shows all of it so."),
    ))
}

fn failure(file: &Path, error: body::Error) -> Failure {
    match error {
        // Writing goes through the view, so the end of a pipe comes back as one of its errors.
        body::Error::Read(error) if error.kind() == io::ErrorKind::BrokenPipe => error.into(),
        body::Error::Expression { .. } => {
            Failure::usage(error.to_string(), "Correct the expression.")
        }
        error => Failure::input(WireError::new("body", format!("{}: {error}", file.display()))),
    }
}
