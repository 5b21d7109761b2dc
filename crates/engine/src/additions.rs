//! What an authenticator adds, put into its places.

use std::collections::HashSet;

use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use crate::authenticate::Authorized;
use crate::error::Error;
use crate::head;
use crate::outgoing::{Body, Header};
use crate::prepare::Plan;
use crate::request_body::RequestBody;

/// What `application/x-www-form-urlencoded` escapes, and the space as well (URL Standard, §1.3).
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_');

/// What the authenticator added to the requests of this chain.
#[derive(Default)]
pub(crate) struct Added {
    pub(crate) headers: Vec<String>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) cookies: Vec<String>,
}

impl Added {
    pub(crate) fn remember(&mut self, authorized: &Authorized) {
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

/// Puts `authorized` onto what is sent.
pub(crate) async fn apply(authorized: Authorized, plan: &mut Plan) -> Result<(), Error> {
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
    let header = if let Some(length) = plan.body.length() {
        Header::new("Content-Length", length.to_string())
    } else {
        plan.headers.retain(|header| !header.is("Content-Length"));
        Header::new("Transfer-Encoding", "chunked")
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
