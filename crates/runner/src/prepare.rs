//! From a plan to what is sent: variables, inheritance and auth resolved.

use std::sync::{Mutex, PoisonError};

use errand_engine::{Authenticator, Credentials, Header, HttpVersion, Outgoing, Settings};
use errand_model::{ParamKind, RequestSettings};
use errand_template::render;
use errand_template::url::{Row, build_url};

use crate::credentials::{self, Adapter, Supplied};
use crate::masks::Masks;
use crate::plan::Plan;
use crate::resolve::{Resolved, Resolver, warnings_of};
use crate::{Error, content};

/// A request ready to send, with what may be shown of it.
pub struct Prepared {
    /// For the engine; its `Debug` shows no values.
    pub outgoing: Outgoing,
    /// The URL with secrets masked.
    pub shown_url: String,
    /// The body as text with secrets masked, at most 64 KiB.
    pub shown_body: String,
    /// The secrets that went in.
    pub masks: Masks,
    /// What the user should know: variables without a value, auth that was not applied.
    pub warnings: Vec<String>,
    /// Whether the cookie jar takes part.
    pub use_cookies: bool,
    /// Whether what the server echoes of secrets is kept as it came.
    pub(crate) keep_echoed: bool,
    /// Taken by the one exchange that it is for.
    authenticator: Mutex<Option<Box<dyn Authenticator>>>,
}

impl Prepared {
    pub(crate) fn take_authenticator(&self) -> Option<Box<dyn Authenticator>> {
        self.authenticator.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

const SHOWN_BODY: usize = 64 << 10;

/// Resolves everything in a plan.
///
/// A variable without a value stays `{{name}}` on the wire and is named in the warnings, as in
/// Postman; what cannot be sent at all is an error. `supplied` stands for the plan's own auth. Blocks, as
/// it may read files.
pub fn prepare(plan: &Plan, supplied: Option<Supplied>) -> Result<Prepared, Error> {
    let request = &plan.request;
    if request.url.trim().is_empty() {
        return Err(Error::NoUrl);
    }
    let mut resolver = Resolver::new(&plan.scopes);
    for text in &plan.sensitive {
        resolver.masks.hide(text, "••••••");
    }
    let settings = request.effective_settings(&plan.defaults());
    let encode = settings.encode_url.unwrap_or(true);
    let url = url(plan, encode, &mut resolver);
    let content = content::resolve(&request.body, &plan.base, &mut resolver)?;
    let (mut headers, sensitive) = headers(plan, &mut resolver)?;
    let url = Resolved { text: with_scheme(&url.text), shown: with_scheme(&url.shown), ..url };
    let auth = credentials::resolved(plan, &mut resolver)?;
    let who = credentials::identity(&auth, supplied.as_ref());
    let signer = match supplied {
        Some(supplied) => {
            for (secret, shown) in &supplied.secrets {
                resolver.masks.hide(secret.expose(), shown);
            }
            resolver.warnings.extend(supplied.warnings);
            Some(supplied.signer)
        }
        None => credentials::signer(&auth, &mut resolver)?,
    };
    add_missing(&mut headers, "Content-Type", content.media_type.as_deref());
    add_missing(&mut headers, "User-Agent", Some(concat!("errand/", env!("CARGO_PKG_VERSION"))));
    add_missing(&mut headers, "Accept", Some("*/*"));
    add_missing(&mut headers, "Accept-Encoding", Some(errand_engine::ACCEPT_ENCODING));
    let method = resolver.text(&request.method).text;
    let outgoing = Outgoing {
        method: if method.is_empty() { "GET".to_owned() } else { method },
        url: url.text,
        settings: Settings {
            pool_salt: salt(&headers, &sensitive) ^ who,
            identities: credentials::identities(plan, &mut resolver),
            ..engine_settings(plan, &settings)
        },
        headers,
        body: content.body,
        credentials: sensitive,
    };
    let authenticator = signer.map(|signer| -> Box<dyn Authenticator> {
        Box::new(Adapter::new(signer, resolver.masks.clone()))
    });
    Ok(Prepared {
        outgoing,
        authenticator: Mutex::new(authenticator),
        keep_echoed: plan.keep_echoed,
        // What was typed as it is has no name that stands for it.
        shown_url: resolver.masks.text(&url.shown),
        shown_body: start_of(resolver.masks.text(&content.shown)),
        warnings: warnings_of(&resolver),
        masks: resolver.masks,
        use_cookies: settings.use_cookies.unwrap_or(plan.use_cookies),
    })
}

/// The URL with its parameters put in.
fn url(plan: &Plan, encode: bool, resolver: &mut Resolver<'_>) -> Resolved {
    let rows = |kind: ParamKind| -> Vec<Row> {
        let rows = plan.request.params.iter().filter(|param| param.kind == kind);
        rows.map(|param| Row {
            name: param.name.clone(),
            value: param.value.clone(),
            enabled: param.enabled,
        })
        .collect()
    };
    let (query, path) = (rows(ParamKind::Query), rows(ParamKind::Path));
    resolver.note(build_url(&plan.request.url, &query, &path, encode, |text| {
        render(text, &plan.scopes)
    }))
}

/// `example.com/x` means http, as on a command line.
fn with_scheme(url: &str) -> String {
    let url = url.trim();
    if url.contains("://") || url.starts_with("{{") {
        url.to_owned()
    } else {
        format!("http://{url}")
    }
}

fn start_of(mut text: String) -> String {
    let mut end = SHOWN_BODY.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    text
}

/// The headers of the request and its levels, those that are secret named.
fn headers(plan: &Plan, resolver: &mut Resolver<'_>) -> Result<(Vec<Header>, Credentials), Error> {
    let defaults = plan.defaults();
    let rows = plan.request.effective_headers(&defaults);
    let mut headers = Vec::with_capacity(rows.len() + 4);
    let mut credentials = Credentials::default();
    for row in rows {
        let (name, value) = (resolver.text(row.name.trim()), resolver.text(&row.value));
        check_header(&name.shown, &name.text, &value.text)?;
        if value.secret {
            credentials.headers.push(name.text.clone());
        }
        headers.push(Header::new(name.text, value.text));
    }
    Ok((headers, credentials))
}

/// RFC 9110 §5.1 and §5.5: a token, and no line breaks or NUL in the value.
fn check_header(shown: &str, name: &str, value: &str) -> Result<(), Error> {
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let bad = |reason: &str| Error::Header { name: shown.to_owned(), reason: reason.to_owned() };
    if let Some(letter) = name.chars().find(|&letter| !u8::try_from(letter).is_ok_and(token)) {
        return Err(bad(&format!("its name must not contain {letter:?}")));
    }
    if value.contains(['\r', '\n']) {
        return Err(bad("its value has a line break"));
    }
    if value.contains('\0') {
        return Err(bad("its value has a NUL character"));
    }
    Ok(())
}

fn add_missing(headers: &mut Vec<Header>, name: &'static str, value: Option<&str>) {
    if let Some(value) = value
        && !headers.iter().any(|header| header.is(name))
    {
        headers.push(Header::new(name, value.to_owned()));
    }
}

/// Headers that say who is asking, whoever typed them. Some servers tie that to the connection.
const IDENTITIES: [&str; 3] = ["Authorization", "Proxy-Authorization", "Cookie"];

/// Connections are shared only between requests with the same credentials (in-process, never stored).
fn salt(headers: &[Header], credentials: &Credentials) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    let names: Vec<&str> =
        credentials.headers.iter().map(String::as_str).chain(IDENTITIES).collect();
    for header in headers.iter().filter(|header| names.iter().any(|name| header.is(name))) {
        header.value.hash(&mut hasher);
    }
    hasher.finish()
}

fn engine_settings(plan: &Plan, own: &RequestSettings) -> Settings {
    let mut settings = plan.settings.clone();
    if let Some(limit) = own.timeout_ms {
        settings.timeouts.total = (limit > 0).then(|| std::time::Duration::from_millis(limit));
    }
    if let Some(follow) = own.follow_redirects {
        settings.follow_redirects = follow;
    }
    if let Some(most) = own.max_redirects {
        settings.max_redirects = most;
    }
    if let Some(forward) = own.forward_authorization {
        settings.forward_authorization = forward;
    }
    if let Some(verify) = own.verify_tls {
        settings.verify_tls = verify;
    }
    settings.version = match own.http_version.as_deref() {
        Some("1.1") => HttpVersion::Http1,
        Some("2") => HttpVersion::Http2,
        _ => settings.version,
    };
    settings
}
