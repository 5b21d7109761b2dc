//! Heads as bytes: writing a request's, reading a response's.

use bytes::{BufMut, Bytes, BytesMut};

use crate::error::Error;
use crate::outcome::ResponseHead;
use crate::outgoing::Header;

/// The most headers a response may have.
pub(crate) const MAX_HEADERS: usize = 4096;

/// Writes a request's head as HTTP/1.1 has it (RFC 9112 §3).
pub(crate) fn write_request(method: &str, target: &str, headers: &[Header]) -> Bytes {
    let size =
        headers.iter().map(|header| header.name.len() + header.value.len() + 4).sum::<usize>();
    let mut head = BytesMut::with_capacity(size + method.len() + target.len() + 16);
    head.put_slice(method.as_bytes());
    head.put_u8(b' ');
    head.put_slice(target.as_bytes());
    head.put_slice(b" HTTP/1.1\r\n");
    write_fields(&mut head, headers);
    head.freeze()
}

/// Writes a response's head, for HTTP/2, where there are no such bytes on the wire.
pub(crate) fn write_response(status: u16, headers: &[Header]) -> Bytes {
    let mut head = BytesMut::from(format!("HTTP/2 {status}\r\n").as_bytes());
    write_fields(&mut head, headers);
    head.freeze()
}

fn write_fields(head: &mut BytesMut, headers: &[Header]) {
    for header in headers {
        head.put_slice(&header.name);
        head.put_slice(b": ");
        head.put_slice(&header.value);
        head.put_slice(b"\r\n");
    }
    head.put_slice(b"\r\n");
}

/// Reads the head of an HTTP/1 response as it came. Lenient: hyper has judged it, this only takes it
/// apart. `None` when the first line is no status line.
pub(crate) fn read_response(raw: Bytes) -> Option<ResponseHead> {
    let mut lines = Lines { rest: raw.clone() };
    let first = lines.next()?;
    let text = text_of(&first);
    let mut words = text.splitn(3, ' ');
    if !words.next()?.starts_with("HTTP/") {
        return None;
    }
    let status = words.next()?.trim().parse().ok()?;
    let reason = words.next().unwrap_or_default().to_owned();
    Some(ResponseHead { status, reason, headers: read_fields(lines), raw })
}

/// UTF-8 where it is that, Latin-1 otherwise: no byte is lost.
pub(crate) fn text_of(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|&byte| char::from(byte)).collect(),
    }
}

fn read_fields(lines: Lines) -> Vec<Header> {
    let mut headers: Vec<Header> = Vec::new();
    for line in lines {
        if line.is_empty() {
            break;
        }
        let folded = line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t'));
        if let (true, Some(last)) = (folded, headers.last_mut()) {
            // A folded line (RFC 9112 §5.2) continues the value before it.
            let mut value = BytesMut::from(&last.value[..]);
            value.put_u8(b' ');
            value.put_slice(line.trim_ascii());
            last.value = value.freeze();
            continue;
        }
        let colon = line.iter().position(|&byte| byte == b':').unwrap_or(line.len());
        let value = line.get(colon + 1..).unwrap_or_default().trim_ascii();
        headers.push(Header { name: line.slice(..colon), value: line.slice_ref(value) });
    }
    headers
}

/// Lines ended by LF, an ending CR taken off.
struct Lines {
    rest: Bytes,
}

impl Iterator for Lines {
    type Item = Bytes;

    fn next(&mut self) -> Option<Bytes> {
        if self.rest.is_empty() {
            return None;
        }
        let end =
            self.rest.iter().position(|&byte| byte == b'\n').map_or(self.rest.len(), |at| at + 1);
        let line = self.rest.split_to(end);
        let line = line.strip_suffix(b"\n").map_or(line.clone(), |short| line.slice_ref(short));
        Some(line.strip_suffix(b"\r").map_or(line.clone(), |short| line.slice_ref(short)))
    }
}

/// Checks that a header can be sent without becoming another one: no line ends, no NUL, and a name
/// that ends at its colon.
pub(crate) fn check(header: &Header) -> Result<(), Error> {
    let name = &header.name;
    let wrong = if name.is_empty() {
        Some("its name is empty")
    } else if name.iter().any(|&byte| byte <= b' ' || byte == b':' || byte == 0x7f) {
        Some("its name has a space, a colon or a control character")
    } else if header.value.iter().any(|byte| matches!(byte, b'\r' | b'\n')) {
        Some("its value has a line end")
    } else if header.value.contains(&0) {
        Some("its value has a zero byte")
    } else {
        None
    };
    match wrong {
        None => Ok(()),
        Some(reason) => Err(Error::InvalidHeader {
            name: header.name.escape_ascii().to_string(),
            reason: reason.into(),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_taken_apart_as_it_came() {
        let raw = &b"HTTP/1.1 299  Odd reason\r\nX-A:1\r\nx-a: \xe9 2 \nX-Fold: a\r\n b\r\nNo-Colon\r\n\r\n"[..];
        let head = read_response(Bytes::from_static(raw)).unwrap_or_default();
        assert_eq!((head.status, head.reason.as_str()), (299, " Odd reason"));
        let fields: Vec<_> = head.headers.iter().map(|h| (&h.name[..], &h.value[..])).collect();
        assert_eq!(
            fields,
            [
                (&b"X-A"[..], &b"1"[..]),
                (b"x-a", b"\xe9 2"),
                (b"X-Fold", b"a b"),
                (b"No-Colon", b""),
            ]
        );
    }

    #[test]
    fn what_would_split_a_header_is_refused() {
        for (name, value) in
            [("", "x"), ("a b", "x"), ("a:", "x"), ("a", "x\r\ny: z"), ("a", "x\ny"), ("a", "\0")]
        {
            assert!(check(&Header::new(name, value)).is_err(), "{name:?}: {value:?}");
        }
        assert!(check(&Header::new("X-É", &b"\xff caf\xc3\xa9"[..])).is_ok());
    }
}
