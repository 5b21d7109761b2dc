//! "Copy as PowerShell": `Invoke-WebRequest` with what browsers put before and behind it, told as the words of a
//! curl command.

use super::Error;
use super::words::{Command, Word};

/// The commands that send a request, and their short names.
const SENDS: &[&str] = &["invoke-webrequest", "invoke-restmethod", "iwr", "irm"];

/// Parameters that take no value.
const SWITCHES: &[&str] = &[
    "usebasicparsing",
    "skipcertificatecheck",
    "disablekeepalive",
    "passthru",
    "usedefaultcredentials",
];

/// Whether a text is a script of this kind.
pub(super) fn looks_like(text: &str) -> bool {
    let text = text.trim_start();
    let word = text.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
    SENDS.iter().any(|name| word.eq_ignore_ascii_case(name))
        || text.starts_with('$') && text.contains("WebRequestSession") && text.contains("Invoke-")
}

pub(super) fn commands(text: &str) -> Result<Vec<Command>, Error> {
    let tokens = tokens(text)?;
    let (mut done, mut session) = (Vec::new(), Vec::new());
    for statement in tokens.split(|token| matches!(token.kind, Kind::End)) {
        let Some(first) = statement.first() else { continue };
        let name = first.text.to_ascii_lowercase();
        if SENDS.contains(&name.as_str()) {
            let mut command = sending(statement);
            command.words.extend(session.iter().cloned());
            done.push(command);
        } else if name.ends_with(".useragent") {
            session.extend(option("-A", statement.iter().rfind(|token| token.kind == Kind::Text)));
        } else if name.contains(".cookies.add") {
            let mut texts = statement.iter().filter(|token| token.kind == Kind::Text);
            if let (Some(name), Some(value)) = (texts.next(), texts.next()) {
                let pair = Token { text: format!("{}={}", name.text, value.text), ..name.clone() };
                session.extend(option("-b", Some(&pair)));
            }
        }
    }
    Ok(done)
}

fn option(name: &str, value: Option<&Token>) -> Vec<Word> {
    let Some(value) = value else { return Vec::new() };
    let word = |text: &str| Word { text: text.to_owned(), at: value.at };
    vec![word(name), word(&value.text)]
}

/// One `Invoke-WebRequest`, as curl would be told.
fn sending(statement: &[Token]) -> Command {
    let at = statement[0].at;
    let word = |text: &str, at: usize| Word { text: text.to_owned(), at };
    let mut words = vec![word("curl", at)];
    let mut rest = statement[1..].iter().peekable();
    while let Some(token) = rest.next() {
        let Some(name) = token.text.strip_prefix('-').filter(|_| token.kind == Kind::Bare) else {
            if matches!(token.kind, Kind::Text | Kind::Bare) && token.text.contains("://") {
                words.push(word(&token.text, token.at));
            }
            continue;
        };
        let name = name.trim_end_matches(':').to_ascii_lowercase();
        if name == "skipcertificatecheck" {
            words.push(word("-k", token.at));
        }
        if SWITCHES.contains(&name.as_str()) {
            continue;
        }
        let mut value = Vec::new();
        while let Some(next) =
            rest.next_if(|next| next.kind != Kind::Bare || !next.text.starts_with('-'))
        {
            value.push(next);
        }
        let texts: Vec<&Token> =
            value.iter().copied().filter(|token| !matches!(token.kind, Kind::Sign)).collect();
        let first = texts.iter().find(|token| token.kind == Kind::Text).or(texts.last()).copied();
        match name.as_str() {
            "uri" => words.extend(first.map(|token| word(&token.text, token.at))),
            "method" | "custommethod" => words.extend(option("-X", first.map(upper).as_ref())),
            "useragent" => words.extend(option("-A", first)),
            "body" => words.extend(option("--data-raw", first)),
            "infile" => {
                let file =
                    first.map(|token| Token { text: format!("@{}", token.text), ..token.clone() });
                words.extend(option("--data-binary", file.as_ref()));
            }
            "timeoutsec" => words.extend(option("-m", first)),
            "contenttype" => {
                let header = first.map(|token| Token {
                    text: format!("Content-Type: {}", token.text),
                    ..token.clone()
                });
                words.extend(option("-H", header.as_ref()));
            }
            "headers" => {
                for pair in texts.chunks(2) {
                    let [name, value] = pair else { break };
                    let text = if value.text.is_empty() {
                        format!("{};", name.text)
                    } else {
                        format!("{}: {}", name.text, value.text)
                    };
                    words.extend(option("-H", Some(&Token { text, ..(*name).clone() })));
                }
            }
            // Proxies and the like: curl's own name, so that the receipt has a line.
            "proxy" => words.extend(option("--proxy", first)),
            _ => {}
        }
    }
    // A redirect is followed unless it says otherwise.
    words.push(word("-L", at));
    Command { words, ..Command::default() }
}

fn upper(token: &Token) -> Token {
    Token { text: token.text.to_ascii_uppercase(), ..token.clone() }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// In quotes.
    Text,
    Bare,
    /// `@{`, `}`, `(`, `)`, `=`, `,`.
    Sign,
    /// The end of a statement.
    End,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    kind: Kind,
    text: String,
    at: usize,
}

fn tokens(text: &str) -> Result<Vec<Token>, Error> {
    let mut done: Vec<Token> = Vec::new();
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(c) = text[at..].chars().next() {
        let from = at;
        at += c.len_utf8();
        let kind = match c {
            // A statement ends at the end of a line, unless something is open or a backtick goes before.
            '\n' | ';' if depth == 0 => Kind::End,
            '`' => {
                let rest = text[at..].strip_prefix('\r').unwrap_or(&text[at..]);
                at = text.len() - rest.strip_prefix('\n').unwrap_or(rest).len();
                continue;
            }
            c if c.is_whitespace() || c == ';' => continue,
            '#' => {
                at += text[at..].find('\n').unwrap_or(text.len() - at);
                continue;
            }
            '(' | '{' | ')' | '}' => {
                depth = if "({".contains(c) { depth + 1 } else { depth.saturating_sub(1) };
                Kind::Sign
            }
            '=' | ',' | '@' => Kind::Sign,
            '"' | '\'' => {
                let (inner, length) =
                    quoted(&text[at..], c).ok_or(Error::UnclosedQuote { quote: c, at: from })?;
                at += length;
                done.push(Token { kind: Kind::Text, text: inner, at: from });
                continue;
            }
            _ => {
                let stop = |c: char| c.is_whitespace() || "(){}=,;'\"`".contains(c);
                at = from + text[from..].find(stop).unwrap_or(text.len() - from).max(c.len_utf8());
                Kind::Bare
            }
        };
        done.push(Token { kind, text: text[from..at].to_owned(), at: from });
    }
    Ok(done)
}

/// What is in the quotes, and how many bytes they take with the closing one.
fn quoted(text: &str, quote: char) -> Option<(String, usize)> {
    // UTF-16, since browsers write each half of what is beyond it as a character of its own.
    let mut out: Vec<u16> = Vec::new();
    let mut rest = text;
    let push = |out: &mut Vec<u16>, c: char| out.extend_from_slice(c.encode_utf16(&mut [0; 2]));
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c == quote {
            match rest.strip_prefix(quote) {
                Some(after) => {
                    push(&mut out, quote);
                    rest = after;
                }
                None => return Some((String::from_utf16_lossy(&out), text.len() - rest.len())),
            }
        } else if quote == '"' && c == '`' {
            let next = rest.chars().next()?;
            rest = &rest[next.len_utf8()..];
            push(&mut out, super::powershell::escaped(next));
        } else if let Some((number, after)) = numbered(rest).filter(|_| quote == '"' && c == '$') {
            out.push(number);
            rest = after;
        } else {
            push(&mut out, c);
        }
    }
    None
}

/// `([char]233)`, as it follows a `$`.
fn numbered(text: &str) -> Option<(u16, &str)> {
    let (number, rest) = text.strip_prefix("([char]")?.split_once(')')?;
    Some((number.trim().parse().ok()?, rest))
}
