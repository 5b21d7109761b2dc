//! "Copy as cURL (cmd)": Windows' command interpreter and the C runtime's argument rules behind it.

use super::Error;
use super::words::{Command, Word};

/// Whether the carets give it away.
pub(super) fn looks_like(text: &str) -> bool {
    let opens = |(at, _): (usize, &str)| at == 0 || text[..at].ends_with(char::is_whitespace);
    text.match_indices("^\"").any(opens)
        || text.lines().any(|line| line.trim_end_matches('\r').ends_with('^'))
}

pub(super) fn commands(text: &str) -> Result<Vec<Command>, Error> {
    let characters = without_carets(text);
    let words = arguments(&characters)?;
    let mut found: Vec<Command> = Vec::new();
    // Lines of several commands are joined by `&`, which stands alone once the carets are gone.
    for part in words.split(|word| word.text == "&" || word.text == "&&") {
        found.push(Command { words: part.to_vec(), ..Command::default() });
    }
    Ok(found)
}

/// A character that went through the interpreter, and where it stood.
type Placed = (char, usize);

/// The interpreter's pass: `^` makes the next character plain, outside of plain double quotes.
fn without_carets(text: &str) -> Vec<Placed> {
    let mut out = Vec::with_capacity(text.len());
    let mut quoted = false;
    let mut characters = text.char_indices().filter(|(_, c)| *c != '\r').peekable();
    while let Some((at, c)) = characters.next() {
        match c {
            '^' if !quoted => match characters.next() {
                // The line goes on; a second line break right after it is a real one.
                Some((_, '\n')) => {
                    if let Some(real) = characters.next_if(|(_, c)| *c == '\n') {
                        out.push(('\n', real.0));
                    }
                }
                Some((_, next)) => out.push((next, at)),
                None => {}
            },
            '"' => {
                quoted = !quoted;
                out.push((c, at));
            }
            // The end of a line ends the command.
            '\n' if !quoted => out.extend([(' ', at), ('&', at), (' ', at)]),
            _ => out.push((c, at)),
        }
    }
    out
}

/// The C runtime's pass: quotes, and backslashes before quotes.
fn arguments(text: &[Placed]) -> Result<Vec<Word>, Error> {
    let mut words = Vec::new();
    let mut word: Option<Word> = None;
    let mut quote: Option<usize> = None;
    let mut at = 0;
    while let Some(&(c, offset)) = text.get(at) {
        // Nothing else parts arguments: a line break between two quotes is one of the text.
        if matches!(c, ' ' | '\t') && quote.is_none() {
            words.extend(word.take());
            at += 1;
            continue;
        }
        let current = word.get_or_insert(Word { text: String::new(), at: offset });
        let backslashes = text[at..].iter().take_while(|(c, _)| *c == '\\').count();
        let quoted_next = text.get(at + backslashes).is_some_and(|(c, _)| *c == '"');
        if backslashes > 0 && quoted_next {
            current.text.extend(std::iter::repeat_n('\\', backslashes / 2));
            at += backslashes;
            if backslashes % 2 == 1 {
                current.text.push('"');
                at += 1;
            }
        } else if c == '"' {
            if quote.is_some() && text.get(at + 1).is_some_and(|(c, _)| *c == '"') {
                current.text.push('"');
                at += 1;
            } else {
                quote = if quote.is_some() { None } else { Some(offset) };
            }
            at += 1;
        } else {
            current.text.push(c);
            at += 1;
        }
    }
    if let Some(at) = quote {
        return Err(Error::UnclosedQuote { quote: '"', at });
    }
    words.extend(word);
    Ok(words)
}
