//! Messages on standard error: what happened, where in which file, what to do next.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;

use errand_app::wire::{Place, WireError};

use super::Style;
use super::escape::line;

/// Lines longer than this are not quoted.
const LONGEST: usize = 200;
/// Nor are lines further into a file than this many bytes.
const FURTHEST: u64 = 16 << 20;

/// Says an error. `root` is the folder that places in files are relative to.
pub fn error(error: &WireError, root: Option<&Path>) {
    let style = Style::of_messages();
    say(&render(error, root, style, &style.red("error:")));
}

/// Says what the app's own files went through.
pub fn notice(notice: &WireError) {
    let style = Style::of_messages();
    say(&render(notice, None, style, &style.yellow("warning:")));
}

/// Says something worth knowing.
pub fn warning(text: &str) {
    let style = Style::of_messages();
    say(&format!("{} {}\n", style.yellow("warning:"), line(text)));
}

/// Says how things stand.
pub fn note(text: &str) {
    say(&format!("{}\n", line(text)));
}

/// Writes to standard error. If that is gone, there is nobody left to tell.
pub fn say(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

fn render(error: &WireError, root: Option<&Path>, style: Style, label: &str) -> String {
    let mut out = format!("{label} {}\n", style.bold(line(&error.message)));
    if let Some(place) = &error.place {
        out.push_str(&quote(place, root, style));
    }
    if let Some(hint) = error.hint.as_deref().filter(|hint| !hint.is_empty()) {
        let _ = writeln!(out, "{} {}", style.cyan("hint:"), line(hint));
    }
    out
}

/// The place, and where it is in a file the line with a caret below.
fn quote(place: &Place, root: Option<&Path>, style: Style) -> String {
    let Some(file) = &place.file else { return String::new() };
    let mut at = line(file).into_owned();
    for number in [place.line, place.column].into_iter().flatten() {
        let _ = write!(at, ":{number}");
    }
    let mut out = format!("  {} {at}\n", style.dim("-->"));
    let Some(number) = place.line else { return out };
    let path = root.map_or_else(|| Path::new(file).to_owned(), |root| root.join(file));
    let Some(text) = line_of(&path, number) else { return out };
    let gutter = number.to_string();
    let space = " ".repeat(gutter.len());
    let _ = writeln!(out, "{space} {}", style.dim("|"));
    let _ = writeln!(out, "{} {} {}", style.dim(&gutter), style.dim("|"), line(&text));
    if let Some(column) = place.column {
        // The quoted line is escaped, so its start is as wide as what is shown of it.
        let before: String = text.chars().take(column.saturating_sub(1) as usize).collect();
        let width = line(&before).chars().count();
        let _ = writeln!(out, "{space} {} {}{}", style.dim("|"), " ".repeat(width), style.red("^"));
    }
    out
}

fn line_of(path: &Path, number: u32) -> Option<String> {
    let file = std::fs::File::open(path)
        .ok()
        .filter(|file| file.metadata().is_ok_and(|meta| meta.is_file()))?;
    let mut lines = BufReader::new(file.take(FURTHEST)).lines();
    let text = lines.nth(number.checked_sub(1)? as usize)?.ok()?;
    (text.chars().count() <= LONGEST).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offending_line_has_a_caret() -> std::io::Result<()> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("a.yml"), "info:\n  name: [\n")?;
        let error = WireError::new("invalid-file", "This is not YAML.")
            .hint("Close the bracket.")
            .at("a.yml", Some(2), Some(9));
        let text = render(&error, Some(folder.path()), Style::PLAIN, "error:");
        assert_eq!(
            text,
            "error: This is not YAML.\n  --> a.yml:2:9\n  |\n2 |   name: [\n  |         ^\nhint: Close the bracket.\n"
        );
        Ok(())
    }

    #[test]
    fn messages_hold_no_control_characters() {
        let error = WireError::new("refused", "\u{1b}]0;title\u{7}\r\nx").hint("\u{202e}");
        let text = render(&error, None, Style::PLAIN, "error:");
        assert_eq!(text, "error: \\x1b]0;title\\x07\\r\\nx\nhint: \\u{202e}\n");
    }
}
