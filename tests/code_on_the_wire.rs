//! A request is sent by the command, and by the code that the command writes of it: a server sees the same. curl stands
//! for all languages here, since `crates/interop/tests/code_runs.rs` compares each of them with curl's.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use errand_tests::terminal::Terminal;
use regex::Regex;

/// Each with its name: the method, the path, and what stands under `http`.
const REQUESTS: &[(&str, &str, &str, &str)] = &[
    ("plain", "GET", "/a%2Fb/c d?q=1%202&empty=&é=1&ids[]=[1-3]&b={x}", ""),
    ("custom", "PROPFIND", "/custom", ""),
    (
        "headers",
        "GET",
        "/headers",
        "  headers:\n    - name: X-Twice\n      value: \"1\"\n    - name: X-Empty\n      value: \"\"\n    - name: X-Twice\n      value: \"2\"\n    - name: X-Odd\n      value: \"it's \\\"q\\\" $HOME ${x} `z` %s \\\\\"\n",
    ),
    (
        "text",
        "POST",
        "/text",
        "  body:\n    type: text\n    data: \"a\\nb\\r\\n\\tc \\u0007 é 😀 ' \\\" \\\\ $x `y` %41 \\u202e {{unknown}}\\n\"\n",
    ),
    (
        "form",
        "PUT",
        "/form",
        "  body:\n    type: form-urlencoded\n    data:\n      - name: \"a b\"\n        value: \"1 & 2 *~\"\n      - name: \"a b\"\n        value: \"@/etc/passwd\"\n      - name: \"\"\n        value: \"é=\"\n",
    ),
    (
        "parts",
        "POST",
        "/parts",
        "  body:\n    type: multipart-form\n    data:\n      - name: a\n        type: text\n        value: \"@it's \\\"q\\\" ; type=x\"\n      - name: a\n        type: text\n        value: \"{}\"\n        contentType: application/json\n      - name: f\n        type: file\n        value:\n          - all.bin\n      - name: g\n        type: file\n        value:\n          - note.txt\n        contentType: text/x-note\n",
    ),
    (
        "file",
        "POST",
        "/file",
        "  body:\n    type: file\n    data:\n      - filePath: all.bin\n        contentType: application/x-all\n        selected: true\n",
    ),
    (
        "basic",
        "GET",
        "/basic",
        "  auth:\n    type: basic\n    username: ada\n    password: \"{{password}}\"\n",
    ),
    (
        "key",
        "GET",
        "/key?a=1",
        "  auth:\n    type: apikey\n    key: x-key\n    value: \"k & {{word}}\"\n    placement: query\n",
    ),
];

#[test]
fn the_code_sends_what_errand_sends() {
    let terminal = Terminal::alone();
    let (address, seen) = listen();
    terminal.environment(&[("word", "wörd"), ("password", "p'w:é")], &[], "");
    let folder = terminal.command(&[]).get_current_dir().expect("a folder").to_owned();
    fs::write(folder.join("all.bin"), (0..=255).collect::<Vec<u8>>()).expect("a file");
    fs::write(folder.join("note.txt"), "line\r\n").expect("a file");
    for (name, method, path, http) in REQUESTS {
        terminal.send_file(name, method, &format!("http://{address}{path}"), http, "");
        let file = format!("{name}.yml");
        let _ = terminal.errand(&["send", &file]).exits(0);
        let sent = seen.try_recv().unwrap_or_else(|_| panic!("{name}: nothing arrived"));
        let code = terminal.errand(&["code", &file, "--lang", "curl"]).exits(0).out;
        let told = Command::new("sh")
            .args(["-c", &code])
            .current_dir(&folder)
            .stdin(Stdio::null())
            .output()
            .expect("a shell");
        let came = seen.try_recv().unwrap_or_else(|_| panic!("{name}: {told:?}\n{code}"));
        assert_eq!(came, sent, "{name}\n{code}");
    }
}

/// A server that passes on what arrives: the first line, headers that are not each program's own, and the body with its
/// boundary taken out.
fn listen() -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = serve(&stream, &sender);
        }
    });
    (address, receiver)
}

fn serve(mut stream: &TcpStream, sender: &Sender<String>) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let (mut headers, mut length) = (Vec::new(), 0);
    loop {
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line).ok()?;
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        let Some((name, value)) = line.split_once(':') else { break };
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "content-length" => length = value.trim().parse().ok()?,
            "expect" => stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?,
            "user-agent" | "accept" | "accept-encoding" | "host" | "connection" => {}
            _ => headers.push(format!("{name}: {}", value.trim())),
        }
    }
    headers.sort();
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let mut told = format!("{first}{}\n\n{}", headers.join("\n"), body.escape_ascii());
    let boundary = Regex::new(r"boundary=(\S+)").ok()?;
    if let Some(drawn) = boundary.captures(&told).map(|found| found[1].to_owned()) {
        told = told.replace(&drawn, "BOUNDARY");
    }
    sender.send(told).ok()?;
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").ok()
}
