//! Where a provider's endpoints are: as given, else from the issuer's metadata (RFC 8414,
//! `OpenID` Connect Discovery 1.0).

use errand_model::{ClientAuthentication, Flow, OAuth2};
use serde::Deserialize;
use url::Url;

use crate::Error;
use crate::wire::Wire;

/// The endpoints of one definition; an empty one is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// Who issues tokens.
    pub issuer: Option<String>,
    /// Where the user consents.
    pub authorization: String,
    /// Token endpoint.
    pub token: String,
    /// Token endpoint for refreshing.
    pub refresh: String,
    /// Device authorization endpoint.
    pub device: String,
    /// Pushed authorization request endpoint.
    pub pushed: String,
    /// Revocation endpoint.
    pub revocation: String,
    /// Introspection endpoint.
    pub introspection: String,
    /// The issuer's keys.
    pub jwks: String,
    /// Whether the provider says that its redirects name the issuer (RFC 9207).
    pub names_issuer: bool,
}

/// An issuer's metadata, as far as it is used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// Must be the issuer that was asked.
    pub issuer: String,
    /// RFC 8414 §2.
    pub authorization_endpoint: String,
    /// RFC 8414 §2.
    pub token_endpoint: String,
    /// RFC 8628 §4.
    pub device_authorization_endpoint: String,
    /// RFC 9126 §5.
    pub pushed_authorization_request_endpoint: String,
    /// RFC 8414 §2.
    pub revocation_endpoint: String,
    /// RFC 8414 §2.
    pub introspection_endpoint: String,
    /// RFC 8414 §2.
    pub jwks_uri: String,
    /// RFC 9207 §3.
    pub authorization_response_iss_parameter_supported: bool,
    /// RFC 8705 §5.
    pub mtls_endpoint_aliases: Aliases,
}

/// Where a client that proves itself by its certificate goes instead (RFC 8705 §5); an empty one is
/// as for everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Aliases {
    /// RFC 8414 §2.
    pub token_endpoint: String,
    /// RFC 8628 §4.
    pub device_authorization_endpoint: String,
    /// RFC 9126 §5.
    pub pushed_authorization_request_endpoint: String,
    /// RFC 8414 §2.
    pub revocation_endpoint: String,
    /// RFC 8414 §2.
    pub introspection_endpoint: String,
}

impl Metadata {
    /// As this client has to take it.
    fn for_client(&self, definition: &OAuth2) -> Self {
        let mut known = self.clone();
        if definition.client_authentication != ClientAuthentication::TlsClientAuth {
            return known;
        }
        let aliases = &self.mtls_endpoint_aliases;
        for (endpoint, alias) in [
            (&mut known.token_endpoint, &aliases.token_endpoint),
            (&mut known.device_authorization_endpoint, &aliases.device_authorization_endpoint),
            (
                &mut known.pushed_authorization_request_endpoint,
                &aliases.pushed_authorization_request_endpoint,
            ),
            (&mut known.revocation_endpoint, &aliases.revocation_endpoint),
            (&mut known.introspection_endpoint, &aliases.introspection_endpoint),
        ] {
            if !alias.is_empty() {
                endpoint.clone_from(alias);
            }
        }
        known
    }
}

impl Endpoints {
    /// As the definition gives them, the rest from `metadata`.
    pub fn new(definition: &OAuth2, metadata: Option<&Metadata>) -> Self {
        let known = metadata.map(|known| known.for_client(definition)).unwrap_or_default();
        let either =
            |own: &str, found: &str| if own.is_empty() { found.to_owned() } else { own.to_owned() };
        let token = either(&definition.access_token_url, &known.token_endpoint);
        Self {
            issuer: Some(definition.issuer.clone()).filter(|issuer| !issuer.is_empty()),
            authorization: either(&definition.authorization_url, &known.authorization_endpoint),
            refresh: either(&definition.refresh_token_url, &token),
            token,
            device: either(
                &definition.device_authorization_url,
                &known.device_authorization_endpoint,
            ),
            pushed: either(
                &definition.pushed_authorization_url,
                &known.pushed_authorization_request_endpoint,
            ),
            revocation: either(&definition.revocation_url, &known.revocation_endpoint),
            introspection: either(&definition.introspection_url, &known.introspection_endpoint),
            jwks: either(&definition.jwks_url, &known.jwks_uri),
            names_issuer: known.authorization_response_iss_parameter_supported,
        }
    }
}

/// Whether the issuer has something to add to a definition.
pub(crate) fn needs_metadata(definition: &OAuth2) -> bool {
    if definition.issuer.is_empty() {
        return false;
    }
    let consents = matches!(definition.flow, Flow::AuthorizationCode | Flow::Implicit);
    let empty = [
        (definition.flow != Flow::Implicit, &definition.access_token_url),
        (consents, &definition.authorization_url),
        (definition.flow == Flow::DeviceCode, &definition.device_authorization_url),
        (definition.pushed_authorization, &definition.pushed_authorization_url),
        (definition.scope.split(' ').any(|scope| scope == "openid"), &definition.jwks_url),
    ];
    empty.into_iter().any(|(needed, url)| needed && url.is_empty())
}

/// Asks the issuer for its metadata.
pub(crate) async fn discover(issuer: &str, wire: &Wire<'_>) -> Result<Metadata, Error> {
    let failed = |reason: String| Error::Discovery { issuer: wire.words(issuer), reason };
    let places = places(issuer)
        .ok_or_else(|| failed("it is no http or https URL without query.".to_owned()))?;
    let mut tried = Vec::new();
    for place in places {
        let answer = wire.get("Discovery", &place).await?;
        if answer.status != 200 {
            tried.push(format!("{place} answered {}", answer.status));
            continue;
        }
        let Ok(found) = serde_json::from_slice::<Metadata>(&answer.body) else {
            tried.push(format!("{place} is no such metadata"));
            continue;
        };
        // RFC 8414 §3.3: else anybody could name endpoints of another issuer.
        if found.issuer != issuer {
            let theirs = wire.words(&found.issuer);
            return Err(failed(format!(
                "its metadata names the issuer \"{theirs}\". Both must be the same, character by character; if that is the one you mean, enter it."
            )));
        }
        return Ok(found);
    }
    Err(failed(format!(
        "{}. Check the issuer, or fill in the endpoints by hand.",
        tried.join("; ")
    )))
}

/// Where metadata may be: appended (Discovery §4), inserted before the path (RFC 8414 §3.1), and
/// appended with the other name, as some servers have it.
fn places(issuer: &str) -> Option<Vec<String>> {
    let url = Url::parse(issuer).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    if url.query().is_some() || url.fragment().is_some() {
        return None;
    }
    let whole = issuer.trim_end_matches('/');
    let path = url.path().trim_end_matches('/');
    let origin = url.origin().ascii_serialization();
    let mut places = vec![
        format!("{whole}/.well-known/openid-configuration"),
        format!("{origin}/.well-known/oauth-authorization-server{path}"),
    ];
    if !path.is_empty() {
        places.push(format!("{whole}/.well-known/oauth-authorization-server"));
    }
    Some(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_is_looked_for_in_every_form() {
        assert_eq!(
            places("https://a.test/tenant/1/").expect("places"),
            [
                "https://a.test/tenant/1/.well-known/openid-configuration",
                "https://a.test/.well-known/oauth-authorization-server/tenant/1",
                "https://a.test/tenant/1/.well-known/oauth-authorization-server",
            ]
        );
        assert_eq!(places("https://a.test").expect("places").len(), 2);
        assert!(places("https://a.test?x=1").is_none() && places("file:///etc").is_none());
    }

    #[test]
    fn a_certificate_is_shown_where_it_is_asked_for() {
        let metadata: Metadata = serde_json::from_value(serde_json::json!({
            "token_endpoint": "https://a.test/t",
            "revocation_endpoint": "https://a.test/r",
            "mtls_endpoint_aliases": { "token_endpoint": "https://mtls.a.test/t" },
        }))
        .expect("metadata");
        let mut definition = OAuth2::default();
        assert_eq!(Endpoints::new(&definition, Some(&metadata)).token, "https://a.test/t");
        definition.client_authentication = ClientAuthentication::TlsClientAuth;
        let found = Endpoints::new(&definition, Some(&metadata));
        assert_eq!(found.token, "https://mtls.a.test/t");
        assert_eq!((&*found.refresh, &*found.revocation), (&*found.token, "https://a.test/r"));
        definition.access_token_url = "https://own.test/t".into();
        assert_eq!(Endpoints::new(&definition, Some(&metadata)).token, "https://own.test/t");
    }

    #[test]
    fn what_is_given_wins() {
        let definition = OAuth2 {
            access_token_url: "https://b.test/t".into(),
            issuer: "https://a.test".into(),
            ..OAuth2::default()
        };
        let metadata = Metadata {
            token_endpoint: "https://a.test/t".into(),
            revocation_endpoint: "https://a.test/r".into(),
            ..Metadata::default()
        };
        let found = Endpoints::new(&definition, Some(&metadata));
        assert_eq!(
            (found.token.as_str(), found.refresh.as_str()),
            ("https://b.test/t", "https://b.test/t")
        );
        assert_eq!(found.revocation, "https://a.test/r");
    }
}
