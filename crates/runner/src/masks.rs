//! Takes secrets out of whatever is shown or stored.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use aho_corasick::{AhoCorasick, MatchKind};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

/// Secrets shorter than this are masked only where they are known to stand (see [`Masks::hide`]):
/// replacing every "a" of a response would show more than it hides.
const SHORTEST: usize = 4;
/// Secrets longer than this are keys.
const LONG: usize = 1024;

/// The secrets that went into a request, each with what is shown in its place. Clones share them:
/// what a signature adds while the request is on its way is hidden from all.
///
/// A server that echoes a secret does so raw, percent-encoded, escaped in JSON or inside base64, as it
/// is or as it stood in a URL or a form; all of these are replaced.
#[derive(Clone, Default)]
pub struct Masks(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    patterns: Patterns,
    /// Made anew at the next use after a change.
    finder: Option<Finder>,
}

type Patterns = Vec<(Arc<Zeroizing<Vec<u8>>>, Arc<str>)>;

/// What is searched for, as it was at one moment.
#[derive(Clone)]
struct Finder {
    search: Arc<AhoCorasick>,
    shown: Arc<[Arc<str>]>,
    longest: usize,
}

impl Masks {
    /// Adds a secret; `shown` stands for it, such as `{{token}}`.
    pub fn hide(&self, secret: &str, shown: &str) {
        if secret.len() < SHORTEST {
            return;
        }
        let mut known = self.known();
        let shown: Arc<str> = shown.into();
        for form in forms(secret) {
            if !known.patterns.iter().any(|(pattern, _)| ***pattern == *form) {
                known.patterns.push((Arc::new(form), shown.clone()));
                known.finder = None;
            }
        }
    }

    /// Adds all that others hide.
    pub fn hide_all(&self, others: &Self) {
        if Arc::ptr_eq(&self.0, &others.0) {
            return;
        }
        let more: Patterns = others.known().patterns.clone();
        let mut known = self.known();
        known.patterns.extend(more);
        known.finder = None;
    }

    /// Whether there is anything to hide.
    pub fn is_empty(&self) -> bool {
        self.known().patterns.is_empty()
    }

    /// The text without secrets.
    pub fn text(&self, text: &str) -> String {
        if self.is_empty() {
            return text.to_owned();
        }
        String::from_utf8_lossy(&self.bytes(text.as_bytes())).into_owned()
    }

    /// The bytes without secrets.
    pub fn bytes(&self, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(bytes.len());
        let mut stream = self.stream();
        stream.push(bytes, &mut out);
        stream.finish(&mut out);
        out
    }

    /// A filter for bytes that come in pieces, with the secrets known now.
    pub fn stream(&self) -> MaskStream {
        MaskStream { finder: self.known().finder(), held: Vec::new() }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn finder(&mut self) -> Option<Finder> {
        if self.finder.is_none() && !self.patterns.is_empty() {
            let search = AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(self.patterns.iter().map(|(pattern, _)| pattern.as_slice()))
                .ok()?;
            self.finder = Some(Finder {
                search: Arc::new(search),
                shown: self.patterns.iter().map(|(_, shown)| shown.clone()).collect(),
                longest: self.patterns.iter().map(|(pattern, _)| pattern.len()).max().unwrap_or(0),
            });
        }
        self.finder.clone()
    }
}

/// Masks a stream; holds back as many bytes as a secret cut in two may need.
pub struct MaskStream {
    finder: Option<Finder>,
    held: Vec<u8>,
}

impl MaskStream {
    /// Takes a piece and writes what can be let through.
    pub fn push(&mut self, piece: &[u8], out: &mut Vec<u8>) {
        let Some(finder) = &self.finder else {
            out.extend_from_slice(piece);
            return;
        };
        self.held.extend_from_slice(piece);
        let safe = self.held.len().saturating_sub(finder.longest.saturating_sub(1));
        let used = self.replace(safe, out);
        self.held.drain(..used);
    }

    /// Writes what was held back.
    pub fn finish(&mut self, out: &mut Vec<u8>) {
        self.replace(self.held.len(), out);
        self.held.clear();
    }

    /// Replaces every match that starts before `until`; returns how many bytes are dealt with.
    fn replace(&self, until: usize, out: &mut Vec<u8>) -> usize {
        let Some(finder) = &self.finder else {
            out.extend_from_slice(&self.held);
            return self.held.len();
        };
        let mut at = 0;
        for found in finder.search.find_iter(&self.held) {
            if found.start() >= until {
                break;
            }
            out.extend_from_slice(&self.held[at..found.start()]);
            out.extend_from_slice(finder.shown[found.pattern()].as_bytes());
            at = found.end();
        }
        if at < until {
            out.extend_from_slice(&self.held[at..until]);
            at = until;
        }
        at
    }
}

/// How a secret may come back.
fn forms(secret: &str) -> Vec<Zeroizing<Vec<u8>>> {
    // How it may have been sent: as it is, in a URL, in a form; in lower case what became part of a
    // host name, or of a header's over HTTP/2.
    let sent = [
        secret.to_owned(),
        secret.to_ascii_lowercase(),
        utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
        utf8_percent_encode(secret, UNRESERVED).to_string(),
        utf8_percent_encode(secret, QUERY).to_string(),
        url::form_urlencoded::byte_serialize(secret.as_bytes()).collect::<String>(),
        // A path as the `url` crate writes it, and what stands before a host.
        utf8_percent_encode(secret, PATH).to_string(),
        utf8_percent_encode(secret, USER).to_string(),
    ]
    .map(Zeroizing::new);
    // A key is no part of a URL, and a search for each of its forms would be large.
    let sent = if secret.len() > LONG { &sent[..1] } else { &sent };
    let mut forms = Vec::new();
    for text in sent {
        forms.push(Zeroizing::new(text.as_bytes().to_vec()));
        let percent = utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        forms.push(Zeroizing::new(percent.into_bytes()));
        if let Ok(quoted) = serde_json::to_string(&**text) {
            forms.push(Zeroizing::new(quoted.as_bytes()[1..quoted.len() - 1].to_vec()));
        }
        forms.extend(in_base64(text));
    }
    forms.sort_by(|one, other| one.as_slice().cmp(other.as_slice()));
    forms.dedup();
    forms
}

/// RFC 3986 §2.3.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
/// WHATWG URL §1.3: what is escaped in a query, a path, a user name.
const QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'\'');
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'}');
const USER: &AsciiSet = &PATH
    .add(b'/')
    .add(b':')
    .add(b';')
    .add(b'=')
    .add(b'@')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'|');

/// In base64 the same bytes look different at each of three offsets; the characters that depend only
/// on the text are searched for.
fn in_base64(text: &str) -> Vec<Zeroizing<Vec<u8>>> {
    let mut forms = Vec::new();
    if text.len() >= 6 {
        for offset in 0..3 {
            let padded = Zeroizing::new([&vec![0; offset], text.as_bytes()].concat());
            let skip = [0, 2, 3][offset];
            let keep = padded.len() * 8 / 6;
            for encoded in [STANDARD_NO_PAD.encode(&*padded), URL_SAFE_NO_PAD.encode(&*padded)] {
                forms.push(Zeroizing::new(encoded.as_bytes()[skip..keep].to_vec()));
            }
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masks(secret: &str) -> Masks {
        let masks = Masks::default();
        masks.hide(secret, "{{token}}");
        masks
    }

    #[test]
    fn every_form_is_hidden() {
        let secret = "p&s \"word\"/é";
        let masks = masks(secret);
        let echo = |text: String| {
            let shown = masks.text(&text);
            assert!(shown.contains("{{token}}"), "{text} became {shown}");
        };
        echo(format!("<{secret}>"));
        echo(utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string());
        echo(serde_json::json!({ "echo": secret }).to_string());
        let in_a_url = utf8_percent_encode(secret, UNRESERVED).to_string();
        for prefix in ["", "u", "us", "use:"] {
            echo(STANDARD_NO_PAD.encode(format!("{prefix}{secret} and more")));
            echo(STANDARD_NO_PAD.encode(format!("{prefix}{in_a_url} and more")));
        }
        echo(utf8_percent_encode(&in_a_url, NON_ALPHANUMERIC).to_string());
    }

    #[test]
    fn a_secret_cut_in_pieces_is_hidden() {
        let masks = masks("s3cret-value");
        for cut in 0..30 {
            let text = b"before s3cret-value and after!";
            let mut stream = masks.stream();
            let mut out = Vec::new();
            stream.push(&text[..cut], &mut out);
            stream.push(&text[cut..], &mut out);
            stream.finish(&mut out);
            assert_eq!(
                String::from_utf8_lossy(&out),
                "before {{token}} and after!",
                "cut at {cut}"
            );
        }
    }

    #[test]
    fn nothing_hidden_nothing_changed() {
        assert_eq!(Masks::default().text("as it is"), "as it is");
        assert_eq!(masks("abc").text("abcabc"), "abcabc");
    }
}
