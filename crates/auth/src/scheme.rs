//! The one door to the signers, and what schemes are called.

use errand_model::Auth;

use crate::asap::Asap;
use crate::aws::AwsV4;
use crate::connection::{Negotiate, Ntlm};
use crate::digest::Digest;
use crate::edgegrid::EdgeGrid;
use crate::fixed::Static;
use crate::hawk::Hawk;
use crate::jwt::Jwt;
use crate::netrc::Netrc;
use crate::oauth1::OAuth1;
use crate::wsse::Wsse;
use crate::{Error, Signer, Surroundings, api_key, basic, bearer};

/// The signer of `auth`, every field of which is resolved and every key file read; none for
/// [`Auth::None`]. What can be told to be wrong before sending is told here.
///
/// [`Auth::OAuth2`] has no signer here: its token is had first, and its flow gives the signer.
///
/// # Errors
/// A field that is missing or wrong; never with its value, where it may be secret.
pub fn signer(auth: &Auth, sources: &Surroundings) -> Result<Option<Box<dyn Signer>>, Error> {
    let signer: Box<dyn Signer> = match auth {
        Auth::None => return Ok(None),
        Auth::Inherit => return Err(Error::Inherited),
        Auth::Basic { username, password } => Box::new(Static::new(basic(username, password)?)),
        Auth::Bearer { token } => Box::new(Static::new(bearer(token)?)),
        Auth::ApiKey { key, value, placement } => {
            Box::new(Static::new(api_key(key, value, *placement)?))
        }
        Auth::Digest { username, password } => Box::new(Digest::new(username, password, sources)?),
        Auth::Hawk(fields) => Box::new(Hawk::new(fields, sources)?),
        Auth::Wsse { username, password, digest } => {
            Box::new(Wsse::new(username, password, *digest, sources)?)
        }
        Auth::EdgeGrid(fields) => Box::new(EdgeGrid::new(fields, sources)?),
        Auth::AwsV4(fields) => Box::new(AwsV4::new(fields, sources)?),
        Auth::OAuth1(fields) => Box::new(OAuth1::new(fields, sources)?),
        Auth::Netrc { .. } => Box::new(Netrc::new(sources)?),
        Auth::Ntlm { username, password, domain } => {
            Box::new(Ntlm::new(username, password, domain)?)
        }
        Auth::Negotiate { service, delegate } => Box::new(Negotiate::new(service, *delegate)),
        Auth::Jwt(fields) => Box::new(Jwt::new(fields, sources)?),
        Auth::Asap(fields) => Box::new(Asap::new(fields, sources)?),
        Auth::OAuth2(_) => return Err(Error::NoToken),
        other @ Auth::Other { .. } => {
            return Err(Error::Unsupported { scheme: scheme_id(other).to_owned() });
        }
    };
    Ok(Some(signer))
}

/// What people call the scheme.
pub fn scheme_name(auth: &Auth) -> &'static str {
    match auth {
        Auth::Inherit => "Inherited",
        Auth::None => "No auth",
        Auth::Basic { .. } => "Basic",
        Auth::Bearer { .. } => "Bearer token",
        Auth::ApiKey { .. } => "API key",
        Auth::Digest { .. } => "Digest",
        Auth::Ntlm { .. } => "NTLM",
        Auth::Negotiate { .. } => "Negotiate (Kerberos)",
        Auth::Hawk(_) => "Hawk",
        Auth::Wsse { .. } => "WSSE",
        Auth::EdgeGrid(_) => "Akamai EdgeGrid",
        Auth::AwsV4(_) => "AWS Signature",
        Auth::OAuth1(_) => "OAuth 1.0",
        Auth::OAuth2(_) => "OAuth 2.0",
        Auth::Jwt(_) => "JWT",
        Auth::Asap(_) => "Atlassian ASAP",
        Auth::Netrc { .. } => ".netrc",
        Auth::Other { .. } => "Unknown scheme",
    }
}

/// The scheme's id in files: `basic`, `awsv4`, `oauth2`, …; see [`Auth::scheme`].
pub fn scheme_id(auth: &Auth) -> &str {
    auth.scheme()
}
