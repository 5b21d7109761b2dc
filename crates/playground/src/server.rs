//! Listening, accepting and stopping.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::connection;
use crate::site::{AccessLog, Site};

/// Connections held at once; more wait in the system's queue.
const MAX_CONNECTIONS: usize = 1024;
/// How long answers under way may take to finish once the server is told to stop.
const GRACE: Duration = Duration::from_secs(1);

/// A running playground. It stops when dropped; [`Playground::stop`] also waits for that.
#[derive(Debug)]
pub struct Playground {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    listeners: Vec<JoinHandle<()>>,
}

impl Playground {
    /// Starts on 127.0.0.1, and on `[::1]` where that is free on the same port.
    ///
    /// Without a port the system picks a free one. Must be called inside a tokio runtime.
    ///
    /// # Errors
    /// When 127.0.0.1 cannot be bound, most often because the port is taken.
    pub async fn start(port: Option<u16>) -> io::Result<Self> {
        Self::open(port, None).await
    }

    /// As [`Playground::start`], and calls `log` once for each answer. The callback must not block.
    ///
    /// # Errors
    /// As [`Playground::start`].
    pub async fn start_logged(port: Option<u16>, log: AccessLog) -> io::Result<Self> {
        Self::open(port, Some(log)).await
    }

    async fn open(port: Option<u16>, log: Option<AccessLog>) -> io::Result<Self> {
        let wanted = port.unwrap_or(0);
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, wanted))
            .await
            .map_err(|error| explain(wanted, &error))?;
        let address = first.local_addr()?;
        let mut sockets = vec![first];
        if let Ok(second) = TcpListener::bind((Ipv6Addr::LOCALHOST, address.port())).await {
            sockets.push(second);
        }
        let (stop, stopping) = watch::channel(false);
        let site = Arc::new(Site::new(log));
        let listeners = sockets
            .into_iter()
            .map(|socket| tokio::spawn(accept(socket, site.clone(), stopping.clone())))
            .collect();
        Ok(Self { address, stop, listeners })
    }

    /// Where it answers, such as `http://127.0.0.1:4010`, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The IPv4 address and port it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no more requests, lets answers under way finish for up to a second, then closes
    /// what is left.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        for listener in self.listeners.drain(..) {
            // A listener that panicked has nothing left to stop.
            let _ = listener.await;
        }
    }
}

fn explain(port: u16, error: &io::Error) -> io::Error {
    let hint = match error.kind() {
        io::ErrorKind::AddrInUse => " It is taken: choose another port, or none for a free one.",
        io::ErrorKind::PermissionDenied => " Ports below 1024 are reserved: choose a higher one.",
        _ => "",
    };
    io::Error::new(
        error.kind(),
        format!("The playground cannot listen on 127.0.0.1:{port} ({error}).{hint}"),
    )
}

/// Resolves when the server is stopped or dropped.
pub(crate) async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stopped| *stopped).await;
}

async fn accept(listener: TcpListener, site: Arc<Site>, mut stop: watch::Receiver<bool>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = stopped(&mut stop) => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            accepted = listener.accept(), if connections.len() < MAX_CONNECTIONS => match accepted {
                Ok((stream, peer)) => {
                    connections.spawn(connection::serve(stream, peer, site.clone(), stop.clone()));
                }
                // Out of file descriptors, or the peer left already: neither ends the server.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            },
        }
    }
    drop(listener);
    let drained = async { while connections.join_next().await.is_some() {} };
    // What has not finished by then is closed when the set is dropped.
    let _ = tokio::time::timeout(GRACE, drained).await;
}
