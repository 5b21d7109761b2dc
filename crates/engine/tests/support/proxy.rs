//! A proxy that tunnels.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use super::read_request;

/// A proxy that tunnels, and what it was asked.
pub async fn connect_proxy() -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let log = asked.clone();
    tokio::spawn(async move {
        loop {
            let (mut near, _) = listener.accept().await.unwrap();
            let log = log.clone();
            tokio::spawn(async move {
                let request = read_request(&mut near, &mut Vec::new()).await.unwrap();
                let request = String::from_utf8(request).unwrap();
                log.lock().unwrap().push(request.clone());
                if request.contains("no-password") || !request.contains("Proxy-Authorization") {
                    near.write_all(b"HTTP/1.1 407 Who\r\n\r\n").await.unwrap();
                    return;
                }
                let mut far = TcpStream::connect(request.split(' ').nth(1).unwrap()).await.unwrap();
                near.write_all(b"HTTP/1.1 200 Go\r\n\r\n").await.unwrap();
                let _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
            });
        }
    });
    (address, asked)
}
