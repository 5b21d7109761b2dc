//! Auth of every mode.

use errand_model::{
    AdditionalParameter, AdditionalParameters, ApiKeyPlace, Auth, AwsV4, ClientAuthentication,
    ClientCredentials, Flow, KeyText, OAuth1, OAuth1Place, OAuth2, ParameterPlace, Pkce,
    ResourceOwner, TokenConfig, TokenKind, TokenPlacement, TokenSettings, WsseDigest,
};
use serde_json::{Map, Value, json};

use super::rows::{enabled, list, owned, put, row, text};

/// The auth of a mode; `all` has the fields of each mode.
pub(super) fn read(mode: &str, all: &Value) -> Auth {
    let given = all.get(mode).unwrap_or(&Value::Null);
    let field = |key| owned(given, key);
    match mode {
        "inherit" => Auth::Inherit,
        "none" | "" => Auth::None,
        "basic" => Auth::Basic { username: field("username"), password: field("password") },
        "bearer" => Auth::Bearer { token: field("token") },
        "digest" => Auth::Digest { username: field("username"), password: field("password") },
        "wsse" => Auth::Wsse {
            username: field("username"),
            password: field("password"),
            digest: WsseDigest::Hex,
        },
        "ntlm" => Auth::Ntlm {
            username: field("username"),
            password: field("password"),
            domain: field("domain"),
        },
        "apikey" => Auth::ApiKey {
            key: field("key"),
            value: field("value"),
            placement: match text(given, "placement") {
                "queryparams" | "query" => ApiKeyPlace::Query,
                "cookie" => ApiKeyPlace::Cookie,
                _ => ApiKeyPlace::Header,
            },
        },
        "awsv4" => Auth::AwsV4(AwsV4 {
            access_key_id: field("accessKeyId"),
            secret_access_key: field("secretAccessKey"),
            session_token: field("sessionToken"),
            service: field("service"),
            region: field("region"),
            profile_name: field("profileName"),
            ..AwsV4::default()
        }),
        "oauth1" => Auth::OAuth1(Box::new(oauth1(given))),
        "oauth2" => Auth::OAuth2(Box::new(oauth2(given))),
        _ => Auth::Other { scheme: mode.to_owned() },
    }
}

fn oauth1(given: &Value) -> OAuth1 {
    let field = |key| owned(given, key);
    OAuth1 {
        consumer_key: field("consumerKey"),
        consumer_secret: field("consumerSecret"),
        access_token: field("accessToken"),
        access_token_secret: field("accessTokenSecret"),
        callback_url: field("callbackUrl"),
        verifier: field("verifier"),
        signature_method: field("signatureMethod"),
        private_key: match (text(given, "privateKey"), text(given, "privateKeyType")) {
            ("", _) => KeyText::None,
            (path, "file") => KeyText::File(path.to_owned()),
            (key, _) => KeyText::Text(key.to_owned()),
        },
        timestamp: field("timestamp"),
        nonce: field("nonce"),
        version: field("version"),
        realm: field("realm"),
        placement: match text(given, "placement") {
            "query" => OAuth1Place::Query,
            "body" => OAuth1Place::Body,
            _ => OAuth1Place::Header,
        },
        include_body_hash: given.get("includeBodyHash") == Some(&Value::Bool(true)),
        ..OAuth1::default()
    }
}

fn oauth2(given: &Value) -> OAuth2 {
    let field = |key| owned(given, key);
    let is = |key, otherwise| given.get(key).and_then(Value::as_bool).unwrap_or(otherwise);
    let in_header = text(given, "tokenPlacement") != "url";
    let parameters = |step| additional(&given["additionalParameters"][step]);
    OAuth2 {
        flow: match text(given, "grantType") {
            "client_credentials" => Flow::ClientCredentials,
            "password" => Flow::ResourceOwnerPasswordCredentials,
            "implicit" => Flow::Implicit,
            _ => Flow::AuthorizationCode,
        },
        authorization_url: field("authorizationUrl"),
        access_token_url: field("accessTokenUrl"),
        refresh_token_url: field("refreshTokenUrl"),
        callback_url: field("callbackUrl"),
        credentials: ClientCredentials {
            client_id: field("clientId"),
            client_secret: field("clientSecret"),
        },
        client_authentication: match text(given, "credentialsPlacement") {
            "basic_auth_header" => ClientAuthentication::Basic,
            _ => ClientAuthentication::Post,
        },
        resource_owner: ResourceOwner { username: field("username"), password: field("password") },
        scope: field("scope"),
        state: field("state"),
        pkce: Pkce { disabled: !is("pkce", false), method: String::new() },
        additional_parameters: AdditionalParameters {
            authorization_request: parameters("authorization"),
            access_token_request: parameters("token"),
            refresh_token_request: parameters("refresh"),
        },
        token_config: TokenConfig {
            // Bruno's name for what is shared unless another is given.
            id: Some(field("credentialsId")).filter(|id| id != "credentials").unwrap_or_default(),
            placement: if in_header {
                TokenPlacement::default()
            } else {
                TokenPlacement::Query(field("tokenQueryKey"))
            },
            source: match text(given, "tokenSource") {
                "id_token" => TokenKind::IdToken,
                _ => TokenKind::AccessToken,
            },
        },
        header_prefix: field("tokenHeaderPrefix"),
        settings: TokenSettings {
            auto_fetch_token: is("autoFetchToken", true),
            auto_refresh_token: is("autoRefreshToken", false),
        },
        ..OAuth2::default()
    }
}

/// Those that are switched off are not sent and have no place here.
fn additional(rows: &Value) -> Vec<AdditionalParameter> {
    let parameter = |row| AdditionalParameter {
        name: owned(row, "name"),
        value: owned(row, "value"),
        placement: match text(row, "sendIn") {
            "headers" => ParameterPlace::Header,
            "queryparams" => ParameterPlace::Query,
            _ => ParameterPlace::Body,
        },
    };
    list(rows).filter(|row| enabled(row)).map(parameter).collect()
}

/// The mode of an auth with its fields; none when Bruno does not have it.
pub(super) fn write(auth: &Auth) -> Option<(&str, Value)> {
    let password =
        |username: &str, password: &str| json!({ "username": username, "password": password });
    let fields = match auth {
        Auth::Inherit | Auth::None | Auth::Other { .. } => Value::Null,
        Auth::Basic { username, password: secret }
        | Auth::Digest { username, password: secret }
        | Auth::Wsse { username, password: secret, .. } => password(username, secret),
        Auth::Bearer { token } => json!({ "token": token }),
        Auth::ApiKey { key, value, placement } => {
            let placement = match placement {
                ApiKeyPlace::Header => "header",
                ApiKeyPlace::Query => "queryparams",
                ApiKeyPlace::Cookie => return None,
            };
            json!({ "key": key, "value": value, "placement": placement })
        }
        Auth::Ntlm { username, password, domain } => {
            json!({ "username": username, "password": password, "domain": domain })
        }
        Auth::AwsV4(aws) => json!({
            "accessKeyId": aws.access_key_id,
            "secretAccessKey": aws.secret_access_key,
            "sessionToken": aws.session_token,
            "service": aws.service,
            "region": aws.region,
            "profileName": aws.profile_name,
        }),
        Auth::OAuth1(oauth) => of_oauth1(oauth),
        Auth::OAuth2(oauth) => of_oauth2(oauth)?,
        _ => return None,
    };
    Some((auth.scheme(), fields))
}

fn of_oauth1(oauth: &OAuth1) -> Value {
    let (key, kind) = match &oauth.private_key {
        KeyText::None => ("", "text"),
        KeyText::Text(key) => (key.as_str(), "text"),
        KeyText::File(path) => (path.as_str(), "file"),
    };
    let placement = match oauth.placement {
        OAuth1Place::Header => "header",
        OAuth1Place::Query => "query",
        OAuth1Place::Body => "body",
    };
    json!({
        "consumerKey": oauth.consumer_key,
        "consumerSecret": oauth.consumer_secret,
        "accessToken": oauth.access_token,
        "accessTokenSecret": oauth.access_token_secret,
        "callbackUrl": oauth.callback_url,
        "verifier": oauth.verifier,
        "signatureMethod": oauth.signature_method,
        "privateKey": key,
        "privateKeyType": kind,
        "timestamp": oauth.timestamp,
        "nonce": oauth.nonce,
        "version": oauth.version,
        "realm": oauth.realm,
        "placement": placement,
        "includeBodyHash": oauth.include_body_hash,
    })
}

fn of_oauth2(oauth: &OAuth2) -> Option<Value> {
    let grant = match oauth.flow {
        Flow::AuthorizationCode => "authorization_code",
        Flow::ClientCredentials => "client_credentials",
        Flow::ResourceOwnerPasswordCredentials => "password",
        Flow::Implicit => "implicit",
        Flow::DeviceCode | Flow::JwtBearer | Flow::TokenExchange => return None,
    };
    let (place, query_key) = match &oauth.token_config.placement {
        TokenPlacement::Header(_) => ("header", "access_token"),
        TokenPlacement::Query(key) => ("url", key.as_str()),
    };
    let id = Some(oauth.token_config.id.as_str()).filter(|id| !id.is_empty());
    let credentials = match oauth.client_authentication {
        ClientAuthentication::Basic => "basic_auth_header",
        _ => "body",
    };
    let source = match oauth.token_config.source {
        TokenKind::AccessToken => "access_token",
        TokenKind::IdToken => "id_token",
    };
    let all = json!({
        "grantType": grant,
        "callbackUrl": oauth.callback_url,
        "authorizationUrl": oauth.authorization_url,
        "accessTokenUrl": oauth.access_token_url,
        "refreshTokenUrl": oauth.refresh_token_url,
        "username": oauth.resource_owner.username,
        "password": oauth.resource_owner.password,
        "clientId": oauth.credentials.client_id,
        "clientSecret": oauth.credentials.client_secret,
        "scope": oauth.scope,
        "state": oauth.state,
        "pkce": !oauth.pkce.disabled,
        "credentialsPlacement": credentials,
        "credentialsId": id.unwrap_or("credentials"),
        "tokenSource": source,
        "tokenPlacement": place,
        "tokenHeaderPrefix": oauth.header_prefix,
        "tokenQueryKey": query_key,
        "autoFetchToken": oauth.settings.auto_fetch_token,
        "autoRefreshToken": oauth.settings.auto_refresh_token,
    });
    let mut made = Map::new();
    for field in super::auth_fields::fields("oauth2") {
        if field.belongs_to(grant) {
            made.insert(field.json.to_owned(), all[field.json].clone());
        }
    }
    let parameters = &oauth.additional_parameters;
    let mut steps = Map::new();
    put(&mut steps, "authorization", of_additional(&parameters.authorization_request, true));
    put(&mut steps, "token", of_additional(&parameters.access_token_request, false));
    put(&mut steps, "refresh", of_additional(&parameters.refresh_token_request, false));
    put(&mut made, "additionalParameters", steps);
    Some(made.into())
}

fn of_additional(parameters: &[AdditionalParameter], is_authorization: bool) -> Vec<Value> {
    let rows = parameters.iter().map(|parameter| {
        let mut row = row(&parameter.name, &parameter.value, true, "");
        let place = match parameter.placement {
            ParameterPlace::Header => "headers",
            ParameterPlace::Body if !is_authorization => "body",
            ParameterPlace::Query | ParameterPlace::Body => "queryparams",
        };
        row.insert("sendIn".to_owned(), json!(place));
        row.into()
    });
    rows.collect()
}
