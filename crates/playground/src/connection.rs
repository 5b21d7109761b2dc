//! One connection: HTTP/1 or HTTP/2 until it ends, the server stops, or a hostile route takes it.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

use crate::answer::Answer;
use crate::call::Call;
use crate::routes::{self, hostile::Script};
use crate::server::stopped;
use crate::site::{Access, Site};
use crate::wire::{Spoken, Tail, Wire};

/// How long a client may take over the first bytes and over each head.
const HEAD_TIMEOUT: Duration = Duration::from_secs(60);

/// What a request knows of its connection.
#[derive(Clone)]
pub(crate) struct Link {
    pub(crate) site: Arc<Site>,
    pub(crate) peer: SocketAddr,
    pub(crate) tail: Tail,
    /// Present on HTTP/1, where an answer can be written past hyper.
    pub(crate) takeover: Option<mpsc::Sender<Script>>,
}

pub(crate) async fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    site: Arc<Site>,
    mut stop: watch::Receiver<bool>,
) {
    // Without it small answers wait for the client's acknowledgement; nothing is lost if refused.
    let _ = stream.set_nodelay(true);
    let opened = tokio::select! {
        opened = timeout(HEAD_TIMEOUT, Wire::open(stream)) => opened,
        () = stopped(&mut stop) => return,
    };
    let Ok(Ok((wire, spoken, tail))) = opened else {
        return;
    };
    let link = Link { site, peer, tail, takeover: None };
    match spoken {
        Spoken::Http1 => serve_http1(wire, link, stop).await,
        Spoken::Http2 => serve_http2(wire, link, stop).await,
    }
}

async fn serve_http1(wire: Wire, mut link: Link, mut stop: watch::Receiver<bool>) {
    let (sender, mut scripts) = mpsc::channel(1);
    link.takeover = Some(sender);
    let mut connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(
            TokioIo::new(wire),
            service_fn(move |request| {
                let link = link.clone();
                // Boxed: the state of all routes together is large.
                Box::pin(async move { Ok::<_, Infallible>(respond(request, link).await) })
            }),
        );
    let script = tokio::select! {
        // A client that breaks off is that client's business.
        _ = &mut connection => return,
        Some(script) = scripts.recv() => script,
        () = stopped(&mut stop) => {
            std::pin::Pin::new(&mut connection).graceful_shutdown();
            let _ = connection.await;
            return;
        }
    };
    let stream = connection.into_parts().io.into_inner().into_stream();
    tokio::select! {
        () = script.play(stream) => {}
        () = stopped(&mut stop) => {}
    }
}

async fn serve_http2(wire: Wire, link: Link, mut stop: watch::Receiver<bool>) {
    let connection = http2::Builder::new(TokioExecutor::new())
        .timer(TokioTimer::new())
        .max_concurrent_streams(128)
        .keep_alive_interval(HEAD_TIMEOUT)
        .serve_connection(
            TokioIo::new(wire),
            service_fn(move |request| {
                let link = link.clone();
                Box::pin(async move { Ok::<_, Infallible>(respond(request, link).await) })
            }),
        );
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        _ = connection.as_mut() => return,
        () = stopped(&mut stop) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

async fn respond(request: Request<Incoming>, link: Link) -> Answer {
    let site = link.site.clone();
    let mut access = site.log.as_ref().map(|_| Access {
        peer: link.peer,
        method: request.method().to_string(),
        target: request.uri().path_and_query().map_or_else(String::new, ToString::to_string),
        version: format!("{:?}", request.version()),
        status: None,
    });
    let (call, takeover) = Call::new(request, link);
    let outcome = routes::answer(call).await;
    if let (Some(log), Some(access)) = (&site.log, &mut access) {
        access.status = outcome.as_ref().ok().map(|answer| answer.status().as_u16());
        log(access);
    }
    match (outcome, takeover) {
        (Ok(answer), _) => answer,
        (Err(script), Some(takeover)) => {
            // The connection's task drops this future as soon as it has the script.
            let _ = takeover.send(script).await;
            std::future::pending().await
        }
        (Err(_), None) => routes::hostile::only_http1(),
    }
}
