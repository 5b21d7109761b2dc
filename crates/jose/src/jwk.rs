//! JWK: RFC 7517, with the types of RFC 7518 §6 and RFC 8037 §2, and thumbprints (RFC 7638).

use ed25519_dalek::{SigningKey, VerifyingKey};
use rsa::traits::{PrivateKeyParts as _, PublicKeyParts as _};
use rsa::{BoxedUint, RsaPrivateKey};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::base64url::{base64url, decode_pasted, encode_secret};
use crate::ec::{self, Curve};
use crate::material::{Material, Private, Public};
use crate::{Error, Key, pem, rsa_keys};

const FORM: &str = "JWK";

/// A member's text, wiped when dropped.
#[derive(Deserialize, Zeroize, ZeroizeOnDrop)]
#[serde(transparent)]
struct Text(String);

/// The members that are read; others are ignored (RFC 7517 §4).
#[derive(Deserialize)]
struct Members {
    kty: Option<String>,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    crv: Option<String>,
    k: Option<Text>,
    n: Option<Text>,
    e: Option<Text>,
    d: Option<Text>,
    p: Option<Text>,
    q: Option<Text>,
    x: Option<Text>,
    y: Option<Text>,
    oth: Option<Value>,
    // Of Google's service account files.
    private_key: Option<Text>,
    private_key_id: Option<String>,
    // Of key sets.
    keys: Option<Value>,
}

pub(crate) fn from_value(value: &Value) -> Result<Key, Error> {
    // What serde says may quote a member, so it is not repeated.
    let members = Members::deserialize(value)
        .map_err(|_| Error::broken(FORM, "it is no object whose members are texts"))?;
    from_members(&members)
}

/// From JSON text: a JWK, or a service account file of Google with a PEM in it.
pub(crate) fn from_text(text: &str, passphrase: Option<&str>) -> Result<Key, Error> {
    let members: Members = serde_json::from_str(text).map_err(|error| {
        if error.is_data() {
            Error::broken(FORM, "its members must be texts, each there once")
        } else {
            let (line, column) = (error.line(), error.column());
            Error::broken(FORM, format!("it is not JSON (line {line}, column {column})"))
        }
    })?;
    match (&members.kty, &members.private_key) {
        (None, Some(pem)) => {
            let key = Key::from(pem::key(&pem.0, passphrase)?);
            Ok(key.with_id(members.private_key_id.as_deref().unwrap_or_default()))
        }
        _ => from_members(&members),
    }
}

fn from_members(members: &Members) -> Result<Key, Error> {
    let material = match members.kty.as_deref() {
        Some("oct") => {
            let secret = bytes("k", members.k.as_ref())?;
            if secret.is_empty() {
                return Err(Error::EmptyKey);
            }
            Material::Secret(secret)
        }
        Some("RSA") => rsa_key(members)?,
        Some("EC") => ec_key(members)?,
        Some("OKP") => okp_key(members)?,
        Some(other) => {
            let what = format!("of the type \"{}\"", crate::error::excerpt(other));
            return Err(Error::KeyType { what });
        }
        None if members.keys.is_some() => {
            return Err(Error::broken(FORM, "it is a set of keys: give one of them"));
        }
        None => return Err(Error::broken(FORM, "it has no \"kty\"")),
    };
    Ok(Key {
        material,
        id: members.kid.clone(),
        algorithm: members.alg.clone(),
        usage: members.usage.clone(),
    })
}

fn bytes(name: &str, text: Option<&Text>) -> Result<Zeroizing<Vec<u8>>, Error> {
    let text = text.ok_or_else(|| Error::broken(FORM, format!("it has no \"{name}\"")))?;
    decode_pasted(&text.0)
        .ok_or_else(|| Error::broken(FORM, format!("its \"{name}\" is not base64url")))
}

fn rsa_key(members: &Members) -> Result<Material, Error> {
    let modulus = bytes("n", members.n.as_ref())?;
    let exponent = bytes("e", members.e.as_ref())?;
    if members.d.is_none() {
        return Ok(Public::Rsa(rsa_keys::public(&modulus, &exponent)?).into());
    }
    if members.oth.is_some() {
        return Err(Error::KeyType { what: "an RSA key of more than two primes".to_owned() });
    }
    let private = bytes("d", members.d.as_ref())?;
    let numbers = [modulus.as_slice(), &exponent, &private];
    let key = match (&members.p, &members.q) {
        (None, None) => rsa_keys::private(numbers, None)?,
        (first, second) => {
            let primes = [bytes("p", first.as_ref())?, bytes("q", second.as_ref())?];
            rsa_keys::private(numbers, Some([&primes[0], &primes[1]]))?
        }
    };
    Ok(Private::Rsa(key).into())
}

fn ec_key(members: &Members) -> Result<Material, Error> {
    let name = members.crv.as_deref().ok_or_else(|| Error::broken(FORM, "it has no \"crv\""))?;
    let curve = Curve::ALL.into_iter().find(|curve| curve.name() == name).ok_or_else(|| {
        Error::KeyType { what: format!("on the curve \"{}\"", crate::error::excerpt(name)) }
    })?;
    let x = padded("x", members.x.as_ref(), curve.size())?;
    let y = padded("y", members.y.as_ref(), curve.size())?;
    let point = [&[4][..], &x, &y].concat();
    let public = ec::Public::new(curve, &point).ok_or_else(|| {
        Error::broken(FORM, format!("its point is not on the curve {}", curve.name()))
    })?;
    if members.d.is_none() {
        return Ok(Public::Ec(public).into());
    }
    let d = padded("d", members.d.as_ref(), curve.size())?;
    let private = ec::Private::new(curve, &d).ok_or_else(|| {
        Error::broken(FORM, format!("its \"d\" is no number of the curve {}", curve.name()))
    })?;
    if private.public() != public {
        return Err(Error::broken(FORM, "its private and its public part are of different keys"));
    }
    Ok(Private::Ec(private).into())
}

fn okp_key(members: &Members) -> Result<Material, Error> {
    match members.crv.as_deref() {
        Some("Ed25519") => (),
        Some(other) => {
            let what = format!("on the curve \"{}\"", crate::error::excerpt(other));
            return Err(Error::KeyType { what });
        }
        None => return Err(Error::broken(FORM, "it has no \"crv\"")),
    }
    let x = padded("x", members.x.as_ref(), 32)?;
    let public = VerifyingKey::try_from(x.as_slice())
        .map_err(|_| Error::broken(FORM, "its \"x\" is no Ed25519 key"))?;
    if members.d.is_none() {
        return Ok(Public::Ed25519(public).into());
    }
    let d = padded("d", members.d.as_ref(), 32)?;
    let private = SigningKey::try_from(d.as_slice())
        .map_err(|_| Error::broken(FORM, "its \"d\" is no Ed25519 key"))?;
    if private.verifying_key() != public {
        return Err(Error::broken(FORM, "its private and its public part are of different keys"));
    }
    Ok(Private::Ed25519(private).into())
}

/// A number of exactly `size` bytes; where a writer left out leading zeros, with them.
fn padded(name: &str, text: Option<&Text>, size: usize) -> Result<Zeroizing<Vec<u8>>, Error> {
    let short = bytes(name, text)?;
    if short.len() > size || short.is_empty() {
        return Err(Error::broken(FORM, format!("its \"{name}\" does not have {size} bytes")));
    }
    let mut whole = Zeroizing::new(vec![0; size]);
    whole[size - short.len()..].copy_from_slice(&short);
    Ok(whole)
}

fn number(value: &BoxedUint) -> String {
    base64url(&value.to_be_bytes_trimmed_vartime())
}

/// The members of RFC 7638 §3.2, in their order.
fn public_members(public: &Public) -> Vec<(&'static str, String)> {
    match public {
        Public::Rsa(key) => {
            vec![("e", number(key.e())), ("kty", "RSA".to_owned()), ("n", number(key.n()))]
        }
        Public::Ec(key) => {
            let (x, y) = key.coordinates();
            vec![
                ("crv", key.curve().name().to_owned()),
                ("kty", "EC".to_owned()),
                ("x", base64url(&x)),
                ("y", base64url(&y)),
            ]
        }
        Public::Ed25519(key) => vec![
            ("crv", "Ed25519".to_owned()),
            ("kty", "OKP".to_owned()),
            ("x", base64url(key.as_bytes())),
        ],
    }
}

pub(crate) fn public(key: &Key) -> Value {
    let mut members = Map::new();
    match key.material.public() {
        Some(public) => {
            for (name, text) in public_members(&public) {
                members.insert(name.to_owned(), json!(text));
            }
        }
        None => {
            members.insert("kty".to_owned(), json!("oct"));
        }
    }
    for (name, text) in described(key) {
        members.insert(name.to_owned(), json!(text));
    }
    Value::Object(members)
}

fn described(key: &Key) -> impl Iterator<Item = (&'static str, &str)> {
    [("kid", &key.id), ("alg", &key.algorithm), ("use", &key.usage)]
        .into_iter()
        .filter_map(|(name, text)| Some((name, text.as_deref()?)))
}

pub(crate) fn private(key: &Key) -> Zeroizing<String> {
    let public = public(key).to_string();
    let secrets: Vec<(&str, Zeroizing<String>)> = match &key.material {
        Material::Secret(secret) => vec![("k", encode_secret(secret))],
        Material::Public(_) => Vec::new(),
        Material::Private(private) => match &**private {
            Private::Rsa(key) => rsa_secrets(key),
            Private::Ec(key) => vec![("d", encode_secret(&key.number()))],
            Private::Ed25519(key) => vec![("d", encode_secret(key.as_bytes()))],
        },
    };
    // One allocation that is large enough: a growing text would leave copies behind.
    let room = secrets.iter().map(|(name, text)| name.len() + text.len() + 6).sum::<usize>();
    let mut json = Zeroizing::new(String::with_capacity(public.len() + room));
    json.push_str(public.trim_end_matches('}'));
    for (name, text) in &secrets {
        for piece in [",\"", name, "\":\"", text, "\""] {
            json.push_str(piece);
        }
    }
    json.push('}');
    json
}

fn rsa_secrets(key: &RsaPrivateKey) -> Vec<(&'static str, Zeroizing<String>)> {
    let text = |value: &BoxedUint| {
        let bytes = Zeroizing::new(value.to_be_bytes());
        let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
        encode_secret(&bytes[zeros..])
    };
    let mut secrets = vec![("d", text(key.d()))];
    if let [p, q] = key.primes() {
        secrets.push(("p", text(p)));
        secrets.push(("q", text(q)));
    }
    // RFC 7518 §6.3.2: with p and q go these three.
    if let (Some(dp), Some(dq), Some(qi)) = (key.dp(), key.dq(), key.crt_coefficient()) {
        secrets.push(("dp", text(dp)));
        secrets.push(("dq", text(dq)));
        secrets.push(("qi", text(&qi)));
    }
    secrets
}

pub(crate) fn thumbprint(key: &Key) -> String {
    let members = match &key.material {
        Material::Secret(secret) => {
            let k = encode_secret(secret);
            let mut hash = Sha256::new();
            for piece in ["{\"k\":\"", &k, "\",\"kty\":\"oct\"}"] {
                hash.update(piece.as_bytes());
            }
            return base64url(&hash.finalize());
        }
        Material::Private(private) => public_members(&private.public()),
        Material::Public(public) => public_members(public),
    };
    let canonical: Map<String, Value> =
        members.into_iter().map(|(name, text)| (name.to_owned(), json!(text))).collect();
    base64url(&Sha256::digest(Value::Object(canonical).to_string().as_bytes()))
}
