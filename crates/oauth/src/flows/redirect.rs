//! What the final URL of a login says, and whether it belongs to that login (RFC 6749 §4.1.2,
//! RFC 9207, RFC 9700 §4.4).

use errand_auth::Secret;
use url::{Url, form_urlencoded};

use crate::answer::web_address;
use crate::endpoint::Context;
use crate::wire::Wire;
use crate::{Error, ServerError};

/// The parameters of the final URL, from query or fragment, once `state` and `iss` are right.
pub(super) fn read(
    final_url: &Secret,
    redirect_uri: &str,
    state: Option<&str>,
    context: &Context<'_>,
) -> Result<Vec<(String, Secret)>, Error> {
    let refused = |reason: &str| Error::Redirect { reason: reason.to_owned() };
    let url =
        Url::parse(final_url.expose().trim()).map_err(|_| refused("what came back is no URL"))?;
    if !is_same_place(&url, redirect_uri) {
        return Err(refused("what came back is not the redirect URI that was sent"));
    }
    let response = parameters(&url)?;
    let of = |name: &str| value(&response, name);
    let error = of("error");
    match (state, of("state")) {
        (Some(sent), Some(found)) if Secret::from(sent) == *found => (),
        (None, None) => (),
        // Some providers leave the state out when they refuse; nothing is accepted then anyway.
        (Some(_), None) if error.is_some() => (),
        (Some(_), None) => return Err(refused("it came back without the state that was sent")),
        _ => {
            return Err(refused(
                "its state is not the one that was sent, so it answers another login",
            ));
        }
    }
    issuer(of("iss"), error.is_some(), context)?;
    if let Some(error) = error {
        return Err(server(error, &response, context.wire));
    }
    Ok(response)
}

/// RFC 9207 §2.4.
fn issuer(found: Option<&Secret>, is_error: bool, context: &Context<'_>) -> Result<(), Error> {
    match (&context.endpoints.issuer, found) {
        (Some(issuer), Some(found)) if issuer != found.expose() => Err(Error::Redirect {
            reason: format!(
                "it names the issuer \"{}\" (iss) where \"{issuer}\" was asked",
                context.wire.words(found.expose())
            ),
        }),
        (Some(_), None) if context.endpoints.names_issuer && !is_error => Err(Error::Redirect {
            reason: "it does not name its issuer (iss), though the provider says that it does"
                .to_owned(),
        }),
        _ => Ok(()),
    }
}

/// A parameter that must be there.
pub(super) fn needed<'a>(
    response: &'a [(String, Secret)],
    name: &str,
    wire: &Wire<'_>,
) -> Result<&'a Secret, Error> {
    value(response, name).filter(|value| !value.is_empty()).ok_or_else(|| {
        let names: Vec<_> = response.iter().map(|(name, _)| wire.words(name)).take(10).collect();
        let found = if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
        Error::Redirect { reason: format!("there is no {name} in what came back (found: {found})") }
    })
}

fn value<'a>(response: &'a [(String, Secret)], name: &str) -> Option<&'a Secret> {
    response.iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

fn parameters(url: &Url) -> Result<Vec<(String, Secret)>, Error> {
    let mut all: Vec<(String, Secret)> = Vec::new();
    for part in [url.query(), url.fragment()].into_iter().flatten() {
        for (name, value) in form_urlencoded::parse(part.as_bytes()) {
            // RFC 6749 §3.1: none comes twice. Of two, an attacker may have put one.
            if all.iter().any(|(known, _)| *known == name) {
                return Err(Error::Redirect {
                    reason: "a parameter comes twice in what came back".to_owned(),
                });
            }
            all.push((name.into_owned(), Secret::new(value.into_owned())));
        }
    }
    Ok(all)
}

/// Scheme, host, port and path; what is no such URL (`urn:…:oob`) says nothing of where it ends.
fn is_same_place(url: &Url, redirect_uri: &str) -> bool {
    match Url::parse(redirect_uri) {
        Ok(sent) if sent.has_host() => {
            (sent.scheme(), sent.host_str(), sent.port_or_known_default(), sent.path())
                == (url.scheme(), url.host_str(), url.port_or_known_default(), url.path())
        }
        _ => true,
    }
}

/// RFC 6749 §4.1.2.1.
fn server(error: &Secret, response: &[(String, Secret)], wire: &Wire<'_>) -> Error {
    let text = |name: &str| value(response, name).map(Secret::expose);
    Error::Server(Box::new(ServerError {
        step: "Login",
        status: None,
        error: wire.words(error.expose()),
        description: text("error_description")
            .map(|words| wire.words(words))
            .filter(|words| !words.is_empty()),
        uri: text("error_uri").and_then(|text| web_address(text, wire)),
    }))
}
