//! From the arguments of `errand send` to a request.

use std::io::{IsTerminal as _, Read as _, Write as _};
use std::path::{Path, PathBuf};

use errand_app::model::{
    Auth, Body, FileBody, Header, MultipartRow, PartKind, RawLanguage, Request, RequestSettings,
};
use tempfile::NamedTempFile;

use crate::args::SendArgs;
use crate::exit::Failure;

/// What `errand send` is to send.
pub enum Target {
    /// A request of the command line.
    Url {
        /// The method, when one was given.
        method: Option<String>,
        /// The URL as typed.
        url: String,
    },
    /// A request of a workspace.
    Saved(PathBuf),
}

/// Standard input as a file, for as long as this lives.
pub type Input = Option<NamedTempFile>;

/// Tells a URL from a file.
pub fn target(args: &SendArgs) -> Result<Target, Failure> {
    match args.target.as_slice() {
        [only] if is_file(only) => Ok(Target::Saved(PathBuf::from(only))),
        [only] => Ok(Target::Url { method: None, url: only.clone() }),
        [method, url] => {
            if method.contains(['/', ':', '.']) {
                return Err(Failure::usage(
                    format!("\"{method}\" is not a method."),
                    "The method comes before the URL: errand send POST https://example.com/orders",
                ));
            }
            Ok(Target::Url { method: Some(method.clone()), url: url.clone() })
        }
        _ => Err(Failure::usage("There is nothing to send.", "Give a URL or a saved request.")),
    }
}

/// A saved request is a YAML file that is there; anything else is a URL.
fn is_file(text: &str) -> bool {
    let path = Path::new(text);
    let yaml = path.extension().is_some_and(|extension| {
        extension.eq_ignore_ascii_case("yml") || extension.eq_ignore_ascii_case("yaml")
    });
    !text.contains("://")
        && (path.is_file() || yaml && !text.contains('?') && !looks_like_host(text))
}

/// `example.com/openapi.yml` is a URL; `requests/openapi.yml` and `openapi.yml` are not.
fn looks_like_host(text: &str) -> bool {
    text.split_once('/').is_some_and(|(first, _)| {
        first.contains('.') && !first.starts_with('.') || first.contains(':')
    })
}

/// A request of the command line.
pub fn of_url(
    args: &SendArgs,
    method: Option<String>,
    url: String,
) -> Result<(Request, Input), Failure> {
    let mut request = Request { url, ..Request::default() };
    let input = apply(args, &mut request)?;
    request.method = method.unwrap_or_else(|| {
        if matches!(request.body, Body::None) { "GET" } else { "POST" }.to_owned()
    });
    Ok((request, input))
}

/// Puts headers, body, credentials and settings of the command line over a request's own.
pub fn apply(args: &SendArgs, request: &mut Request) -> Result<Input, Failure> {
    for text in &args.headers {
        let header = header(text)?;
        // A header of the command line stands for the saved ones of its name, but not for its like.
        let given = |row: &Header| {
            args.headers.iter().any(|text| header_name(text).eq_ignore_ascii_case(&row.name))
        };
        request.headers.retain(|row| !row.name.eq_ignore_ascii_case(&header.name) || given(row));
        request.headers.push(header);
    }
    let mut input = None;
    if let Some(json) = &args.json {
        request.body = content(json, RawLanguage::Json, "application/json", &mut input)?;
        default_header(request, "Accept", "application/json, */*;q=0.5");
    } else if !args.data.is_empty() {
        data(&args.data, request, &mut input)?;
    } else if !args.form.is_empty() {
        request.body = Body::Multipart {
            rows: args.form.iter().map(|text| part(text)).collect::<Result<_, _>>()?,
        };
    }
    if let Some(user) = &args.user {
        request.auth = basic(user)?;
    }
    settings(args, &mut request.settings);
    Ok(input)
}

fn settings(args: &SendArgs, settings: &mut RequestSettings) {
    if let Some(limit) = args.timeout {
        settings.timeout_ms = Some(u64::try_from(limit.as_millis()).unwrap_or(u64::MAX).max(1));
    }
    if args.insecure {
        settings.verify_tls = Some(false);
    }
    if let Some(version) = args.http {
        settings.http_version = Some(version.as_setting());
    }
}

fn header_name(text: &str) -> &str {
    text.split([':', ';']).next().unwrap_or_default().trim()
}

/// `Name: value`, or `Name;` for an empty value.
fn header(text: &str) -> Result<Header, Failure> {
    if let Some((name, value)) = text.split_once(':')
        && !name.trim().is_empty()
    {
        return Ok(Header::new(name.trim(), value.trim()));
    }
    match text.strip_suffix(';') {
        Some(name) if !name.trim().is_empty() => Ok(Header::new(name.trim(), "")),
        _ => Err(Failure::usage(
            // Not all of it: what is missing may be the colon before a credential.
            format!("\"{}\" is not a header.", text.split_whitespace().next().unwrap_or_default()),
            "Write it like 'Accept: application/json'.",
        )),
    }
}

fn default_header(request: &mut Request, name: &str, value: &str) {
    if !request.headers.iter().any(|row| row.name.eq_ignore_ascii_case(name)) {
        request.headers.push(Header::new(name, value));
    }
}

/// Several texts are a form's fields; a file goes as it is.
fn data(pieces: &[String], request: &mut Request, input: &mut Input) -> Result<(), Failure> {
    const FORM: &str = "application/x-www-form-urlencoded";
    if let [piece] = pieces
        && piece.starts_with('@')
    {
        request.body = content(piece, RawLanguage::Text, "", input)?;
        return Ok(());
    }
    if let Some(piece) = pieces.iter().find(|piece| piece.starts_with('@')) {
        return Err(Failure::usage(
            format!("{piece} cannot be joined with other data."),
            "Send a file alone, or as a part of a form: -F name=@FILE",
        ));
    }
    request.body = Body::Raw { language: RawLanguage::Text, text: pieces.join("&") };
    default_header(request, "Content-Type", FORM);
    Ok(())
}

/// Text, `@FILE` or `@-`.
fn content(
    text: &str,
    language: RawLanguage,
    media_type: &str,
    input: &mut Input,
) -> Result<Body, Failure> {
    let Some(name) = text.strip_prefix('@') else {
        return Ok(Body::Raw { language, text: text.to_owned() });
    };
    let path = if name == "-" { spooled(input)? } else { absolute(name)? };
    let content_type =
        if name == "-" && media_type.is_empty() { "application/octet-stream" } else { media_type };
    Ok(Body::File {
        files: vec![FileBody {
            path: path.display().to_string(),
            content_type: content_type.to_owned(),
            selected: true,
        }],
    })
}

/// Standard input in a temporary file, so that a redirect or a retry can send it again.
fn spooled(input: &mut Input) -> Result<PathBuf, Failure> {
    let failed = |error: &std::io::Error| Failure::read(Path::new("standard input"), error);
    let mut file = NamedTempFile::new().map_err(|error| failed(&error))?;
    std::io::copy(&mut std::io::stdin().lock(), &mut file).map_err(|error| failed(&error))?;
    file.flush().map_err(|error| failed(&error))?;
    let path = file.path().to_owned();
    *input = Some(file);
    Ok(path)
}

/// File names of the command line are relative to the current folder, not to the workspace.
fn absolute(name: &str) -> Result<PathBuf, Failure> {
    let path = std::path::absolute(name).map_err(|error| Failure::read(Path::new(name), &error))?;
    match std::fs::metadata(&path) {
        Ok(found) if found.is_dir() => {
            Err(Failure::read(Path::new(name), &std::io::ErrorKind::IsADirectory.into()))
        }
        Ok(_) => Ok(path),
        Err(error) => Err(Failure::read(Path::new(name), &error)),
    }
}

/// `name=value`, `name=@FILE`, each perhaps with `;type=…`, as curl has it.
fn part(text: &str) -> Result<MultipartRow, Failure> {
    let Some((name, value)) = text.split_once('=').filter(|(name, _)| !name.is_empty()) else {
        return Err(Failure::usage(
            format!("\"{text}\" is not a part of a form."),
            "Write it like name=value or name=@FILE.",
        ));
    };
    let (value, content_type) = value.rsplit_once(";type=").unwrap_or((value, ""));
    let file = value.strip_prefix('@');
    Ok(MultipartRow {
        name: name.to_owned(),
        kind: if file.is_some() { PartKind::File } else { PartKind::Text },
        value: if file.is_some() { String::new() } else { value.to_owned() },
        files: match file {
            Some(file) => vec![absolute(file)?.display().to_string()],
            None => Vec::new(),
        },
        content_type: content_type.to_owned(),
        description: String::new(),
        enabled: true,
    })
}

fn basic(user: &str) -> Result<Auth, Failure> {
    let (username, password) = match user.split_once(':') {
        Some((username, password)) => (username.to_owned(), password.to_owned()),
        None if std::io::stdin().is_terminal() => {
            let asked = rpassword::prompt_password(format!("Password of {user}: "));
            (
                user.to_owned(),
                asked.map_err(|error| Failure::read(Path::new("the password"), &error))?,
            )
        }
        None => (user.to_owned(), String::new()),
    };
    Ok(Auth::Basic { username, password })
}

/// All of standard input as text, without the line end that `echo` puts there.
pub fn typed() -> std::io::Result<String> {
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text)?;
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser as _;

    fn send(arguments: &[&str]) -> Result<Request, Failure> {
        let parsed =
            crate::args::Arguments::try_parse_from(["errand", "send"].iter().chain(arguments))
                .expect("arguments");
        let Some(crate::args::Command::Send(args)) = parsed.command else {
            unreachable!("it is send")
        };
        match target(&args)? {
            Target::Url { method, url } => Ok(of_url(&args, method, url)?.0),
            Target::Saved(_) => unreachable!("it is a URL"),
        }
    }

    #[test]
    fn the_method_follows_the_body() {
        assert_eq!(
            send(&["localhost:1/x"]).map(|request| request.method).ok(),
            Some("GET".to_owned())
        );
        let posted = send(&["localhost:1/x", "-d", "a=1", "-d", "b=2"]).expect("a request");
        assert_eq!(posted.method, "POST");
        assert_eq!(
            posted.body,
            Body::Raw { language: RawLanguage::Text, text: "a=1&b=2".to_owned() }
        );
        assert_eq!(
            posted.headers,
            [Header::new("Content-Type", "application/x-www-form-urlencoded")]
        );
        let put = send(&["PUT", "localhost:1/x", "--json", "{}", "-H", "accept: text/plain"])
            .expect("a request");
        assert_eq!((put.method.as_str(), put.headers.len()), ("PUT", 1));
    }

    #[test]
    fn wrong_arguments_are_named() {
        assert!(send(&["x", "-H", "no colon"]).is_err());
        assert!(send(&["x", "-F", "no-value"]).is_err());
        assert!(send(&["http://x", "GET"]).is_err());
        let error = send(&["x", "-d", "@/no/such/file"]).expect_err("there is no such file");
        assert_eq!(error.exit, crate::exit::Exit::BadInput);
    }

    #[test]
    fn a_host_with_a_file_is_a_url() {
        assert!(!is_file("example.com/openapi.yml"));
        assert!(!is_file("localhost:4747/x.yml"));
        assert!(is_file("requests/missing.yml"));
        assert!(is_file("missing.yml"));
        assert!(is_file("../missing.yml"));
        assert!(!is_file("https://example.com/x.yml"));
    }
}
