//! The cookie jar against the vectors of the IETF working group, and against attacks.
#![allow(clippy::unwrap_used, missing_docs)]

use errand_engine::{CookieRejection, Jar};
use serde_json::Value;
use url::Url;

/// Vectors that do not hold, and why.
const SET_ASIDE: [&str; 3] = [
    // Its cookie ended in 2019.
    "COMMA0007",
    // RFC 6265bis §5.6 refuses control characters, where the vector cuts the value at the zero byte.
    "DISABLED_CHROMIUM0022",
    // Disabled by its authors: the cookie is for a path below the one it is expected at.
    "DISABLED_PATH0029",
];

fn vectors() -> Vec<Value> {
    serde_json::from_str(include_str!("fixtures/cookie-http-state.json")).unwrap()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_working_groups_vectors_pass() {
    let base = Url::parse("http://home.example.org:8888/cookie-parser?test").unwrap();
    let mut failed = Vec::new();
    for vector in vectors() {
        let name = vector["test"].as_str().unwrap();
        if SET_ASIDE.contains(&name) {
            continue;
        }
        let mut jar = Jar::new();
        let from = base.join(&format!("/cookie-parser?{name}")).unwrap();
        for line in texts(&vector["received"]) {
            let _ = jar.store(&from, &line);
        }
        let path = vector["sent-to"]
            .as_str()
            .map_or_else(|| format!("/cookie-parser-result?{name}"), str::to_owned);
        let to = base.join(&path).unwrap();
        let sent: Vec<(String, String)> =
            jar.for_url(&to).into_iter().map(|cookie| (cookie.name, cookie.value)).collect();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let expected: Vec<(String, String)> = vector["sent"]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| (text(&pair["name"]), text(&pair["value"])))
            .collect();
        if sent != expected {
            failed.push(format!(
                "{name}: {} sent {sent:?}, expected {expected:?}",
                vector["received"]
            ));
        }
    }
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), vectors().len(), failed.join("\n"));
}

#[test]
fn dates_are_read_however_they_are_written() {
    let dates: Vec<Value> =
        serde_json::from_str(include_str!("fixtures/cookie-dates.json")).unwrap();
    let url = Url::parse("http://example.com/").unwrap();
    for date in dates {
        let text = date["test"].as_str().unwrap();
        // Every date that is one lies in the past or far ahead: the cookie ends, or gets an end.
        let mut jar = Jar::new();
        jar.store(&url, &format!("a=b; Expires={text}")).unwrap();
        let cookies = jar.cookies();
        let session = cookies.first().is_some_and(|cookie| cookie.expires.is_none());
        assert_eq!(session, date["expected"].is_null(), "{text}");
    }
}

#[test]
fn what_a_site_may_not_set_is_refused_with_the_reason() {
    use CookieRejection as R;
    let long = format!("a={}", "x".repeat(5000));
    for (url, line, reason) in [
        ("http://a.example.com/", "a=b; Domain=other.com", R::ForeignDomain),
        ("http://a.example.com/", "a=b; Domain=b.example.com", R::ForeignDomain),
        ("http://example.com/", "a=b; Domain=a.example.com", R::ForeignDomain),
        ("http://example.com/", "a=b; Domain=example.com.", R::ForeignDomain),
        ("http://example.com./", "a=b; Domain=example.com", R::ForeignDomain),
        ("http://127.0.0.1/", "a=b; Domain=0.0.1", R::ForeignDomain),
        ("http://a.co.uk/", "a=b; Domain=co.uk", R::PublicSuffix),
        ("http://me.github.io/", "a=b; Domain=github.io", R::PublicSuffix),
        ("http://a.com/", "a=b; Domain=.com", R::PublicSuffix),
        ("http://a.com/", "a=b; Secure", R::InsecureOrigin),
        ("https://a.com/", "__Secure-a=b", R::Prefix),
        ("https://a.com/", "__host-a=b; Secure; Path=/x", R::Prefix),
        ("https://a.com/", "__Host-a=b; Secure; Path=/; Domain=a.com", R::Prefix),
        ("https://a.com/", "a=b; SameSite=None", R::SameSiteNone),
        ("https://a.com/", &long, R::TooLarge),
        ("https://a.com/", "a=b\u{1}c", R::ControlCharacter),
        ("https://a.com/", "=b", R::Nameless),
    ] {
        let mut jar = Jar::new();
        let result = jar.store(&Url::parse(url).unwrap(), line);
        assert_eq!(result.map_err(|(_, reason)| reason), Err(reason), "{url} {line}");
        assert!(jar.cookies().is_empty());
    }
}

fn sent(jar: &mut Jar, url: &str) -> String {
    let cookies = jar.for_url(&Url::parse(url).unwrap());
    cookies
        .iter()
        .map(|cookie| format!("{}={}", cookie.name, cookie.value))
        .collect::<Vec<_>>()
        .join("; ")
}

#[test]
fn cookies_go_where_they_belong() {
    let mut jar = Jar::new();
    let url = Url::parse("https://a.example.com:8443/deep/page").unwrap();
    for line in [
        "host=1",
        "wide=2; Domain=example.com; Path=/",
        "__Host-x=3; Secure; Path=/",
        "root=4; Path=/; Secure",
    ] {
        jar.store(&url, line).unwrap();
    }
    assert_eq!(
        sent(&mut jar, "https://a.example.com/deep/x"),
        "host=1; wide=2; __Host-x=3; root=4"
    );
    assert_eq!(sent(&mut jar, "http://a.example.com/"), "wide=2");
    assert_eq!(sent(&mut jar, "https://b.example.com/deep/"), "wide=2");
    assert_eq!(sent(&mut jar, "https://notexample.com/"), "");
    assert_eq!(sent(&mut jar, "https://a.example.com./"), "");
    assert_eq!(sent(&mut jar, "https://a.example.com/deeper"), "wide=2; __Host-x=3; root=4");
    // Without TLS nobody replaces a Secure cookie.
    let plain = Url::parse("http://a.example.com/").unwrap();
    let result = jar.store(&plain, "root=evil; Path=/");
    assert_eq!(result, Err(("root".into(), CookieRejection::WouldReplaceSecure)));
    jar.store(&url, "wide=; Domain=example.com; Path=/; Max-Age=0").unwrap();
    assert_eq!(sent(&mut jar, "https://b.example.com/"), "");
}

#[test]
fn a_jar_can_be_kept_and_brought_back_and_does_not_grow_without_end() {
    let url = Url::parse("http://localhost:3000/").unwrap();
    let mut jar = Jar::new();
    for number in 0..80 {
        jar.store(&url, &format!("n{number}=1; Max-Age=99999999999")).unwrap();
    }
    assert_eq!(jar.cookies().len(), 50);
    jar.store(&url, "secure=1; Secure; HttpOnly; SameSite=Strict").unwrap();
    let kept = serde_json::to_string(&jar.cookies()).unwrap();
    let mut other = Jar::new();
    other.load(serde_json::from_str(&kept).unwrap());
    assert_eq!(other, jar);
    assert!(other.remove("localhost", "/", "secure") && !other.remove("localhost", "/", "secure"));
    other.clear();
    assert!(other.cookies().is_empty());
}
