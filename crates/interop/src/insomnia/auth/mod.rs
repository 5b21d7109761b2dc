//! Authentication.

mod secrets;
mod write;

use errand_model::{
    ApiKeyPlace, Asap, Auth, AwsV4, ClientAuthentication, ClientCredentials, Flow, Hawk,
    HawkAlgorithm, KeyText, OAuth2, Pkce, ResourceOwner, TokenConfig, TokenKind,
};
use serde_json::Value;

use super::template;
use crate::Scribe;
use crate::auth::{authorization, oauth1};
use crate::fields::{flag, is_blank, scalar, text};

pub(super) use secrets::{without_secrets, without_tokens};
pub(super) use write::write;

/// What Insomnia writes for a token without a word before it.
const NO_PREFIX: &str = "NO_PREFIX";

/// Reads `authentication`. None means that nothing is said.
pub(super) fn read(auth: &Value, scribe: &mut Scribe<'_>) -> Auth {
    if is_blank(auth) {
        return Auth::Inherit;
    }
    let scheme = text(auth, "type");
    if flag(auth, "disabled") == Some(true) {
        scribe.set_aside(
            format!("{scheme} auth"),
            "it is switched off in Insomnia; what it said is kept without its secrets",
            "extensions.insomnia",
        );
        return Auth::Inherit;
    }
    let mut said = |key: &str| template::read(&scalar(auth, key), scribe);
    match scheme {
        "none" => Auth::None,
        "basic" | "" => {
            let found = Auth::Basic { username: said("username"), password: said("password") };
            if flag(auth, "useISO88591") == Some(true) {
                scribe.not_carried("useISO88591", "user name and password are sent in UTF-8");
            }
            found
        }
        "bearer" => bearer(said("token"), text(auth, "prefix"), scribe),
        "singleToken" => {
            let token = said("token");
            scribe.converted("singleToken auth", "a token in the Authorization header");
            authorization("", &token)
        }
        "apikey" => Auth::ApiKey {
            key: said("key"),
            value: said("value"),
            placement: match text(auth, "addTo") {
                "queryParams" => ApiKeyPlace::Query,
                "cookie" => ApiKeyPlace::Cookie,
                _ => ApiKeyPlace::Header,
            },
        },
        "digest" => Auth::Digest { username: said("username"), password: said("password") },
        "ntlm" => Auth::Ntlm {
            username: said("username"),
            password: said("password"),
            domain: String::new(),
        },
        "hawk" => Auth::Hawk(Hawk {
            id: said("id"),
            key: said("key"),
            algorithm: match text(auth, "algorithm") {
                "sha1" => HawkAlgorithm::Sha1,
                _ => HawkAlgorithm::Sha256,
            },
            ext: said("ext"),
            include_payload_hash: flag(auth, "validatePayload") == Some(true),
            ..Hawk::default()
        }),
        "iam" => Auth::AwsV4(AwsV4 {
            access_key_id: said("accessKeyId"),
            secret_access_key: said("secretAccessKey"),
            session_token: said("sessionToken"),
            region: said("region"),
            service: said("service"),
            ..AwsV4::default()
        }),
        "netrc" => Auth::Netrc { file: String::new() },
        "asap" => Auth::Asap(Asap {
            issuer: said("issuer"),
            subject: said("subject"),
            audience: said("audience"),
            key_id: said("keyId"),
            private_key: KeyText::of(said("privateKey")),
            // The misspelling is Insomnia's.
            claims: said("addintionalClaims"),
            ..Asap::default()
        }),
        "oauth1" => Auth::OAuth1(Box::new(oauth1(&mut said))),
        "oauth2" => oauth2(auth, scribe),
        other => {
            scribe.set_aside(
                format!("{other} auth"),
                "Errand has no such scheme; what it said is kept without its secrets",
                "extensions.insomnia",
            );
            Auth::Other { scheme: other.to_owned() }
        }
    }
}

fn bearer(token: String, prefix: &str, scribe: &mut Scribe<'_>) -> Auth {
    match prefix {
        "" | "Bearer" => Auth::Bearer { token },
        NO_PREFIX => {
            scribe.converted("prefix", "an Authorization header without a word before the token");
            authorization("", &token)
        }
        prefix => {
            scribe.converted("prefix", "an Authorization header with that word before the token");
            authorization(&template::read(prefix, scribe), &token)
        }
    }
}

fn oauth2(auth: &Value, scribe: &mut Scribe<'_>) -> Auth {
    let grant = text(auth, "grantType");
    let flow = match grant {
        "client_credentials" => Flow::ClientCredentials,
        "password" => Flow::ResourceOwnerPasswordCredentials,
        "implicit" => Flow::Implicit,
        "" | "authorization_code" => Flow::AuthorizationCode,
        _ => {
            scribe.converted(format!("grant {grant}"), "authorization code: log in once");
            Flow::AuthorizationCode
        }
    };
    for token in ["accessToken", "refreshToken", "identityToken", "code"] {
        if !scalar(auth, token).is_empty() {
            scribe.not_carried(token, "tokens are fetched anew and never kept in files");
        }
    }
    if !scalar(auth, "origin").is_empty() {
        scribe.set_aside("origin", "no such parameter is sent", "extensions.insomnia");
    }
    let mut said = |key: &str| template::read(&scalar(auth, key), scribe);
    let prefix = said("tokenPrefix");
    let found = OAuth2 {
        flow,
        authorization_url: said("authorizationUrl"),
        access_token_url: said("accessTokenUrl"),
        callback_url: said("redirectUrl"),
        credentials: ClientCredentials {
            client_id: said("clientId"),
            client_secret: said("clientSecret"),
        },
        client_authentication: match flag(auth, "credentialsInBody") {
            Some(true) => ClientAuthentication::Post,
            _ => ClientAuthentication::Basic,
        },
        resource_owner: ResourceOwner { username: said("username"), password: said("password") },
        scope: said("scope"),
        audience: said("audience"),
        resource: said("resource"),
        state: said("state"),
        pkce: Pkce { disabled: flag(auth, "usePkce") != Some(true), method: said("pkceMethod") },
        token_config: TokenConfig {
            source: match text(auth, "responseType") {
                "id_token"
                    if flow != Flow::ClientCredentials
                        && flow != Flow::ResourceOwnerPasswordCredentials =>
                {
                    TokenKind::IdToken
                }
                _ => TokenKind::AccessToken,
            },
            ..TokenConfig::default()
        },
        header_prefix: if prefix == NO_PREFIX { String::new() } else { prefix },
        ..OAuth2::default()
    };
    Auth::OAuth2(Box::new(found))
}
