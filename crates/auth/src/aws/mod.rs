//! AWS Signature Version 4, in headers and in the query.

mod canonical;
mod chunks;
mod credentials;
mod profiles;
mod scope;
mod signature;
#[cfg(test)]
mod vectors;

use errand_model::{AwsPayload, AwsV4 as Fields, SignaturePlace};
use sha2::{Digest, Sha256};

use self::canonical::{Canonical, PathRule, is_signed};
use self::chunks::Chunks;
use self::credentials::{Found, Keys};
use self::scope::Scope;
use self::signature::Signature;
use crate::apply::{DOTS, no_controls};
use crate::parts::{authority, hash, pairs};
use crate::surroundings::hex;
use crate::{Addition, Error, Place, Secret, Signed, SignedBody, Signer, Surroundings, Unsigned};

const SCHEME: &str = "AWS Signature";
const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const UNSIGNED: &str = "UNSIGNED-PAYLOAD";
const STREAMED: &str = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";

/// Signs each request with keys that were found before the first.
pub(crate) struct AwsV4 {
    keys: Keys,
    /// Region of the profile or the environment, for hosts that do not say theirs.
    home: Option<String>,
    fields: Plain,
    sources: Surroundings,
}

/// The fields that are no secrets.
struct Plain {
    region: String,
    service: String,
    placement: SignaturePlace,
    payload: AwsPayload,
    /// Seconds.
    expires: u32,
}

/// What one request is signed with.
struct Signing<'a> {
    keys: &'a Keys,
    scope: Scope,
    date: String,
    body: BodyWord,
}

/// What stands for the body in the signature.
struct BodyWord {
    word: String,
    /// The body's length where it is signed piece by piece.
    streamed: Option<u64>,
}

impl AwsV4 {
    pub fn new(fields: &Fields, sources: &Surroundings) -> Result<Self, Error> {
        let Found { keys, region } = credentials::find(fields, &sources.aws)?;
        no_controls("region", fields.region.trim())?;
        no_controls("service", fields.service.trim())?;
        no_controls("region of the AWS settings", region.as_deref().unwrap_or_default())?;
        let expires = match fields.expires.trim() {
            "" => 300,
            text => text.parse().ok().filter(|n| (1..=604_800).contains(n)).ok_or_else(|| {
                let expected = "a number of seconds from 1 to 604800 (a week)".to_owned();
                Error::Field { field: "signature's time of validity", expected }
            })?,
        };
        let fields = Plain {
            region: fields.region.trim().to_owned(),
            service: fields.service.trim().to_owned(),
            placement: fields.placement,
            payload: fields.payload,
            expires,
        };
        Ok(Self { keys, home: region, fields, sources: sources.clone() })
    }

    fn signing(&self, request: &Unsigned<'_>) -> Result<Signing<'_>, Error> {
        let fields = &self.fields;
        let host = request.url.host_str().unwrap_or_default();
        let scope = Scope::find(host, &fields.service, &fields.region, self.home.as_deref())?;
        let body = self.body_word(request, &scope)?;
        let date = self.sources.now()?.strftime("%Y%m%dT%H%M%SZ").to_string();
        Ok(Signing { keys: &self.keys, scope, date, body })
    }

    fn body_word(&self, request: &Unsigned<'_>, scope: &Scope) -> Result<BodyWord, Error> {
        let plain = |word: String| Ok(BodyWord { word, streamed: None });
        let in_query = self.fields.placement == SignaturePlace::Query;
        match self.fields.payload {
            // S3 takes no other word in a presigned URL.
            _ if in_query && scope.is_s3() => plain(UNSIGNED.to_owned()),
            AwsPayload::Unsigned => plain(UNSIGNED.to_owned()),
            AwsPayload::Streamed if in_query => Err(refused(
                "a signature in the query cannot sign the body piece by piece. Put it into the header, or choose another body signature",
            )),
            AwsPayload::Streamed => match request.payload.length() {
                None => Err(refused(
                    "signing the body piece by piece needs a length known beforehand. Choose a signed or an unsigned body",
                )),
                Some(0) => plain(hex(&Sha256::digest(b""))),
                Some(length) => Ok(BodyWord { word: STREAMED.to_owned(), streamed: Some(length) }),
            },
            AwsPayload::Signed => plain(hex(&hash::<Sha256>(request.payload)?)),
        }
    }
}

fn refused(reason: &str) -> Error {
    Error::Request { scheme: SCHEME, reason: reason.to_owned() }
}

impl Signer for AwsV4 {
    fn sign(&mut self, request: &Unsigned<'_>) -> Result<Signed, Error> {
        let signing = self.signing(request)?;
        match self.fields.placement {
            SignaturePlace::Header => Ok(signing.into_header(request)),
            SignaturePlace::Query => Ok(signing.into_query(request, self.fields.expires)),
        }
    }
}

impl Signing<'_> {
    fn into_header(self, request: &Unsigned<'_>) -> Signed {
        let added = self.headers(request);
        let headers = merged(request, &added, self.body.streamed);
        let canonical = self.canonical(request, &headers, &pairs(query(request)));
        let signature = Signature::of(&canonical.text, &self.date, &self.scope, self.keys);
        let credential = self.scope.credential(&self.keys.id, &self.date);
        let names = &canonical.signed_headers;
        let header = |proof: &str| {
            format!("{ALGORITHM} Credential={credential}, SignedHeaders={names}, Signature={proof}")
        };
        let mut additions: Vec<Addition> =
            added.into_iter().map(|(name, value)| addition(Place::Header, name, value)).collect();
        additions.push(Addition {
            place: Place::Header,
            name: "Authorization".to_owned(),
            value: Secret::new(header(&signature.text)),
            shown: header(DOTS),
        });
        let body = self
            .body
            .streamed
            .map(|_| SignedBody::Framed(Box::new(Chunks::new(signature, self.date, &self.scope))));
        Signed { additions, body }
    }

    fn into_query(self, request: &Unsigned<'_>, expires: u32) -> Signed {
        let headers = merged(request, &[], None);
        let mut added = vec![
            ("X-Amz-Algorithm", ALGORITHM.to_owned()),
            ("X-Amz-Credential", self.scope.credential(&self.keys.id, &self.date)),
            ("X-Amz-Date", self.date.clone()),
            ("X-Amz-Expires", expires.to_string()),
            ("X-Amz-SignedHeaders", canonical::signed_headers(&headers)),
        ];
        if let Some(token) = &self.keys.token {
            added.push(("X-Amz-Security-Token", token.to_string()));
        }
        let mut all = pairs(query(request));
        all.extend(added.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        let canonical = self.canonical(request, &headers, &all);
        let signature = Signature::of(&canonical.text, &self.date, &self.scope, self.keys);
        added.push(("X-Amz-Signature", signature.text.clone()));
        let additions =
            added.into_iter().map(|(name, value)| addition(Place::Query, name, value)).collect();
        Signed { additions, body: None }
    }

    /// The headers that go with the signature.
    fn headers(&self, request: &Unsigned<'_>) -> Vec<(&'static str, String)> {
        let mut headers = vec![("X-Amz-Date", self.date.clone())];
        if let Some(token) = &self.keys.token {
            headers.push(("X-Amz-Security-Token", token.to_string()));
        }
        if self.scope.is_s3() || self.body.word == UNSIGNED || self.body.streamed.is_some() {
            headers.push(("X-Amz-Content-Sha256", self.body.word.clone()));
        }
        if let Some(length) = self.body.streamed {
            headers.push(("X-Amz-Decoded-Content-Length", length.to_string()));
            let coding = match request.header("Content-Encoding") {
                None | Some("") => "aws-chunked".to_owned(),
                Some(coding) => format!("aws-chunked,{coding}"),
            };
            headers.push(("Content-Encoding", coding));
        }
        headers
    }

    fn canonical(
        &self,
        request: &Unsigned<'_>,
        headers: &[(String, String)],
        query: &[(String, String)],
    ) -> Canonical {
        let rule = if self.scope.is_s3() { PathRule::S3 } else { PathRule::Normalized };
        let path = canonical::path(request.url.path(), rule);
        Canonical::new(request.method, &path, query, headers, &self.body.word)
    }
}

fn query<'a>(request: &Unsigned<'a>) -> &'a str {
    request.url.query().unwrap_or_default()
}

/// The headers that are signed: those of the request, with `added` in place of the same ones.
fn merged(
    request: &Unsigned<'_>,
    added: &[(&str, String)],
    streamed: Option<u64>,
) -> Vec<(String, String)> {
    let replaced = |name: &str| added.iter().any(|(new, _)| new.eq_ignore_ascii_case(name));
    let mut headers: Vec<(String, String)> = request
        .headers
        .iter()
        .filter(|(name, _)| is_signed(name) && !replaced(name))
        .map(|(name, value)| match streamed {
            Some(length) if name.eq_ignore_ascii_case("Content-Length") => {
                (name.clone(), chunks::framed_length(length).to_string())
            }
            _ => (name.clone(), value.clone()),
        })
        .collect();
    if request.header("Host").is_none() {
        headers.push(("Host".to_owned(), authority(request)));
    }
    headers.extend(added.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    headers
}

/// A token and a signature are hidden; everything else tells what was signed.
fn addition(place: Place, name: &str, value: String) -> Addition {
    let hidden = matches!(name, "X-Amz-Security-Token" | "X-Amz-Signature");
    let shown = if hidden { DOTS.to_owned() } else { value.clone() };
    Addition { place, name: name.to_owned(), value: Secret::new(value), shown }
}
