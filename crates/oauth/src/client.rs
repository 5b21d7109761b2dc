//! How a client proves itself (RFC 6749 §2.3, RFC 7523 §2.2, RFC 8705, `OpenID` Connect Core §9).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use errand_auth::Secret;
use errand_jose::{Algorithm, Key};
use errand_model::{ClientAuthentication, KeyText, OAuth2};
use serde_json::{Map, Value};
use url::form_urlencoded::byte_serialize;

use crate::form::Form;
use crate::wire::Wire;
use crate::{Error, pkce};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Seconds that an assertion is good for.
pub(crate) const ASSERTION_LIFE: i64 = 180;

/// Puts the proof into the form or the headers. `audience` is the token endpoint.
pub(crate) fn authenticate(
    definition: &OAuth2,
    audience: &str,
    wire: &Wire<'_>,
    form: &mut Form,
    headers: &mut Vec<(String, Secret)>,
) -> Result<(), Error> {
    let id = definition.credentials.client_id.as_str();
    let secret = definition.credentials.client_secret.as_str();
    if id.is_empty() {
        return Ok(());
    }
    let needed = |hint| Error::Missing { field: "client secret", hint };
    match definition.client_authentication {
        ClientAuthentication::Basic if !secret.is_empty() => {
            wire.hide(&secret.into(), "client_secret");
            headers.push(("Authorization".to_owned(), basic(id, secret, wire)));
        }
        ClientAuthentication::Post => {
            if secret.is_empty() {
                return Err(needed("Fill it in, or choose no client authentication."));
            }
            wire.hide(&secret.into(), "client_secret");
            form.set("client_id", id);
            form.push("client_secret", secret);
        }
        ClientAuthentication::ClientSecretJwt => {
            if secret.is_empty() {
                return Err(needed("Fill it in, or choose another client authentication."));
            }
            wire.hide(&secret.into(), "client_secret");
            let key = Key::from_secret(secret.as_bytes()).map_err(|error| Error::Key {
                field: "client secret",
                reason: error.to_string(),
            })?;
            let algorithm =
                algorithm(&definition.client_key_algorithm, "client secret", Algorithm::Hs256)?;
            push_assertion(definition, audience, &key, algorithm, "client secret", wire, form)?;
        }
        ClientAuthentication::PrivateKeyJwt => {
            let key = private_key(&definition.client_key, "client key", wire)?;
            let algorithm =
                algorithm(&definition.client_key_algorithm, "client key", key.default_algorithm())?;
            push_assertion(definition, audience, &key, algorithm, "client key", wire, form)?;
        }
        ClientAuthentication::Basic
        | ClientAuthentication::TlsClientAuth
        | ClientAuthentication::None => {
            form.set("client_id", id);
        }
    }
    Ok(())
}

/// RFC 6749 §2.3.1: id and secret are form-encoded before they are joined.
fn basic(id: &str, secret: &str, wire: &Wire<'_>) -> Secret {
    let encode = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let pair = Secret::new(format!("{}:{}", encode(id), encode(secret)));
    let encoded = Secret::new(STANDARD.encode(pair.expose()));
    wire.hide(&encoded, "client_credentials");
    Secret::new(format!("Basic {}", encoded.expose()))
}

fn push_assertion(
    definition: &OAuth2,
    audience: &str,
    key: &Key,
    algorithm: Algorithm,
    field: &'static str,
    wire: &Wire<'_>,
    form: &mut Form,
) -> Result<(), Error> {
    let id = definition.credentials.client_id.as_str();
    let now = wire.now().as_second();
    let mut claims = Map::new();
    for (name, value) in
        [("iss", id), ("sub", id), ("aud", audience), ("jti", pkce::random()?.expose())]
    {
        claims.insert(name.to_owned(), value.into());
    }
    claims.insert("iat".to_owned(), now.into());
    claims.insert("exp".to_owned(), (now + ASSERTION_LIFE).into());
    let token = sign(&definition.client_key_id, claims, algorithm, key, field)?;
    wire.hide(&token, "client_assertion");
    form.set("client_id", id);
    form.push("client_assertion_type", ASSERTION_TYPE);
    form.push("client_assertion", token);
    Ok(())
}

/// A signed JWT; the id given wins over the key's own.
pub(crate) fn sign(
    key_id: &str,
    claims: Map<String, Value>,
    algorithm: Algorithm,
    key: &Key,
    field: &'static str,
) -> Result<Secret, Error> {
    let mut header = Map::new();
    if let Some(id) = Some(key_id).filter(|id| !id.is_empty()).or_else(|| key.id()) {
        header.insert("kid".to_owned(), id.into());
    }
    let token = errand_jose::sign(header, claims, algorithm, key)
        .map_err(|error| Error::Key { field, reason: error.to_string() })?;
    Ok(Secret::from(token.as_str()))
}

/// A private key that was loaded.
pub(crate) fn private_key(
    text: &KeyText,
    field: &'static str,
    wire: &Wire<'_>,
) -> Result<Key, Error> {
    match text {
        KeyText::Text(text) if !text.trim().is_empty() => {
            wire.hide(&text.as_str().into(), "private_key");
            Key::any(text).map_err(|error| Error::Key { field, reason: error.to_string() })
        }
        KeyText::File(path) => {
            Err(Error::Field { field, reason: format!("its file {path} was not read") })
        }
        _ => Err(Error::Missing { field, hint: "Choose a private key (PEM or JWK)." }),
    }
}

/// An algorithm by name; `usual` where none is given.
pub(crate) fn algorithm(
    name: &str,
    field: &'static str,
    usual: Algorithm,
) -> Result<Algorithm, Error> {
    if name.is_empty() {
        return Ok(usual);
    }
    name.parse()
        .map_err(|error: errand_jose::Error| Error::Key { field, reason: error.to_string() })
}
