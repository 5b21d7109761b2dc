//! OAuth 1: the examples of its specifications, every method, every placement.

use errand_auth::oauth1::{Request, sign};
use errand_auth::{Place, Surroundings};
use errand_model::{Auth, KeyText, OAuth1, OAuth1Place};
use url::Url;

use crate::scene::{Call, Outcome, at, open, refusal, text, vectors};

const PHOTOS: &str = "http://photos.example.net/photos?file=vacation.jpg&size=original";

fn fields() -> OAuth1 {
    OAuth1 {
        consumer_key: "dpf43f3p2l4k3l03".to_owned(),
        consumer_secret: "kd94hf93k423kf44".to_owned(),
        access_token: "nnch734d00sl2jdk".to_owned(),
        access_token_secret: "pfkkdhi9sl3r4s00".to_owned(),
        ..OAuth1::default()
    }
}

/// The moment of OAuth Core 1.0, A.5.1.
fn sources() -> Surroundings {
    at(1_191_242_096, "kllo9940pd9333jh")
}

fn signed(fields: OAuth1, call: &Call) -> Outcome {
    call.sign(&mut *open(&Auth::OAuth1(Box::new(fields)), &sources()))
}

/// A parameter of an OAuth header, decoded.
fn parameter(header: &str, name: &str) -> String {
    let start = format!("{name}=\"");
    let part = header.split(", ").find_map(|part| {
        part.trim_start_matches("OAuth ").strip_prefix(start.as_str())?.strip_suffix('"')
    });
    let decode = |text: &str| {
        let pairs = format!("a={}", text.replace('+', "%2B"));
        url::form_urlencoded::parse(pairs.as_bytes()).next().map(|(_, value)| value.into_owned())
    };
    part.and_then(decode).unwrap_or_default()
}

#[test]
fn every_method() {
    let expected = vectors(include_str!("../vectors/oauth1-methods.json"));
    let keys = [
        include_str!("../vectors/oauth1-rsa-pkcs1.pem").to_owned(),
        include_str!("../vectors/oauth1-rsa-pkcs8.pem").replace('\n', "\\n"),
    ];
    for (method, signature) in expected.as_object().expect("methods") {
        for key in &keys {
            let fields = OAuth1 {
                signature_method: method.to_lowercase(),
                private_key: KeyText::Text(key.clone()),
                ..fields()
            };
            let header = signed(fields, &Call::new("GET", PHOTOS)).value("Authorization");
            assert_eq!(parameter(&header, "oauth_signature"), signature.as_str().expect("text"));
            assert_eq!(&parameter(&header, "oauth_signature_method"), method);
        }
    }
    // OAuth Core 1.0, A.5.2.
    assert_eq!(text(&expected, "HMAC-SHA1"), "tR3+Ty81lMeYAr/Fid0kMTYa/WM=");
    let plain = OAuth1 { signature_method: "PLAINTEXT".to_owned(), ..fields() };
    let header = signed(plain, &Call::new("GET", PHOTOS)).value("Authorization");
    assert_eq!(parameter(&header, "oauth_signature"), "kd94hf93k423kf44&pfkkdhi9sl3r4s00");
}

/// Twitter's guide, "Creating a signature".
fn tweet() -> (OAuth1, Call) {
    let fields = OAuth1 {
        consumer_key: "xvz1evFS4wEEPTGEFPHBog".to_owned(),
        consumer_secret: "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw".to_owned(),
        access_token: "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb".to_owned(),
        access_token_secret: "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE".to_owned(),
        timestamp: "1318622958".to_owned(),
        nonce: "kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg".to_owned(),
        ..OAuth1::default()
    };
    let call =
        Call::new("POST", "https://api.twitter.com/1/statuses/update.json?include_entities=true")
            .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
            .body("status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21");
    (fields, call)
}

#[test]
fn a_form_takes_part_and_takes_the_parameters() {
    let (fields, call) = tweet();
    let header = signed(fields.clone(), &call).value("Authorization");
    assert_eq!(parameter(&header, "oauth_signature"), "tnnArxj06cWHq44gCs1OSKk/jLY=");
    let outcome = signed(OAuth1 { placement: OAuth1Place::Body, ..fields }, &call);
    assert!(outcome.0.additions.is_empty());
    let body = outcome.body();
    assert!(body.starts_with("status=Hello%20Ladies%20%2B%20Gentlemen%2C"), "{body}");
    assert!(body.ends_with("&oauth_signature=tnnArxj06cWHq44gCs1OSKk%2FjLY%3D"), "{body}");
}

#[test]
fn the_body_takes_parameters_only_as_a_form() {
    let fields = OAuth1 { placement: OAuth1Place::Body, ..fields() };
    let json = Call::new("POST", PHOTOS).header("Content-Type", "application/json").body("{}");
    let mut signer = open(&Auth::OAuth1(Box::new(fields.clone())), &sources());
    for call in [json, Call::new("GET", PHOTOS)] {
        let error = call.try_sign(&mut *signer).err().map(|e| e.to_string()).unwrap_or_default();
        assert!(error.contains("only a form"), "{error}");
    }
    let outcome = signed(fields, &Call::new("POST", PHOTOS));
    assert_eq!(outcome.value("Content-Type"), "application/x-www-form-urlencoded");
    assert!(outcome.body().starts_with("oauth_consumer_key=dpf43f3p2l4k3l03&oauth_token="));
}

#[test]
fn in_the_query_and_in_the_header_with_a_realm() {
    let query = OAuth1 { placement: OAuth1Place::Query, ..fields() };
    let outcome = signed(query, &Call::new("GET", PHOTOS));
    assert!(outcome.all_in(Place::Query));
    assert_eq!(outcome.value("oauth_signature"), "tR3+Ty81lMeYAr/Fid0kMTYa/WM=");
    outcome.is_harmless(&["tR3+", "nnch734d00sl2jdk", "kd94", "pfkk"]);
    let realm = OAuth1 { realm: "123_SB1".to_owned(), ..fields() };
    let outcome = signed(realm, &Call::new("GET", PHOTOS));
    let header = outcome.value("Authorization");
    assert!(header.starts_with("OAuth realm=\"123_SB1\", oauth_consumer_key=\"dpf43f3p2l4k3l03\""));
    assert_eq!(parameter(&header, "oauth_signature"), "tR3+Ty81lMeYAr/Fid0kMTYa/WM=");
    outcome.is_harmless(&["tR3%2B", "nnch734d00sl2jdk"]);
    assert!(outcome.shown("Authorization").contains("kllo9940pd9333jh"));
}

#[test]
fn the_host_is_that_of_the_header() {
    let call = Call::new("GET", "http://127.0.0.1:8000/photos?file=vacation.jpg&size=original");
    let header = signed(fields(), &call.header("Host", "photos.example.net"));
    let signature = parameter(&header.value("Authorization"), "oauth_signature");
    assert_eq!(signature, "tR3+Ty81lMeYAr/Fid0kMTYa/WM=");
}

#[test]
fn a_body_hash_for_what_is_no_form() {
    // OAuth Request Body Hash 1.0, draft 4, appendix A.
    let fields = OAuth1 { include_body_hash: true, ..fields() };
    let call = Call::new("PUT", "http://www.example.com/resource")
        .header("Content-Type", "text/plain")
        .body("Hello World!");
    let header = signed(fields.clone(), &call).value("Authorization");
    assert_eq!(parameter(&header, "oauth_body_hash"), "Lve95gjOVATpfV8EL5X4nxwjKHE=");
    let (_, form) = tweet();
    let header = signed(fields, &form).value("Authorization");
    assert_eq!(parameter(&header, "oauth_body_hash"), "");
}

#[test]
fn the_legs_of_a_flow() {
    let url = Url::parse("https://photos.example.net/initiate").expect("a URL");
    let request = Request { method: "POST", url: &url, form: &[], body_hash: None };
    let definition = OAuth1 {
        callback_url: "http://printer.example.com/ready".to_owned(),
        access_token: String::new(),
        access_token_secret: String::new(),
        ..fields()
    };
    let names = |definition: &OAuth1| -> Vec<&'static str> {
        let parameters = sign(definition, &request, &sources()).expect("signed");
        parameters.iter().map(|(name, _)| name).collect()
    };
    assert!(names(&definition).contains(&"oauth_callback"));
    assert!(!names(&definition).contains(&"oauth_token"));
    let third = OAuth1 {
        access_token: "hh5s93j4hdidpola".to_owned(),
        verifier: "hfdp7dh39dks9884".to_owned(),
        ..definition
    };
    assert!(!names(&third).contains(&"oauth_callback"));
    assert!(names(&third).contains(&"oauth_verifier"));
}

#[test]
fn mistakes_are_named() {
    let said = |fields: OAuth1| refusal(&Auth::OAuth1(Box::new(fields)), &sources());
    let unknown = said(OAuth1 { signature_method: "HMAC-MD5".to_owned(), ..fields() });
    assert!(unknown.contains("HMAC-SHA512, RSA-SHA1"), "{unknown}");
    let rsa = || OAuth1 { signature_method: "RSA-SHA1".to_owned(), ..fields() };
    assert!(said(rsa()).contains("private key is empty"));
    for key in ["canary", "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----"] {
        let message = said(OAuth1 { private_key: KeyText::Text(key.to_owned()), ..rsa() });
        assert!(message.contains("private key cannot be read"), "{message}");
        assert!(!message.contains("canary"));
    }
    assert!(said(OAuth1 { timestamp: "soon".to_owned(), ..fields() }).contains("timestamp"));
}
