//! Each curl command of the shared corpus: imported by the real command, sent by it from the workspace that
//! was written, and what arrives is what real curl sent (`*.wire.json`), multipart boundaries aside.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use errand_tests::binaries;
use errand_tests::desktop::Desktop;
use errand_tests::terminal::ran;
use regex::Regex;
use serde_json::Value;

/// The port that the recordings were made at.
const RECORDED: &str = "28139";

/// What differs: the name of the command, the beginning of the difference, and the line of the receipt that says it.
const KNOWN: &[(&str, &str, &str)] = &[
    // A body always has a content type here; `--upload-file` sends none.
    ("multiple_commands", "with content-type: text/plain", "--upload-file"),
    // A request has no proxy of its own; the recording is of the proxy's side.
    ("get_proxy_with_auth", "target", "--proxy"),
];

/// Files that commands name and whose content goes into the request itself; all others are read when it is sent.
const BESIDE: &[(&str, &str)] = &[
    ("cookie.txt", "localhost\tFALSE\t/\tFALSE\t0\tname\tvalue\n"),
    ("cookies.txt", "localhost\tFALSE\t/\tFALSE\t0\tname\tvalue\n"),
    ("new_file", "contents of new_file\n"),
];

/// What arrived, or was recorded.
#[derive(Debug)]
struct Sent {
    method: String,
    target: String,
    version: String,
    /// Names in lower case, sorted.
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

#[test]
fn what_arrives_is_what_curl_sent() {
    let Some(corpus) = corpus() else { return };
    let desktop = Desktop::start();
    let (port, arrived) = listen();
    let (mut compared, mut differing) = (0, Vec::new());
    let recordings = recordings(&corpus);
    assert_eq!(recordings.len(), 53, "each recording of the corpus is compared");
    for recording in recordings {
        let name = name(&recording);
        let wire = fs::read_to_string(&recording).expect("a recording");
        let wire: Value = serde_json::from_str(&wire).expect("a recording is JSON");
        let mut expected: Vec<Sent> =
            wire["requests"].as_array().expect("a list").iter().map(recorded).collect();
        let command = fs::read_to_string(corpus.join(format!("{name}.sh"))).expect("a command");
        let folder = desktop.home().join("curl").join(&name);
        let command = command.replace(RECORDED, &port.to_string());
        let (mut files, receipt) = imported(&desktop, &folder, &command);
        if name == "form_quotes" {
            // Its first command failed before it sent anything.
            files
                .retain(|file| fs::read_to_string(file).is_ok_and(|text| text.contains("cgi-bin")));
        }
        assert_eq!(files.len(), expected.len(), "{name}: {files:?}");
        for (file, expected) in files.iter().zip(&mut expected) {
            provide(&folder, file);
            let mut send = desktop.command(binaries::command());
            let told = ran(send.current_dir(&folder).arg("send").arg(file));
            let Ok(mut came) = arrived.try_recv() else {
                panic!("{name}: nothing arrived: {told:#?}")
            };
            compared += 1;
            if let Some(difference) = difference(&mut came, expected, port) {
                differing.push((name.clone(), difference, receipt.clone()));
            }
        }
    }
    let shown: Vec<_> = differing.iter().map(|(name, what, _)| (name, what)).collect();
    eprintln!("{compared} requests compared, {} differ: {shown:#?}", shown.len());
    let known = |(name, difference, receipt): &&(String, String, String)| {
        KNOWN.iter().any(|(known, start, line)| {
            name == known && difference.starts_with(start) && receipt.contains(line)
        })
    };
    let unknown: Vec<_> = differing.iter().filter(|difference| !known(difference)).collect();
    assert!(unknown.is_empty(), "{unknown:#?}");
    assert_eq!(compared, 59, "requests of the 53 recordings");
}

fn corpus() -> Option<PathBuf> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/curl/curlconverter");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: the corpus is not at {}", folder.display());
    None
}

fn recordings(corpus: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(corpus).expect("the corpus can be listed");
    let mut all: Vec<_> = all.map(|entry| entry.expect("an entry").path()).collect();
    all.retain(|path| path.to_string_lossy().ends_with(".wire.json"));
    all.sort();
    all
}

fn name(recording: &Path) -> String {
    let name = recording.file_name().expect("a name").to_string_lossy().into_owned();
    name.trim_end_matches(".wire.json").to_owned()
}

/// Imports a command into a new workspace; its requests in their order, and the receipt.
fn imported(desktop: &Desktop, folder: &Path, command: &str) -> (Vec<PathBuf>, String) {
    let from = folder.with_extension("from");
    fs::create_dir_all(&from).expect("a folder");
    fs::write(from.join("command.sh"), command).expect("the command is written");
    for (name, content) in BESIDE.iter().filter(|(name, _)| command.contains(name)) {
        fs::write(from.join(name), content).expect("a file is written");
    }
    let receipt = folder.with_extension("json");
    let mut import = desktop.command(binaries::command());
    import
        .arg("import")
        .arg("-o")
        .arg(folder)
        .args(["--from", "curl"])
        .arg("--receipt")
        .arg(&receipt);
    let _ = ran(import.arg(&from)).exits(0);
    let receipt = fs::read_to_string(receipt).expect("a receipt");
    let seq = Regex::new(r"(?m)^  seq: (\d+)").expect("a pattern");
    let mut files: Vec<(u32, PathBuf)> = fs::read_dir(folder)
        .expect("the workspace")
        .map(|entry| entry.expect("an entry").path())
        .filter_map(|path| {
            let text = fs::read_to_string(&path).ok()?;
            let seq = seq.captures(&text)?.get(1)?.as_str().parse().ok()?;
            Some((seq, path))
        })
        .collect();
    files.sort();
    (files.into_iter().map(|(_, path)| path).collect(), receipt)
}

/// Writes the files that a request sends, as the recording had them.
fn provide(folder: &Path, request: &Path) {
    let text = fs::read_to_string(request).expect("a request");
    let named = Regex::new(r"(?m)filePath: (.+)$|^ {10}- (.+)$").expect("a pattern");
    for found in named.captures_iter(&text) {
        let path = found.get(1).or_else(|| found.get(2)).expect("a path").as_str();
        let path = Path::new(path.trim_matches(['\'', '"']));
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let content = match name.as_str() {
            "delete.sh" => format!("curl -X \"DELETE\" \"http://localhost:{RECORDED}/page\"\n"),
            name => format!("contents of {name}\n"),
        };
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        fs::write(path, content).expect("a file");
    }
}

/// A server that passes on what arrives, and answers with nothing.
fn listen() -> (u16, Receiver<Sent>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let sender = sender.clone();
            thread::spawn(move || serve(&stream, &sender));
        }
    });
    (port, receiver)
}

fn serve(stream: &TcpStream, sender: &Sender<Sent>) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut stream = stream;
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, target, version) = (words.next()?, words.next()?, words.next()?);
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end_matches(['\r', '\n']).split_once(':') else {
            break;
        };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let has =
        |name: &str| headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
    if has("expect").is_some() {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?;
    }
    let body = if has("transfer-encoding").is_some() {
        chunked(&mut reader).ok()?
    } else {
        let mut body =
            vec![0; has("content-length").and_then(|text| text.parse().ok()).unwrap_or(0)];
        reader.read_exact(&mut body).ok()?;
        body
    };
    headers.sort();
    sender.send(Sent { method, target, version, headers, body }).ok()?;
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").ok()
}

fn chunked(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let size = usize::from_str_radix(line.trim(), 16).map_err(io::Error::other)?;
        let from = body.len();
        body.resize(from + size, 0);
        reader.read_exact(&mut body[from..])?;
        reader.read_line(&mut String::new())?;
        if size == 0 {
            return Ok(body);
        }
    }
}

fn recorded(request: &Value) -> Sent {
    use base64::Engine as _;
    let text = |key: &str| request[key].as_str().unwrap_or_default().to_owned();
    let pair = |pair: &Value| {
        let part = |at: usize| pair[at].as_str().unwrap_or_default();
        (part(0).to_ascii_lowercase(), part(1).trim().to_owned())
    };
    let mut headers: Vec<_> =
        request["headers"].as_array().into_iter().flatten().map(pair).collect();
    headers.sort();
    let body = base64::engine::general_purpose::STANDARD.decode(text("body_base64"));
    let body = body.expect("a recorded body is Base64");
    Sent { method: text("method"), target: text("target"), version: text("version"), headers, body }
}

/// The first thing in which what came is not what was recorded.
fn difference(came: &mut Sent, recorded: &mut Sent, port: u16) -> Option<String> {
    for sent in [&mut *came, &mut *recorded] {
        plain(sent, port);
    }
    for (what, one, other) in [
        ("method", &came.method, &recorded.method),
        ("target", &came.target, &recorded.target),
        ("version", &came.version, &recorded.version),
    ] {
        if one != other {
            return Some(format!("{what}: {one} for {other}"));
        }
    }
    if let Some((name, value)) = recorded.headers.iter().find(|pair| !came.headers.contains(pair)) {
        return Some(format!("without {name}: {value}; came {:?}", came.headers));
    }
    if let Some((name, value)) = came.headers.iter().find(|pair| !recorded.headers.contains(pair)) {
        return Some(format!("with {name}: {value}"));
    }
    (came.body != recorded.body).then(|| {
        let text = |body: &[u8]| String::from_utf8_lossy(body).into_owned();
        format!("body: {:?} for {:?}", text(&came.body), text(&recorded.body))
    })
}

/// Takes away what each program says of itself, and what is drawn by lot.
fn plain(sent: &mut Sent, port: u16) {
    let boundary = Regex::new(r"boundary=(\S+)").expect("a pattern");
    for (name, value) in &mut sent.headers {
        *value = value.replace(&port.to_string(), RECORDED);
        let drawn = boundary.captures(value).filter(|_| name == "content-type");
        if let Some(drawn) = drawn.and_then(|found| Some(found.get(1)?.as_str().to_owned())) {
            let body = String::from_utf8_lossy(&sent.body).replace(&drawn, "BOUNDARY");
            sent.body = body.into_bytes();
            *value = value.replace(&drawn, "BOUNDARY");
        }
    }
    // How long the body is follows from it, and so from its boundary.
    let own = |name: &str, value: &str| {
        name == "content-length"
            || name == "transfer-encoding"
            || name == "expect"
            || name == "user-agent"
                && (value.starts_with("curl/")
                    || value.starts_with("errand/")
                    || value.starts_with("Errand/"))
            || name == "accept" && value == "*/*"
            || name == "accept-encoding"
                && (value.starts_with("deflate, gzip") || value.starts_with("gzip, deflate, br"))
    };
    sent.headers.retain(|(name, value)| !own(name, value));
}
