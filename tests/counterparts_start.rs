//! The counterparts answer as they should, before Errand is asked anything.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::thread::{self, JoinHandle};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use errand_tests::browser::{Browser, Messenger};
use errand_tests::counterparts::httpbin::Httpbin;
use errand_tests::counterparts::moto::Moto;
use errand_tests::counterparts::oidc::{Manner, OpenIdProvider};
use errand_tests::desktop::{Desktop, Keyring};
use serde_json::Value;
use ureq::Agent;

#[test]
fn the_openid_provider_tells_of_itself_and_gives_tokens() {
    let provider = OpenIdProvider::start();
    let issuer = provider.issuer();
    let about = get(&format!("{issuer}/.well-known/openid-configuration"), &[]).1;
    assert_eq!(about["issuer"], issuer);
    for endpoint in [
        "token",
        "authorization",
        "userinfo",
        "introspection",
        "revocation",
        "device_authorization",
        "pushed_authorization_request",
    ] {
        assert!(about[format!("{endpoint}_endpoint")].is_string(), "{endpoint} in {about}");
    }
    assert!(about["dpop_signing_alg_values_supported"].is_array(), "{about}");

    let basic = format!("{}:{}", OpenIdProvider::BASIC, provider.secret());
    let basic = format!("Basic {}", STANDARD.encode(basic));
    let api = provider.api();
    let wish = [("grant_type", "client_credentials"), ("resource", &api), ("scope", "orders:read")];
    let (status, token) = post(&format!("{issuer}/token"), &[("Authorization", &basic)], &wish);
    assert_eq!(status, 200, "{token}");
    let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap_or_default());
    let orders = format!("{api}/orders");
    let (status, answer) = get(&orders, &[("Authorization", &bearer)]);
    assert_eq!((status, &answer["client"]), (200, &Value::from("basic")), "{answer}");
    assert_eq!(get(&orders, &[("Authorization", "Bearer other")]).0, 401);
}

#[test]
fn the_openid_provider_starts_with_other_manners() {
    let manner = Manner { token_seconds: 2, dpop_nonce: true, mutual_tls: true };
    let provider = OpenIdProvider::with(manner);
    let about = get(&format!("{}/.well-known/openid-configuration", provider.issuer()), &[]).1;
    let (secure, certificates) = provider.secure();
    assert_eq!(about["mtls_endpoint_aliases"]["token_endpoint"], format!("{secure}/token"));
    // curl knows client certificates; the client these tests use otherwise knows no TLS.
    let (certificate, key) = certificates.client();
    let mut curl = Command::new("curl");
    curl.args(["-sS", "--cacert"]).arg(certificates.authority());
    curl.arg("--cert").arg(certificate).arg("--key").arg(key);
    curl.args(["-d", "grant_type=client_credentials&client_id=mutual-tls"]);
    let output = curl.arg(format!("{secure}/token")).output();
    let output = output.unwrap_or_else(|error| panic!("curl does not start: {error}"));
    let token: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error} in {output:?}"));
    assert_eq!((&token["expires_in"], &token["token_type"]), (&2.into(), &"Bearer".into()));
}

#[test]
fn a_person_logs_in_with_a_browser() {
    let provider = OpenIdProvider::start();
    let desktop = Desktop::with_keyring(Keyring::Absent);
    let (callback, redirect) = callback();
    let issuer = provider.issuer();
    // The challenge of RFC 7636, appendix B.
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let address = format!(
        "{issuer}/auth?client_id=public&response_type=code&scope=openid%20profile&state=s1\
         &redirect_uri={callback}&code_challenge_method=S256\
         &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    );
    // As Errand does it: it starts the system's browser, and the person sees the page.
    let messenger = Messenger::at(&desktop);
    let started = desktop.command(messenger.command()).arg(&address).status();
    assert!(started.is_ok_and(|status| status.success()));
    let opened = messenger.address();
    assert_eq!(opened, address);
    assert_eq!(messenger.try_address(), None);
    let browser = Browser::start(&desktop);
    browser.open(&opened);
    browser.log_in("ada");

    let target = redirect.join().unwrap_or_default();
    let query = target.strip_prefix("/callback?").unwrap_or_else(|| panic!("got {target}"));
    let part = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name));
    assert_eq!(part("state="), Some("s1"), "{target}");
    let code = part("code=").unwrap_or_else(|| panic!("no code in {target}"));
    let wish = [
        ("grant_type", "authorization_code"),
        ("client_id", OpenIdProvider::PUBLIC),
        ("code", code),
        ("redirect_uri", &callback),
        ("code_verifier", verifier),
    ];
    let (status, token) = post(&format!("{issuer}/token"), &[], &wish);
    assert_eq!(status, 200, "{token}");
    assert!(token["id_token"].is_string() && token["refresh_token"].is_string(), "{token}");
    let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap_or_default());
    let (_, person) = get(&format!("{issuer}/me"), &[("Authorization", &bearer)]);
    assert_eq!(person["name"], "ada", "{person}");
}

#[test]
fn httpbin_challenges() {
    let httpbin = Httpbin::start();
    for algorithm in ["MD5", "SHA-256", "SHA-512"] {
        let url = httpbin.url(&format!("/digest-auth/auth/ada/engine/{algorithm}"));
        let answer = agent().get(url).call().unwrap_or_else(|error| panic!("{error}"));
        let challenge = answer.headers().get("www-authenticate");
        let challenge = challenge.and_then(|value| value.to_str().ok()).unwrap_or_default();
        assert_eq!(answer.status(), 401);
        assert!(challenge.starts_with("Digest "), "{challenge}");
        assert!(challenge.contains(&format!("algorithm={algorithm}")), "{challenge}");
    }
    let basic = format!("Basic {}", STANDARD.encode("ada:engine"));
    for path in ["/basic-auth/ada/engine", "/hidden-basic-auth/ada/engine"] {
        let (status, answer) = get(&httpbin.url(path), &[("Authorization", &basic)]);
        assert_eq!((status, &answer["user"]), (200, &"ada".into()), "{path}");
    }
    assert_eq!(get(&httpbin.url("/bearer"), &[("Authorization", "Bearer t")]).0, 200);
    assert_eq!(get(&httpbin.url("/bearer"), &[]).0, 401);
}

#[test]
fn moto_refuses_who_does_not_sign() {
    let moto = Moto::start();
    let object = moto.url(&format!("/{}/hello.txt", moto.bucket()));
    assert_eq!(get(&object, &[]).0, 403);
    assert_ne!(moto.key().id, moto.powerless_key().id);
    let (id, secret) = (moto.key().id, moto.key().secret);
    let ask = |secret: &str, token: Option<String>, id: &str| {
        let mut curl = Command::new("curl");
        curl.args(["-sS", "-o", "/dev/null", "-w", "%{http_code}", "--aws-sigv4"]);
        curl.arg(format!("aws:amz:{}:s3", moto.region()));
        curl.arg("--user").arg(format!("{id}:{secret}"));
        if let Some(token) = token {
            curl.arg("-H").arg(format!("x-amz-security-token: {token}"));
        }
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        curl.arg("-H").arg(format!("x-amz-content-sha256: {empty}")).arg(&object);
        let output = curl.output().unwrap_or_else(|error| panic!("curl does not start: {error}"));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert_eq!(ask(&secret, None, &id), "200");
    assert_eq!(ask("wrong", None, &id), "403");
    let powerless = moto.powerless_key();
    assert_eq!(ask(&powerless.secret, None, &powerless.id), "403");
    let session = moto.session_key();
    assert_eq!(ask(&session.secret, session.token, &session.id), "200");
}

/// A redirect URI on loopback, and what the browser asks of it, once.
fn callback() -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap_or_else(|error| panic!("{error}"));
    let port = listener.local_addr().unwrap_or_else(|error| panic!("{error}")).port();
    let waiting = thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            if let Some(target) = answer_one(stream).filter(|target| target.contains("state=")) {
                return target;
            }
        }
        String::new()
    });
    (format!("http://127.0.0.1:{port}/callback"), waiting)
}

fn answer_one(mut stream: TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let page = "<!doctype html><title>Done</title>";
    let length = page.len();
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{page}"
    );
    stream.write_all(answer.as_bytes()).ok()?;
    let line = String::from_utf8_lossy(&head).into_owned();
    line.split(' ').nth(1).map(str::to_owned)
}

fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).max_redirects(0).proxy(None).build().into()
}

fn get(url: &str, headers: &[(&str, &str)]) -> (u16, Value) {
    let request = headers
        .iter()
        .fold(agent().get(url), |request, (name, value)| request.header(*name, *value));
    told(url, request.call())
}

fn post(url: &str, headers: &[(&str, &str)], form: &[(&str, &str)]) -> (u16, Value) {
    let request = headers
        .iter()
        .fold(agent().post(url), |request, (name, value)| request.header(*name, *value));
    told(url, request.send_form(form.iter().copied()))
}

fn told(url: &str, answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> (u16, Value) {
    let mut answer = answer.unwrap_or_else(|error| panic!("{url} does not answer: {error}"));
    let text = answer.body_mut().read_to_string().unwrap_or_default();
    (answer.status().as_u16(), serde_json::from_str(&text).unwrap_or(Value::String(text)))
}
