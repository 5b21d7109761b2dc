//! From a step to what is written on a connection.

use std::sync::PoisonError;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, Version};
use url::{Position, Url};

use crate::connect::{self, Route, Stop};
use crate::cookies::SharedJar;
use crate::error::Error;
use crate::head;
use crate::outcome::{Dropped, DroppedKind, SentRequest};
use crate::outgoing::{Body, Credentials, Header, Outgoing};
use crate::redirect::Step;
use crate::request_body::RequestBody;
use crate::settings::Settings;

/// Headers that belong to an HTTP/1 connection and must not be in HTTP/2 (RFC 9113 §8.2.2).
const HTTP1_ONLY: &[&str] =
    &["Connection", "Proxy-Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Host"];

/// The first step of an exchange.
pub(crate) fn first(outgoing: &Outgoing) -> Result<Step, Error> {
    if Method::from_bytes(outgoing.method.as_bytes()).is_err() {
        return Err(Error::InvalidMethod { method: outgoing.method.escape_debug().to_string() });
    }
    let mut url = parse_url(&outgoing.url)?;
    let mut headers = outgoing.headers.clone();
    headers.iter().try_for_each(head::check)?;
    if !url.username().is_empty() || url.password().is_some() {
        if !headers.iter().any(|header| header.is("Authorization")) {
            let plain = |text: &str| {
                percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
            };
            let value =
                connect::basic(&plain(url.username()), &plain(url.password().unwrap_or_default()));
            headers.push(Header::new("Authorization", value));
        }
        // Credentials stay out of the URL from here on: it is shown and kept.
        let _ = url.set_username("");
        let _ = url.set_password(None);
    }
    let body = outgoing.body.clone();
    Ok(Step {
        method: outgoing.method.clone(),
        url,
        headers,
        body,
        dropped: Vec::new(),
        left_origin: false,
    })
}

/// What tells the user in the URL from others, for the pool; 0 for nobody.
pub(crate) fn identity(url: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    match Url::parse(url.trim()) {
        Ok(url) if !url.username().is_empty() || url.password().is_some() => {
            let mut hasher = DefaultHasher::new();
            (url.username(), url.password()).hash(&mut hasher);
            hasher.finish()
        }
        _ => 0,
    }
}

fn parse_url(text: &str) -> Result<Url, Error> {
    let wrong = |reason: &str| Error::InvalidUrl { reason: reason.into() };
    let url = Url::parse(text.trim()).map_err(|error| match error {
        url::ParseError::RelativeUrlWithoutBase => {
            wrong("it does not begin with http:// or https://")
        }
        error => wrong(&error.to_string()),
    })?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong(&format!("{}: cannot be sent over HTTP", url.scheme())));
    }
    if url.port() == Some(0) {
        return Err(wrong("port 0 cannot be connected to"));
    }
    Ok(url)
}

/// What one hop sends.
pub(crate) struct Plan {
    /// The URL as it is sent: the credentials may add to it.
    pub(crate) url: Url,
    pub(crate) headers: Vec<Header>,
    pub(crate) cookies: Vec<String>,
    pub(crate) dropped: Vec<Dropped>,
    pub(crate) body: RequestBody,
    pub(crate) has_body: bool,
}

/// Completes the headers of `step` and opens its body.
pub(crate) async fn plan(
    step: &Step,
    jar: Option<&SharedJar>,
    credentials: &Credentials,
    settings: &Settings,
    route: &Route,
) -> Result<Plan, Error> {
    let body = RequestBody::open(&step.body).await?;
    let typed = |name: &str| step.headers.iter().any(|header| header.is(name));
    let mut headers = Vec::with_capacity(step.headers.len() + 4);
    if !typed("Host") {
        let host = &step.url[Position::BeforeHost..Position::AfterPort];
        headers.push(Header::new("Host", host.to_owned()));
    }
    headers.extend(step.headers.iter().cloned());
    if let (Body::Multipart(form), false) = (&step.body, typed("Content-Type")) {
        headers.push(Header::new("Content-Type", form.content_type()));
    }
    let has_body = !matches!(step.body, Body::None);
    if !typed("Content-Length") && !typed("Transfer-Encoding") {
        let expected = has_body || matches!(step.method.as_str(), "POST" | "PUT" | "PATCH");
        match body.length() {
            Some(length) if expected => {
                headers.push(Header::new("Content-Length", length.to_string()));
            }
            Some(_) => {}
            None => headers.push(Header::new("Transfer-Encoding", "chunked")),
        }
    }
    if let (Some(basic), false) =
        (route.forward().and_then(Stop::authorization), typed("Proxy-Authorization"))
    {
        headers.push(Header::new("Proxy-Authorization", basic.to_owned()));
    }
    let (cookies, dropped) = (Vec::new(), Vec::new());
    let mut plan = Plan { url: step.url.clone(), headers, cookies, dropped, body, has_body };
    if let Some(jar) = jar {
        let stay = step.left_origin && !settings.forward_authorization;
        let staying = if stay { credentials.cookies.as_slice() } else { &[] };
        add_cookies(&mut plan, step, jar, staying);
    }
    Ok(plan)
}

/// Adds the jar's cookies, to the typed `Cookie` header if there is one; what was typed wins. Those
/// named in `staying` are left out.
fn add_cookies(plan: &mut Plan, step: &Step, jar: &SharedJar, staying: &[String]) {
    let found = jar.lock().unwrap_or_else(PoisonError::into_inner).for_url(&step.url);
    let typed = plan.headers.iter().position(|header| header.is("Cookie"));
    let mut line = typed.map(|at| plan.headers[at].value.to_vec()).unwrap_or_default();
    let taken: Vec<String> = String::from_utf8_lossy(&line)
        .split(';')
        .filter_map(|pair| pair.split('=').next().map(|name| name.trim().to_owned()))
        .collect();
    for cookie in found {
        if taken.contains(&cookie.name) {
            continue;
        }
        if staying.contains(&cookie.name) {
            let reason = "a credential stays at its origin".to_owned();
            plan.dropped.push(Dropped { kind: DroppedKind::Cookie, name: cookie.name, reason });
            continue;
        }
        if !line.is_empty() {
            line.extend_from_slice(b"; ");
        }
        line.extend_from_slice(format!("{}={}", cookie.name, cookie.value).as_bytes());
        plan.cookies.push(cookie.name);
    }
    if plan.cookies.is_empty() {
        return;
    }
    match typed {
        Some(at) => plan.headers[at].value = Bytes::from(line),
        None => plan.headers.push(Header::new("Cookie", line)),
    }
}

/// The request as HTTP/1.1 writes it: what is on the wire, and what hyper must know to frame the body.
pub(crate) fn http1(
    step: &Step,
    plan: Plan,
    route: &Route,
) -> Result<(SentRequest, Request<RequestBody>), Error> {
    let target = if route.forward().is_some() {
        &plan.url[..Position::AfterQuery]
    } else {
        &plan.url[Position::BeforePath..Position::AfterQuery]
    };
    let raw_head = head::write_request(&step.method, target, &plan.headers);
    let method = method(step)?;
    let mut request = Request::new(plan.body);
    *request.method_mut() = method;
    let chunked = plan.headers.iter().any(|header| header.is("Transfer-Encoding"));
    let fields = request.headers_mut();
    fields.insert(http::header::HOST, HeaderValue::from_static("errand"));
    for header in plan.headers.iter().filter(|header| header.is("Connection")) {
        if let Ok(value) = HeaderValue::from_bytes(&header.value) {
            fields.append(http::header::CONNECTION, value);
        }
    }
    match request.body().length() {
        Some(0) if !chunked => {}
        Some(length) if !chunked => {
            request.headers_mut().insert(http::header::CONTENT_LENGTH, length.into());
        }
        _ => {
            let value = HeaderValue::from_static("chunked");
            request.headers_mut().insert(http::header::TRANSFER_ENCODING, value);
        }
    }
    let sent = SentRequest {
        method: step.method.clone(),
        headers: plan.headers,
        raw_head,
        reconstructed: false,
        body_bytes: 0,
    };
    Ok((sent, request))
}

fn method(step: &Step) -> Result<Method, Error> {
    Method::from_bytes(step.method.as_bytes())
        .map_err(|_| Error::InvalidMethod { method: step.method.escape_debug().to_string() })
}

/// The request as HTTP/2 has it: names in lowercase, the first line as pseudo-headers (RFC 9113 §8.3).
pub(crate) fn http2(step: &Step, plan: Plan) -> Result<(SentRequest, Request<RequestBody>), Error> {
    let typed_host = plan.headers.iter().find(|header| header.is("Host")).map(Header::value_text);
    let authority = typed_host.unwrap_or_default();
    let path = plan.url[Position::BeforePath..Position::AfterQuery].to_owned();
    let uri = http::Uri::builder()
        .scheme(step.url.scheme())
        .authority(authority.as_str())
        .path_and_query(path.as_str())
        .build()
        .map_err(|error| Error::InvalidUrl {
            reason: format!("HTTP/2 cannot carry it ({error})"),
        })?;
    let mut request = Request::new(plan.body);
    *request.method_mut() = method(step)?;
    *request.uri_mut() = uri;
    *request.version_mut() = Version::HTTP_2;
    let mut headers = vec![
        Header::new(":method", step.method.clone()),
        Header::new(":scheme", step.url.scheme().to_owned()),
        Header::new(":authority", authority),
        Header::new(":path", path.clone()),
    ];
    for header in plan.headers {
        if HTTP1_ONLY.iter().any(|name| header.is(name))
            || (header.is("TE") && &header.value[..] != b"trailers")
        {
            continue;
        }
        let (name, value) = http2_field(&header)?;
        headers.push(Header::new(name.as_str().to_owned(), header.value));
        request.headers_mut().append(name, value);
    }
    let line = [Header::new("host", headers[2].value.clone())];
    let fields: Vec<Header> = line.into_iter().chain(headers[4..].iter().cloned()).collect();
    let text =
        String::from_utf8_lossy(&head::write_request(&step.method, &path, &fields)).into_owned();
    let raw_head = Bytes::from(text.replacen(" HTTP/1.1\r\n", " HTTP/2\r\n", 1));
    let sent = SentRequest {
        method: step.method.clone(),
        headers,
        raw_head,
        reconstructed: true,
        body_bytes: 0,
    };
    Ok((sent, request))
}

fn http2_field(header: &Header) -> Result<(HeaderName, HeaderValue), Error> {
    let wrong = |reason: &str| Error::InvalidHeader {
        name: header.name.escape_ascii().to_string(),
        reason: reason.into(),
    };
    let name = HeaderName::from_bytes(&header.name)
        .map_err(|_| wrong("HTTP/2 does not allow its name"))?;
    let value = HeaderValue::from_bytes(&header.value)
        .map_err(|_| wrong("HTTP/2 does not allow its value"))?;
    Ok((name, value))
}
