//! The requests of RFC 5849 §1.2, which have no `oauth_version`: hence the parts are asked here.

use errand_model::OAuth1 as Fields;
use serde_json::Value;
use url::Url;

use super::base_string::base_string;
use super::method::{Method, SigningKey};
use crate::parts::pairs;

#[test]
fn the_requests_of_the_rfc() {
    let all: Value = serde_json::from_str(include_str!("../../tests/vectors/schemes.json"))
        .expect("the vectors");
    for case in all["oauth1"].as_array().expect("cases") {
        let text = |name: &str| case[name].as_str().unwrap_or_default().to_owned();
        let mut oauth = vec![
            ("oauth_consumer_key".to_owned(), text("consumer_key")),
            ("oauth_token".to_owned(), text("token")),
            ("oauth_signature_method".to_owned(), text("signature_method")),
            ("oauth_timestamp".to_owned(), text("timestamp")),
            ("oauth_nonce".to_owned(), text("nonce")),
        ];
        for extra in case["extra_oauth_params"].as_array().expect("a list") {
            let part = |at: usize| extra[at].as_str().unwrap_or_default().to_owned();
            oauth.push((part(0), part(1)));
        }
        let mut url = Url::parse(&text("url")).expect("a URL");
        for parameter in case["query"].as_array().expect("a list") {
            let part = |at: usize| parameter[at].as_str().unwrap_or_default();
            url.query_pairs_mut().append_pair(part(0), part(1));
        }
        let query = pairs(url.query().unwrap_or_default());
        let parameters = oauth.iter().chain(&query).map(|(n, v)| (n.as_str(), v.as_str()));
        let base = base_string(&text("method"), &url, parameters);
        assert_eq!(base, text("base_string"));
        let secrets = Fields {
            consumer_secret: text("consumer_secret"),
            access_token_secret: text("token_secret"),
            ..Fields::default()
        };
        let method = Method::named(&text("signature_method")).expect("a method");
        let signature = SigningKey::new(method, &secrets).and_then(|key| key.sign(&base));
        assert_eq!(signature, Ok(text("signature")));
    }
}
