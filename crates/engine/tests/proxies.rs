//! Proxies: absolute form, CONNECT, SOCKS 5, their passwords and their refusals.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use errand_engine::{Outgoing, Proxy, State};
use support::proxy::connect_proxy;
use support::tls::{self, Authority};
use support::{get, ok, say, send, serving};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

fn through(mut outgoing: Outgoing, url: String, bypass: &str) -> Outgoing {
    outgoing.settings.proxy = Proxy::Explicit { url, bypass: bypass.into() };
    outgoing
}

/// A SOCKS 5 proxy (RFC 1928, RFC 1929) that reports the address types it was asked for.
async fn socks_proxy() -> (SocketAddr, Arc<Mutex<Vec<u8>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let kinds: Arc<Mutex<Vec<u8>>> = Arc::default();
    let log = kinds.clone();
    tokio::spawn(async move {
        loop {
            let (near, _) = listener.accept().await.unwrap();
            let log = log.clone();
            tokio::spawn(async move { serve_socks(near, log).await.unwrap() });
        }
    });
    (address, kinds)
}

async fn serve_socks(mut near: TcpStream, log: Arc<Mutex<Vec<u8>>>) -> std::io::Result<()> {
    assert_eq!(near.read_u8().await?, 5);
    let mut methods = vec![0; near.read_u8().await?.into()];
    near.read_exact(&mut methods).await?;
    if methods.contains(&2) {
        near.write_all(&[5, 2]).await?;
        near.read_u8().await?;
        let mut user = vec![0; near.read_u8().await?.into()];
        near.read_exact(&mut user).await?;
        let mut password = vec![0; near.read_u8().await?.into()];
        near.read_exact(&mut password).await?;
        let fine = user == b"me" && password == b"pw";
        near.write_all(&[1, u8::from(!fine)]).await?;
        if !fine {
            return Ok(());
        }
    } else {
        near.write_all(&[5, 0]).await?;
    }
    let mut ask = [0; 4];
    near.read_exact(&mut ask).await?;
    log.lock().unwrap().push(ask[3]);
    let size = if ask[3] == 3 { near.read_u8().await? } else { 4 };
    near.read_exact(&mut vec![0; size.into()]).await?;
    let port = near.read_u16().await?;
    let mut far = TcpStream::connect(("127.0.0.1", port)).await?;
    near.write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 0]).await?;
    let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
    Ok(())
}

#[tokio::test]
async fn plain_http_goes_in_absolute_form() {
    let proxy = serving(ok("from the proxy")).await;
    let url = format!("http://me:p%40ss@{}", proxy.address);
    let done = send(through(get("http://errand-no-such-host.invalid/a?b#c"), url, "")).await;
    assert_eq!(done.body(), "from the proxy", "{}", done.message());
    assert_eq!(
        proxy.requests(),
        [
            "GET http://errand-no-such-host.invalid/a?b HTTP/1.1\r\nHost: errand-no-such-host.invalid\r\nProxy-Authorization: Basic bWU6cEBzcw==\r\n\r\n"
        ]
    );
    assert_eq!(done.outcome.last().unwrap().proxy, Some(format!("http://{}", proxy.address)));
}

#[tokio::test]
async fn a_proxy_may_itself_speak_tls() {
    let authority = Authority::new();
    let proxy = tls::serve(authority.server("127.0.0.1", |_| {}), |_| ok("sealed")).await;
    let mut outgoing = through(
        get("http://errand-no-such-host.invalid/"),
        format!("https://{}", proxy.address),
        "",
    );
    outgoing.settings.extra_ca_files = vec![authority.file()];
    let done = send(outgoing).await;
    assert_eq!(done.body(), "sealed", "{}", done.message());
    assert!(
        proxy.requests()[0].starts_with("GET http://errand-no-such-host.invalid/ HTTP/1.1\r\n")
    );
}

#[tokio::test]
async fn https_goes_through_a_tunnel() {
    let authority = Authority::new();
    let server = tls::serve(authority.server("127.0.0.1", |_| {}), |_| ok("inside")).await;
    let (proxy, asked) = connect_proxy().await;
    let mut outgoing =
        through(get(format!("https://{}/x", server.address)), format!("http://me:pw@{proxy}"), "");
    outgoing.settings.extra_ca_files = vec![authority.file()];
    let done = send(outgoing).await;
    assert_eq!(done.body(), "inside", "{}", done.message());
    let expected = format!(
        "CONNECT {0} HTTP/1.1\r\nHost: {0}\r\nProxy-Authorization: Basic bWU6cHc=\r\n\r\n",
        server.address
    );
    assert_eq!(*asked.lock().unwrap(), [expected]);
    assert!(!server.requests()[0].contains("Proxy-Authorization"));
}

#[tokio::test]
async fn socks_takes_names_or_addresses_and_a_password() {
    let server = serving(ok("far")).await;
    let (proxy, kinds) = socks_proxy().await;
    let by_name = format!("http://localhost:{}/", server.address.port());
    for (url, scheme, kind) in [
        (server.url("/"), "socks5://", 1),
        (by_name.clone(), "socks5h://", 3),
        (by_name, "socks5h://me:pw@", 3),
    ] {
        let done = send(through(get(url), format!("{scheme}{proxy}"), "")).await;
        assert_eq!(done.body(), "far", "{scheme}: {}", done.message());
        assert_eq!(kinds.lock().unwrap().pop(), Some(kind));
    }
    let done = send(through(get(server.url("/")), format!("socks5://me:wrong@{proxy}"), "")).await;
    assert_eq!(done.code(), "proxy");
    assert!(!done.message().contains("wrong"));
}

#[tokio::test]
async fn a_proxy_that_is_bypassed_is_not_asked() {
    let server = serving(ok("direct")).await;
    let done = send(through(
        get(server.url("/")),
        "http://127.0.0.1:1".into(),
        "example.com, 127.0.0.0/8",
    ))
    .await;
    assert_eq!(
        (done.body().as_str(), done.outcome.last().unwrap().proxy.clone()),
        ("direct", None)
    );
}

#[tokio::test]
async fn a_proxy_that_fails_is_blamed() {
    let server = serving(ok("")).await;
    let secure = format!("https://{}/", server.address);
    let (asks, _) = connect_proxy().await;
    let garbage = serving(say("nonsense\r\n\r\n")).await;
    for (proxy, words) in [
        ("http://127.0.0.1:1".to_owned(), "refused the connection"),
        ("http://errand-no-such-proxy.invalid".to_owned(), "does not exist"),
        (format!("http://{asks}"), "407"),
        (format!("http://{}", garbage.address), "nonsense"),
        ("gopher://127.0.0.1".to_owned(), "no valid address"),
        ("socks4://127.0.0.1".to_owned(), "not supported"),
    ] {
        let done = send(through(get(secure.clone()), proxy.clone(), "")).await;
        assert_eq!((done.code(), done.outcome.state), ("proxy", State::Failed), "{proxy}");
        assert!(done.message().contains(words), "{proxy}: {}", done.message());
    }
}
