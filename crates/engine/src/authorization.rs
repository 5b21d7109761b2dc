//! The authenticator at work: asked for each request, and what it has added so far.

use std::collections::HashSet;

use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use crate::authenticate::{Again, Authenticator, Authorized, Unsent};
use crate::error::Error;
use crate::head;
use crate::outcome::ResponseHead;
use crate::outgoing::{Body, Header};
use crate::prepare::Plan;
use crate::redirect::Step;
use crate::request_body::RequestBody;
use crate::settings::{HttpVersion, Settings};

/// How often a challenge is answered before it stands.
const MAX_ROUNDS: u32 = 5;

/// What `application/x-www-form-urlencoded` escapes, and the space as well (URL Standard, §1.3).
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_');

/// What the authenticator added to the requests of this chain.
#[derive(Default)]
pub(crate) struct Added {
    pub(crate) headers: Vec<String>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) cookies: Vec<String>,
}

/// The authenticator of an exchange, if it has one.
#[derive(Default)]
pub(crate) struct Authorization {
    authenticator: Option<Box<dyn Authenticator>>,
    own_connection: bool,
    /// Whether a request has gone out over the connection of its own.
    spoken: bool,
    rounds: u32,
    pub(crate) added: Added,
    /// Why challenges were not met.
    pub(crate) notes: Vec<String>,
}

impl Authorization {
    pub(crate) fn new(authenticator: Option<Box<dyn Authenticator>>) -> Self {
        let own_connection = authenticator.as_ref().is_some_and(|it| it.needs_one_connection());
        Self { authenticator, own_connection, ..Self::default() }
    }

    /// Whether `step` is authorized: it is for the first request's origin, and so were all before.
    fn covers(&self, step: &Step, settings: &Settings) -> bool {
        self.authenticator.is_some() && (!step.left_origin || settings.forward_authorization)
    }

    /// Whether `step` has a connection of its own.
    pub(crate) fn owns_connection(&self, step: &Step, settings: &Settings) -> bool {
        self.own_connection && self.covers(step, settings)
    }

    /// The settings that `step` is sent with: an identity proven to a connection is HTTP/1's.
    pub(crate) fn settings(&self, step: &Step, settings: &Settings) -> Settings {
        let mut settings = settings.clone();
        if self.owns_connection(step, &settings) {
            settings.version = HttpVersion::Http1;
        }
        settings
    }

    /// Tells that the next request of its own connection goes over a new one.
    pub(crate) fn connection_opens(&mut self) {
        if let (true, Some(authenticator)) = (self.spoken, &mut self.authenticator) {
            authenticator.connection_lost();
        }
        self.spoken = true;
    }

    /// Puts the credentials onto what `step` sends.
    pub(crate) async fn authorize(
        &mut self,
        step: &Step,
        settings: &Settings,
        plan: &mut Plan,
    ) -> Result<(), Error> {
        if !self.covers(step, settings) {
            return Ok(());
        }
        let Some(authenticator) = &mut self.authenticator else { return Ok(()) };
        let unsent = Unsent {
            method: &step.method,
            url: &step.url,
            headers: &plan.headers,
            body: &step.body,
        };
        let authorized = authenticator
            .authorize(unsent)
            .await
            .map_err(|failure| Error::Auth { message: failure.message })?;
        self.added.remember(&authorized);
        apply(authorized, plan).await
    }

    /// Whether `head` asks to send the same step again, and may.
    pub(crate) fn repeats(
        &mut self,
        step: &Step,
        settings: &Settings,
        head: &ResponseHead,
    ) -> bool {
        if !self.covers(step, settings) {
            return false;
        }
        let Some(authenticator) = &mut self.authenticator else { return false };
        match authenticator.challenged(head) {
            Ok(Again::No) => false,
            Ok(Again::Yes) if self.rounds < MAX_ROUNDS => {
                self.rounds += 1;
                true
            }
            Ok(Again::Yes) => {
                self.notes.push(format!(
                    "The server asked for credentials again after {MAX_ROUNDS} tries; its last answer stands."
                ));
                false
            }
            Err(failure) => {
                self.notes.push(failure.message);
                false
            }
        }
    }

    /// A redirect leads on: challenges are counted anew.
    pub(crate) fn next_step(&mut self, left_origin: bool) {
        self.rounds = 0;
        if left_origin {
            self.spoken = false;
            self.added = Added::default();
        }
    }
}

impl Added {
    fn remember(&mut self, authorized: &Authorized) {
        for header in &authorized.headers {
            if !self.headers.iter().any(|known| header.is(known)) {
                self.headers.push(header.name_text());
            }
        }
        for pair in &authorized.query {
            if !self.query.contains(pair) {
                self.query.push(pair.clone());
            }
        }
        for (name, _) in &authorized.cookies {
            if !self.cookies.contains(name) {
                self.cookies.push(name.clone());
            }
        }
    }

    /// The names of the query parameters.
    pub(crate) fn query_names(&self) -> HashSet<&str> {
        self.query.iter().map(|(name, _)| name.as_str()).collect()
    }
}

async fn apply(authorized: Authorized, plan: &mut Plan) -> Result<(), Error> {
    let Authorized { headers, query, cookies, body, framing } = authorized;
    replace(&mut plan.headers, headers);
    append_query(&mut plan.url, &query);
    join_cookies(&mut plan.headers, &cookies);
    let changed = body.is_some() || framing.is_some();
    if let Some(body) = body {
        plan.body = RequestBody::open(&body).await?;
        plan.has_body |= !matches!(body, Body::None);
    }
    if let Some(framing) = framing {
        plan.body = std::mem::take(&mut plan.body).framed(framing);
        plan.has_body = true;
    }
    if changed {
        announce_length(plan);
    }
    plan.headers.iter().try_for_each(head::check)
}

/// Puts `ours` in the place of those of the same name, or at the end.
fn replace(headers: &mut Vec<Header>, ours: Vec<Header>) {
    let mut done: Vec<Bytes> = Vec::new();
    for header in ours {
        let again = done.iter().any(|name| name.eq_ignore_ascii_case(&header.name));
        let mut at = headers.len();
        if !again {
            let same = |known: &Header| known.name.eq_ignore_ascii_case(&header.name);
            at = headers.iter().position(same).unwrap_or(at);
            headers.retain(|known| !same(known));
            at = at.min(headers.len());
            done.push(header.name.clone());
        }
        headers.insert(at, header);
    }
}

fn append_query(url: &mut Url, pairs: &[(String, String)]) {
    if pairs.is_empty() {
        return;
    }
    let mut query = url.query().unwrap_or_default().to_owned();
    for (name, value) in pairs {
        if !query.is_empty() {
            query.push('&');
        }
        query.extend(utf8_percent_encode(name, QUERY));
        query.push('=');
        query.extend(utf8_percent_encode(value, QUERY));
    }
    url.set_query(Some(&query));
}

fn join_cookies(headers: &mut Vec<Header>, cookies: &[(String, String)]) {
    if cookies.is_empty() {
        return;
    }
    let at = headers.iter().position(|header| header.is("Cookie"));
    let line = at.map(|at| headers[at].value.clone()).unwrap_or_default();
    let is_ours = |pair: &&[u8]| {
        let name = pair.split(|&byte| byte == b'=').next().unwrap_or_default().trim_ascii();
        cookies.iter().any(|(ours, _)| ours.as_bytes() == name)
    };
    let kept = line.split(|&byte| byte == b';').filter(|pair| !is_ours(pair));
    let mut pairs: Vec<Vec<u8>> =
        kept.map(|pair| pair.trim_ascii().to_vec()).filter(|pair| !pair.is_empty()).collect();
    pairs.extend(cookies.iter().map(|(name, value)| format!("{name}={value}").into_bytes()));
    let line = Bytes::from(pairs.join(&b"; "[..]));
    match at {
        Some(at) => headers[at].value = line,
        None => headers.push(Header::new("Cookie", line)),
    }
}

/// Makes `Content-Length` true again after the body was changed.
fn announce_length(plan: &mut Plan) {
    if plan.headers.iter().any(|header| header.is("Transfer-Encoding")) {
        return;
    }
    let header = match plan.body.length() {
        Some(length) => Header::new("Content-Length", length.to_string()),
        None => {
            plan.headers.retain(|header| !header.is("Content-Length"));
            Header::new("Transfer-Encoding", "chunked")
        }
    };
    if plan.has_body || plan.headers.iter().any(|header| header.is("Content-Length")) {
        replace(&mut plan.headers, vec![header]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(headers: &[Header]) -> Vec<String> {
        headers.iter().map(|h| format!("{}: {}", h.name_text(), h.value_text())).collect()
    }

    #[test]
    fn headers_replace_their_namesakes_in_place() {
        let mut headers = vec![
            Header::new("Host", "h"),
            Header::new("authorization", "typed"),
            Header::new("Accept", "*/*"),
            Header::new("Authorization", "twice"),
        ];
        let ours = vec![
            Header::new("Authorization", "a"),
            Header::new("X-Date", "now"),
            Header::new("Authorization", "b"),
        ];
        replace(&mut headers, ours);
        let expected =
            ["Host: h", "Authorization: a", "Accept: */*", "X-Date: now", "Authorization: b"];
        assert_eq!(lines(&headers), expected);
    }

    #[test]
    fn query_parameters_are_appended_and_escaped() {
        for (url, after) in [
            ("http://h/p", "http://h/p?a%20b=%C3%A9%26%2B%7E*-._"),
            ("http://h/p?", "http://h/p?a%20b=%C3%A9%26%2B%7E*-._"),
            ("http://h/p?x=%41+b#f", "http://h/p?x=%41+b&a%20b=%C3%A9%26%2B%7E*-._#f"),
        ] {
            let Ok(mut url) = Url::parse(url) else { panic!("{url}") };
            append_query(&mut url, &[("a b".into(), "é&+~*-._".into())]);
            assert_eq!(url.as_str(), after);
        }
    }

    #[test]
    fn cookies_join_the_line_and_replace_their_namesakes() {
        let ours = [("key".to_owned(), "new".to_owned())];
        for (before, after) in [
            (None, "Cookie: key=new"),
            (Some("a=1"), "Cookie: a=1; key=new"),
            (Some("key=old; a=1;key=older"), "Cookie: a=1; key=new"),
        ] {
            let mut headers: Vec<Header> =
                before.map(|line| Header::new("Cookie", line)).into_iter().collect();
            join_cookies(&mut headers, &ours);
            assert_eq!(lines(&headers), [after]);
        }
    }
}
