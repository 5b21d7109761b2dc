//! Redirects that leave the origin, by each way there is: no credential goes along, wherever it
//! sits, and each is listed. Within the origin all of them do.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::collections::BTreeSet;

use errand_engine::{
    Authorized, ClientIdentity, Cookie, Credentials, DroppedKind, Engine, Header, Jar, Outgoing,
    SharedJar,
};
use rustls::version::TLS13;
use support::proof::Proof;
use support::tls::{self, Authority};
use support::{Done, Reply, Server, get, ok, redirect, send_as, serving};

const NAMES: &str = "localhost api.localhost 127.0.0.1";

/// Every place a credential can sit in, with the same value in each.
fn loaded(url: String, authority: &Authority, start: &Server) -> Outgoing {
    let mut outgoing = get(url)
        .header("Authorization", "Bearer canary")
        .header("X-Named", "canary")
        .header("Ocp-Apim-Subscription-Key", "canary")
        .header("Cookie", "typed=canary")
        .header("Referer", "http://localhost/?key=canary")
        .header("Idempotency-Key", "7");
    outgoing.credentials = Credentials {
        headers: vec!["x-named".into()],
        query: vec!["key".into()],
        cookies: vec!["typed".into(), "jar".into()],
    };
    outgoing.settings.extra_ca_files = vec![authority.file()];
    outgoing.settings.identities = vec![ClientIdentity {
        domain: format!("localhost:{}", start.address.port()),
        identity: authority.client("canary"),
    }];
    outgoing
}

/// A jar that would give its cookie to every host of these tests.
fn jar() -> SharedJar {
    let jar = SharedJar::default();
    for domain in ["localhost", "127.0.0.1"] {
        let cookie = Cookie {
            name: "jar".into(),
            value: "canary".into(),
            domain: domain.into(),
            host_only: false,
            path: "/".into(),
            secure: false,
            http_only: false,
            same_site: None,
            expires: None,
            created: 0,
            last_used: 0,
        };
        Jar::set(&mut jar.lock().unwrap(), cookie);
    }
    jar
}

fn proof() -> Proof {
    Proof::new(|_| {
        Ok(Authorized {
            headers: vec![Header::new("X-Sealed", "canary")],
            query: vec![("seal".into(), "canary".into())],
            cookies: vec![("sealed".into(), "canary".into())],
            ..Authorized::default()
        })
    })
}

async fn go(outgoing: Outgoing) -> Done {
    send_as(&Engine::new(), outgoing, Some(jar()), proof().boxed()).await
}

fn dropped(done: &Done, hop: usize) -> BTreeSet<String> {
    let dropped = &done.outcome.hops[hop].dropped;
    assert!(dropped.iter().all(|it| it.reason.contains("origin")), "{dropped:?}");
    dropped.iter().map(|it| format!("{:?} {}", it.kind, it.name)).collect()
}

const ALL: [&str; 11] = [
    "Cookie jar",
    "Cookie sealed",
    "Header Authorization",
    "Header Cookie",
    "Header Ocp-Apim-Subscription-Key",
    "Header Referer",
    "Header X-Named",
    "Header X-Sealed",
    "Query key",
    "Query seal",
    "ClientCertificate CN=canary",
];

/// `/first` leads to `location`; everything else is the end.
fn leading_to(location: String) -> impl Fn(&str) -> Reply + Send + Sync + 'static {
    move |request: &str| {
        if request.starts_with("GET /first") { redirect(302, &location) } else { ok("end") }
    }
}

fn asking(authority: &Authority) -> rustls::ServerConfig {
    tls::asking(authority, NAMES, false, &[&TLS13])
}

async fn start(secure: bool, authority: &Authority, location: String) -> Server {
    if secure {
        tls::serve(asking(authority), leading_to(location)).await
    } else {
        Server::new(leading_to(location)).await
    }
}

#[tokio::test]
async fn nothing_travels_over_scheme_host_port_or_subdomain() {
    let authority = Authority::new();
    let plain = serving(ok("end")).await;
    let secure = tls::serve(asking(&authority), |_| ok("end")).await;
    let mut trials = 0;
    for (from_secure, to_secure, host) in [
        (false, true, "localhost"),
        (true, false, "localhost"),
        (false, false, "localhost"),
        (true, true, "localhost"),
        (false, false, "127.0.0.1"),
        (true, true, "127.0.0.1"),
        (false, false, "api.localhost"),
        (true, true, "api.localhost"),
    ] {
        let (target, scheme) = if to_secure { (&secure, "https") } else { (&plain, "http") };
        let address = format!("{scheme}://{host}:{}", target.address.port());
        let echo = format!("{address}/end?a=b&key=canary&seal=canary&c=%7E");
        let first = start(from_secure, &authority, echo).await;
        let scheme = if from_secure { "https" } else { "http" };
        let url = format!("{scheme}://localhost:{}/first?key=canary", first.address.port());
        let done = go(loaded(url, &authority, &first)).await;
        assert_eq!(done.body(), "end", "{address}: {}", done.message());
        assert_eq!(first.requests()[0].matches("canary").count(), 10, "{:?}", first.requests());
        let got = target.requests().pop().unwrap();
        assert!(!got.contains("canary"), "{address}: {got}");
        assert!(got.starts_with("GET /end?a=b&c=%7E HTTP/1.1\r\n"), "{got}");
        assert!(got.contains("\r\nIdempotency-Key: 7\r\n"), "{got}");
        let mut expected: BTreeSet<String> = ALL.iter().map(ToString::to_string).collect();
        if !from_secure {
            expected.remove("ClientCertificate CN=canary");
        }
        assert_eq!(dropped(&done, 1), expected, "{address}");
        let shown = |hop: usize| {
            done.outcome.hops[hop].tls.as_ref().is_some_and(|tls| tls.client_certificate.is_some())
        };
        assert_eq!((shown(0), shown(1)), (from_secure, false), "{address}");
        trials += 1;
    }
    assert_eq!(trials, 8);
}

#[tokio::test]
async fn the_same_port_of_another_host_is_another_origin() {
    let authority = Authority::new();
    for host in ["127.0.0.1", "api.localhost"] {
        // One server: the port is told when it is known.
        let port = std::sync::Arc::new(std::sync::OnceLock::new());
        let own = port.clone();
        let server = Server::new(move |request: &str| {
            if request.starts_with("GET /first") {
                redirect(307, &format!("http://{host}:{}/end", own.get().unwrap()))
            } else {
                ok("end")
            }
        })
        .await;
        port.set(server.address.port()).unwrap();
        let url = format!("http://localhost:{}/first?key=canary", server.address.port());
        let done = go(loaded(url, &authority, &server)).await;
        assert_eq!(done.body(), "end", "{}", done.message());
        assert!(!server.requests()[1].contains("canary"), "{:?}", server.requests());
        // The typed parameter is not in the new URL at all.
        let mut expected: BTreeSet<String> = ALL.iter().map(ToString::to_string).collect();
        expected.remove("ClientCertificate CN=canary");
        expected.remove("Query key");
        assert_eq!(dropped(&done, 1), expected);
    }
}

#[tokio::test]
async fn within_the_origin_everything_goes_along() {
    let authority = Authority::new();
    for secure in [false, true] {
        let server = start(secure, &authority, "/end?key=canary&seal=canary".into()).await;
        let scheme = if secure { "https" } else { "http" };
        let url = format!("{scheme}://localhost:{}/first?key=canary", server.address.port());
        let done = go(loaded(url, &authority, &server)).await;
        assert_eq!(done.body(), "end", "{}", done.message());
        let requests = server.requests();
        assert!(requests[1].starts_with("GET /end?key=canary&seal=canary HTTP/1.1\r\n"));
        for request in requests {
            assert_eq!(request.matches("canary").count(), 10, "{request}");
        }
        assert!(done.outcome.hops[1].dropped.is_empty());
        let shown =
            done.outcome.hops[1].tls.as_ref().is_some_and(|it| it.client_certificate.is_some());
        assert_eq!(shown, secure);
    }
}

#[tokio::test]
async fn what_was_dropped_is_not_taken_up_again_on_the_way_back() {
    let authority = Authority::new();
    let middle = std::sync::Arc::new(std::sync::OnceLock::<String>::new());
    let place = middle.clone();
    let first = Server::new(move |request: &str| {
        if request.starts_with("GET /first") {
            redirect(302, place.get().unwrap())
        } else {
            ok("end")
        }
    })
    .await;
    let back = format!("http://localhost:{}/end?key=canary&seal=canary", first.address.port());
    let other = serving(redirect(302, &back)).await;
    middle.set(other.url("/")).unwrap();
    let url = format!("http://localhost:{}/first?key=canary", first.address.port());
    let proof = proof();
    let asked = proof.asked.clone();
    let outgoing = loaded(url, &authority, &first);
    let done = send_as(&Engine::new(), outgoing, Some(jar()), proof.boxed()).await;
    assert_eq!((done.body().as_str(), done.outcome.hops.len()), ("end", 3), "{}", done.message());
    assert_eq!(first.requests()[0].matches("canary").count(), 10);
    assert!(!other.requests()[0].contains("canary"), "{:?}", other.requests());
    let end = &first.requests()[1];
    // What the other host wrote into the URL itself is no secret from it.
    assert_eq!(end.matches("canary").count(), end.matches("seal=canary").count(), "{end}");
    assert_eq!(asked.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_challenge_after_leaving_is_not_met() {
    let other = serving(support::say(
        "HTTP/1.1 401 No\r\nWWW-Authenticate: X\r\nContent-Length: 3\r\n\r\nwho",
    ))
    .await;
    let first = Server::new(leading_to(other.url("/"))).await;
    let proof = proof().meeting(|head| {
        assert_ne!(head.status, 401);
        Ok(errand_engine::Again::No)
    });
    let outgoing = get(first.url("/first"));
    let done = send_as(&Engine::new(), outgoing, None, proof.boxed()).await;
    assert_eq!((done.status(), done.body().as_str()), (401, "who"));
}

#[tokio::test]
async fn where_it_is_allowed_the_next_origin_gets_credentials_of_its_own() {
    let authority = Authority::new();
    let other = serving(ok("end")).await;
    let first = Server::new(leading_to(other.url("/end"))).await;
    let url = format!("http://localhost:{}/first?key=canary", first.address.port());
    let mut outgoing = loaded(url, &authority, &first);
    outgoing.settings.forward_authorization = true;
    let proof = proof();
    let asked = proof.asked.clone();
    let done = send_as(&Engine::new(), outgoing, Some(jar()), proof.boxed()).await;
    assert_eq!(done.body(), "end", "{}", done.message());
    let got = &other.requests()[0];
    // All but the Referer and the query parameter that the new URL does not have.
    assert_eq!(got.matches("canary").count(), 8, "{got}");
    assert!(asked.lock().unwrap()[1].contains(&format!("GET {}", other.url("/end"))));
    let kinds: Vec<_> =
        done.outcome.hops[1].dropped.iter().map(|it| (it.kind, &*it.name)).collect();
    assert_eq!(kinds, [(DroppedKind::Header, "Referer")]);
}
