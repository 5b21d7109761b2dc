//! Answers that are broken on purpose, for clients that must survive them.

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_ENCODING, HeaderName, LOCATION};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::compression::gzip;
use crate::answer::{Answer, Outcome, Refusal, empty, set, whole};
use crate::call::Call;

/// How long to wait for the client to close, so that closing first does not discard what was sent.
const LINGER: Duration = Duration::from_secs(2);

enum Step {
    Send(Bytes),
    Wait(Duration),
    /// Ends the connection with RST instead of FIN.
    Reset,
}

/// What to do with the bare socket.
pub(crate) struct Script(Vec<Step>);

impl Script {
    /// Plays until done or the client leaves.
    pub(crate) async fn play(self, mut stream: TcpStream) {
        for step in self.0 {
            match step {
                Step::Send(bytes) => {
                    if stream.write_all(&bytes).await.is_err() {
                        return;
                    }
                }
                Step::Wait(time) => {
                    let mut scrap = [0; 64];
                    // Nothing more is expected: what can be read here is the client leaving.
                    tokio::select! {
                        () = sleep(time) => {}
                        read = stream.read(&mut scrap) => if !matches!(read, Ok(1..)) { return },
                    }
                }
                Step::Reset => {
                    let _ = stream.set_zero_linger();
                    return;
                }
            }
        }
        if stream.shutdown().await.is_err() {
            return;
        }
        let drain = async {
            let mut scrap = [0; 1024];
            while matches!(stream.read(&mut scrap).await, Ok(1..)) {}
        };
        let _ = timeout(LINGER, drain).await;
    }
}

fn send(text: &'static str) -> Step {
    Step::Send(Bytes::from_static(text.as_bytes()))
}

/// The script for answers that hyper would rightly not send.
pub(crate) fn script(kind: &str) -> Option<Script> {
    let steps = match kind {
        // 20 bytes of the 100 promised.
        "truncated" => vec![send(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nonly a part of this.",
        )],
        "bad-chunk" => vec![send(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n\
             5\r\nfirst\r\nnot-a-size\r\nsecond\r\n0\r\n\r\n",
        )],
        "slow-headers" => slow_headers(),
        "bare-lf" => vec![send("HTTP/1.1 200 OK\nContent-Length: 3\n\nlf\n")],
        "both-lengths" => vec![send(
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n\
             4\r\nboth\r\n0\r\n\r\n",
        )],
        "long-header" => vec![Step::Send(Bytes::from(format!(
            "HTTP/1.1 200 OK\r\nX-Long: {}\r\nContent-Length: 2\r\n\r\nok",
            "x".repeat(300_000)
        )))],
        "garbage" => vec![send("\u{0}\u{1}this is not HTTP\r\n\r\n")],
        "no-answer" => Vec::new(),
        "reset" => vec![
            send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\npart"),
            Step::Wait(Duration::from_millis(50)),
            Step::Reset,
        ],
        _ => return None,
    };
    Some(Script(steps))
}

/// A header line each second for half a minute, then a body.
fn slow_headers() -> Vec<Step> {
    let mut steps = vec![send("HTTP/1.1 200 OK\r\n")];
    for line in 1..=30 {
        steps.push(Step::Wait(Duration::from_secs(1)));
        steps.push(Step::Send(Bytes::from(format!("X-Slow-{line}: yes\r\n"))));
    }
    steps.push(send("Content-Length: 3\r\n\r\nok\n"));
    steps
}

/// The kinds that are well-formed HTTP.
pub(crate) fn answer(call: &Call) -> Outcome {
    match call.text(1) {
        "bad-gzip" => bad_gzip(),
        "many-headers" => many_headers(call),
        "redirect-loop" => {
            let mut answer = empty(StatusCode::FOUND);
            set(&mut answer, LOCATION, "/hostile/redirect-loop")?;
            Ok(answer)
        }
        kind => Err(Refusal::not_found(format!(
            "There is no hostile answer called {kind:?}. The list is at /."
        ))),
    }
}

/// What a broken answer gets on HTTP/2, where there is no text to break.
pub(crate) fn only_http1() -> Answer {
    Refusal::bad("This hostile answer is made for HTTP/1.1; ask for it over that.").into()
}

/// Whole, but with a checksum that is not the content's (RFC 1952 §2.3.1).
fn bad_gzip() -> Outcome {
    let mut bytes = gzip(b"{\"checksum\": \"wrong\"}\n").map_err(|error| {
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, format!("gzip failed: {error}."))
    })?;
    let checksum = bytes.len().saturating_sub(8);
    if let Some(byte) = bytes.get_mut(checksum) {
        *byte ^= 0xff;
    }
    let mut answer = whole("application/json", bytes);
    set(&mut answer, CONTENT_ENCODING, "gzip")?;
    Ok(answer)
}

/// 1,000 headers, or `?count=` up to 20,000.
fn many_headers(call: &Call) -> Outcome {
    let count = call.number("count", 1_000_u32, 20_000)?;
    let mut answer = whole("text/plain; charset=utf-8", "many\n");
    for number in 1..=count {
        let name = HeaderName::from_bytes(format!("x-many-{number}").as_bytes())
            .map_err(|_| Refusal::bad("A header's name is wrong."))?;
        set(&mut answer, name, "yes")?;
    }
    Ok(answer)
}
