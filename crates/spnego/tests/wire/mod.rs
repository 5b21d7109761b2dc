//! HTTP/1.1 by hand over one connection, to see tokens on it and nothing else.

use std::io::{BufRead, BufReader, Read, Result, Write};
use std::net::{Ipv4Addr, TcpStream};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

pub struct Connection(BufReader<TcpStream>);

pub struct Answer {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Connection {
    pub fn open(port: u16) -> Result<Self> {
        Ok(Self(BufReader::new(TcpStream::connect((Ipv4Addr::LOCALHOST, port))?)))
    }

    pub fn get(&mut self, path: &str) -> Result<Answer> {
        self.send("GET", path, "", "")
    }

    /// With `Authorization: scheme token`.
    pub fn prove(
        &mut self,
        method: &str,
        path: &str,
        (scheme, token): (&str, &[u8]),
        body: &str,
    ) -> Result<Answer> {
        let token = BASE64_STANDARD.encode(token);
        self.send(method, path, &format!("Authorization: {scheme} {token}\r\n"), body)
    }

    fn send(&mut self, method: &str, path: &str, headers: &str, body: &str) -> Result<Answer> {
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
        );
        self.0.get_mut().write_all(request.as_bytes())?;
        let status = self.line()?;
        let status = status.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else { break };
            headers.push((name.to_owned(), value.trim().to_owned()));
        }
        let mut answer = Answer { status, headers, body: String::new() };
        let length =
            answer.header("Content-Length").and_then(|text| text.parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        answer.body = String::from_utf8_lossy(&body).into_owned();
        Ok(answer)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.0.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        Some(&found.1)
    }

    /// The token of a challenge of this scheme.
    pub fn token(&self, scheme: &str) -> Option<Vec<u8>> {
        let challenges = self.headers.iter().filter(|(name, _)| name == "WWW-Authenticate");
        let token = challenges
            .filter_map(|(_, value)| value.split_once(' '))
            .find_map(|(known, token)| known.eq_ignore_ascii_case(scheme).then_some(token))?;
        BASE64_STANDARD.decode(token).ok()
    }
}
