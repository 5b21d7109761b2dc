use std::fmt::Write as _;

use errand_model::{AdditionalParameter, OAuth1, OAuth2};
use sha2::{Digest, Sha256};

/// Names a kept token: one for each workspace, environment and auth definition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TokenKey {
    /// Id of the workspace.
    pub workspace: String,
    /// Name of the environment; none where none is chosen.
    pub environment: Option<String>,
    /// The definition: see [`definition_id`].
    pub definition: String,
}

impl TokenKey {
    /// The text that the store knows it by. Two keys never have the same one.
    pub fn text(&self) -> String {
        let mut text = "oauth".to_owned();
        for piece in [Some(&self.workspace), self.environment.as_ref(), Some(&self.definition)] {
            text.push('/');
            match piece {
                None => text.push('-'),
                Some(piece) => {
                    text.push('=');
                    text.extend(url::form_urlencoded::byte_serialize(piece.as_bytes()));
                }
            }
        }
        text
    }
}

/// What tells a definition, filled in, from others: its own id if it has one, else a hash of
/// everything that makes for another token. Secrets that are only proofs (the client's, the
/// user's password) are no part of it: a new password does not orphan a token.
pub fn definition_id(definition: &OAuth2) -> String {
    if !definition.token_config.id.is_empty() {
        return format!("id:{}", definition.token_config.id);
    }
    let OAuth2 {
        flow,
        issuer,
        authorization_url,
        access_token_url,
        device_authorization_url,
        credentials,
        resource_owner,
        scope,
        audience,
        resource,
        dpop,
        assertion,
        exchange,
        additional_parameters,
        ..
    } = definition;
    let (flow, dpop) = (format!("{flow:?}"), dpop.to_string());
    let mut pieces: Vec<&str> = vec![
        "oauth2",
        &flow,
        issuer,
        authorization_url,
        access_token_url,
        device_authorization_url,
        &credentials.client_id,
        &resource_owner.username,
        scope,
        audience,
        resource,
        &dpop,
        &assertion.issuer,
        &assertion.subject,
        &assertion.audience,
        &assertion.claims,
        &exchange.subject_token,
        &exchange.subject_token_type,
        &exchange.actor_token,
        &exchange.actor_token_type,
        &exchange.requested_token_type,
    ];
    let further =
        [&additional_parameters.authorization_request, &additional_parameters.access_token_request];
    for AdditionalParameter { name, value, .. } in further.into_iter().flatten() {
        pieces.extend([name.as_str(), value.as_str()]);
    }
    hash(&pieces)
}

/// [`definition_id`] for OAuth 1.
pub fn oauth1_definition_id(definition: &OAuth1) -> String {
    let OAuth1 {
        consumer_key, request_token_url, authorization_url, access_token_url, realm, ..
    } = definition;
    hash(&["oauth1", consumer_key, request_token_url, authorization_url, access_token_url, realm])
}

fn hash(pieces: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for piece in pieces {
        hasher.update((piece.len() as u64).to_be_bytes());
        hasher.update(piece.as_bytes());
    }
    hasher.finalize().iter().take(16).fold("sha256:".to_owned(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(workspace: &str, environment: Option<&str>, definition: &str) -> String {
        TokenKey {
            workspace: workspace.into(),
            environment: environment.map(Into::into),
            definition: definition.into(),
        }
        .text()
    }

    #[test]
    fn no_two_keys_are_alike() {
        assert_eq!(key("w", Some("prod"), "id:1"), "oauth/=w/=prod/=id%3A1");
        assert_ne!(key("w", None, "d"), key("w", Some(""), "d"));
        assert_ne!(key("w", None, "d"), key("w", Some("-"), "d"));
        assert_ne!(key("a/=b", None, "d"), key("a", Some("b"), "d"));
    }

    #[test]
    fn the_definition_is_what_the_token_is_for() {
        let mut definition = OAuth2 { scope: "a".into(), ..OAuth2::default() };
        let first = definition_id(&definition);
        definition.credentials.client_secret = "canary".into();
        definition.resource_owner.password = "canary".into();
        assert_eq!(definition_id(&definition), first);
        definition.scope = "b".into();
        assert_ne!(definition_id(&definition), first);
        definition.token_config.id = "shared".into();
        assert_eq!(definition_id(&definition), "id:shared");
    }
}
