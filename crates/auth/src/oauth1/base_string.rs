//! The signature base string (RFC 5849 §3.4.1).

use url::Url;

use crate::parts::encode;

/// Method, URL without its query, and all parameters in order.
pub(super) fn base_string<'a>(
    method: &str,
    url: &Url,
    parameters: impl Iterator<Item = (&'a str, &'a str)>,
) -> String {
    let method = method.to_ascii_uppercase();
    [method, encode(&base_url(url)), encode(&normalized(parameters))].join("&")
}

/// §3.4.1.2: scheme and host in lower case, the port only where it is not the scheme's own. A parsed
/// URL is like that already.
fn base_url(url: &Url) -> String {
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
    format!("{}://{host}{port}{}", url.scheme(), url.path())
}

/// §3.4.1.3.2: encoded, then in order of name and value.
fn normalized<'a>(parameters: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut encoded: Vec<(String, String)> =
        parameters.map(|(name, value)| (encode(name), encode(value))).collect();
    encoded.sort();
    let parts: Vec<String> =
        encoded.iter().map(|(name, value)| format!("{name}={value}")).collect();
    parts.join("&")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::parts::pairs;

    #[test]
    fn the_example_of_the_rfc() {
        // RFC 5849 §3.4.1.1.
        let url = Url::parse("http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b")
            .expect("a URL");
        let oauth = [
            ("oauth_consumer_key", "9djdj82h48djs9d2"),
            ("oauth_token", "kkk9d7dh3k39sjv7"),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", "137131201"),
            ("oauth_nonce", "7d8f3e4a"),
        ];
        let (query, form) = (pairs(url.query().unwrap_or_default()), pairs("c2&a3=2+q"));
        let others = query.iter().chain(&form).map(|(n, v)| (n.as_str(), v.as_str()));
        assert_eq!(
            base_string("post", &url, oauth.into_iter().chain(others)),
            "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7"
        );
    }

    #[test]
    fn ports_that_are_not_the_schemes_own_stay() {
        let base = |url: &str| base_url(&Url::parse(url).expect("a URL"));
        assert_eq!(base("https://www.example.net:8080/?q=1"), "https://www.example.net:8080/");
        assert_eq!(base("https://a.test:443/b%20c"), "https://a.test/b%20c");
        assert_eq!(base("http://[::1]:81"), "http://[::1]:81/");
    }

    proptest! {
        #[test]
        fn order_does_not_matter(mut list in prop::collection::vec(("[a-c&=%]{0,3}", "\\PC{0,3}"), 0..6)) {
            let of = |list: &[(String, String)]| {
                normalized(list.iter().map(|(name, value)| (name.as_str(), value.as_str())))
            };
            let one = of(&list);
            list.reverse();
            prop_assert_eq!(&one, &of(&list));
            // Nothing is lost or made up: it reads back as the same parameters.
            let mut back = pairs(&one);
            back.retain(|(name, value)| !(name.is_empty() && value.is_empty()));
            list.retain(|(name, value)| !(name.is_empty() && value.is_empty()));
            back.sort();
            list.sort();
            prop_assert_eq!(back, list);
        }
    }
}
