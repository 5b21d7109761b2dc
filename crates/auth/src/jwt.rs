//! A signed token of one's own for each request (RFC 7519).

use std::sync::Arc;
use std::time::UNIX_EPOCH;

use errand_jose::{Algorithm, Key};
use errand_model::{KeyText, TokenPlacement};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::apply::{DOTS, is_token_byte, no_controls};
use crate::{Addition, Clock, Error, Place, Secret, Signed, Signer, Surroundings, Unsigned};

const SCHEME: &str = "JWT";

/// Makes a token for each request, so that none is older than its request.
pub(crate) struct Jwt {
    key: Key,
    algorithm: Algorithm,
    header: Map<String, Value>,
    claims: Map<String, Value>,
    /// Seconds; negative ones make a token that is expired already.
    expires_in: Option<i64>,
    place: Place,
    name: String,
    prefix: String,
    clock: Arc<dyn Clock>,
}

impl Jwt {
    pub(crate) fn new(fields: &errand_model::Jwt, sources: &Surroundings) -> Result<Self, Error> {
        let algorithm: Algorithm = fields.algorithm.trim().parse().map_err(refused(SCHEME))?;
        let key = key(fields, algorithm)?;
        let header = header(fields, algorithm, &key)?;
        let claims = object("text of the JWT's claims", &fields.claims)?;
        let (place, name) = placement(&fields.placement)?;
        let prefix = fields.prefix.trim().to_owned();
        no_controls("prefix", &prefix)?;
        let expires_in = seconds("JWT's lifetime", &fields.expires_in)?;
        let clock = Arc::clone(&sources.clock);
        // Signed once now, so that a key that does not fit is told before anything is sent.
        sign(SCHEME, header.clone(), claims.clone(), algorithm, &key)?;
        Ok(Self { key, algorithm, header, claims, expires_in, place, name, prefix, clock })
    }
}

impl Signer for Jwt {
    fn sign(&mut self, _: &Unsigned<'_>) -> Result<Signed, Error> {
        let now = now(&*self.clock)?;
        let mut claims = self.claims.clone();
        // What the user wrote is kept: a wrong time may be what is to be tried.
        claims.entry("iat").or_insert_with(|| now.into());
        if let Some(seconds) = self.expires_in {
            claims.entry("exp").or_insert_with(|| now.saturating_add(seconds).into());
        }
        let token = sign(SCHEME, self.header.clone(), claims, self.algorithm, &self.key)?;
        let (value, shown) = if self.place == Place::Query || self.prefix.is_empty() {
            (Secret::from(token.as_str()), DOTS.to_owned())
        } else {
            let prefix = &self.prefix;
            (Secret::new(format!("{prefix} {}", *token)), format!("{prefix} {DOTS}"))
        };
        let (place, name) = (self.place, self.name.clone());
        Ok(Signed::from(Addition { place, name, value, shown }))
    }
}

fn key(fields: &errand_model::Jwt, algorithm: Algorithm) -> Result<Key, Error> {
    let text = text("JWT's key", &fields.key)?;
    let key = if !algorithm.is_symmetric() {
        Key::any(text)
    } else if fields.secret_base64 {
        Key::from_secret_base64(text)
    } else {
        // A secret may be anything, so it is a JWK only if it is one indeed.
        match Key::any(text) {
            Ok(jwk) if text.trim_start().starts_with('{') => Ok(jwk),
            _ => Key::from_secret(text.as_bytes()),
        }
    };
    key.map_err(refused(SCHEME))
}

fn header(
    fields: &errand_model::Jwt,
    algorithm: Algorithm,
    key: &Key,
) -> Result<Map<String, Value>, Error> {
    let mut header = object("text of the JWT's headers", &fields.headers)?;
    if header.get("alg").is_some_and(|said| said != algorithm.name()) {
        return Err(Error::Field {
            field: "\"alg\" in the JWT's headers",
            expected: format!("{algorithm}, the algorithm that is chosen"),
        });
    }
    let id = fields.key_id.trim();
    if !id.is_empty() {
        header.insert("kid".to_owned(), id.into());
    } else if let Some(id) = key.id() {
        header.entry("kid").or_insert_with(|| id.into());
    }
    Ok(header)
}

fn placement(placement: &TokenPlacement) -> Result<(Place, String), Error> {
    let (place, name) = match placement {
        TokenPlacement::Header(name) => (Place::Header, name.trim()),
        TokenPlacement::Query(name) => (Place::Query, name.as_str()),
    };
    if name.is_empty() {
        return Err(Error::Empty { field: "name of the token's header or parameter" });
    }
    if place == Place::Header && !name.bytes().all(is_token_byte) {
        return Err(Error::HeaderName { name: name.to_owned() });
    }
    Ok((place, name.to_owned()))
}

/// The text of a key whose file was read.
pub(crate) fn text<'a>(field: &'static str, key: &'a KeyText) -> Result<&'a str, Error> {
    match key {
        KeyText::Text(text) if !text.trim().is_empty() => Ok(text),
        _ => Err(Error::Empty { field }),
    }
}

/// A JSON object; an empty text is an empty one.
pub(crate) fn object(field: &'static str, text: &str) -> Result<Map<String, Value>, Error> {
    if text.trim().is_empty() {
        return Ok(Map::new());
    }
    let value: Value = serde_json::from_str(text).map_err(|error| Error::Field {
        field,
        expected: format!(
            "a JSON object (the mistake is at line {}, column {})",
            error.line(),
            error.column()
        ),
    })?;
    match value {
        Value::Object(members) => Ok(members),
        _ => Err(Error::Field { field, expected: "a JSON object, like {\"sub\": \"me\"}".into() }),
    }
}

/// Whole seconds; none for an empty text.
pub(crate) fn seconds(field: &'static str, text: &str) -> Result<Option<i64>, Error> {
    match text.trim() {
        "" => Ok(None),
        text => text
            .parse()
            .map(Some)
            .map_err(|_| Error::Field { field, expected: "a whole number of seconds".to_owned() }),
    }
}

/// Seconds since 1970.
pub(crate) fn now(clock: &dyn Clock) -> Result<i64, Error> {
    let since = clock.now().duration_since(UNIX_EPOCH).map_err(|_| Error::Clock)?;
    i64::try_from(since.as_secs()).map_err(|_| Error::Clock)
}

pub(crate) fn sign(
    scheme: &'static str,
    header: Map<String, Value>,
    claims: Map<String, Value>,
    algorithm: Algorithm,
    key: &Key,
) -> Result<Zeroizing<String>, Error> {
    errand_jose::sign(header, claims, algorithm, key).map_err(refused(scheme))
}

pub(crate) fn refused(scheme: &'static str) -> impl Fn(errand_jose::Error) -> Error {
    move |error| Error::Token { scheme, reason: error.to_string() }
}
