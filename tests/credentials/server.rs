//! A server that lets everyone in and remembers who came as what.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

/// It ends with the test.
pub struct Guestbook {
    address: String,
    entries: Arc<Mutex<Vec<String>>>,
}

impl Guestbook {
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0")
            .unwrap_or_else(|error| panic!("no free port on loopback: {error}"));
        let address = listener.local_addr().map(|at| format!("http://{at}")).unwrap_or_default();
        let entries = Arc::new(Mutex::new(Vec::new()));
        let book = entries.clone();
        thread::spawn(move || {
            for mut guest in listener.incoming().flatten() {
                let lines = BufReader::new(&guest).lines().map_while(Result::ok);
                let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
                let named = |line: &&String| line.to_lowercase().starts_with("authorization:");
                let told = head.iter().find(named).and_then(|line| line.split_once(": "));
                if let Ok(mut book) = book.lock() {
                    book.push(told.map(|(_, value)| value.to_owned()).unwrap_or_default());
                }
                let _ = guest.write_all(
                    b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n",
                );
            }
        });
        Self { address, entries }
    }

    pub fn url(&self) -> &str {
        &self.address
    }

    /// What each guest had in `Authorization`, in the order they came.
    pub fn entries(&self) -> Vec<String> {
        self.entries.lock().map(|entries| entries.clone()).unwrap_or_default()
    }
}
