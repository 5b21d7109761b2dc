//! Damaged responses by the hundred: every exchange ends with an outcome, none with a panic.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use std::time::Duration;

use errand_engine::State;
use support::{Server, close, get, send};

/// A small random source (xorshift), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

const WHOLE: [&[u8]; 4] = [
    b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 5\r\n\r\nhello",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n0\r\nX-T: 1\r\n\r\n",
    b"HTTP/1.1 103 Hints\r\nLink: a\r\n\r\nHTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 2\r\n\r\nno",
    b"HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\nContent-Length: 13\r\n\r\n\x78\x9c\xcb\x48\xcd\xc9\xc9\x07\x00\x06\x2c\x02\x15",
];

fn damaged(random: &mut Random) -> Vec<u8> {
    let mut bytes = WHOLE[random.below(WHOLE.len())].to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len());
        match random.below(5) {
            0 => bytes[at] = u8::try_from(random.below(256)).unwrap(),
            1 => drop(bytes.remove(at)),
            2 => bytes.insert(at, b"\r\n\0 :;=\xff"[random.below(8)]),
            3 => bytes.truncate(at.max(1)),
            _ => bytes[at] ^= 1 << random.below(8),
        }
        if bytes.is_empty() {
            bytes.push(b'H');
        }
    }
    bytes
}

#[tokio::test]
async fn nothing_a_server_says_brings_the_engine_down() {
    let mut random = Random(0x5eed_cafe);
    let mut ends = [0; 3];
    for round in 0..600 {
        let bytes = damaged(&mut random);
        let said = bytes.clone();
        let server = Server::new(move |_| close(&said)).await;
        let mut outgoing = get(server.url("/"));
        outgoing.settings.timeouts.total = Some(Duration::from_secs(20));
        let done = send(outgoing).await;
        let text = bytes.escape_ascii();
        match done.outcome.state {
            State::Complete => ends[0] += 1,
            State::Truncated => ends[1] += 1,
            State::Failed => ends[2] += 1,
            State::Cancelled => panic!("round {round}: {text}"),
        }
        assert!(!done.code().starts_with("timeout"), "round {round}: {text}");
        assert_eq!(
            done.outcome.state == State::Complete,
            done.outcome.error.is_none(),
            "round {round}: {text}"
        );
    }
    // The damage was neither always fatal nor always harmless.
    assert!(ends.iter().all(|&count| count > 20), "{ends:?}");
}
