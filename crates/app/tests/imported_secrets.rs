//! A value of its own at every place where a file of another tool can hold a credential; after the
//! import every byte that was written is searched for it.
#![allow(clippy::expect_used, missing_docs, reason = "a test")]

mod common;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use common::{Place, files, text, without_a_keychain};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

/// What is read together, by tool.
const TOOLS: &[(&str, &[&str])] = &[
    ("postman", &["postman.json", "postman-environment.json"]),
    ("postman", &["postman-grpc.json"]),
    ("insomnia", &["insomnia4.json"]),
    ("insomnia", &["insomnia5.yaml"]),
    ("bruno", &["bruno"]),
    ("opencollection", &["opencollection.yml"]),
    ("thunder", &["thunder.json", "thunder-environment.json"]),
    ("hoppscotch", &["hoppscotch.json", "hoppscotch-environment.json"]),
    ("yaak", &["yaak.json"]),
    ("har", &["har.har"]),
    ("http", &["http"]),
    ("hurl", &["hurl.hurl"]),
    ("curl", &["curl.sh"]),
];

/// Families of the corpus whose files are JSON or YAML.
const FAMILIES: &[&str] = &["postman", "insomnia", "bruno", "thunder", "hoppscotch", "har"];

/// Larger ones have no other places.
const LARGEST: u64 = 200 << 10;

/// Values, each with the place that it was put at.
#[derive(Default)]
struct Canaries(Vec<(String, String)>);

impl Canaries {
    fn next(&mut self, place: &str) -> String {
        let value = format!("Zk7~{:04}*Canary", self.0.len());
        self.0.push((place.to_owned(), value.clone()));
        value
    }

    /// A text with a value in the place of each mark; the same mark is the same value.
    fn fill(&mut self, text: &str) -> String {
        let mut parts = text.split('§');
        let mut out = parts.next().unwrap_or_default().to_owned();
        while let (Some(mark), Some(rest)) = (parts.next(), parts.next()) {
            let known = self.0.iter().find(|(place, _)| place == mark).map(|(_, value)| value);
            let value = known.cloned().unwrap_or_else(|| self.next(mark));
            if mark.starts_with("base64:") {
                out += &STANDARD_NO_PAD.encode(format!("ada:{value}"));
            } else {
                out += &value;
            }
            out += rest;
        }
        out
    }

    /// The places whose values are somewhere below a folder, each with a file.
    fn found(&self, folder: &Path) -> BTreeSet<String> {
        let hunt = self.hunt();
        let found = files(folder).into_iter().flat_map(|file| {
            let name = file.strip_prefix(folder).unwrap_or(&file).display().to_string();
            let mut bytes = std::fs::read(&file).expect("a file");
            bytes.extend(name.as_bytes());
            let hits = hunt.places(&bytes).into_iter();
            hits.map(|place| format!("{place} in {name}")).collect::<Vec<_>>()
        });
        found.collect()
    }

    fn hunt(&self) -> Hunt<'_> {
        let mut forms = Vec::new();
        let mut places = Vec::new();
        for (place, value) in &self.0 {
            for form in written(value) {
                forms.push(form);
                places.push(place.as_str());
            }
        }
        Hunt { search: AhoCorasick::new(forms).expect("few"), places }
    }
}

struct Hunt<'c> {
    search: AhoCorasick,
    places: Vec<&'c str>,
}

impl Hunt<'_> {
    fn places(&self, bytes: &[u8]) -> BTreeSet<&str> {
        let hits = self.search.find_overlapping_iter(bytes);
        hits.map(|hit| self.places[hit.pattern().as_usize()]).collect()
    }
}

/// As it is, in a URL, and in base64 at each of the three places where it can begin.
fn written(value: &str) -> Vec<String> {
    let mut forms =
        vec![value.to_owned(), utf8_percent_encode(value, NON_ALPHANUMERIC).to_string()];
    forms.push(forms[1].to_lowercase().replace("canary", "Canary").replace("zk7", "Zk7"));
    for before in ["", "x", "xx"] {
        let coded = STANDARD_NO_PAD.encode(format!("{before}{value}"));
        forms.push(coded[4..coded.len() - 2].to_owned());
    }
    forms
}

fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime").block_on(test);
}

/// Copies a fixture, its marks filled.
fn plant(from: &Path, to: &Path, canaries: &mut Canaries) {
    if from.is_dir() {
        std::fs::create_dir_all(to).expect("a folder");
        for entry in std::fs::read_dir(from).expect("a folder").flatten() {
            plant(&entry.path(), &to.join(entry.file_name()), canaries);
        }
        return;
    }
    let text = std::fs::read_to_string(from).expect("a text");
    std::fs::write(to, canaries.fill(&text)).expect("written");
}

/// What was shown before anything was written, and what was written; none when it is no import.
async fn import(place: &Place, paths: &[PathBuf], to: &Path) -> Option<(String, Value)> {
    let from = json!({ "type": "paths", "paths": paths });
    let args = json!({ "from": from, "format": null, "into": null });
    let none = errand_app::EventSink::none();
    let seen = place.session.call("previewImport", args, none).await.ok()?;
    let page = json!({ "id": seen["id"], "outcome": null, "node": null, "from": 0, "to": 100_000 });
    let lines = place.call("importReceipt", page).await;
    let secrets = seen["secrets"].as_array().expect("secrets").iter();
    let kept: Vec<Value> =
        secrets.map(|one| json!({ "id": one["id"], "keep": true, "name": one["name"] })).collect();
    let args = json!({
        "id": seen["id"], "target": { "type": "new", "folder": to, "name": "" }, "nodes": null,
        "environments": null, "secrets": kept, "link": false,
    });
    let done = place.call("applyImport", args).await;
    Some((format!("{seen}{lines}{done}"), seen))
}

#[test]
fn no_credential_of_any_tool_gets_into_a_file() {
    if !without_a_keychain("no_credential_of_any_tool_gets_into_a_file") {
        return;
    }
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/imported_secrets");
    run(async {
        let place = Place::new().await;
        let mut leaks = Vec::new();
        for (count, (format, names)) in TOOLS.iter().enumerate() {
            let mut canaries = Canaries::default();
            let from = place.folder.path().join(format!("from-{count}"));
            std::fs::create_dir_all(&from).expect("a folder");
            for name in *names {
                plant(&fixtures.join(name), &from.join(name), &mut canaries);
            }
            // The control: each is found where it was put.
            let planted: BTreeSet<String> = canaries.found(&from);
            let everything = canaries.0.iter().all(|(place, _)| {
                planted.iter().any(|found| found.starts_with(&format!("{place} in ")))
            });
            assert!(everything && canaries.0.len() > 5, "{format}: {planted:?}");

            let paths: Vec<PathBuf> = names.iter().map(|name| from.join(name)).collect();
            let to = place.folder.path().join(format!("to-{count}"));
            let (shown, seen) = import(&place, &paths, &to).await.expect("an import");
            assert_eq!(seen["format"], *format, "{names:?}");
            let hunt = canaries.hunt();
            let shown = hunt.places(shown.as_bytes()).into_iter();
            leaks.extend(shown.map(|leak| format!("{}: {leak} is shown", names[0])));
            let found = canaries.found(&to).into_iter();
            leaks.extend(found.map(|leak| format!("{}: {leak}", names[0])));
            let nameless =
                seen["secrets"].as_array().expect("secrets").iter().find(|secret| {
                    text(&secret["name"]).is_empty() || text(&secret["what"]).len() < 5
                });
            assert_eq!(nameless, None);
        }
        assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
    });
}

#[test]
fn no_error_quotes_a_credential() {
    run(async {
        let place = Place::new().await;
        for (name, text) in [
            (
                "a.json",
                "{\"_postman_id\": 1, \"info\": {\"schema\": \"v2.1.0\"}, \"item\": [{\"password\": \"§§\" \"x\"}]}",
            ),
            ("a.yaml", "openapi: 3.0.0\ninfo: {title: a}\npassword: §§: [\n"),
            ("a.yml", "type: collection.insomnia.rest/5.0\npassword: \"§§\n"),
            ("a.bru", "meta {\n  name: a\n}\nget {\n  url: a\n}\nauth:basic {\n  password: §§\n"),
            ("a.http", "### a\nX-Api-Key: §§\n"),
            (
                "a.hurl",
                "GET https://a.example.com\nX-Api-Key: §§\n[Broken]\nAuthorization: Bearer §§\nHTTP x\n",
            ),
            ("a.graphql", "type Query { password(token: \"§§\"): String }"),
            ("a.sh", "curl -H 'X-Api-Key: §§"),
            ("a.sh", "curl https://a.example.com --max-time 'token=§§' -u ada:§§"),
            (
                "a.har",
                "{\"log\": {\"version\": \"1.2\", \"entries\": [{\"request\": {\"headers\": [{\"name\": \"X-Api-Key\", \"value\": \"§§\"} \"x\"]}}]}}",
            ),
            (
                "a.wsdl",
                "<definitions xmlns=\"http://schemas.xmlsoap.org/wsdl/\"><password>§§</passwort></definitions>",
            ),
        ] {
            let mut canaries = Canaries::default();
            let path = place.folder.path().join(name);
            std::fs::write(&path, canaries.fill(text)).expect("written");
            let from = json!({ "type": "paths", "paths": [path] });
            let args = json!({ "from": from, "format": null, "into": null });
            let none = errand_app::EventSink::none();
            let said = match place.session.call("previewImport", args, none).await {
                Ok(seen) => {
                    let id = &seen["id"];
                    let page =
                        json!({ "id": id, "outcome": null, "node": null, "from": 0, "to": 99 });
                    format!("{seen}{}", place.call("importReceipt", page).await)
                }
                Err(error) => format!("{error:?}"),
            };
            assert!(canaries.hunt().places(said.as_bytes()).is_empty(), "{name}: {said}");
        }
    });
}

#[test]
fn no_credential_of_the_corpus_gets_into_a_file() {
    if !without_a_keychain("no_credential_of_the_corpus_gets_into_a_file") {
        return;
    }
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    if !corpus.is_dir() {
        println!("SKIPPED: the corpus is not here");
        return;
    }
    run(async {
        let place = Place::new().await;
        let (mut leaks, mut imported, mut planted) = (Vec::new(), 0, 0);
        for file in FAMILIES.iter().flat_map(|family| files(&corpus.join(family))) {
            let Some(document) = document(&file) else { continue };
            let mut canaries = Canaries::default();
            let document = with_canaries(document, &mut canaries);
            if canaries.0.is_empty() {
                continue;
            }
            let name = file.file_name().expect("a name").to_string_lossy().into_owned();
            let folder = place.folder.path().join(format!("case-{imported}"));
            std::fs::create_dir_all(&folder).expect("a folder");
            let from = folder.join(&name);
            let written = serde_json::to_string_pretty(&document).expect("JSON");
            std::fs::write(&from, written).expect("written");
            let to = folder.join("to");
            let Some((shown, _)) = import(&place, &[from], &to).await else { continue };
            imported += 1;
            planted += canaries.0.len();
            let hunt = canaries.hunt();
            let shown = hunt.places(shown.as_bytes()).into_iter();
            leaks.extend(shown.map(|leak| format!("{name}: {leak} is shown")));
            leaks.extend(canaries.found(&to).into_iter().map(|leak| format!("{name}: {leak}")));
        }
        println!("{planted} credentials in {imported} files");
        assert!(imported > 50 && planted > 200, "{planted} in {imported}");
        assert!(leaks.is_empty(), "{} leaks:\n{}", leaks.len(), leaks.join("\n"));
    });
}

fn document(file: &Path) -> Option<Value> {
    if std::fs::metadata(file).ok()?.len() > LARGEST {
        return None;
    }
    let name = file.file_name()?.to_string_lossy();
    let is_ours = [".json", ".yaml", ".yml", ".har"].iter().any(|end| name.ends_with(end));
    let source = errand_interop::Source::file(name.as_ref(), std::fs::read(file).ok()?);
    errand_interop::json_or_yaml(&source.entries[0]).ok().filter(|_| is_ours)
}

/// The document with a value of its own wherever a member or a row is called like a credential.
fn with_canaries(mut document: Value, canaries: &mut Canaries) -> Value {
    put(&mut document, "", "", canaries);
    document
}

fn put(value: &mut Value, path: &str, name: &str, canaries: &mut Canaries) {
    match value {
        // The token of OAuth 1 names a grant; its secret is apart.
        Value::String(_) if name == "token" && path.contains(".oauth1") => {}
        Value::String(text) if is_secret(name) && !text.is_empty() && text != name => {
            *text = canaries.next(path);
        }
        Value::Array(list) => {
            for (at, value) in list.iter_mut().enumerate() {
                put(value, &format!("{path}[{at}]"), "", canaries);
            }
        }
        Value::Object(map) => {
            let row = ["key", "name"].iter().find_map(|key| map.get(*key)?.as_str());
            let row = row.map(str::to_owned).unwrap_or_default();
            for (key, value) in map {
                let name = if key == "value" { &row } else { key };
                put(value, &format!("{path}.{key}"), name, canaries);
            }
        }
        _ => {}
    }
}

/// Names of the fields in which the formats keep credentials.
fn is_secret(name: &str) -> bool {
    [
        "password",
        "passphrase",
        "token",
        "accessToken",
        "access_token",
        "refreshToken",
        "clientSecret",
        "client_secret",
        "consumerSecret",
        "tokenSecret",
        "secret",
        "secretKey",
        "secretAccessKey",
        "sessionToken",
        "serviceToken",
        "apiKey",
        "api_key",
        "authKey",
        "privateKey",
        "Authorization",
        "X-Api-Key",
    ]
    .contains(&name)
}
