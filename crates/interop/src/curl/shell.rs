//! The words of a POSIX shell script (with bash's `$'…'`), as far as curl commands use it.
//!
//! Word-splitting crates keep neither positions nor `$'…'`, redirections and here-documents; hence this.

use super::Error;
use super::words::{Command, Stdin, Word};

/// Splits a script into commands and their words.
pub(super) fn commands(text: &str) -> Result<Vec<Command>, Error> {
    let mut lexer = Lexer {
        text,
        at: 0,
        word: None,
        command: Command::default(),
        done: Vec::new(),
        redirect: None,
    };
    while let Some(c) = lexer.peek() {
        lexer.step(c)?;
    }
    lexer.end_command();
    Ok(lexer.done)
}

/// What the next word is, when it is not an argument.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Redirect {
    Input,
    Output,
    HereDocument,
    HereString,
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    word: Option<Word>,
    command: Command,
    done: Vec<Command>,
    redirect: Option<Redirect>,
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn word(&mut self) -> &mut Word {
        let at = self.at;
        self.word.get_or_insert(Word { text: String::new(), at })
    }

    fn push(&mut self, c: char) {
        self.word().text.push(c);
        self.at += c.len_utf8();
    }

    fn step(&mut self, c: char) -> Result<(), Error> {
        match c {
            '\n' | ';' | '|' | '&' => {
                self.end_command();
                self.at += 1;
            }
            ' ' | '\t' | '\r' => {
                self.end_word();
                self.at += 1;
            }
            '#' if self.word.is_none() => {
                self.at += self.rest().find('\n').unwrap_or(self.rest().len());
            }
            '<' | '>' => self.redirection(c),
            '\'' => self.single()?,
            '"' => self.double()?,
            '\\' => self.escape(),
            '$' if self.rest().starts_with("$'") => self.dollar_single()?,
            '$' => self.dollar(),
            '`' => {
                self.command.substitutions = true;
                self.push(c);
            }
            _ => self.push(c),
        }
        Ok(())
    }

    fn escape(&mut self) {
        let after = &self.text[self.at + 1..];
        if after.starts_with('\n') || after.starts_with("\r\n") {
            self.at += if after.starts_with('\n') { 2 } else { 3 };
        } else if let Some(c) = after.chars().next() {
            self.word();
            self.at += 1;
            self.push(c);
        } else {
            // A backslash at the very end: the command was copied without its next line.
            self.at += 1;
        }
    }

    fn single(&mut self) -> Result<(), Error> {
        let open = self.at;
        self.word();
        let Some(length) = self.text[open + 1..].find('\'') else {
            return Err(Error::UnclosedQuote { quote: '\'', at: open });
        };
        let inner = &self.text[open + 1..open + 1 + length];
        self.word().text.push_str(inner);
        self.at = open + length + 2;
        Ok(())
    }

    fn double(&mut self) -> Result<(), Error> {
        let open = self.at;
        self.word();
        self.at += 1;
        loop {
            match self.peek() {
                None => return Err(Error::UnclosedQuote { quote: '"', at: open }),
                Some('"') => break self.at += 1,
                Some('\\') => match self.text[self.at + 1..].chars().next() {
                    Some('\n') => self.at += 2,
                    Some(c @ ('"' | '\\' | '$' | '`')) => {
                        self.at += 1;
                        self.push(c);
                    }
                    _ => self.push('\\'),
                },
                Some('$') => self.dollar(),
                Some(c) => {
                    self.command.substitutions |= c == '`';
                    self.push(c);
                }
            }
        }
        Ok(())
    }

    /// bash's `$'…'` with C escapes.
    fn dollar_single(&mut self) -> Result<(), Error> {
        let open = self.at;
        self.word();
        self.at += 2;
        let mut bytes = Vec::new();
        loop {
            let Some(c) = self.peek() else {
                return Err(Error::UnclosedQuote { quote: '\'', at: open });
            };
            self.at += c.len_utf8();
            match c {
                '\'' => break,
                '\\' => self.c_escape(&mut bytes),
                _ => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        self.word().text.push_str(&text);
        Ok(())
    }

    fn c_escape(&mut self, bytes: &mut Vec<u8>) {
        let Some(c) = self.peek() else { return };
        self.at += c.len_utf8();
        let plain = match c {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'a' => '\x07',
            'b' => '\x08',
            'e' | 'E' => '\x1b',
            'f' => '\x0c',
            'v' => '\x0b',
            'x' => return self.number(bytes, 2, 16, false),
            'u' => return self.number(bytes, 4, 16, true),
            'U' => return self.number(bytes, 8, 16, true),
            '0'..='7' => {
                self.at -= 1;
                return self.number(bytes, 3, 8, false);
            }
            '\\' | '\'' | '"' | '?' => c,
            _ => {
                bytes.push(b'\\');
                c
            }
        };
        bytes.extend_from_slice(plain.encode_utf8(&mut [0; 4]).as_bytes());
    }

    /// Up to `most` digits: one byte, or a character.
    fn number(&mut self, bytes: &mut Vec<u8>, most: usize, radix: u32, character: bool) {
        let length = self.rest().chars().take(most).take_while(|c| c.is_digit(radix)).count();
        let value = u32::from_str_radix(&self.rest()[..length], radix).unwrap_or_default();
        self.at += length;
        if character {
            let c = char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER);
            bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        } else {
            bytes.push(u8::try_from(value & 0xff).unwrap_or_default());
        }
    }

    /// `$name` and `${name}` become `{{name}}`; `$(…)` stays as text.
    fn dollar(&mut self) {
        let after = &self.rest()[1..];
        let braced = after.strip_prefix('{');
        let inner = braced.unwrap_or(after);
        let end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        let (name, behind) = inner.split_at(end.unwrap_or(inner.len()));
        let is_closed = braced.is_none() || behind.starts_with('}');
        let is_name = is_closed && name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let length = name.len() + if braced.is_some() { 3 } else { 1 };
        if is_name {
            let name = name.to_owned();
            self.word().text.extend(["{{", &name, "}}"]);
            self.at += length;
            self.command.variables.push(name);
        } else {
            self.command.substitutions |= after.starts_with('(');
            self.push('$');
        }
    }

    fn redirection(&mut self, c: char) {
        // `2>` and `1>`: the number belongs to the redirection.
        if self.word.as_ref().is_some_and(|word| matches!(word.text.as_str(), "0" | "1" | "2")) {
            self.word = None;
        }
        self.end_word();
        let (redirect, length) = match c {
            '<' if self.rest().starts_with("<<<") => (Redirect::HereString, 3),
            '<' if self.rest().starts_with("<<-") => (Redirect::HereDocument, 3),
            '<' if self.rest().starts_with("<<") => (Redirect::HereDocument, 2),
            '<' => (Redirect::Input, 1),
            _ if self.rest().starts_with(">>") || self.rest().starts_with(">&") => {
                (Redirect::Output, 2)
            }
            _ => (Redirect::Output, 1),
        };
        self.redirect = Some(redirect);
        self.at += length;
    }

    fn end_word(&mut self) {
        let Some(word) = self.word.take() else { return };
        match self.redirect.take() {
            None => self.command.words.push(word),
            Some(Redirect::Output) => {}
            Some(Redirect::Input) => self.command.stdin = Some(Stdin::File(word.text)),
            Some(Redirect::HereString) => self.command.stdin = Some(Stdin::Text(word.text + "\n")),
            Some(Redirect::HereDocument) => self.here_document(&word.text),
        }
    }

    /// Takes the lines after this one, up to the one that is `end`.
    fn here_document(&mut self, end: &str) {
        let Some(line_end) = self.rest().find('\n') else { return };
        let start = self.at + line_end + 1;
        let mut body = String::new();
        let mut stop = start;
        for line in self.text[start..].split_inclusive('\n') {
            stop += line.len();
            if line.trim() == end {
                break;
            }
            body.push_str(line);
        }
        self.command.stdin = Some(Stdin::Text(body));
        // What is left of the command's own line holds no more words in practice; go on behind the document.
        self.at = stop.saturating_sub(1).max(self.at);
    }

    fn end_command(&mut self) {
        self.end_word();
        self.redirect = None;
        let command = std::mem::take(&mut self.command);
        if !command.words.is_empty() {
            self.done.push(command);
        }
    }
}
