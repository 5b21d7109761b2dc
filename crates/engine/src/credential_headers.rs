//! Which headers are credentials, by their names alone.
//!
//! There is no registry of them: every API has its own. So names are taken apart into words, and
//! the words judged.

/// Words that make a credential wherever they stand.
const ANYWHERE: &[&str] = &[
    "accesskey",
    "apikey",
    "appkey",
    "auth",
    "authentication",
    "authkey",
    "authn",
    "authorization",
    "authz",
    "bearer",
    "credential",
    "credentials",
    "csrf",
    "dpop",
    "hmac",
    "jwt",
    "masterkey",
    "oauth",
    "oauth2",
    "otp",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "secret",
    "sessionid",
    "sharedkey",
    "signature",
    "subscriptionkey",
    "userkey",
    "wsse",
    "xsrf",
];

/// Ends of words with the same meaning, as in `AccessToken` and `clientSecret`.
const ENDINGS: &[&str] = &["apikey", "authorization", "password", "secret", "token"];

/// Words that make a credential at the end of a name.
const LAST: &[&str] =
    &["assertion", "cookie", "cookie2", "key", "pass", "pwd", "session", "sign", "token"];

/// Words before `Key` or `Token` that make it something harmless: `Idempotency-Key`, `Lock-Token`
/// (RFC 4918 §10.5), `X-Atlassian-Token: no-check`.
const HARMLESS: &[&str] = &[
    "atlassian",
    "cache",
    "continuation",
    "correlation",
    "cursor",
    "dedup",
    "deduplication",
    "event",
    "group",
    "hash",
    "idempotence",
    "idempotency",
    "lock",
    "message",
    "next",
    "object",
    "ordering",
    "page",
    "pagination",
    "partition",
    "public",
    "range",
    "resume",
    "routing",
    "row",
    "shard",
    "sort",
    "surrogate",
    "sync",
    "trace",
    "websocket",
];

/// Names that no rule finds.
const ODD: &[&str] = &["x-firebase-appcheck", "x-ibm-client-id", "x-jfrog-art-api"];

/// Whether a header of this name is a credential: `Authorization`, `Cookie`, `X-Api-Key` and their
/// kin. Case is ignored.
pub fn is_credential_header(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let words: Vec<&str> = name.split(['-', '_', '.']).filter(|word| !word.is_empty()).collect();
    let Some((last, before)) = words.split_last() else { return false };
    if ODD.contains(&name.as_str()) || words.iter().any(|word| ANYWHERE.contains(word)) {
        return true;
    }
    if matches!(*last, "key" | "token") && before.last().is_some_and(|word| HARMLESS.contains(word))
    {
        return false;
    }
    LAST.contains(last)
        || words.ends_with(&["session", "id"])
        || words
            .iter()
            .any(|word| ENDINGS.iter().any(|end| word.len() > end.len() && word.ends_with(end)))
}

#[cfg(test)]
mod tests {
    use super::is_credential_header;

    const CREDENTIALS: &str = "
        Authorization Proxy-Authorization Authentication Proxy-Authentication X-Authorization
        X-Amzn-Authorization X-Goog-IAM-Authorization-Token X-Serverless-Authorization
        X-Emby-Authorization Cookie Cookie2 X-Cookie DPoP X-WSSE
        X-Auth X-Auth-Token X-Auth-Key X-Auth-Email X-Auth-User X-Auth-Client X-Sentry-Auth
        X-Access-Token X-AccessToken AccessToken access_token Token X-Token X-User-Token
        Private-Token JOB-TOKEN Deploy-Token PRIVATE-TOKEN X-Gitlab-Token X-Figma-Token
        X-Client-Token X-Vault-Token X-Consul-Token X-Nomad-Token X-Plex-Token X-Csrf-Token X-XSRF-TOKEN
        X-Amz-Security-Token X-MS-TOKEN-AAD-ACCESS-TOKEN X-Forwarded-Access-Token
        X-Shopify-Access-Token X-Shopify-Storefront-Access-Token Circle-Token X-Redmine-API-Key
        X-Api-Key Api-Key ApiKey X-ApiKey api_key X-Goog-Api-Key X-RapidAPI-Key X-Functions-Key
        Ocp-Apim-Subscription-Key X-Algolia-API-Key X-Parse-REST-API-Key X-MBX-APIKEY Fastly-Key
        DD-API-KEY DD-APPLICATION-KEY CB-ACCESS-KEY CB-ACCESS-SIGN CB-ACCESS-PASSPHRASE
        X-Client-Secret X-IBM-Client-Secret X-IBM-Client-Id X-Hasura-Admin-Secret clientSecret
        X-Password X-Otp X-GitHub-OTP X-JWT-Assertion X-OAuth-Token X-Hub-Signature Signature
        Stripe-Signature X-Session-Id X-SessionID X-Transmission-Session-Id Mcp-Session-Id
        X-Amz-Server-Side-Encryption-Customer-Key X-Firebase-AppCheck X-JFrog-Art-Api
        Webhook-Signature X-ZUMO-AUTH";

    const HARMLESS: &str = "
        Accept Accept-Encoding Accept-Language Cache-Control Content-Type Content-Length
        Content-MD5 Date Expect Forwarded From Host If-Match If-None-Match Origin Range TE Trailer
        Transfer-Encoding Upgrade User-Agent Via Prefer Priority Depth Destination Overwrite
        Traceparent Tracestate Baggage X-B3-TraceId X-Request-Id X-Correlation-Id Request-Id
        Idempotency-Key X-Idempotency-Key Idempotence-Key Sec-WebSocket-Key Sec-WebSocket-Version
        Sec-Fetch-Mode Surrogate-Key X-Cache-Key Partition-Key X-Routing-Key Lock-Token
        X-Continuation-Token Page-Token Next-Page-Token X-Atlassian-Token
        X-Author Author X-Authority Keep-Alive X-Monkey X-Keyboard X-Tokens-Max X-Max-Tokens
        X-Amz-Date X-Amz-Content-Sha256 X-Amz-Target X-Ms-Version X-Ms-Date X-GitHub-Api-Version
        Anthropic-Version OpenAI-Organization Stripe-Version Stripe-Account X-Shopify-Topic
        X-Forwarded-For X-Forwarded-Host X-Real-IP X-Requested-With X-HTTP-Method-Override
        X-Algolia-Application-Id X-Passenger X-Compass X-Session-Affinity X-Design X-Sign-Of-Life
        X-Cookie-Consent Access-Control-Request-Headers Proxy-Connection SOAPAction Tus-Resumable
        Notion-Version X-Tenant-Id X-Api-Version X-Client-Id X-Key-Id X-Token-Type DNT Sec-CH-UA";

    #[test]
    fn credentials_are_known_by_name_and_harmless_headers_are_not() {
        for name in CREDENTIALS.split_whitespace() {
            assert!(is_credential_header(name), "{name} is a credential");
        }
        for name in HARMLESS.split_whitespace() {
            assert!(!is_credential_header(name), "{name} is none");
        }
        assert!(!is_credential_header("") && !is_credential_header("-"));
    }
}
