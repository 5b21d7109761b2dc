//! Imports through the command table: previewed, chosen from, written, with credentials in no file.
#![allow(clippy::expect_used, missing_docs, reason = "a test")]

mod common;

use std::io::{Read as _, Write as _};
use std::path::Path;

use common::{Place, Server, files, ok, redirect, text, without_a_keychain};
use serde_json::{Value, json};

/// In no file, whatever it was imported from.
const CANARY: &str = "Zk7-canary+SECRET/42";

fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime").block_on(test);
}

fn traces(folder: &Path, value: &str) -> Vec<String> {
    let holds = |bytes: &[u8]| bytes.windows(value.len()).any(|window| window == value.as_bytes());
    let found =
        files(folder).into_iter().filter(|file| holds(&std::fs::read(file).expect("a file")));
    found.map(|file| file.display().to_string()).collect()
}

async fn preview(place: &Place, from: Value) -> Value {
    place.call("previewImport", json!({ "from": from, "format": null })).await
}

fn paths(paths: &[&Path]) -> Value {
    json!({ "type": "paths", "paths": paths })
}

fn all_kept(preview: &Value) -> Value {
    let secrets = preview["secrets"].as_array().expect("secrets");
    let kept =
        secrets.iter().map(|one| json!({ "id": one["id"], "keep": true, "name": one["name"] }));
    kept.collect()
}

async fn apply(place: &Place, preview: &Value, target: Value) -> Value {
    let args = json!({
        "id": preview["id"], "target": target, "nodes": null, "environments": null,
        "secrets": all_kept(preview), "link": false,
    });
    place.call("applyImport", args).await
}

#[test]
fn a_pasted_command_becomes_a_workspace_and_its_token_is_in_no_file() {
    if !without_a_keychain("a_pasted_command_becomes_a_workspace_and_its_token_is_in_no_file") {
        return;
    }
    run(async {
        let place = Place::new().await;
        let server = Server::saying(ok("{}"));
        let url = server.url(&format!("/orders?page=2&access_token={CANARY}"));
        let command =
            format!("curl '{url}' -H 'Authorization: Bearer {CANARY}' -H 'Accept: text/plain'");
        let seen = preview(&place, json!({ "type": "text", "text": command })).await;
        assert_eq!(seen["format"], "curl");
        assert_eq!(seen["counts"]["requests"], 1);
        assert_eq!(seen["nodes"][0]["kind"], "request");
        assert!(!seen["secrets"].as_array().expect("secrets").is_empty(), "{seen}");

        let folder = place.folder.path().join("imported");
        let done =
            apply(&place, &seen, json!({ "type": "new", "folder": folder, "name": "From curl" }))
                .await;
        assert_eq!(traces(&folder, CANARY), Vec::<String>::new());
        assert!(!done["sessionOnly"].as_array().expect("names").is_empty());
        let page = json!({ "id": seen["id"], "from": 0, "to": 9 });
        let receipt = place.call("importReceipt", page.clone()).await;
        assert!(receipt["total"].as_u64() > Some(0), "{receipt}");
        let again = json!({
            "id": seen["id"], "target": { "type": "here", "folder": "" }, "secrets": [], "link": false,
        });
        assert_eq!(place.fails("applyImport", again).await.code, "no-import");
        place.call("dropImport", json!({ "id": seen["id"] })).await;
        assert_eq!(place.fails("importReceipt", page).await.code, "no-import");

        place.call("openWorkspace", json!({ "path": done["workspace"] })).await;
        let path = text(&done["paths"][0]);
        let saved = place.call("readRequest", json!({ "path": path })).await;
        let send = json!({ "exchange": "1", "path": path, "request": saved["request"] });
        let exchange = place.call("send", send).await;
        assert_eq!(exchange["status"], 200, "{exchange}");
        let got = server.requests().pop().expect("a request");
        assert!(got.contains(&format!("Bearer {CANARY}")), "{got}");
        assert_eq!(traces(place.folder.path(), CANARY), Vec::<String>::new());
    });
}

#[test]
fn what_is_left_out_is_a_secret_without_a_value() {
    if !without_a_keychain("what_is_left_out_is_a_secret_without_a_value") {
        return;
    }
    run(async {
        let place = Place::new().await;
        let command = format!("curl https://api.example.com/a -u ada:{CANARY}");
        let seen = preview(&place, json!({ "type": "text", "text": command })).await;
        let args = json!({
            "id": seen["id"], "target": { "type": "here", "folder": "" }, "nodes": null,
            "environments": null, "secrets": [], "link": false,
        });
        let done = place.call("applyImport", args).await;
        assert_eq!(done["sessionOnly"], json!([]));
        assert_eq!(traces(place.folder.path(), CANARY), Vec::<String>::new());
        let saved = place.call("readRequest", json!({ "path": done["paths"][0] })).await;
        assert_eq!(saved["request"]["auth"]["password"], "{{password}}");
        let root = place.call("readFolder", json!({ "path": "" })).await;
        assert_eq!(root["folder"]["defaults"]["variables"][0]["name"], "password");
        assert_eq!(root["folder"]["defaults"]["variables"][0]["secret"], true);
    });
}

#[test]
fn the_same_credential_has_one_name_and_another_gets_its_own() {
    if !without_a_keychain("the_same_credential_has_one_name_and_another_gets_its_own") {
        return;
    }
    run(async {
        let place = Place::new().await;
        let mut references = Vec::new();
        for password in ["enchantress-1", "enchantress-1", "enchantress-2"] {
            let command = format!("curl https://api.example.com/a -u ada:{password}");
            let seen = preview(&place, json!({ "type": "text", "text": command })).await;
            let done = apply(&place, &seen, json!({ "type": "here", "folder": "" })).await;
            let saved = place.call("readRequest", json!({ "path": done["paths"][0] })).await;
            references.push(text(&saved["request"]["auth"]["password"]));
        }
        assert_eq!(references, ["{{password}}", "{{password}}", "{{password_2}}"]);
    });
}

#[test]
fn nothing_is_fetched_that_was_not_typed_and_redirects_are_told() {
    run(async {
        let place = Place::new().await;
        let server = Server::saying(ok("curl https://api.example.com/orders"));
        let target = server.url("/commands.sh");
        let first = Server::new(move |_| redirect(302, &target));
        let seen = preview(&place, json!({ "type": "url", "url": first.url("/here") })).await;
        assert_eq!(seen["redirects"], json!([server.url("/commands.sh")]));
        assert_eq!(seen["nodes"][0]["url"], "https://api.example.com/orders");
        let round = Server::new(|_| redirect(302, "/again"));
        for (url, code) in [("file:///etc/passwd", "invalid-url"), (&round.url("/"), "fetch")] {
            let args = json!({ "from": { "type": "url", "url": url }, "format": null });
            assert_eq!(place.fails("previewImport", args).await.code, code);
        }
        let elsewhere = Server::new(|_| redirect(302, "file:///etc/passwd"));
        let args = json!({ "from": { "type": "url", "url": elsewhere.url("/") }, "format": null });
        assert_eq!(place.fails("previewImport", args).await.code, "fetch");
    });
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a file");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("an archive").into_inner()
}

#[test]
fn archives_that_lead_out_link_or_burst_are_refused() {
    run(async {
        let place = Place::new().await;
        let path = place.folder.path().join("a.zip");
        let mut link = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        link.add_symlink("a.sh", "/etc/passwd", zip::write::SimpleFileOptions::default())
            .expect("a link");
        // Two files that say of themselves that they are 300 MB each.
        let mut bomb = archive(&[("a", b"x"), ("b", b"x")]);
        let headers: Vec<usize> =
            (0..bomb.len() - 4).filter(|&at| bomb[at..].starts_with(b"PK\x01\x02")).collect();
        for at in headers {
            bomb[at + 24..at + 28].copy_from_slice(&(300_u32 << 20).to_le_bytes());
        }
        let good = archive(&[("a.sh", b"curl https://api.example.com/a")]);
        let cut = good[..good.len() - 9].to_vec();
        for (bytes, wanted) in [
            (archive(&[("../x.sh", b"curl https://x")]), "leads out"),
            (archive(&[("/etc/x.sh", b"curl https://x")]), "leads out"),
            (link.finish().expect("an archive").into_inner(), "a link"),
            (bomb, "more than 512 MB"),
            (cut, "cannot be read"),
        ] {
            std::fs::write(&path, bytes).expect("written");
            let args = json!({ "from": paths(&[&path]), "format": null });
            let error = place.fails("previewImport", args).await;
            assert!(error.message.contains(wanted), "{error:?}");
        }
        std::fs::write(&path, good).expect("written");
        assert_eq!(preview(&place, paths(&[&path])).await["counts"]["requests"], 1);
    });
}

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_ustar();
        // The library's own setter refuses what the tests need.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append(&header, *bytes).expect("written");
    }
    builder.into_inner().expect("an archive")
}

fn gzip(bytes: impl std::io::Read) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut encoder = flate2::read::GzEncoder::new(bytes, flate2::Compression::fast());
    encoder.read_to_end(&mut packed).expect("packed");
    packed
}

#[test]
fn what_gzip_and_tar_hold_is_found_like_that_of_a_zip() {
    run(async {
        let place = Place::new().await;
        let path = place.folder.path().join("a.download");
        let one = ("a.http", b"GET https://api.example.com/a".as_slice());
        let two = ("./sub/b.http", b"GET https://api.example.com/b".as_slice());
        let hidden = ("sub/.git/c.http", b"GET https://api.example.com/c".as_slice());
        let several = tar(&[one, two, hidden]);
        for (bytes, requests) in
            [(gzip(one.1), 1), (gzip(several.as_slice()), 2), (several.clone(), 2)]
        {
            std::fs::write(&path, bytes).expect("written");
            assert_eq!(preview(&place, paths(&[&path])).await["counts"]["requests"], requests);
        }
        let mut link = tar::Builder::new(Vec::new());
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(tar::EntryType::Symlink);
        header.set_size(0);
        link.append_link(&mut header, "a.http", "/etc/passwd").expect("a link");
        let packed = gzip(several.as_slice());
        for (bytes, wanted) in [
            (tar(&[("../x.http", one.1)]), "leads out"),
            (gzip(tar(&[("/etc/x.http", one.1)]).as_slice()), "leads out"),
            (link.into_inner().expect("an archive"), "a link"),
            (packed[..packed.len() / 2].to_vec(), "is damaged"),
        ] {
            std::fs::write(&path, bytes).expect("written");
            let args = json!({ "from": paths(&[&path]), "format": null });
            let error = place.fails("previewImport", args).await;
            assert!(error.message.contains(wanted), "{error:?}");
        }
    });
}

#[cfg(unix)]
#[test]
fn links_and_hidden_folders_of_a_folder_are_left_alone() {
    run(async {
        let place = Place::new().await;
        let folder = place.folder.path().join("in");
        for hidden in [".git", "node_modules", "sub"] {
            std::fs::create_dir_all(folder.join(hidden)).expect("a folder");
        }
        std::fs::write(folder.join(".git/a.sh"), "curl https://x.example.com").expect("written");
        std::fs::write(folder.join("node_modules/a.sh"), "curl https://x.example.com")
            .expect("written");
        std::fs::write(place.folder.path().join("out.sh"), "curl https://out.example.com")
            .expect("written");
        std::os::unix::fs::symlink(place.folder.path().join("out.sh"), folder.join("link.sh"))
            .expect("a link");
        std::os::unix::fs::symlink("/", folder.join("root")).expect("a link");
        std::fs::write(folder.join("sub/a.sh"), "curl https://in.example.com").expect("written");
        let seen = preview(&place, paths(&[&folder])).await;
        assert_eq!(seen["counts"]["requests"], 1, "{seen}");
        assert_eq!(
            seen["nodes"].as_array().and_then(|all| all.last()).expect("one")["url"],
            "https://in.example.com"
        );
    });
}

#[test]
fn bad_input_names_its_file_and_nothing_is_written() {
    run(async {
        let place = Place::new().await;
        let path = place.folder.path().join("bad.json");
        std::fs::write(&path, "{\n  \"info\": [\n").expect("written");
        let before = files(&place.root());
        let args = json!({ "from": paths(&[&path]), "format": null });
        let error = place.fails("previewImport", args).await;
        assert_eq!(error.code, "invalid-file", "{error:?}");
        assert_eq!(error.place.and_then(|place| place.file).as_deref(), Some("bad.json"));
        let args = json!({ "from": paths(&[&path]), "format": "nonsense", "into": null });
        assert_eq!(place.fails("previewImport", args).await.code, "bad-arguments");
        assert_eq!(files(&place.root()), before);
    });
}

/// A collection with the canary in every place, some of them disabled, kept from elsewhere or escaped.
fn collection() -> String {
    let escaped = CANARY.replace('+', "%2B").replace('/', "%2F");
    json!({
        "info": { "name": "Shop", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
        "auth": { "type": "basic", "basic": [{ "key": "username", "value": "ada" }, { "key": "password", "value": CANARY }] },
        "variable": [{ "key": "api_token", "value": CANARY }, { "key": "host", "value": "https://api.example.com" }],
        "protocolProfileBehavior": { "note": CANARY },
        "item": [{
            "name": "Orders",
            "auth": { "type": "apikey", "apikey": [{ "key": "key", "value": "X-Key" }, { "key": "value", "value": CANARY }] },
            "item": [{
                "name": "Create",
                "event": [{ "listen": "prerequest", "script": { "exec": [format!("const t = '{CANARY}';")] } }],
                "request": {
                    "method": "POST",
                    "header": [
                        { "key": "Authorization", "value": format!("Bearer {CANARY}") },
                        { "key": "X-Api-Key", "value": format!("off-{CANARY}"), "disabled": true },
                    ],
                    "url": { "raw": format!("{{{{host}}}}/orders?access_token={escaped}"), "host": ["{{host}}"], "path": ["orders"],
                        "query": [{ "key": "access_token", "value": escaped }] },
                    "body": { "mode": "raw", "raw": format!("{{\"password\": \"{CANARY}\"}}") },
                },
                "response": [{
                    "name": "OK", "code": 200, "status": "OK",
                    "originalRequest": { "method": "GET", "header": [{ "key": "Authorization", "value": format!("Bearer old-{CANARY}") }], "url": "https://api.example.com" },
                    "header": [{ "key": "Set-Cookie", "value": format!("sid=cookie-{CANARY}; Path=/") }],
                    "body": format!("{{\"echo\": \"{CANARY}\"}}"),
                }],
            }],
        }],
    })
    .to_string()
}

fn environment() -> String {
    json!({
        "name": "Live", "_postman_variable_scope": "environment",
        "values": [
            { "key": "live_token", "value": format!("live-{CANARY}"), "type": "secret", "enabled": true },
            { "key": "base", "value": "https://api.example.com", "enabled": true },
        ],
    })
    .to_string()
}

#[test]
fn no_file_of_an_imported_collection_holds_a_credential() {
    if !without_a_keychain("no_file_of_an_imported_collection_holds_a_credential") {
        return;
    }
    run(async {
        let place = Place::new().await;
        let folder = place.folder.path().join("from");
        std::fs::create_dir(&folder).expect("a folder");
        let (one, two) = (folder.join("shop.json"), folder.join("live.json"));
        std::fs::write(&one, collection()).expect("written");
        std::fs::write(&two, environment()).expect("written");
        // The control: it is found where it is.
        assert_eq!(traces(&folder, CANARY).len(), 2);

        let seen = preview(&place, paths(&[&one, &two])).await;
        assert_eq!(seen["format"], "postman", "{seen}");
        assert_eq!(seen["environments"][0]["name"], "Live");
        assert!(!seen.to_string().contains(CANARY), "{seen}");
        let page =
            json!({ "id": seen["id"], "outcome": null, "node": null, "from": 0, "to": 1000 });
        let lines = place.call("importReceipt", page).await;
        assert!(!lines.to_string().contains(CANARY), "{lines}");
        assert_eq!(lines["total"], lines["lines"].as_array().map_or(0, Vec::len));

        let root = place.folder.path().join("new");
        let done = apply(&place, &seen, json!({ "type": "new", "folder": root, "name": "" })).await;
        assert_eq!(traces(&root, CANARY), Vec::<String>::new(), "{done}");
        let again = preview(&place, paths(&[&one, &two])).await;
        apply(&place, &again, json!({ "type": "here", "folder": "" })).await;
        assert_eq!(traces(&place.root(), CANARY), Vec::<String>::new());
        assert_eq!(traces(&place.folder.path().join("data"), CANARY), Vec::<String>::new());
        place.call("openWorkspace", json!({ "path": root })).await;
        let revealed = place
            .call("revealSecret", json!({ "environment": "Live", "name": "live_token" }))
            .await;
        assert_eq!(revealed["value"], format!("live-{CANARY}"));
        for format in
            ["postman", "insomnia", "opencollection", "curl", "bruno", "har", "http", "k6"]
        {
            let to = place.folder.path().join(format!("out-{format}"));
            let export =
                json!({ "paths": [""], "format": format, "environments": ["Live"], "to": to });
            let written = place.call("export", export).await;
            for file in written["files"].as_array().expect("files") {
                let bytes = std::fs::read(text(file)).expect("a file");
                assert!(!String::from_utf8_lossy(&bytes).contains(CANARY), "{file}");
            }
        }
    });
}

#[test]
fn only_what_was_chosen_is_written() {
    run(async {
        let place = Place::new().await;
        let request = |name: &str| json!({ "name": name, "request": { "method": "GET", "url": "https://api.example.com" } });
        let whole = json!({
            "info": { "name": "Shop", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
            "item": [{ "name": "A", "item": [request("a"), request("b")] }, { "name": "B", "item": [request("c")] }],
        });
        let seen = preview(&place, json!({ "type": "text", "text": whole.to_string() })).await;
        let names: Vec<&str> = seen["nodes"]
            .as_array()
            .expect("nodes")
            .iter()
            .filter_map(|node| node["name"].as_str())
            .collect();
        assert_eq!(names, ["A", "a", "b", "B", "c"]);
        let args = json!({
            "id": seen["id"], "target": { "type": "here", "folder": "" }, "nodes": [2], "environments": [],
            "secrets": [], "link": false,
        });
        let done = place.call("applyImport", args).await;
        assert_eq!(done["receipt"]["requests"], 1);
        let view = place.call("openWorkspace", json!({ "path": place.root() })).await;
        let nodes = view["nodes"].as_array().expect("nodes");
        let there: Vec<&str> = nodes.iter().filter_map(|node| node["name"].as_str()).collect();
        assert!(there.contains(&"A") && there.contains(&"b"), "{there:?}");
        assert!(!there.contains(&"a") && !there.contains(&"B"), "{there:?}");
    });
}
