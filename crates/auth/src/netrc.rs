//! The user's `.netrc`: names and passwords by host, as curl and ftp read them.

use zeroize::Zeroizing;

use crate::{Error, Secret, Signed, Signer, Surroundings, Unsigned, basic};

/// Basic auth with what the file says of a request's host.
pub(crate) struct Netrc {
    entries: Vec<Entry>,
}

/// What the file says of one host.
#[derive(Default)]
struct Entry {
    /// None for `default`.
    host: Option<String>,
    login: Option<String>,
    password: Zeroizing<String>,
}

impl Netrc {
    pub fn new(sources: &Surroundings) -> Result<Self, Error> {
        let text = sources.netrc.as_ref().map(Secret::expose).ok_or_else(|| {
            said("is not there. Make one in your home folder, name another file, or choose another auth")
        })?;
        Ok(Self { entries: parse(text)? })
    }

    /// The first entry for `host` that has a login, else `default`.
    fn find(&self, host: &str) -> Option<&Entry> {
        let usable = |entry: &&Entry| entry.login.is_some();
        let is =
            |entry: &&Entry| entry.host.as_deref().is_some_and(|h| h.eq_ignore_ascii_case(host));
        let mut named = self.entries.iter().filter(usable).filter(is);
        named.next().or_else(|| self.entries.iter().filter(usable).find(|e| e.host.is_none()))
    }
}

impl Signer for Netrc {
    fn sign(&mut self, request: &Unsigned<'_>) -> Result<Signed, Error> {
        let host = request.url.host_str().unwrap_or_default();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let entry = self.find(host).ok_or_else(|| {
            said(&format!(
                "has no login for {host}, and no default. Add: machine {host} login … password …"
            ))
        })?;
        Ok(basic(entry.login.as_deref().unwrap_or_default(), &entry.password)?.into())
    }
}

fn said(reason: &str) -> Error {
    Error::Netrc { reason: reason.to_owned() }
}

fn parse(text: &str) -> Result<Vec<Entry>, Error> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut words = Words { text, line: 1 };
    while let Some(keyword) = words.next_keyword() {
        let (word, line) = (keyword.as_str(), words.line);
        let mut value = || {
            let error =
                || said(&format!("ends in line {line} after \"{word}\". Add what is missing"));
            words.next().ok_or_else(error)
        };
        match word {
            "machine" => {
                let host = Some(value()?.to_string());
                entries.push(Entry { host, ..Entry::default() });
            }
            "default" => entries.push(Entry::default()),
            "login" | "user" => {
                let login = value()?.to_string();
                last(&mut entries, line)?.login = Some(login);
            }
            "password" | "passwd" => {
                let password = value()?;
                last(&mut entries, line)?.password = password;
            }
            "account" => drop(value()?),
            "macdef" => words.skip_macro(),
            // Not the word itself: it may be a part of a password with a blank in it.
            _ => {
                return Err(said(&format!(
                    "has a word in line {line} that is none of machine, default, login, password, account and macdef. Put quotes around values with blanks"
                )));
            }
        }
    }
    Ok(entries)
}

fn last(entries: &mut [Entry], line: usize) -> Result<&mut Entry, Error> {
    entries.last_mut().ok_or_else(|| {
        said(&format!(
            "has a login or password in line {line} before any machine. Put it below one"
        ))
    })
}

/// The words of the file: bare, or in quotes with backslashes.
struct Words<'a> {
    text: &'a str,
    line: usize,
}

impl Words<'_> {
    /// The next word where one that begins with `#` begins a comment.
    fn next_keyword(&mut self) -> Option<Zeroizing<String>> {
        loop {
            self.skip_blanks();
            if !self.text.starts_with('#') {
                return self.next();
            }
            let end = self.text.find('\n').unwrap_or(self.text.len());
            self.text = &self.text[end..];
        }
    }

    /// The next word; passwords may begin with `#`.
    fn next(&mut self) -> Option<Zeroizing<String>> {
        self.skip_blanks();
        if let Some(rest) = self.text.strip_prefix('"') {
            self.text = rest;
            return Some(self.quoted());
        }
        let end = self.text.find(char::is_whitespace).unwrap_or(self.text.len());
        let (word, rest) = self.text.split_at(end);
        self.text = rest;
        (!word.is_empty()).then(|| Zeroizing::new(word.to_owned()))
    }

    fn quoted(&mut self) -> Zeroizing<String> {
        let mut word = Zeroizing::new(String::new());
        let mut characters = self.text.char_indices();
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    self.text = &self.text[at + 1..];
                    return word;
                }
                '\\' => match characters.next() {
                    Some((_, 'n')) => word.push('\n'),
                    Some((_, 'r')) => word.push('\r'),
                    Some((_, 't')) => word.push('\t'),
                    Some((_, other)) => word.push(other),
                    None => {}
                },
                other => word.push(other),
            }
        }
        self.text = "";
        word
    }

    fn skip_blanks(&mut self) {
        let rest = self.text.trim_start();
        let skipped = &self.text[..self.text.len() - rest.len()];
        self.line += skipped.bytes().filter(|byte| *byte == b'\n').count();
        self.text = rest;
    }

    /// A macro ends at the first empty line.
    fn skip_macro(&mut self) {
        let normal = self.text.find("\n\n").into_iter();
        let windows = self.text.find("\n\r\n").into_iter();
        let end = normal.chain(windows).min().unwrap_or(self.text.len());
        self.line += self.text[..end].bytes().filter(|byte| *byte == b'\n').count();
        self.text = &self.text[end..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Login and password with a colon between them; empty for none.
    fn found(text: &str, host: &str) -> String {
        let netrc = Netrc { entries: parse(text).unwrap_or_else(|error| panic!("{error}")) };
        netrc.find(host).map_or_else(String::new, |entry| {
            format!("{}:{}", entry.login.as_deref().unwrap_or_default(), entry.password.as_str())
        })
    }

    #[test]
    fn hosts_defaults_and_what_lies_between() {
        let text = "# mine\nmachine a.test login me password p#1 # note\nmachine b.test\n\tlogin \"a b\"\n\tpassword \"q\\\"\\\\\"\n\taccount x\nmachine macro.test login m password 1\nmacdef init\nmachine evil login e password e\n\nmachine a.test login second password 2\ndefault login any password \"\"\n";
        assert_eq!(found(text, "A.test"), "me:p#1");
        assert_eq!(found(text, "b.test"), "a b:q\"\\");
        assert_eq!(found(text, "macro.test"), "m:1");
        assert_eq!(found(text, "evil"), "any:");
        assert_eq!(found("machine a.test password p", "a.test"), "");
        assert_eq!(found("", "a.test"), "");
        assert_eq!(found("machine a login l password #x", "a"), "l:#x");
    }

    #[test]
    fn mistakes_are_named_by_line_and_never_by_value() {
        let error = |text: &str| parse(text).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(error("login a").contains("line 1"));
        assert!(error("machine a\nlogin").contains("line 2"));
        let split = error("machine a login b\npassword can ary");
        assert!(split.contains("line 2") && !split.contains("ary"), "{split}");
    }
}
