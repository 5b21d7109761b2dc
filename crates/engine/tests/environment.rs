//! What the machine says: proxies and certificate authorities of the environment.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::path::Path;

use errand_engine::{Outgoing, Proxy};
use support::tls::{self, Authority};
use support::{get, ok, send, serving};

/// Runs [`visit`] in a process of its own, with these variables.
async fn visit_with(url: &str, variables: &[(&str, &Path)]) -> String {
    let mut command = tokio::process::Command::new(std::env::current_exe().unwrap());
    command.args(["--ignored", "--exact", "visit", "--nocapture"]).env("ERRAND_TEST_URL", url);
    for name in [
        "HTTP_PROXY",
        "http_proxy",
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
        "NO_PROXY",
        "no_proxy",
    ] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied());
    String::from_utf8(command.output().await.unwrap().stdout).unwrap()
}

#[tokio::test]
#[ignore = "run by the other tests, in a process of its own"]
async fn visit() {
    let Ok(url) = std::env::var("ERRAND_TEST_URL") else { return };
    for proxy in [Proxy::System, Proxy::Environment] {
        let mut outgoing = Outgoing::new("GET", url.clone());
        outgoing.settings.proxy = proxy;
        let done = send(outgoing).await;
        println!("<{}{}>", done.code(), done.body());
    }
}

#[tokio::test]
async fn the_environments_proxy_is_used_but_where_it_says_no() {
    let proxy = serving(ok("by proxy")).await;
    let server = serving(ok("direct")).await;
    let address = proxy.url("");
    let said = visit_with(&server.url("/"), &[("HTTP_PROXY", Path::new(&address))]).await;
    assert_eq!(said.matches("<by proxy>").count(), 2, "{said}");
    let variables = [("http_proxy", Path::new(&address)), ("no_proxy", Path::new("127.0.0.1"))];
    let said = visit_with(&server.url("/"), &variables).await;
    assert_eq!(said.matches("<direct>").count(), 2, "{said}");
    let mut alone = get(server.url("/"));
    alone.settings.proxy = Proxy::None;
    assert_eq!(send(alone).await.body(), "direct");
}

#[tokio::test]
async fn the_systems_certificate_authorities_are_trusted() {
    let authority = Authority::new();
    let server = tls::serve(authority.server("127.0.0.1", |_| {}), |_| ok("trusted")).await;
    let url = format!("https://{}/", server.address);
    let file = authority.file();
    let said = visit_with(&url, &[("SSL_CERT_FILE", &file)]).await;
    assert_eq!(said.matches("<trusted>").count(), 2, "{said}");
    // A system without any: Mozilla's list is there instead, and does not know this one.
    let variables =
        [("SSL_CERT_FILE", Path::new("/nonexistent")), ("SSL_CERT_DIR", Path::new("/nonexistent"))];
    let said = visit_with(&url, &variables).await;
    assert_eq!(said.matches("<tls-unknown-authority>").count(), 2, "{said}");
}
