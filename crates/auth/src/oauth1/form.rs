//! A request's body, as OAuth 1 sees it: a form whose parameters are signed, or anything else.

use sha1::Sha1;
use sha2::{Sha256, Sha512};

use super::method::{Hash, Method};
use super::{Parameters, SCHEME};
use crate::parts::{base64, encode, hash, pairs, read_all};
use crate::{Addition, Error, Payload, Place, Secret, Signed, SignedBody, Unsigned};

const FORM: &str = "application/x-www-form-urlencoded";

/// A body.
pub(super) enum Form {
    /// A form: as sent, and decoded.
    Encoded { text: Vec<u8>, pairs: Vec<(String, String)>, typed: bool },
    /// None, or one that is no form.
    Other,
}

impl Form {
    /// Reads the body where it is a form. `wanted`: it has to be one, or to be empty.
    pub fn read(request: &Unsigned<'_>, wanted: bool) -> Result<Self, Error> {
        let kind = request.header("Content-Type");
        let essence = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default().trim();
        let typed = essence.eq_ignore_ascii_case(FORM);
        if typed {
            let text = read_all(request.payload)?;
            let pairs = pairs(&String::from_utf8_lossy(&text));
            return Ok(Self::Encoded { text, pairs, typed });
        }
        if !wanted {
            return Ok(Self::Other);
        }
        let takes_body = !["GET", "HEAD", "DELETE", "OPTIONS", "TRACE"].contains(&request.method);
        if takes_body && kind.is_none() && request.payload.length() == Some(0) {
            return Ok(Self::Encoded { text: Vec::new(), pairs: Vec::new(), typed });
        }
        Err(Error::Request {
            scheme: SCHEME,
            reason: format!(
                "the parameters are to go into the body, and only a form ({FORM}) can take them. Put them into the header, or send a form"
            ),
        })
    }

    /// The form's parameters; none for anything else.
    pub fn pairs(&self) -> &[(String, String)] {
        match self {
            Self::Encoded { pairs, .. } => pairs,
            Self::Other => &[],
        }
    }

    /// The form with further parameters (§3.5.2).
    pub fn with(self, parameters: &Parameters) -> Result<Signed, Error> {
        let Self::Encoded { mut text, typed, .. } = self else {
            return Err(Error::Request {
                scheme: SCHEME,
                reason: "its body is no form".to_owned(),
            });
        };
        for (name, value) in parameters.iter() {
            if !text.is_empty() {
                text.push(b'&');
            }
            text.extend_from_slice(format!("{name}={}", encode(value)).as_bytes());
        }
        let kind = Addition {
            place: Place::Header,
            name: "Content-Type".to_owned(),
            value: Secret::from(FORM),
            shown: FORM.to_owned(),
        };
        let additions = if typed { Vec::new() } else { vec![kind] };
        Ok(Signed { additions, body: Some(SignedBody::Whole(text)) })
    }
}

/// `oauth_body_hash`: with the signature's own hash (SHA-1 where it has none).
pub(super) fn body_hash(method: Method, payload: &dyn Payload) -> Result<String, Error> {
    Ok(match method.hash() {
        Hash::Sha1 => base64(hash::<Sha1>(payload)?),
        Hash::Sha256 => base64(hash::<Sha256>(payload)?),
        Hash::Sha512 => base64(hash::<Sha512>(payload)?),
    })
}
