//! Akamai `EdgeGrid` (`EG1-HMAC-SHA256`).

use errand_model::EdgeGrid as Fields;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::apply::{DOTS, no_controls};
use crate::parts::{authority, base64, hmac, read, target};
use crate::{Addition, Error, Payload, Place, Secret, Signed, Signer, Surroundings, Unsigned};

/// Bytes of a body that are hashed unless said otherwise.
const MAX_BODY: u64 = 131_072;

/// Signs method, URL, chosen headers and the start of a POST body.
pub(crate) struct EdgeGrid {
    client_token: String,
    access_token: String,
    client_secret: Zeroizing<String>,
    headers: Vec<String>,
    max_body: u64,
    sources: Surroundings,
}

impl EdgeGrid {
    pub fn new(fields: &Fields, sources: &Surroundings) -> Result<Self, Error> {
        let required = |field: &'static str, text: &str| {
            let text = text.trim();
            if text.is_empty() {
                return Err(Error::Empty { field });
            }
            no_controls(field, text)?;
            Ok(text.to_owned())
        };
        let max_body = match fields.max_body_bytes.trim() {
            "" => MAX_BODY,
            text => text.parse().map_err(|_| Error::Field {
                field: "number of body bytes to hash",
                expected: "a number, such as 131072".to_owned(),
            })?,
        };
        Ok(Self {
            client_token: required("client token", &fields.client_token)?,
            access_token: required("access token", &fields.access_token)?,
            client_secret: Zeroizing::new(required("client secret", &fields.client_secret)?),
            headers: names(&fields.headers_to_sign),
            max_body,
            sources: sources.clone(),
        })
    }

    /// The text that is signed: fields with tabs between them.
    fn data(&self, request: &Unsigned<'_>, unsigned_header: &str) -> Result<String, Error> {
        let headers: Vec<String> = self
            .headers
            .iter()
            .filter_map(|name| Some(format!("{name}:{}", single_spaced(request.header(name)?))))
            .collect();
        Ok([
            request.method,
            request.url.scheme(),
            &authority(request).to_ascii_lowercase(),
            target(request.url),
            &headers.join("\t"),
            &self.content_hash(request)?,
            unsigned_header,
        ]
        .join("\t"))
    }

    /// Only of POST bodies, as Akamai's own clients do.
    fn content_hash(&self, request: &Unsigned<'_>) -> Result<String, Error> {
        if request.method != "POST" {
            return Ok(String::new());
        }
        let (hash, length) = hash_start(request.payload, self.max_body)?;
        Ok(if length == 0 { String::new() } else { hash })
    }
}

impl Signer for EdgeGrid {
    fn sign(&mut self, request: &Unsigned<'_>) -> Result<Signed, Error> {
        let timestamp = self.sources.now()?.strftime("%Y%m%dT%H:%M:%S+0000").to_string();
        let nonce = self.sources.random.nonce()?;
        let header = format!(
            "EG1-HMAC-SHA256 client_token={};access_token={};timestamp={timestamp};nonce={nonce};",
            self.client_token, self.access_token
        );
        let key = hmac::<Sha256>(self.client_secret.as_bytes(), timestamp.as_bytes());
        let key = Zeroizing::new(base64(Zeroizing::new(key).as_slice()));
        let data = self.data(request, &header)?;
        let signature = base64(hmac::<Sha256>(key.as_bytes(), data.as_bytes()));
        // The access token is a credential beside the secret; the client token names the client.
        let harmless = header.replace(&self.access_token, DOTS);
        Ok(Addition {
            place: Place::Header,
            name: "Authorization".to_owned(),
            value: Secret::new(format!("{header}signature={signature}")),
            shown: format!("{harmless}signature={DOTS}"),
        }
        .into())
    }
}

/// The names of a list with commas (or blanks, or semicolons) between them, in lower case.
fn names(list: &str) -> Vec<String> {
    list.split(|c: char| c == ',' || c == ';' || c.is_whitespace())
        .filter(|name| !name.is_empty())
        .map(str::to_ascii_lowercase)
        .collect()
}

fn single_spaced(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The hash of a body's first `max` bytes, and how many there were.
fn hash_start(payload: &dyn Payload, max: u64) -> Result<(String, u64), Error> {
    let mut hash = Sha256::new();
    let mut left = max;
    read(payload, &mut |piece| {
        let taken = usize::try_from(left).unwrap_or(usize::MAX).min(piece.len());
        hash.update(&piece[..taken]);
        left -= taken as u64;
    })?;
    Ok((base64(hash.finalize()), max - left))
}
