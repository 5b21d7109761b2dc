//! Authentication.

use errand_model::{
    ApiKeyPlace, Auth, AwsV4, ClientAuthentication, ClientCredentials, Flow, Jwt, KeyText, OAuth2,
    Pkce, ResourceOwner, TokenConfig, TokenKind, TokenPlacement,
};
use serde_json::Value;

use super::template;
use crate::Scribe;
use crate::auth::{authorization, oauth1};
use crate::fields::{flag, named, scalar, text};

/// Reads `authenticationType` and `authentication`.
pub(super) fn read(item: &Value, scribe: &mut Scribe<'_>) -> Auth {
    let auth = item.get("authentication").unwrap_or(&Value::Null);
    let scheme = text(item, "authenticationType");
    match flag(auth, "disabled") {
        Some(true) => {
            scribe.not_carried(format!("{scheme} auth"), "it is switched off in Yaak");
            return Auth::None;
        }
        None if !scalar(auth, "disabled").is_empty() => {
            scribe.not_carried("disabled", "auth here is on or off, whatever variables say");
        }
        _ => {}
    }
    let mut said = |key: &str| template::read(&scalar(auth, key), scribe);
    match scheme {
        "" => Auth::Inherit,
        "none" => Auth::None,
        "basic" => Auth::Basic { username: said("username"), password: said("password") },
        "digest" => Auth::Digest { username: said("username"), password: said("password") },
        "bearer" => {
            let token = said("token");
            match auth.get("prefix").map(|_| said("prefix")).as_deref() {
                None | Some("Bearer") => Auth::Bearer { token },
                Some(prefix) => {
                    scribe.converted("prefix", "an Authorization header with that word");
                    authorization(prefix, &token)
                }
            }
        }
        "apikey" => Auth::ApiKey {
            key: said("key"),
            value: said("value"),
            placement: match text(auth, "location") {
                "query" => ApiKeyPlace::Query,
                _ => ApiKeyPlace::Header,
            },
        },
        "ntlm" => {
            let workstation = said("workstation");
            let found = Auth::Ntlm {
                username: said("username"),
                password: said("password"),
                domain: said("domain"),
            };
            if !workstation.is_empty() {
                scribe.not_carried("workstation", "Errand names none");
            }
            found
        }
        "awsv4" | "aws" | "auth-aws-sig-v4" => Auth::AwsV4(AwsV4 {
            access_key_id: said("accessKeyId"),
            secret_access_key: said("secretAccessKey"),
            session_token: said("sessionToken"),
            service: said("service"),
            region: said("region"),
            profile_name: said("profile"),
            ..AwsV4::default()
        }),
        "jwt" => Auth::Jwt(jwt(auth, &mut said)),
        "oauth1" => Auth::OAuth1(Box::new(oauth1(&mut said))),
        "oauth2" => oauth2(auth, scribe),
        other => {
            scribe.not_carried(format!("{other} auth"), "Errand has no such scheme");
            Auth::Other { scheme: other.to_owned() }
        }
    }
}

fn jwt(auth: &Value, said: &mut impl FnMut(&str) -> String) -> Jwt {
    Jwt {
        algorithm: named(&said("algorithm"), "HS256"),
        key: KeyText::of(said("secret")),
        secret_base64: flag(auth, "secretBase64") == Some(true),
        claims: named(&said("payload"), "{}"),
        headers: said("headers"),
        // Yaak signs the payload as it is.
        expires_in: String::new(),
        placement: match text(auth, "location") {
            "query" => TokenPlacement::Query(named(&said("name"), "token")),
            _ => TokenPlacement::Header(named(&said("name"), "Authorization")),
        },
        prefix: match auth.get("headerPrefix") {
            None => "Bearer".to_owned(),
            Some(_) => said("headerPrefix"),
        },
        ..Jwt::default()
    }
}

fn oauth2(auth: &Value, scribe: &mut Scribe<'_>) -> Auth {
    if flag(auth, "useExternalBrowser") == Some(true) {
        scribe.converted("useExternalBrowser", "Errand always asks the system's browser");
    }
    if !scalar(auth, "pkceCodeChallenge").is_empty() {
        scribe.not_carried("code verifier", "it is made anew for each login");
    }
    let flow = match text(auth, "grantType") {
        "client_credentials" => Flow::ClientCredentials,
        "password" => Flow::ResourceOwnerPasswordCredentials,
        "implicit" => Flow::Implicit,
        _ => Flow::AuthorizationCode,
    };
    let id_token = text(auth, "tokenName") == "id_token"
        || (flow == Flow::Implicit && text(auth, "responseType") == "id_token");
    let mut said = |key: &str| template::read(&scalar(auth, key), scribe);
    let header = named(&said("headerName"), "Authorization");
    let found = OAuth2 {
        flow,
        authorization_url: said("authorizationUrl"),
        access_token_url: said("accessTokenUrl"),
        callback_url: said("redirectUri"),
        credentials: ClientCredentials {
            client_id: said("clientId"),
            client_secret: said("clientSecret"),
        },
        client_authentication: match text(auth, "credentials") {
            "basic" => ClientAuthentication::Basic,
            _ => ClientAuthentication::Post,
        },
        resource_owner: ResourceOwner { username: said("username"), password: said("password") },
        scope: said("scope"),
        audience: said("audience"),
        state: said("state"),
        pkce: Pkce {
            disabled: flag(auth, "usePkce") != Some(true),
            method: said("pkceChallengeMethod"),
        },
        token_config: TokenConfig {
            placement: TokenPlacement::Header(header),
            source: if id_token { TokenKind::IdToken } else { TokenKind::AccessToken },
            ..TokenConfig::default()
        },
        header_prefix: said("headerPrefix"),
        ..OAuth2::default()
    };
    Auth::OAuth2(Box::new(found))
}
