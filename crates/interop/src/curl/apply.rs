//! From the words of one command to a request.

use errand_model::{Header, Request};

use super::Error;
use super::body::Data;
use super::options::{self, Known, reason};
use super::parts::Part;
use super::words::{Command, Stdin, Word};
use crate::{Receipt, Source};

/// What a command says, before it is put together.
#[derive(Default)]
pub(super) struct Draft<'s> {
    /// The files beside the command, where there are any.
    pub files: Option<&'s Source>,
    pub request: Request,
    pub receipt: Receipt,
    pub stdin: Option<Stdin>,
    pub data: Vec<Data>,
    pub parts: Vec<Part>,
    pub upload: Option<String>,
    /// Whether `--json` was given.
    pub json: bool,
    pub method: Option<String>,
    pub urls: Vec<String>,
    pub get: bool,
    pub head: bool,
    pub user: Option<String>,
    pub scheme: Option<&'static str>,
    pub bearer: Option<String>,
    pub aws_scope: Option<String>,
    pub netrc: Option<String>,
    /// Contents of cookie files.
    pub jars: Vec<String>,
}

/// The request of one curl command.
pub(super) fn request(
    command: &Command,
    files: Option<&Source>,
) -> Result<(Request, Receipt), Error> {
    let at = command.words.first().map_or(0, |word| word.at);
    let mut draft = Draft { files, stdin: command.stdin.clone(), ..Draft::default() };
    let mut words = command.words.iter().skip(1).peekable();
    let mut only_urls = false;
    while let Some(word) = words.next() {
        if word.text == "--" {
            only_urls = true;
        } else if only_urls || !word.text.starts_with('-') || word.text == "-" {
            draft.urls.push(word.text.clone());
        } else if word.text == "--next" || word.text == "-:" {
            draft.receipt.not_carried("--next", "only the request before it is taken");
            break;
        } else if let Some(name) = word.text.strip_prefix("--") {
            draft.long(name, word, &mut words)?;
        } else {
            draft.short(word, &mut words)?;
        }
    }
    draft.shell_notes(command);
    draft.finish(at)
}

type Rest<'a, 'b> = std::iter::Peekable<std::iter::Skip<std::slice::Iter<'b, Word>>>;

impl Draft<'_> {
    fn long(&mut self, name: &str, word: &Word, rest: &mut Rest) -> Result<(), Error> {
        let known = options::long(name);
        let negated =
            || name.strip_prefix("no-").and_then(options::long).filter(|known| !known.takes_value);
        let Some(known) = known else {
            return match negated() {
                Some(known) => {
                    self.negated(known);
                    Ok(())
                }
                None => Err(Error::UnknownOption { option: word.text.clone(), at: word.at }),
            };
        };
        self.option(known, &format!("--{}", known.name), None, word, rest)
    }

    /// One-letter options, joined or not: `-sXPOST` is `-s -X POST`.
    fn short(&mut self, word: &Word, rest: &mut Rest) -> Result<(), Error> {
        for (at, letter) in word.text.char_indices().skip(1) {
            let option = format!("-{letter}");
            let known = options::short(letter)
                .ok_or_else(|| Error::UnknownOption { option: option.clone(), at: word.at + at })?;
            let joined = Some(&word.text[at + letter.len_utf8()..])
                .filter(|text| known.takes_value && !text.is_empty());
            self.option(known, &option, joined, word, rest)?;
            if known.takes_value {
                break;
            }
        }
        Ok(())
    }

    fn option(
        &mut self,
        known: Known,
        written: &str,
        joined: Option<&str>,
        word: &Word,
        rest: &mut Rest,
    ) -> Result<(), Error> {
        let value = match joined {
            Some(text) => text.to_owned(),
            None if known.takes_value => {
                let missing = || Error::MissingValue { option: written.to_owned(), at: word.at };
                rest.next().ok_or_else(missing)?.text.clone()
            }
            None => String::new(),
        };
        if known.output_only() {
            self.receipt.not_carried(written, "it only concerns what curl itself prints or stores");
            return Ok(());
        }
        let bad = |wanted| Error::BadValue { option: written.to_owned(), wanted, at: word.at };
        self.content(known, written, value)
            .map_or(Ok(()), |value| self.setting(known, written, &value, bad))
    }

    /// Options that say what is sent. Gives the value back when the option is none of them.
    fn content(&mut self, known: Known, written: &str, value: String) -> Option<String> {
        match known.name {
            "url" => self.urls.push(value),
            "request" => self.method = Some(value),
            "header" => self.header(written, &value),
            "user-agent" => self.set_header("User-Agent", value),
            "referer" => self.referer(written, &value),
            "cookie" => self.cookie(written, value),
            "range" => {
                let open = if value.contains('-') { "" } else { "-" };
                self.set_header("Range", format!("bytes={value}{open}"));
            }
            "data" | "data-ascii" => self.data.push(Data::lines(value)),
            "data-binary" => self.data.push(Data::bytes(value)),
            "data-raw" => self.data.push(Data::Text(value)),
            "data-urlencode" => self.data.push(Data::encode(&value)),
            "json" => {
                self.json = true;
                self.data.push(Data::json(value));
            }
            "form" => self.parts.push(Part::Typed(value)),
            "form-string" => self.parts.push(Part::Literal(value)),
            "upload-file" => self.upload = Some(value),
            "get" => self.get = true,
            "head" => self.head = true,
            "user" => self.user = Some(value),
            "oauth2-bearer" => self.bearer = Some(value),
            "digest" => self.scheme = Some("digest"),
            "ntlm" => self.scheme = Some("ntlm"),
            "negotiate" => self.scheme = Some("negotiate"),
            "anyauth" => self.scheme = Some("anyauth"),
            "aws-sigv4" => {
                self.scheme = Some("awsv4");
                self.aws_scope = Some(value);
            }
            "netrc" | "netrc-optional" => self.scheme = Some("netrc"),
            "netrc-file" => {
                self.scheme = Some("netrc");
                self.netrc = Some(value);
            }
            _ => return Some(value),
        }
        self.receipt.kept(written);
        None
    }

    /// Options that say how it is sent.
    fn setting(
        &mut self,
        known: Known,
        written: &str,
        value: &str,
        bad: impl Fn(&'static str) -> Error,
    ) -> Result<(), Error> {
        let settings = &mut self.request.settings;
        match known.name {
            "insecure" => settings.verify_tls = Some(false),
            "location" => settings.follow_redirects = Some(true),
            "location-trusted" => {
                settings.follow_redirects = Some(true);
                settings.forward_authorization = Some(true);
            }
            "max-redirs" => {
                let most: i64 = value.parse().map_err(|_| bad("a whole number"))?;
                if most < 0 {
                    self.receipt
                        .not_carried(written, "redirects are never followed without end here");
                    return Ok(());
                }
                settings.max_redirects =
                    Some(u32::try_from(most).map_err(|_| bad("a whole number"))?);
            }
            "max-time" => {
                settings.timeout_ms =
                    Some(milliseconds(value).ok_or_else(|| bad("a number of seconds"))?);
            }
            "http1.1" => settings.http_version = Some("1.1".into()),
            "http2" | "http2-prior-knowledge" => settings.http_version = Some("2".into()),
            "path-as-is" => settings.encode_url = Some(false),
            "compressed" => {
                let item = "Accept-Encoding";
                if !self.request.headers.iter().any(|header| header.name.eq_ignore_ascii_case(item))
                {
                    self.receipt
                        .converted(written, "compressed answers are always accepted and decoded");
                    return Ok(());
                }
            }
            _ => {
                self.receipt.not_carried(written, reason(known.name));
                return Ok(());
            }
        }
        self.receipt.kept(written);
        Ok(())
    }

    /// `--no-location` and its like.
    fn negated(&mut self, known: Known) {
        let written = format!("--no-{}", known.name);
        let settings = &mut self.request.settings;
        match known.name {
            "location" => settings.follow_redirects = Some(false),
            "location-trusted" => settings.forward_authorization = Some(false),
            "insecure" => settings.verify_tls = Some(true),
            _ if known.output_only() => {
                return self
                    .receipt
                    .not_carried(written, "it only concerns what curl itself prints or stores");
            }
            name => return self.receipt.not_carried(written, reason(name)),
        }
        self.receipt.kept(written);
    }

    /// `Name: value`; `Name;` sends it empty; `Name:` takes away what curl would send by itself.
    fn header(&mut self, written: &str, text: &str) {
        if text.starts_with('@') {
            return self
                .receipt
                .not_carried(format!("{written} {text}"), "headers kept in a file are not read");
        }
        match text.split_once(':') {
            Some((name, value)) if value.trim().is_empty() => {
                let note = "a header that curl is told to leave out is switched off";
                self.receipt.converted(format!("{written} {name}:"), note);
                let row = Header { enabled: false, ..Header::new(name.trim(), "") };
                self.request.headers.push(row);
            }
            Some((name, value)) => {
                self.request.headers.push(Header::new(name.trim_end(), value.trim()));
            }
            None => match text.trim_end().strip_suffix(';') {
                Some(name) => self.request.headers.push(Header::new(name, "")),
                None => {
                    self.receipt.not_carried(written, "curl leaves out a header without a colon");
                }
            },
        }
    }

    /// Sets a header that has its own option; a `-H` of the same name wins, as with curl.
    pub(super) fn set_header(&mut self, name: &str, value: String) {
        self.request
            .headers
            .push(Header { description: OWN_OPTION.into(), ..Header::new(name, value) });
    }

    fn referer(&mut self, written: &str, value: &str) {
        let url = value.strip_suffix(";auto").unwrap_or(value);
        if url.len() < value.len() {
            self.receipt.not_carried(
                format!("{written} ;auto"),
                "the Referer of a redirect is not set by itself",
            );
        }
        if !url.is_empty() {
            self.set_header("Referer", url.to_owned());
        }
    }

    fn cookie(&mut self, written: &str, value: String) {
        if value.contains('=') {
            // Several options are one header.
            let known = self
                .request
                .headers
                .iter_mut()
                .find(|h| h.name == "Cookie" && h.description == OWN_OPTION);
            match known {
                Some(known) => known.value = format!("{}; {value}", known.value),
                None => self.set_header("Cookie", value),
            }
        } else if let Some(content) = self.file(&value) {
            self.receipt.converted(
                format!("{written} {value}"),
                "the cookies of the file that are for this address became a header",
            );
            self.jars.push(content);
        } else {
            self.receipt.not_carried(
                format!("{written} {value}"),
                "cookies kept in a file are not read; cookies of the jar are sent",
            );
        }
    }

    /// The text of a file beside the command.
    pub(super) fn file(&self, path: &str) -> Option<String> {
        let path = path.strip_prefix("./").unwrap_or(path);
        self.files?.entry(path)?.text().ok()
    }

    fn shell_notes(&mut self, command: &Command) {
        for name in &command.variables {
            self.receipt
                .converted(format!("${name}"), format!("became the variable {{{{{name}}}}}"));
        }
        if command.substitutions {
            self.receipt.not_carried("$(…)", "commands are never run; their text stays as it is");
        }
    }
}

/// Marks a header set by an option of its own until all options are read.
const OWN_OPTION: &str = "\u{0}";

fn milliseconds(seconds: &str) -> Option<u64> {
    let seconds: f64 = seconds.parse().ok()?;
    std::time::Duration::try_from_secs_f64(seconds)
        .ok()
        .and_then(|time| u64::try_from(time.as_millis()).ok())
}
