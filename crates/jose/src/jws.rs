//! Compact signed tokens (RFC 7515 §3.1), with JSON claims (RFC 7519) or any payload.

use serde_json::{Map, Value};
use zeroize::Zeroizing;

use crate::base64url::{base64url, decode, decode_pasted};
use crate::{Algorithm, Error, Key, KeySet, algorithm};

/// Longer tokens are not read, in bytes.
pub const MAX_TOKEN: usize = 1024 * 1024;

/// A token's content, its signature not looked at: to show, not to trust.
#[derive(Debug, Clone, PartialEq)]
pub struct Unverified {
    /// The header, an object.
    pub header: Value,
    /// The claims, an object.
    pub claims: Value,
    /// Length of the signature in bytes; 0 for a token that is not signed.
    pub signature_length: usize,
}

/// The content of a token whose signature is right. Its claims are not checked yet: see
/// [`crate::check`].
#[derive(Debug, Clone, PartialEq)]
pub struct Verified {
    /// The header, an object.
    pub header: Value,
    /// The claims, an object.
    pub claims: Value,
}

/// Any content whose signature is right.
#[derive(Debug, Clone, PartialEq)]
pub struct Payload {
    /// The header, an object.
    pub header: Value,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// Makes a JWT. The header's `alg` is set, its `typ` is `JWT` unless given.
///
/// # Errors
/// A key that does not fit the algorithm, or cannot sign.
pub fn sign(
    mut header: Map<String, Value>,
    claims: Map<String, Value>,
    algorithm: Algorithm,
    key: &Key,
) -> Result<Zeroizing<String>, Error> {
    let kind = header.shift_remove("typ").unwrap_or_else(|| Value::from("JWT"));
    let mut ordered = Map::from_iter([("alg".to_owned(), Value::Null), ("typ".to_owned(), kind)]);
    ordered.append(&mut header);
    let claims = Zeroizing::new(Value::Object(claims).to_string());
    sign_payload(ordered, claims.as_bytes(), algorithm, key)
}

/// Signs any payload. The header's `alg` is set; it goes first unless it is there already.
///
/// # Errors
/// A key that does not fit the algorithm, or cannot sign.
pub fn sign_payload(
    mut header: Map<String, Value>,
    payload: &[u8],
    algorithm: Algorithm,
    key: &Key,
) -> Result<Zeroizing<String>, Error> {
    key.refuse(algorithm)?;
    if header.contains_key("alg") {
        header.insert("alg".to_owned(), algorithm.name().into());
    } else {
        header.shift_insert(0, "alg".to_owned(), algorithm.name().into());
    }
    let header = base64url(Value::Object(header).to_string().as_bytes());
    let payload = Zeroizing::new(base64url(payload));
    let mut token = Zeroizing::new(String::with_capacity(header.len() + payload.len() + 2048));
    for piece in [&header, ".", &*payload] {
        token.push_str(piece);
    }
    let signature = key.material.sign(algorithm, token.as_bytes())?;
    token.push('.');
    token.push_str(&base64url(&signature));
    Ok(token)
}

/// What a token says, for showing it. Nothing is verified: never decide by it.
///
/// Takes what people paste: blanks around it, `Bearer` before it, padding in it.
///
/// # Errors
/// A text that is no signed token with JSON claims.
pub fn read(token: &str) -> Result<Unverified, Error> {
    let token = token.trim();
    let token = match token.split_once(' ') {
        Some((word, rest)) if word.eq_ignore_ascii_case("Bearer") => rest.trim_start(),
        _ => token,
    };
    let [header, claims, signature] = parts(token)?;
    let pasted = |part, text| decode_pasted(text).ok_or(Error::Base64 { part });
    Ok(Unverified {
        header: object("header", &pasted("header", header)?)?,
        claims: object("claims", &pasted("claims", claims)?)?,
        signature_length: pasted("signature", signature)?.len(),
    })
}

/// Verifies a JWT with the key that its header names, by an algorithm that is allowed.
///
/// # Errors
/// A text that is no such token; an algorithm that is not allowed (`none` never is); no key that
/// fits; a signature that does not match.
pub fn verify(token: &str, keys: &KeySet, allowed: &[Algorithm]) -> Result<Verified, Error> {
    let Payload { header, bytes } = verify_payload(token, keys, allowed)?;
    Ok(Verified { header, claims: object("claims", &bytes)? })
}

/// [`verify`] for any payload.
///
/// # Errors
/// As of [`verify`].
pub fn verify_payload(token: &str, keys: &KeySet, allowed: &[Algorithm]) -> Result<Payload, Error> {
    let [header_text, payload_text, signature_text] = parts(token)?;
    let header = object("header", &decode(header_text).ok_or(Error::Base64 { part: "header" })?)?;
    let name =
        header.get("alg").and_then(Value::as_str).ok_or(Error::HeaderParameter { name: "alg" })?;
    if name.eq_ignore_ascii_case("none") {
        return Err(Error::Unsigned);
    }
    let algorithm: Algorithm = name.parse()?;
    if !allowed.contains(&algorithm) {
        return Err(Error::NotAllowed { algorithm, allowed: algorithm::names(allowed) });
    }
    // No extension is known, so none can be understood; `b64` of RFC 7797 is among them.
    if header.get("crit").is_some() {
        return Err(Error::Critical);
    }
    let kid = match header.get("kid") {
        None => None,
        Some(Value::String(kid)) => Some(kid.as_str()),
        Some(_) => return Err(Error::HeaderParameter { name: "kid" }),
    };
    let bytes = decode(payload_text).ok_or(Error::Base64 { part: "claims" })?;
    let signature = decode(signature_text).ok_or(Error::Base64 { part: "signature" })?;
    let signed = &token.as_bytes()[..header_text.len() + 1 + payload_text.len()];
    let right = keys
        .candidates(algorithm, kid)?
        .iter()
        .any(|key| key.material.verify(algorithm, signed, &signature));
    if right { Ok(Payload { header, bytes }) } else { Err(Error::Signature) }
}

fn parts(token: &str) -> Result<[&str; 3], Error> {
    if token.len() > MAX_TOKEN {
        return Err(Error::TooLong { length: token.len(), most: MAX_TOKEN });
    }
    // A text of a million dots is not split into a million parts.
    let parts: Vec<&str> = token.splitn(6, '.').collect();
    match parts[..] {
        [header, payload, signature] => Ok([header, payload, signature]),
        [_, _, _, _, _] => Err(Error::Encrypted),
        _ => Err(Error::Parts { parts: parts.len() }),
    }
}

/// A part as a JSON object. Deep nesting is refused by the parser (128 levels).
fn object(part: &'static str, bytes: &[u8]) -> Result<Value, Error> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| Error::Json {
        part,
        line: error.line(),
        column: error.column(),
    })?;
    if value.is_object() { Ok(value) } else { Err(Error::NotAnObject { part }) }
}
