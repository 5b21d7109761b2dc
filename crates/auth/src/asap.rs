//! Atlassian ASAP: short-lived tokens from service to service (s2sauth.bitbucket.io/spec).

use std::sync::Arc;

use errand_jose::{Algorithm, Key};
use serde_json::{Map, Value, json};

use crate::jwt::{now, object, refused, seconds, sign, text};
use crate::{Clock, Error, Random, Signed, Signer, Surroundings, Unsigned, bearer};

const SCHEME: &str = "ASAP";
/// The longest lifetime that receivers accept, in seconds.
const LONGEST: i64 = 3600;
const USUAL: i64 = 60;

/// Makes a token for each request; none is used twice (`jti`).
pub(crate) struct Asap {
    key: Key,
    algorithm: Algorithm,
    key_id: String,
    /// All but those that change from request to request.
    claims: Map<String, Value>,
    expires_in: i64,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
}

impl Asap {
    pub(crate) fn new(fields: &errand_model::Asap, sources: &Surroundings) -> Result<Self, Error> {
        let key = Key::any(text("private key", &fields.private_key)?).map_err(refused(SCHEME))?;
        let algorithm = algorithm(fields.algorithm.trim(), &key)?;
        let key_id = match (fields.key_id.trim(), key.id()) {
            ("", Some(own)) => own,
            ("", None) => return Err(Error::Empty { field: "ASAP key id" }),
            (given, _) => given,
        }
        .to_owned();
        let expires_in = seconds("ASAP lifetime", &fields.expires_in)?.unwrap_or(USUAL);
        if !(1..=LONGEST).contains(&expires_in) {
            return Err(Error::Field {
                field: "ASAP lifetime",
                expected: format!("between 1 and {LONGEST} seconds"),
            });
        }
        let claims = claims(fields)?;
        let (clock, random) = (Arc::clone(&sources.clock), Arc::clone(&sources.random));
        // Signed once now, so that a key that does not fit is told before anything is sent.
        sign(SCHEME, Map::new(), Map::new(), algorithm, &key)?;
        Ok(Self { key, algorithm, key_id, claims, expires_in, clock, random })
    }
}

impl Signer for Asap {
    fn sign(&mut self, _: &Unsigned<'_>) -> Result<Signed, Error> {
        let now = now(&*self.clock)?;
        let mut claims = self.claims.clone();
        claims.insert("iat".to_owned(), now.into());
        claims.insert("exp".to_owned(), now.saturating_add(self.expires_in).into());
        claims.insert("jti".to_owned(), self.random.nonce()?.into());
        let header = Map::from_iter([("kid".to_owned(), json!(self.key_id))]);
        let token = sign(SCHEME, header, claims, self.algorithm, &self.key)?;
        Ok(Signed::from(bearer(&token)?))
    }
}

fn algorithm(name: &str, key: &Key) -> Result<Algorithm, Error> {
    let algorithm = match name {
        "" => key.default_algorithm(),
        name => name.parse().map_err(refused(SCHEME))?,
    };
    if algorithm.is_symmetric() {
        let expected = "one with a private key, like RS256 or ES256".to_owned();
        return Err(Error::Field { field: "ASAP algorithm", expected });
    }
    Ok(algorithm)
}

fn claims(fields: &errand_model::Asap) -> Result<Map<String, Value>, Error> {
    let issuer = fields.issuer.trim();
    if issuer.is_empty() {
        return Err(Error::Empty { field: "ASAP issuer" });
    }
    let subject = match fields.subject.trim() {
        "" => issuer,
        subject => subject,
    };
    let audience: Vec<&str> =
        fields.audience.split(',').map(str::trim).filter(|one| !one.is_empty()).collect();
    let audience = match audience[..] {
        [] => return Err(Error::Empty { field: "ASAP audience" }),
        [one] => json!(one),
        _ => json!(audience),
    };
    let mut claims = object("text of ASAP's further claims", &fields.claims)?;
    for (name, value) in [("iss", json!(issuer)), ("sub", json!(subject)), ("aud", audience)] {
        claims.insert(name.to_owned(), value);
    }
    Ok(claims)
}
