//! What a search can ask of an entry besides words, as text of exactly three characters.
//!
//! The full-text index splits text into runs of three characters, so such a text is one term of
//! it. A search by words, status, host and workspace at once is then a single walk over the
//! index, newest first, whatever the combination. The first character (for private use, so no
//! one types it) is the kind; the others are a number or a hash. Hashes may collide: whoever
//! searches compares the entry itself afterwards.

use crate::Summary;

const WORKSPACE: char = '\u{E001}';
const STATUS: char = '\u{E002}';
const CLASS: char = '\u{E003}';
const METHOD: char = '\u{E004}';
const HOST: char = '\u{E005}';
const ENVIRONMENT: char = '\u{E006}';
const FAILED: char = '\u{E007}';
const SAME_REQUEST: char = '\u{E008}';

/// CJK ideographs: a run of letters that case folding leaves alone.
const FIRST_LETTER: u32 = 0x4E00;
const LETTERS: u64 = 20_000;

pub(crate) fn workspace(id: &str) -> String {
    hashed(WORKSPACE, &[id])
}

pub(crate) fn status(code: u16) -> String {
    numbered(STATUS, code.into())
}

pub(crate) fn class(class: u8) -> String {
    numbered(CLASS, class.into())
}

pub(crate) fn method(method: &str) -> String {
    hashed(METHOD, &[&method.to_ascii_uppercase()])
}

/// The port does not count: a search for `localhost` finds `localhost:8080`.
pub(crate) fn host(host: &str) -> String {
    hashed(HOST, &[without_port(&host.to_lowercase())])
}

pub(crate) fn environment(name: &str) -> String {
    hashed(ENVIRONMENT, &[name])
}

pub(crate) fn failed() -> String {
    numbered(FAILED, 1)
}

/// A saved request is its file; another is its method and URL.
pub(crate) fn same_request(workspace: &str, path: Option<&str>, method: &str, url: &str) -> String {
    match path {
        Some(path) => hashed(SAME_REQUEST, &[workspace, path]),
        None => hashed(SAME_REQUEST, &[workspace, method, url]),
    }
}

/// The index columns of an entry after the words, in the order of the schema.
pub(crate) fn columns(entry: &Summary) -> [Option<String>; 8] {
    [
        Some(workspace(&entry.workspace)),
        entry.status.map(status),
        entry.status.and_then(|code| u8::try_from(code / 100).ok()).map(class),
        Some(method(&entry.method)),
        Some(host(&entry.host)),
        entry.environment.as_deref().map(environment),
        entry.failed().then(failed),
        Some(same_request(&entry.workspace, entry.path.as_deref(), &entry.method, &entry.url)),
    ]
}

/// The index column that words are looked up in.
pub(crate) fn text(entry: &Summary) -> String {
    let error = entry.error.as_ref().map_or("", |error| error.message.as_str());
    format!("{}\n{}\n{}\n{error}", entry.url, entry.name, entry.host)
}

pub(crate) fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        // `[::1]` has colons of its own, inside brackets.
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !port.is_empty() => {
            if name.contains(':') && !name.ends_with(']') {
                host
            } else {
                name
            }
        }
        _ => host,
    }
}

fn numbered(kind: char, number: u64) -> String {
    [kind, letter(number / LETTERS), letter(number)].iter().collect()
}

/// FNV-1a: it must give the same number in every version, as it is kept in the file.
fn hashed(kind: char, parts: &[&str]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    numbered(kind, (hash ^ (hash >> 32)) % (LETTERS * LETTERS))
}

fn letter(number: u64) -> char {
    // Below 20,000 and so always a character; the fallback is never reached.
    u32::try_from(number % LETTERS)
        .ok()
        .and_then(|n| char::from_u32(FIRST_LETTER + n))
        .unwrap_or('一')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_facet_is_three_characters() {
        for facet in [
            workspace("w"),
            status(404),
            class(4),
            method("get"),
            host("h"),
            environment("é"),
            failed(),
        ] {
            assert_eq!(facet.chars().count(), 3);
        }
    }

    #[test]
    fn facets_tell_kinds_and_values_apart() {
        assert_ne!(status(4), class(4));
        assert_ne!(status(404), status(405));
        assert_ne!(same_request("a", None, "GET", "u"), same_request("a", None, "GETu", ""));
        assert_eq!(method("get"), method("GET"));
    }

    #[test]
    fn a_host_is_found_with_and_without_its_port() {
        assert_eq!(without_port("localhost:80"), "localhost");
        assert_eq!(without_port("localhost"), "localhost");
        assert_eq!(without_port("[::1]:80"), "[::1]");
        assert_eq!(without_port("[::1]"), "[::1]");
        assert_eq!(without_port("::1"), "::1");
        assert_eq!(host("API.example.com:8443"), host("api.example.com"));
    }
}
