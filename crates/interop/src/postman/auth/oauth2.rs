//! OAuth 2: Postman writes the token beside the way to get one.

use errand_model::{
    AdditionalParameter, AdditionalParameters, Auth, ClientAuthentication, ClientCredentials, Flow,
    OAuth2, ParameterPlace, Pkce, ResourceOwner, TokenConfig, TokenPlacement,
};
use serde_json::{Value, json};

use super::parameters::{Parameters, Written};
use crate::Scribe;
use crate::postman::KEPT;
use crate::postman::json::{enabled, list, text_at};

const FLOWS: &[(&str, Flow)] = &[
    ("authorization_code", Flow::AuthorizationCode),
    ("authorization_code_with_pkce", Flow::AuthorizationCode),
    ("implicit", Flow::Implicit),
    ("client_credentials", Flow::ClientCredentials),
    ("password_credentials", Flow::ResourceOwnerPasswordCredentials),
];

/// With a way to get a token it is OAuth 2 here too; a token alone is sent as it is.
pub(super) fn read(from: &Parameters<'_>, scribe: &mut Scribe<'_>) -> Auth {
    let authorization_url = from.text("authUrl");
    let access_token_url = from.text("accessTokenUrl");
    let prefix = from.value("headerPrefix").map(|_| from.text("headerPrefix").trim().to_owned());
    let in_query = matches!(from.text("addTokenTo").as_str(), "queryParams" | "queryParam");
    let token = from.text("accessToken");
    let plain = prefix.as_deref().is_none_or(|prefix| matches!(prefix, "" | "Bearer"));
    if authorization_url.is_empty() && access_token_url.is_empty() && !token.is_empty() {
        // What is there beside a token, such as its type, is of no use without it.
        let _ = (from.text("tokenType"), from.text("tokenName"));
        if plain || in_query {
            scribe.converted("auth oauth2", "a token without a way to get one is sent as it is");
            return bare(token, in_query);
        }
    } else if !token.is_empty() {
        scribe.set_aside(
            "auth oauth2: accessToken",
            "a token is fetched when it is needed; a variable stays where the original is kept",
            KEPT,
        );
    }
    let grant = from.first(&["grant_type", "grantType"]);
    let flow = FLOWS.iter().find(|(name, _)| *name == grant).map_or(Flow::default(), |flow| flow.1);
    let challenge = from.text("challengeAlgorithm");
    let _ = (from.text("tokenName"), from.text("tokenType"), from.text("useBrowser"));
    Auth::OAuth2(Box::new(OAuth2 {
        flow,
        authorization_url,
        access_token_url,
        refresh_token_url: from.text("refreshTokenUrl"),
        callback_url: from.first(&["redirect_uri", "callbackUrl", "callBackUrl", "redirectUri"]),
        credentials: ClientCredentials {
            client_id: from.text("clientId"),
            client_secret: from.text("clientSecret"),
        },
        client_authentication: match from.first(&["client_authentication", "clientAuth"]).as_str() {
            "body" => ClientAuthentication::Post,
            _ => ClientAuthentication::Basic,
        },
        resource_owner: ResourceOwner {
            username: from.text("username"),
            password: from.text("password"),
        },
        scope: from.text("scope"),
        audience: values(from.value("audience")),
        resource: values(from.value("resource")),
        state: from.text("state"),
        pkce: Pkce {
            disabled: grant == "authorization_code",
            method: if challenge == "plain" { challenge } else { String::new() },
        },
        additional_parameters: AdditionalParameters {
            authorization_request: parameters(from.value("authRequestParams")),
            access_token_request: parameters(from.value("tokenRequestParams")),
            refresh_token_request: parameters(from.value("refreshRequestParams")),
        },
        token_config: TokenConfig {
            placement: if in_query {
                TokenPlacement::Query("access_token".to_owned())
            } else {
                TokenPlacement::default()
            },
            ..TokenConfig::default()
        },
        header_prefix: prefix.unwrap_or_default(),
        ..OAuth2::default()
    }))
}

fn bare(token: String, in_query: bool) -> Auth {
    if in_query {
        return Auth::ApiKey {
            key: "access_token".to_owned(),
            value: token,
            placement: errand_model::ApiKeyPlace::Query,
        };
    }
    Auth::Bearer { token }
}

/// Several audiences or resources: Postman has had a text, a list and an object of them.
fn values(value: Option<&Value>) -> String {
    let text = |value: &Value| crate::postman::json::text(Some(value));
    match value {
        Some(Value::Object(object)) => object.values().map(text).collect::<Vec<_>>().join(" "),
        Some(Value::Array(list)) => list.iter().map(text).collect::<Vec<_>>().join(" "),
        Some(other) => text(other),
        None => String::new(),
    }
}

fn parameters(value: Option<&Value>) -> Vec<AdditionalParameter> {
    let rows = list(value).iter().filter(|row| row.is_object() && enabled(row));
    rows.map(|row| AdditionalParameter {
        name: text_at(row, "key"),
        value: text_at(row, "value"),
        placement: match text_at(row, "send_as").as_str() {
            "request_header" => ParameterPlace::Header,
            "request_url" => ParameterPlace::Query,
            _ => ParameterPlace::Body,
        },
    })
    .collect()
}

/// None for a flow that Postman does not have.
pub(super) fn write(auth: &OAuth2) -> Option<Value> {
    let grant = match auth.flow {
        Flow::AuthorizationCode if auth.pkce.disabled => "authorization_code",
        Flow::AuthorizationCode => "authorization_code_with_pkce",
        Flow::Implicit => "implicit",
        Flow::ClientCredentials => "client_credentials",
        Flow::ResourceOwnerPasswordCredentials => "password_credentials",
        Flow::DeviceCode | Flow::JwtBearer | Flow::TokenExchange => return None,
    };
    let in_query = matches!(auth.token_config.placement, TokenPlacement::Query(_));
    let way =
        if auth.client_authentication == ClientAuthentication::Post { "body" } else { "header" };
    let more = &auth.additional_parameters;
    let written = Written::default()
        .always("grant_type", grant)
        .text("authUrl", &auth.authorization_url)
        .text("accessTokenUrl", &auth.access_token_url)
        .text("refreshTokenUrl", &auth.refresh_token_url)
        .text("redirect_uri", &auth.callback_url)
        .text("clientId", &auth.credentials.client_id)
        .text("clientSecret", &auth.credentials.client_secret)
        .always("client_authentication", way)
        .text("username", &auth.resource_owner.username)
        .text("password", &auth.resource_owner.password)
        .text("scope", &auth.scope)
        .text("audience", &auth.audience)
        .text("resource", &auth.resource)
        .text("state", &auth.state)
        .text("challengeAlgorithm", challenge(auth))
        .any("authRequestParams", list_of(&more.authorization_request))
        .any("tokenRequestParams", list_of(&more.access_token_request))
        .any("refreshRequestParams", list_of(&more.refresh_token_request))
        .always("addTokenTo", if in_query { "queryParams" } else { "header" })
        .text("headerPrefix", &auth.header_prefix);
    Some(written.of("oauth2"))
}

fn challenge(auth: &OAuth2) -> &str {
    let with = auth.flow == Flow::AuthorizationCode && !auth.pkce.disabled;
    match auth.pkce.method.as_str() {
        _ if !with => "",
        "" => "S256",
        method => method,
    }
}

fn list_of(parameters: &[AdditionalParameter]) -> Option<Value> {
    let rows = parameters.iter().map(|parameter| {
        let place = match parameter.placement {
            ParameterPlace::Header => "request_header",
            ParameterPlace::Query => "request_url",
            ParameterPlace::Body => "request_body",
        };
        json!({"key": parameter.name, "value": parameter.value, "enabled": true, "send_as": place})
    });
    let rows: Vec<Value> = rows.collect();
    (!rows.is_empty()).then_some(Value::Array(rows))
}

/// A token alone as OAuth 2, which is how it came.
pub(super) fn write_bare(token: &str, in_query: bool) -> Value {
    Written::default()
        .always("accessToken", token)
        .always("addTokenTo", if in_query { "queryParams" } else { "header" })
        .of("oauth2")
}
