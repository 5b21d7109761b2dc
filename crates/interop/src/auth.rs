//! Auth that several tools write alike.

use errand_model::{ApiKeyPlace, Auth, KeyText, OAuth1};

/// A token behind a word other than `Bearer`, or behind none: an Authorization header of its own.
pub(crate) fn authorization(word: &str, token: &str) -> Auth {
    Auth::ApiKey {
        key: "Authorization".to_owned(),
        value: format!("{word} {token}").trim().to_owned(),
        placement: ApiKeyPlace::Header,
    }
}

/// OAuth 1.0a in Insomnia's words, which Yaak has taken over.
pub(crate) fn oauth1(said: &mut impl FnMut(&str) -> String) -> OAuth1 {
    OAuth1 {
        consumer_key: said("consumerKey"),
        consumer_secret: said("consumerSecret"),
        access_token: said("tokenKey"),
        access_token_secret: said("tokenSecret"),
        callback_url: said("callback"),
        verifier: said("verifier"),
        signature_method: said("signatureMethod"),
        private_key: KeyText::of(said("privateKey")),
        timestamp: said("timestamp"),
        nonce: said("nonce"),
        version: said("version"),
        realm: said("realm"),
        include_body_hash: said("includeBodyHash") == "true",
        ..OAuth1::default()
    }
}
