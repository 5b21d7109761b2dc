//! An OAuth 2.0 and OpenID Connect provider to try flows on: two clients, any user, nothing real.

mod authorize;
mod client;
mod device;
mod fault;
mod issue;
mod page;
mod proof;
mod resource;
mod shelf;
mod state;
mod token;

use serde_json::json;

use crate::answer::{Answer, Outcome, Refusal, json_answer};
use crate::call::Call;
pub(crate) use shelf::Shelf;
use state::issuer;
pub(crate) use state::{Provider, random};

pub(crate) async fn oauth(call: &mut Call) -> Outcome {
    let told = match call.text(1) {
        "authorize" => return authorize::authorize(call).await,
        "device" => return device::verify(call).await,
        "jwks" => {
            return Ok(json_answer(&json!({ "keys": [call.site.oauth.key()?.public_jwk()] })));
        }
        ".well-known" => return Ok(discovery(call)),
        "token" => token::token(call).await,
        "par" => authorize::push(call).await,
        "device_authorization" => device::begin(call).await,
        "introspect" => resource::introspect(call).await,
        "revoke" => resource::revoke(call).await,
        "userinfo" => resource::userinfo(call),
        "resource" => resource::resource(call),
        _ => return Err(Refusal::not_found("Nothing is here.")),
    };
    Ok(told.unwrap_or_else(Answer::from))
}

/// RFC 8414, `OpenID` Connect Discovery 1.0.
pub(crate) fn discovery(call: &Call) -> Answer {
    let issuer = issuer(call);
    let at = |path: &str| format!("{issuer}/{path}");
    let clients = ["client_secret_basic", "client_secret_post", "client_secret_jwt", "none"];
    json_answer(&json!({
        "issuer": issuer,
        "authorization_endpoint": at("authorize"),
        "token_endpoint": at("token"),
        "userinfo_endpoint": at("userinfo"),
        "jwks_uri": at("jwks"),
        "introspection_endpoint": at("introspect"),
        "revocation_endpoint": at("revoke"),
        "device_authorization_endpoint": at("device_authorization"),
        "pushed_authorization_request_endpoint": at("par"),
        "response_types_supported": ["code", "token", "id_token", "id_token token", "code id_token"],
        "response_modes_supported": ["query", "fragment"],
        "grant_types_supported": [
            "authorization_code", "implicit", "refresh_token", "client_credentials", "password",
            "urn:ietf:params:oauth:grant-type:device_code",
            "urn:ietf:params:oauth:grant-type:token-exchange",
        ],
        "scopes_supported": ["openid", "read", "write"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "token_endpoint_auth_methods_supported": clients,
        "token_endpoint_auth_signing_alg_values_supported": ["HS256", "HS384", "HS512"],
        "code_challenge_methods_supported": ["S256", "plain"],
        "dpop_signing_alg_values_supported": ["ES256", "ES384", "EdDSA", "RS256", "PS256"],
        "authorization_response_iss_parameter_supported": true,
    }))
}

/// The word of the Authorization header in lower case, and what follows it (RFC 9110 §11.4).
fn scheme(call: &Call) -> Option<(&'static str, &str)> {
    let (word, rest) = call.header("authorization")?.split_once(' ')?;
    let known = ["basic", "bearer", "dpop"];
    let word = known.into_iter().find(|known| word.eq_ignore_ascii_case(known))?;
    Some((word, rest.trim()))
}
