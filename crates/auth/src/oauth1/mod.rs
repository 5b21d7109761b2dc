//! OAuth 1.0a (RFC 5849): requests signed with a client's and a token's secrets.
//!
//! [`sign`] is for flows that sign requests of their own; a user's requests are signed through
//! [`crate::signer`].

mod base_string;
mod form;
mod method;
#[cfg(test)]
mod vectors;

use errand_model::{OAuth1 as Fields, OAuth1Place};
use url::Url;
use zeroize::Zeroizing;

use self::base_string::base_string;
use self::form::{Form, body_hash};
use self::method::{Method, SigningKey};
use crate::apply::{DOTS, no_controls};
use crate::parts::{as_asked, encode, pairs, quoted};
use crate::{Addition, Error, Place, Secret, Signed, Signer, Surroundings, Unsigned};

const SCHEME: &str = "OAuth 1";

/// The parts of a request that a signature covers.
pub struct Request<'a> {
    /// Method as sent.
    pub method: &'a str,
    /// URL as sent; its query takes part.
    pub url: &'a Url,
    /// The decoded names and values of a form body; empty for any other body.
    pub form: &'a [(String, String)],
    /// `oauth_body_hash`, for a body that is no form.
    pub body_hash: Option<String>,
}

/// The `oauth_…` parameters of one request, signature included.
pub struct Parameters(Vec<(&'static str, Zeroizing<String>)>);

impl Parameters {
    /// Names and values, not encoded.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// As an `Authorization` header (§3.5.1). An empty `realm` is left out.
    pub fn header(&self, realm: &str) -> Addition {
        let text = |shown: bool| {
            let mut parts = Vec::new();
            if !realm.is_empty() {
                parts.push(format!("realm={}", quoted(realm)));
            }
            parts.extend(self.iter().map(|(name, value)| {
                let hidden = shown && is_secret(name);
                let value = if hidden { DOTS.to_owned() } else { encode(value) };
                format!("{name}=\"{value}\"")
            }));
            format!("OAuth {}", parts.join(", "))
        };
        Addition {
            place: Place::Header,
            name: "Authorization".to_owned(),
            value: Secret::new(text(false)),
            shown: text(true),
        }
    }

    /// As query parameters (§3.5.3).
    fn query(&self) -> Vec<Addition> {
        self.iter()
            .map(|(name, value)| Addition {
                place: Place::Query,
                name: name.to_owned(),
                value: Secret::from(value),
                shown: if is_secret(name) { DOTS.to_owned() } else { value.to_owned() },
            })
            .collect()
    }
}

/// What proves something, or lets another act: the signature, and the codes of a flow. A token
/// without its secret only names.
fn is_secret(name: &str) -> bool {
    ["oauth_signature", "oauth_verifier", "oauth_token"].contains(&name)
}

/// Signs one request. For the legs of a flow, `definition` has the token and verifier of that leg;
/// `oauth_callback` goes along as long as there is no token (§2.1).
///
/// # Errors
/// A field that is missing or wrong, a private key that cannot be read.
pub fn sign(
    definition: &Fields,
    request: &Request<'_>,
    sources: &Surroundings,
) -> Result<Parameters, Error> {
    Prepared::new(definition)?.sign(request, sources)
}

/// A definition whose fields are checked and whose key is read.
struct Prepared {
    fields: Fields,
    method: Method,
    key: SigningKey,
}

impl Prepared {
    fn new(fields: &Fields) -> Result<Self, Error> {
        if fields.consumer_key.is_empty() {
            return Err(Error::Empty { field: "consumer key" });
        }
        no_controls("realm", &fields.realm)?;
        let timestamp = fields.timestamp.trim();
        if !timestamp.bytes().all(|byte| byte.is_ascii_digit()) {
            let expected = "a number of seconds since 1970".to_owned();
            return Err(Error::Field { field: "timestamp", expected });
        }
        let method = Method::named(&fields.signature_method)?;
        let key = SigningKey::new(method, fields)?;
        Ok(Self { fields: without_secrets(fields), method, key })
    }

    fn sign(&self, request: &Request<'_>, sources: &Surroundings) -> Result<Parameters, Error> {
        let mut parameters = self.unsigned(request, sources)?;
        let oauth = parameters.iter().map(|(name, value)| (*name, value.as_str()));
        let form = request.form.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let query = pairs(request.url.query().unwrap_or_default());
        let query = query.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let text = base_string(request.method, request.url, oauth.chain(form).chain(query));
        let signature = Zeroizing::new(self.key.sign(&text)?);
        parameters.push(("oauth_signature", signature));
        Ok(Parameters(parameters))
    }

    /// §3.1, in the order in which they are sent.
    fn unsigned(
        &self,
        request: &Request<'_>,
        sources: &Surroundings,
    ) -> Result<Vec<(&'static str, Zeroizing<String>)>, Error> {
        let fields = &self.fields;
        let or = |text: &str, other: &dyn Fn() -> Result<String, Error>| match text.trim() {
            "" => other(),
            text => Ok(text.to_owned()),
        };
        let timestamp = or(&fields.timestamp, &|| Ok(sources.now()?.as_second().to_string()))?;
        let nonce = or(&fields.nonce, &|| sources.random.nonce())?;
        let version = or(&fields.version, &|| Ok("1.0".to_owned()))?;
        let callback =
            if fields.access_token.is_empty() { fields.callback_url.as_str() } else { "" };
        let all = [
            ("oauth_consumer_key", fields.consumer_key.as_str()),
            ("oauth_token", &fields.access_token),
            ("oauth_signature_method", self.method.name()),
            ("oauth_timestamp", &timestamp),
            ("oauth_nonce", &nonce),
            ("oauth_version", &version),
            ("oauth_callback", callback),
            ("oauth_verifier", &fields.verifier),
            ("oauth_body_hash", request.body_hash.as_deref().unwrap_or_default()),
        ];
        let given = all.into_iter().filter(|(_, value)| !value.is_empty());
        Ok(given.map(|(name, value)| (name, Zeroizing::new(value.to_owned()))).collect())
    }
}

/// The fields that are sent or say how: the secrets are in the key, where they are wiped.
fn without_secrets(fields: &Fields) -> Fields {
    Fields {
        consumer_key: fields.consumer_key.clone(),
        access_token: fields.access_token.clone(),
        callback_url: fields.callback_url.clone(),
        verifier: fields.verifier.clone(),
        timestamp: fields.timestamp.clone(),
        nonce: fields.nonce.clone(),
        version: fields.version.clone(),
        realm: fields.realm.clone(),
        placement: fields.placement,
        include_body_hash: fields.include_body_hash,
        ..Fields::default()
    }
}

/// Signs a user's requests.
pub(crate) struct OAuth1 {
    prepared: Prepared,
    sources: Surroundings,
}

impl OAuth1 {
    pub fn new(fields: &Fields, sources: &Surroundings) -> Result<Self, Error> {
        Ok(Self { prepared: Prepared::new(fields)?, sources: sources.clone() })
    }

    /// The hash of a body that is no form, where it is wanted.
    fn body_hash(&self, request: &Unsigned<'_>, form: &Form) -> Result<Option<String>, Error> {
        let wanted = self.prepared.fields.include_body_hash && matches!(form, Form::Other);
        wanted.then(|| body_hash(self.prepared.method, request.payload)).transpose()
    }
}

impl Signer for OAuth1 {
    fn sign(&mut self, request: &Unsigned<'_>) -> Result<Signed, Error> {
        let placement = self.prepared.fields.placement;
        let form = Form::read(request, placement == OAuth1Place::Body)?;
        // RFC 5849 §3.4.1.2: the host of the `Host` header.
        let url = as_asked(request);
        let signed = Request {
            method: request.method,
            url: &url,
            form: form.pairs(),
            body_hash: self.body_hash(request, &form)?,
        };
        let parameters = self.prepared.sign(&signed, &self.sources)?;
        Ok(match placement {
            OAuth1Place::Header => parameters.header(&self.prepared.fields.realm).into(),
            OAuth1Place::Query => Signed { additions: parameters.query(), body: None },
            OAuth1Place::Body => form.with(&parameters)?,
        })
    }
}
