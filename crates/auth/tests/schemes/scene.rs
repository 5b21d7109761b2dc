//! A fixed time, fixed nonces, and requests to sign.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use errand_auth::{
    Again, Answer, Clock, Error, Place, Random, Signed, SignedBody, Signer, Surroundings, Unsigned,
    signer,
};
use errand_model::Auth;
use serde_json::Value;
use url::Url;

struct At(u64);

impl Clock for At {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(self.0)
    }
}

struct Always(&'static str);

impl Random for Always {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Error> {
        bytes.fill(7);
        Ok(())
    }

    fn nonce(&self) -> Result<String, Error> {
        Ok(self.0.to_owned())
    }
}

/// Surroundings at a moment (seconds since 1970) with one nonce for ever.
pub fn at(seconds: u64, nonce: &'static str) -> Surroundings {
    Surroundings {
        clock: Arc::new(At(seconds)),
        random: Arc::new(Always(nonce)),
        ..Surroundings::default()
    }
}

pub fn open(auth: &Auth, sources: &Surroundings) -> Box<dyn Signer> {
    signer(auth, sources).unwrap_or_else(|error| panic!("{error}")).expect("a signer")
}

pub fn refusal(auth: &Auth, sources: &Surroundings) -> String {
    match signer(auth, sources) {
        Ok(_) => panic!("it signs"),
        Err(error) => error.to_string(),
    }
}

/// A request.
pub struct Call {
    method: String,
    url: Url,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Call {
    pub fn new(method: &str, url: &str) -> Self {
        let url = Url::parse(url).expect("a URL");
        let host = url[url::Position::BeforeHost..url::Position::AfterPort].to_owned();
        let headers = vec![("Host".to_owned(), host)];
        Self { method: method.to_owned(), url, headers, body: Vec::new() }
    }

    /// A further header; another `Host` replaces the URL's.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| known != "Host" || name != "Host");
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn body(mut self, body: impl AsRef<[u8]>) -> Self {
        self.body = body.as_ref().to_vec();
        self
    }

    pub fn sign(&self, signer: &mut dyn Signer) -> Outcome {
        self.try_sign(signer).unwrap_or_else(|error| panic!("{error}"))
    }

    pub fn try_sign(&self, signer: &mut dyn Signer) -> Result<Outcome, Error> {
        signer
            .sign(&Unsigned {
                method: &self.method,
                url: &self.url,
                headers: &self.headers,
                payload: &self.body,
            })
            .map(Outcome)
    }
}

/// What was added.
pub struct Outcome(pub Signed);

impl Outcome {
    pub fn value(&self, name: &str) -> String {
        let found = self.0.additions.iter().find(|addition| addition.name == name);
        found.map_or_else(String::new, |addition| addition.value.expose().to_owned())
    }

    pub fn shown(&self, name: &str) -> String {
        let found = self.0.additions.iter().find(|addition| addition.name == name);
        found.map_or_else(String::new, |addition| addition.shown.clone())
    }

    /// Whether it adds nothing at all.
    pub fn is_empty(&self) -> bool {
        self.0.additions.is_empty() && self.0.body.is_none()
    }

    pub fn all_in(&self, place: Place) -> bool {
        self.0.additions.iter().all(|addition| addition.place == place)
    }

    pub fn body(&self) -> String {
        match &self.0.body {
            Some(SignedBody::Whole(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
            _ => panic!("no other body"),
        }
    }

    /// No header can be broken, and what is shown does not have `secrets`.
    pub fn is_harmless(&self, secrets: &[&str]) {
        for addition in &self.0.additions {
            let value = addition.value.expose();
            assert!(!value.contains(['\r', '\n']), "{}", addition.name);
            for secret in secrets {
                assert!(!addition.shown.contains(secret), "{}: {}", addition.name, addition.shown);
            }
        }
    }
}

/// A parameter of a header such as `Digest a="b", c=d`, without its quotes.
pub fn parameter<'a>(header: &'a str, name: &str) -> &'a str {
    let start = format!("{name}=");
    let mut parts = header.split([' ', ',', ';']).filter(|part| !part.is_empty());
    let found = parts.find_map(|part| part.strip_prefix(start.as_str()));
    found.unwrap_or_default().trim_matches('"')
}

pub fn answer(
    signer: &mut dyn Signer,
    status: u16,
    headers: &[(&str, &str)],
) -> Result<Again, Error> {
    let headers: Vec<(String, String)> =
        headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    signer.challenged(&Answer { status, headers: &headers })
}

pub fn vectors(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

pub fn schemes() -> Value {
    vectors(include_str!("../vectors/schemes.json"))
}

pub fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}
