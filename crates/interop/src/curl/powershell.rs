//! curl commands written for PowerShell: backticks where sh has backslashes.

use super::Error;
use super::words::{Command, Word};

/// Whether lines that end in a backtick give it away.
pub(super) fn looks_like(text: &str) -> bool {
    text.lines().any(|line| line.trim_end_matches('\r').ends_with('`'))
}

pub(super) fn commands(text: &str) -> Result<Vec<Command>, Error> {
    let mut done = Vec::new();
    let mut command = Command::default();
    let mut word: Option<Word> = None;
    let mut rest = text.char_indices().filter(|(_, c)| *c != '\r').peekable();
    while let Some((at, c)) = rest.next() {
        match c {
            '\n' | ';' | '|' => {
                command.words.extend(word.take());
                done.push(std::mem::take(&mut command));
            }
            c if c.is_whitespace() => command.words.extend(word.take()),
            '`' => match rest.next() {
                Some((_, '\n')) | None => command.words.extend(word.take()),
                Some((_, next)) => open(&mut word, at).push(escaped(next)),
            },
            '\'' | '"' => {
                let text = open(&mut word, at);
                quoted(&mut rest, c, at, text)?;
            }
            _ => open(&mut word, at).push(c),
        }
    }
    command.words.extend(word);
    done.push(command);
    done.retain(|command| !command.words.is_empty());
    Ok(done)
}

fn open(word: &mut Option<Word>, at: usize) -> &mut String {
    &mut word.get_or_insert(Word { text: String::new(), at }).text
}

/// Reads up to the closing quote; two of them are one that counts as text.
fn quoted(
    rest: &mut std::iter::Peekable<impl Iterator<Item = (usize, char)>>,
    quote: char,
    at: usize,
    text: &mut String,
) -> Result<(), Error> {
    while let Some((_, c)) = rest.next() {
        if c == quote {
            if rest.next_if(|(_, next)| *next == quote).is_none() {
                return Ok(());
            }
            text.push(quote);
        } else if c == '`' && quote == '"' {
            text.extend(rest.next().map(|(_, next)| escaped(next)));
        } else if c == '\\' && rest.next_if(|(_, next)| *next == '"').is_some() {
            // Windows PowerShell hands \" on, and curl's runtime reads it as a quote.
            text.push('"');
        } else {
            text.push(c);
        }
    }
    Err(Error::UnclosedQuote { quote, at })
}

pub(super) fn escaped(c: char) -> char {
    match c {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => '\0',
        _ => c,
    }
}
