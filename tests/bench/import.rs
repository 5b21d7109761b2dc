//! Imports, from a file to a written workspace.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use errand_tests::binaries;
use errand_tests::desktop::Home;

use crate::programs::{Program, in_turn};
use crate::table;

/// What others import with, and what is imported.
const PEERS: &[&str] = &["openapi-to-postmanv2@6.3.3", "@octokit/openapi@23.0.2"];
const REQUESTS: usize = 10_000;
const MB: u64 = 1_000_000;

pub fn bench() {
    let home = Home::new();
    let (peers, places) = (peers(), folder().join("imports"));
    let description = peers.join("@octokit/openapi/generated/api.github.com.json");
    let converter = peers.join(".bin/openapi2postmanv2");
    let theirs = {
        let (description, out) = (description.clone(), places.join("theirs.json"));
        Program::new("openapi-to-postmanv2", move || {
            let mut command = Command::new(&converter);
            command.arg("-s").arg(&description).arg("-o").arg(&out);
            command
        })
    };
    let largest = corpus_largest();
    // What was written stays until the end: ext4 is slow with inodes for seconds after others were deleted.
    make(&places);
    let programs = [theirs, errand(&home, &description, &places.join("github"))];
    table::compare("GitHub's OpenAPI description, to a written workspace", &in_turn(&programs, 5));
    if let Some(largest) = largest {
        let programs = [errand(&home, &largest, &places.join("largest"))];
        table::compare("The largest description of the corpus", &in_turn(&programs, 5));
    }
    let programs = [errand(&home, &postman(), &places.join("postman"))];
    table::compare("A Postman collection of 10,000 requests", &in_turn(&programs, 5));
    let programs = [errand(&home, &archive(), &places.join("har"))];
    table::compare("A HAR of 500 MB", &in_turn(&programs, 1));

    println!("\nA workspace of 10,000 requests");
    let example = binaries::target().join("release/examples/ten_thousand");
    let status = Command::new(&example).arg(folder()).status();
    assert!(status.is_ok_and(|status| status.success()), "{} failed", example.display());
    fs::remove_dir_all(&places).unwrap_or_else(|error| panic!("{}: {error}", places.display()));
}

/// Each run makes a new workspace.
fn errand(home: &Home, source: &Path, places: &Path) -> Program {
    make(places);
    let (home, source, places) = (home.path().to_owned(), source.to_owned(), places.to_owned());
    let runs = AtomicUsize::new(0);
    Program::new("errand import", move || {
        let place = places.join(runs.fetch_add(1, Ordering::Relaxed).to_string());
        let mut command = Command::new(binaries::command());
        command.arg("import").arg(&source).arg("-o").arg(place).env("HOME", &home);
        command.env("XDG_DATA_HOME", home.join("data")).env("XDG_CONFIG_HOME", home.join("config"));
        command.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
        command
    })
}

fn make(folder: &Path) {
    fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
}

/// The largest packed description of the test files that lie beside the repository, where they do.
fn corpus_largest() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus/openapi");
    let packed = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    let packed = packed.filter(|path| path.extension().is_some_and(|extension| extension == "gz"));
    packed.max_by_key(|path| fs::metadata(path).map_or(0, |data| data.len()))
}

fn folder() -> PathBuf {
    binaries::target().join("bench")
}

/// `node_modules` with what is compared, installed once.
fn peers() -> PathBuf {
    let place = folder().join("peers");
    let modules = place.join("node_modules");
    if !modules.join(".bin/openapi2postmanv2").exists() {
        println!("Installing {}", PEERS.join(" and "));
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]);
        let status = npm.arg(&place).args(PEERS).status();
        assert!(status.is_ok_and(|status| status.success()), "npm cannot install {PEERS:?}");
    }
    modules
}

/// A file of the bench folder, made when it is not there.
fn kept(name: &str, make: impl Fn(&mut BufWriter<File>) -> io::Result<()>) -> PathBuf {
    let path = folder().join(name);
    if !path.exists() {
        let unfinished = path.with_extension("part");
        fs::create_dir_all(folder())
            .and_then(|()| File::create(&unfinished))
            .map(BufWriter::new)
            .and_then(|mut file| make(&mut file).and_then(|()| file.flush()))
            .and_then(|()| fs::rename(&unfinished, &path))
            .unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
    }
    path
}

fn postman() -> PathBuf {
    kept("ten_thousand.postman_collection.json", |file| {
        let mut folders = Vec::new();
        for folder in 0..REQUESTS / 100 {
            let mut items = String::new();
            for number in 0..100 {
                let comma = if number == 0 { "" } else { "," };
                let _ = write!(
                    items,
                    r#"{comma}{{"name":"Request {number}","event":[{{"listen":"test","script":{{"type":"text/javascript","exec":["pm.test('ok', () => pm.response.to.have.status(200));"]}}}}],"request":{{"method":"POST","header":[{{"key":"Accept","value":"application/json"}},{{"key":"X-Trace","value":"{{{{$guid}}}}"}}],"body":{{"mode":"raw","raw":"{{\n  \"number\": {number}\n}}","options":{{"raw":{{"language":"json"}}}}}},"url":{{"raw":"{{{{base_url}}}}/folders/{folder}/items/:id?expand=lines","host":["{{{{base_url}}}}"],"path":["folders","{folder}","items",":id"],"query":[{{"key":"expand","value":"lines"}}],"variable":[{{"key":"id","value":"{number}"}}]}}}},"response":[]}}"#
                );
            }
            folders.push(format!(r#"{{"name":"Folder {folder}","item":[{items}]}}"#));
        }
        write!(
            file,
            r#"{{"info":{{"name":"Ten thousand","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}},"item":[{}],"variable":[{{"key":"base_url","value":"http://127.0.0.1:1"}}]}}"#,
            folders.join(",")
        )
    })
}

fn archive() -> PathBuf {
    kept("500mb.har", |file| {
        write!(
            file,
            r#"{{"log":{{"version":"1.2","creator":{{"name":"bench","version":"1"}},"entries":["#
        )?;
        let text = "0123456789abcdef".repeat(6_000);
        let (mut written, mut number) = (0, 0);
        while written < 500 * MB {
            let comma = if number == 0 { "" } else { "," };
            let entry = format!(
                r#"{comma}{{"startedDateTime":"2026-01-31T12:00:00.000Z","time":12.5,"request":{{"method":"GET","url":"https://example.com/items/{number}?page=1","httpVersion":"HTTP/1.1","headers":[{{"name":"Accept","value":"*/*"}}],"queryString":[{{"name":"page","value":"1"}}],"cookies":[],"headersSize":-1,"bodySize":0}},"response":{{"status":200,"statusText":"OK","httpVersion":"HTTP/1.1","headers":[{{"name":"Content-Type","value":"text/plain"}}],"cookies":[],"content":{{"size":{},"mimeType":"text/plain","text":"{text}"}},"redirectURL":"","headersSize":-1,"bodySize":-1}},"cache":{{}},"timings":{{"send":0,"wait":12,"receive":0.5}}}}"#,
                text.len(),
            );
            file.write_all(entry.as_bytes())?;
            written += entry.len() as u64;
            number += 1;
        }
        write!(file, "]}}}}")
    })
}
