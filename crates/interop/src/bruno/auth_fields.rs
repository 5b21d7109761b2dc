//! The fields of the `auth:…` blocks: their names in `.bru`, their names in JSON.

/// One field.
#[derive(Clone, Copy)]
pub(super) struct Field {
    pub bru: &'static str,
    pub json: &'static str,
    /// What it is when it is missing.
    pub default: &'static str,
    /// `true` and `false` are JSON's.
    pub flag: bool,
    /// Grants of OAuth 2 that have it: `a`uthorization code, `p`assword, `c`lient credentials,
    /// `i`mplicit. Empty for all, and for other schemes.
    pub grants: &'static str,
}

const fn field(bru: &'static str, json: &'static str) -> Field {
    Field { bru, json, default: "", flag: false, grants: "" }
}

const fn same(name: &'static str) -> Field {
    field(name, name)
}

const fn of(grants: &'static str, field: Field) -> Field {
    Field { grants, ..field }
}

const fn or(default: &'static str, field: Field) -> Field {
    Field { default, ..field }
}

const fn flag(default: &'static str, field: Field) -> Field {
    Field { default, flag: true, ..field }
}

const PASSWORD: &[Field] = &[same("username"), same("password")];

const OAUTH1: &[Field] = &[
    field("consumer_key", "consumerKey"),
    field("consumer_secret", "consumerSecret"),
    field("access_token", "accessToken"),
    field("token_secret", "accessTokenSecret"),
    field("callback_url", "callbackUrl"),
    same("verifier"),
    field("signature_method", "signatureMethod"),
    field("private_key", "privateKey"),
    same("timestamp"),
    same("nonce"),
    same("version"),
    same("realm"),
    same("placement"),
    flag("false", field("include_body_hash", "includeBodyHash")),
];

const OAUTH2: &[Field] = &[
    field("grant_type", "grantType"),
    of("ai", field("callback_url", "callbackUrl")),
    of("ai", field("authorization_url", "authorizationUrl")),
    of("apc", field("access_token_url", "accessTokenUrl")),
    of("apc", field("refresh_token_url", "refreshTokenUrl")),
    of("p", same("username")),
    of("p", same("password")),
    field("client_id", "clientId"),
    of("apc", field("client_secret", "clientSecret")),
    same("scope"),
    of("ai", same("state")),
    of("a", flag("false", same("pkce"))),
    of("apc", or("body", field("credentials_placement", "credentialsPlacement"))),
    or("credentials", field("credentials_id", "credentialsId")),
    or("access_token", field("token_source", "tokenSource")),
    or("header", field("token_placement", "tokenPlacement")),
    field("token_header_prefix", "tokenHeaderPrefix"),
    or("access_token", field("token_query_key", "tokenQueryKey")),
    flag("true", field("auto_fetch_token", "autoFetchToken")),
    of("apc", flag("false", field("auto_refresh_token", "autoRefreshToken"))),
];

/// The schemes in the order in which Bruno writes them.
pub(super) const SCHEMES: &[(&str, &[Field])] = &[
    (
        "awsv4",
        &[
            same("accessKeyId"),
            same("secretAccessKey"),
            same("sessionToken"),
            same("service"),
            same("region"),
            same("profileName"),
        ],
    ),
    ("basic", PASSWORD),
    ("wsse", PASSWORD),
    ("bearer", &[same("token")]),
    ("digest", PASSWORD),
    ("ntlm", &[same("username"), same("password"), same("domain")]),
    ("oauth1", OAUTH1),
    ("oauth2", OAUTH2),
    ("apikey", &[same("key"), same("value"), same("placement")]),
];

/// The further parameters of OAuth 2: block, step in JSON, place in JSON.
pub(super) const ADDITIONAL: &[(&str, &str, &str)] = &[
    ("auth_req:headers", "authorization", "headers"),
    ("auth_req:queryparams", "authorization", "queryparams"),
    ("auth_req:body", "authorization", "body"),
    ("access_token_req:headers", "token", "headers"),
    ("access_token_req:queryparams", "token", "queryparams"),
    ("access_token_req:body", "token", "body"),
    ("refresh_token_req:headers", "refresh", "headers"),
    ("refresh_token_req:queryparams", "refresh", "queryparams"),
    ("refresh_token_req:body", "refresh", "body"),
];

/// What the blocks of [`ADDITIONAL`] begin with.
pub(super) const ADDITIONAL_BLOCK: &str = "auth:oauth2:additional_params:";

/// The fields of a scheme; none of one that is not known.
pub(super) fn fields(scheme: &str) -> &'static [Field] {
    SCHEMES.iter().find(|(name, _)| *name == scheme).map_or(&[], |(_, fields)| fields)
}

impl Field {
    /// Whether a grant type of OAuth 2 has it.
    pub fn belongs_to(&self, grant: &str) -> bool {
        let letter = match grant {
            "authorization_code" => 'a',
            "password" => 'p',
            "client_credentials" => 'c',
            "implicit" => 'i',
            _ => return self.json == "grantType",
        };
        self.grants.is_empty() || self.grants.contains(letter)
    }
}
