//! Where lines begin and end.

/// The start of the line that `at` is on.
pub(crate) fn start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |n| n + 1)
}

/// The end of the line that `at` is on, before its line break.
pub(crate) fn end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
    if end > at && text[..end].ends_with('\r') && end < text.len() { end - 1 } else { end }
}

/// The start of the line after the one that `at` is on.
pub(crate) fn next(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |n| at + n + 1)
}

/// Whether only spaces stand before `at` on its line.
pub(crate) fn leads(text: &str, at: usize) -> bool {
    text[start(text, at)..at].chars().all(|c| c == ' ' || c == '\u{feff}')
}

/// Whether the line that begins at `at` has nothing in it.
pub(crate) fn is_blank(text: &str, at: usize) -> bool {
    text[at..end(text, at)].trim().is_empty()
}

/// The range of whole lines from the one with `from` to the one with `to`, for removing them:
/// at the end of a file without a last line break, the break before goes instead; an empty line
/// before goes too when another, or the end, follows.
pub(crate) fn removal(text: &str, from: usize, to: usize) -> std::ops::Range<usize> {
    let mut first = start(text, from);
    let last = next(text, to);
    if last == text.len() || is_blank(text, last) {
        while first > 0 && is_blank(text, start(text, first - 1)) {
            first = start(text, first - 1);
        }
    }
    if last == text.len() && !text.ends_with('\n') && first > 0 {
        let before = if text[..first].ends_with("\r\n") { first - 2 } else { first - 1 };
        return before..last;
    }
    first..last
}
