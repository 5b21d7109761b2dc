//! Digest, API keys, JWTs and signed requests: what is right is let in, once; what is not is refused.

mod common;

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use common::{Seen, get, get_with, send, start};
use errand_jose::{Algorithm, Key};
use errand_playground::Playground;
use hmac::{Hmac, KeyInit, Mac};
use md5::Md5;
use serde_json::{Map, Value, json};
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha512_256};

#[tokio::test]
async fn digest_of_every_kind() {
    let playground = start().await;
    for algorithm in
        ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess"]
    {
        for qop in ["auth", "auth-int"] {
            let target = format!("/digest-auth/{qop}/ada/engine/{algorithm}");
            let nonce = nonce(&get(&playground, &target).await);
            let mut answer = Answer::to(&target, algorithm, qop, &nonce);
            let seen = answer.send(&playground, b"body").await;
            assert_eq!(seen.status, 200, "{target}: {}", seen.json());
            let again = answer.send(&playground, b"body").await;
            assert_eq!(again.status, 401, "{target}");
            assert!(challenge(&again).contains("stale=true"), "{target}");
            answer.count = 2;
            let other = answer.send(&playground, b"other").await;
            assert_eq!(other.status, 200, "{target}: another body, hashed anew");
            answer.count = 3;
            answer.password = "wrong";
            assert_eq!(answer.send(&playground, b"body").await.status, 401, "{target}");
        }
    }
    for bad in ["/digest-auth/nonsense/a/b", "/digest-auth/auth/a/b/CRC32"] {
        assert_eq!(get(&playground, bad).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn digest_without_qop_with_userhash_and_with_a_stale_nonce() {
    let playground = start().await;
    let target = "/digest-auth/none/ada/engine";
    let first = get(&playground, target).await;
    assert!(!challenge(&first).contains("qop"));
    let answer = Answer::to(target, "MD5", "", &nonce(&first));
    assert_eq!(answer.send(&playground, b"").await.status, 200);

    let target = "/digest-auth/auth/ada/engine/SHA-256?userhash=1&stale=1";
    let first = get(&playground, target).await;
    assert!(challenge(&first).contains("userhash=true"));
    let mut answer = Answer::to(target, "SHA-256", "auth", &nonce(&first));
    answer.userhash = true;
    let second = answer.send(&playground, b"").await;
    assert_eq!(second.status, 401);
    assert!(challenge(&second).contains("stale=true"));
    answer.nonce = nonce(&second);
    assert_eq!(answer.send(&playground, b"").await.status, 200);
}

/// A client's side of Digest (RFC 7616 §3.4).
struct Answer<'a> {
    target: &'a str,
    algorithm: &'a str,
    qop: &'a str,
    nonce: String,
    count: u32,
    password: &'a str,
    userhash: bool,
}

impl<'a> Answer<'a> {
    fn to(target: &'a str, algorithm: &'a str, qop: &'a str, nonce: &str) -> Self {
        let (nonce, password) = (nonce.to_owned(), "engine");
        Self { target, algorithm, qop, nonce, count: 1, password, userhash: false }
    }

    async fn send(&self, playground: &Playground, body: &[u8]) -> Seen {
        let h = |text: &[u8]| match self.algorithm.trim_end_matches("-sess") {
            "MD5" => hex(&Md5::digest(text)),
            "SHA-256" => hex(&Sha256::digest(text)),
            _ => hex(&Sha512_256::digest(text)),
        };
        let nonce = &self.nonce;
        let mut key = h(format!("ada:playground:{}", self.password).as_bytes());
        if self.algorithm.ends_with("-sess") {
            key = h(format!("{key}:{nonce}:c").as_bytes());
        }
        let mut request = format!("POST:{}", self.target);
        if self.qop == "auth-int" {
            request = format!("{request}:{}", h(body));
        }
        let request = h(request.as_bytes());
        let count = format!("{:08x}", self.count);
        let (response, more) = if self.qop.is_empty() {
            (h(format!("{key}:{nonce}:{request}").as_bytes()), String::new())
        } else {
            let text = format!("{key}:{nonce}:{count}:c:{}:{request}", self.qop);
            (h(text.as_bytes()), format!(", qop={}, nc={count}, cnonce=\"c\"", self.qop))
        };
        let user = if self.userhash { h(b"ada:playground") } else { "ada".to_owned() };
        let header = format!(
            "Authorization: Digest username=\"{user}\", realm=\"playground\", uri=\"{}\", \
             algorithm={}, nonce=\"{nonce}\", response=\"{response}\", userhash={}{more}",
            self.target, self.algorithm, self.userhash
        );
        send(playground, "POST", self.target, &[&header], body).await
    }
}

fn challenge(seen: &Seen) -> &str {
    seen.header("www-authenticate").unwrap_or_default()
}

fn nonce(seen: &Seen) -> String {
    let after = challenge(seen).split_once("nonce=\"").map(|(_, after)| after);
    after.and_then(|after| after.split('"').next()).expect("a nonce").to_owned()
}

#[tokio::test]
async fn an_api_key_in_each_place() {
    let playground = start().await;
    for (target, header, status) in [
        ("/api-key", "X-Api-Key: playground", 200),
        ("/api-key?api_key=playground", "X-Other: 1", 200),
        ("/api-key/cookie", "Cookie: a=b; api_key=playground", 200),
        ("/api-key/header?name=X-Own", "X-Own: playground", 200),
        ("/api-key/query", "X-Api-Key: playground", 401),
        ("/api-key", "X-Api-Key: wrong", 401),
        ("/api-key/elsewhere", "X-Api-Key: playground", 404),
    ] {
        assert_eq!(get_with(&playground, target, &[header]).await.status, status, "{target}");
    }
}

#[tokio::test]
async fn a_jwt_of_the_clients_own() {
    let playground = start().await;
    let token = |secret: &[u8], claims: Value| {
        let Value::Object(claims) = claims else { panic!() };
        let key = Key::from_secret(secret).expect("a key");
        let token = errand_jose::sign(Map::new(), claims, Algorithm::Hs256, &key).expect("a token");
        format!("Authorization: Bearer {}", token.as_str())
    };
    let secret = b"a-playground-secret-of-32-letters";
    let good = token(secret, json!({ "sub": "ada", "iss": "me" }));
    let seen = get_with(&playground, "/jwt?iss=me", &[&good]).await;
    assert_eq!((seen.status, &seen.json()["claims"]["sub"]), (200, &json!("ada")));
    assert_eq!(get_with(&playground, "/jwt?iss=you", &[&good]).await.status, 401);
    for bad in
        [token(b"another-secret-of-about-that-size", json!({})), token(secret, json!({ "exp": 1 }))]
    {
        assert_eq!(get_with(&playground, "/jwt", &[&bad]).await.status, 401);
    }
}

#[tokio::test]
async fn hawk_signs_request_and_body() {
    let playground = start().await;
    let header = |time: u64, nonce: &str, body: &[u8]| {
        let mut payload = b"hawk.1.payload\ntext/plain\n".to_vec();
        payload.extend(body);
        payload.push(b'\n');
        let hash = STANDARD.encode(Sha256::digest(&payload));
        let text = format!(
            "hawk.1.header\n{time}\n{nonce}\nPOST\n/hawk?a=1\nlocalhost\n80\n{hash}\nsome\n"
        );
        let mac = STANDARD.encode(sha256("playground-key".as_bytes(), &text));
        format!(
            "Authorization: Hawk id=\"playground\", ts=\"{time}\", nonce=\"{nonce}\", \
             hash=\"{hash}\", ext=\"some\", mac=\"{mac}\""
        )
    };
    let post = |header: String| {
        let playground = &playground;
        async move {
            let headers = [header.as_str(), "Content-Type: text/plain; charset=utf-8"];
            send(playground, "POST", "/hawk?a=1", &headers, b"hello").await
        }
    };
    let good = header(now(), "n1", b"hello");
    assert_eq!(post(good.clone()).await.status, 200);
    assert_eq!(post(good).await.status, 401, "a nonce is good once");
    assert_eq!(post(header(now(), "n2", b"other")).await.status, 401);
    let late = post(header(now() - 1000, "n3", b"hello")).await;
    assert!(challenge(&late).contains("tsm=\""), "{}", challenge(&late));
    let wrong = header(now(), "n4", b"hello").replace("some", "any");
    assert_eq!(post(wrong).await.status, 401);
}

#[tokio::test]
async fn wsse_hashes_nonce_time_and_password() {
    let playground = start().await;
    let created = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let header = |nonce: &str, hashed: &[u8], password: &str| {
        let text = [hashed, created.as_bytes(), password.as_bytes()].concat();
        let digest = STANDARD.encode(Sha1::digest(text));
        format!(
            "X-WSSE: UsernameToken Username=\"playground\", PasswordDigest=\"{digest}\", \
             Nonce=\"{nonce}\", Created=\"{created}\""
        )
    };
    for (header, status) in [
        (header("plain-1", b"plain-1", "playground-key"), 200),
        (header("cmF3LTI=", b"raw-2", "playground-key"), 200),
        (header("plain-1", b"plain-1", "playground-key"), 401),
        (header("plain-3", b"plain-3", "wrong"), 401),
    ] {
        assert_eq!(get_with(&playground, "/wsse", &[&header]).await.status, status, "{header}");
    }
}

#[tokio::test]
async fn oauth1_with_and_without_a_token() {
    let playground = start().await;
    let header = |nonce: &str, token: &str, secret: &str| {
        let time = now();
        let token_part =
            if token.is_empty() { String::new() } else { format!("oauth_token%3D{token}%26") };
        // Parameters in their order, encoded twice as the base string has them (RFC 5849 §3.4.1).
        let base = format!(
            "GET&http%3A%2F%2Flocalhost%2Foauth1&a%3D1%2520%25C3%25A4%26oauth_consumer_key%3Dplayground%26\
             oauth_nonce%3D{nonce}%26oauth_signature_method%3DHMAC-SHA256%26oauth_timestamp%3D{time}%26\
             {token_part}oauth_version%3D1.0"
        );
        let signature = STANDARD.encode(sha256(secret.as_bytes(), &base));
        let signature = signature.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
        let token =
            if token.is_empty() { String::new() } else { format!(", oauth_token=\"{token}\"") };
        format!(
            "Authorization: OAuth realm=\"x\", oauth_consumer_key=\"playground\", oauth_nonce=\"{nonce}\", \
             oauth_signature_method=\"HMAC-SHA256\", oauth_timestamp=\"{time}\"{token}, oauth_version=\"1.0\", \
             oauth_signature=\"{signature}\""
        )
    };
    for (header, status) in [
        (header("a", "", "playground-key&"), 200),
        (header("a", "", "playground-key&"), 401),
        (header("b", "playground-token", "playground-key&playground-token-secret"), 200),
        (header("c", "playground-token", "playground-key&"), 401),
        (header("d", "other", "playground-key&"), 401),
    ] {
        let seen = get_with(&playground, "/oauth1?a=1%20%C3%A4", &[&header]).await;
        assert_eq!(seen.status, status, "{}", seen.json());
    }
    let plain = "Authorization: OAuth oauth_consumer_key=\"playground\", \
                 oauth_signature_method=\"PLAINTEXT\", oauth_signature=\"playground-key%26\"";
    assert_eq!(get_with(&playground, "/oauth1", &[plain]).await.status, 200);
}

#[tokio::test]
async fn aws_signs_header_and_query() {
    let playground = start().await;
    let stamp = jiff::Timestamp::now().strftime("%Y%m%dT%H%M%SZ").to_string();
    let scope = format!("{}/eu-central-1/execute-api/aws4_request", &stamp[..8]);
    let sign = |canonical: &str, secret: &str| {
        let hash = hex(&Sha256::digest(canonical));
        let text = format!("AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hash}");
        let mut key = format!("AWS4{secret}").into_bytes();
        for part in scope.split('/').chain([text.as_str()]) {
            key = sha256(&key, part);
        }
        hex(&key)
    };
    let secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    let empty = hex(&Sha256::digest(b""));
    let canonical = format!(
        "GET\n/aws\na=1%20x&b=\nhost:localhost\nx-amz-date:{stamp}\n\nhost;x-amz-date\n{empty}"
    );
    for (secret, status) in [(secret, 200), ("wrong", 403)] {
        let header = format!(
            "Authorization: AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/{scope}, \
             SignedHeaders=host;x-amz-date, Signature={}",
            sign(&canonical, secret)
        );
        let date = format!("X-Amz-Date: {stamp}");
        let seen = get_with(&playground, "/aws?b=&a=1%20x", &[&header, &date]).await;
        assert_eq!(seen.status, status, "{}", seen.json());
    }
    let query = format!(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F{}&X-Amz-Date={stamp}\
         &X-Amz-Expires=60&X-Amz-SignedHeaders=host",
        scope.replace('/', "%2F")
    );
    let canonical = format!("GET\n/aws\n{query}\nhost:localhost\n\nhost\n{empty}");
    let target = format!("/aws?{query}&X-Amz-Signature={}", sign(&canonical, secret));
    assert_eq!(get(&playground, &target).await.status, 200);
    assert_eq!(get(&playground, &format!("{target}0")).await.status, 403);
}

fn sha256(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any key will do");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
