//! A workspace that stays linked with its `OpenAPI` description, and answers checked against it.
#![allow(clippy::expect_used, missing_docs, reason = "a test")]

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use common::{Place, Server, text};
use serde_json::{Value, json};

fn run(test: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime").block_on(test);
}

fn description(server: &str, paths: &Value) -> String {
    json!({ "openapi": "3.1.0", "info": { "title": "Shop", "version": "1" }, "servers": [{ "url": server }], "paths": paths }).to_string()
}

fn operation(id: &str, parameters: &Value) -> Value {
    json!({
        "operationId": id, "summary": id, "parameters": parameters,
        "responses": { "200": { "description": "ok", "content": { "application/json": { "schema": {
            "type": "object", "required": ["id"], "properties": { "id": { "type": "integer" } },
        } } } } },
    })
}

fn saying(body: &'static str) -> Server {
    Server::saying(format!(
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    ))
}

#[test]
fn a_newer_description_is_taken_over_without_losing_edits() {
    run(async {
        let place = Place::new().await;
        let server = saying("{\"id\": \"no number\"}");
        let base = server.url("");
        let path = place.folder.path().join("api.json");
        let old = json!({
            "/kept": { "get": operation("kept", &json!([])) },
            "/gone": { "get": operation("gone", &json!([])) },
        });
        std::fs::write(&path, description(&base, &old)).expect("written");
        let from = json!({ "type": "paths", "paths": [path] });
        let ask = json!({ "from": from, "format": null });
        let seen = place.call("previewImport", ask.clone()).await;
        assert_eq!(seen["linkable"], true, "{seen}");
        assert_eq!(seen["linked"], Value::Null);
        let args = json!({
            "id": seen["id"], "target": { "type": "here", "folder": "" }, "nodes": null, "environments": null,
            "secrets": [], "link": true,
        });
        let done = place.call("applyImport", args).await;
        let linked = text(&place.call("previewImport", ask).await["linked"]);

        let view = place.call("openWorkspace", json!({ "path": place.root() })).await;
        let nodes = view["nodes"].as_array().expect("nodes");
        let kept = nodes
            .iter()
            .find(|node| node["name"] == "kept" && node["kind"] == "request")
            .unwrap_or_else(|| panic!("{done} {view}"));
        let kept = text(&kept["path"]);
        let read = place.call("readRequest", json!({ "path": kept })).await;
        let mut request = read["request"].clone();
        request["headers"] = json!([{ "name": "X-Mine", "value": "1" }]);
        let save = json!({ "path": kept, "request": request, "baseRevision": read["revision"], "force": false, "tab": null });
        place.call("saveRequest", save).await;

        let new = json!({
            "/kept": { "get": operation("kept", &json!([{ "name": "limit", "in": "query", "schema": { "type": "integer" } }])) },
            "/new": { "get": operation("new", &json!([])) },
        });
        std::fs::write(&path, description(&base, &new)).expect("written");
        let difference =
            place.call("openApiDifference", json!({ "folder": linked, "from": null })).await;
        assert_eq!(difference["added"][0]["name"], "new", "{difference}");
        assert_eq!(difference["changed"][0]["path"], kept, "{difference}");
        assert_eq!(difference["changed"][0]["edited"], true, "{difference}");
        assert_eq!(difference["gone"][0]["name"], "gone", "{difference}");
        place
            .call("applyApiDifference", json!({ "id": difference["id"], "changes": [0, 1, 2] }))
            .await;

        let read = place.call("readRequest", json!({ "path": kept })).await;
        assert!(read["request"]["headers"].to_string().contains("X-Mine"), "{read}");
        assert!(read["request"]["params"].to_string().contains("limit"), "{read}");
        let view = place.call("openWorkspace", json!({ "path": place.root() })).await;
        let names: Vec<&str> = view["nodes"]
            .as_array()
            .expect("nodes")
            .iter()
            .filter(|node| node["kind"] == "request")
            .filter_map(|node| node["name"].as_str())
            .collect();
        assert!(names.contains(&"new") && !names.contains(&"gone"), "{names:?}");
        let after =
            place.call("openApiDifference", json!({ "folder": linked, "from": null })).await;
        assert_eq!(
            (&after["added"], &after["changed"], &after["gone"]),
            (&json!([]), &json!([]), &json!([]))
        );

        // The answer has a text where the schema has a number.
        let mut request = read["request"].clone();
        request["url"] = json!(server.url("/kept"));
        request["params"] = json!([]);
        let exchange =
            place.call("send", json!({ "exchange": "1", "path": kept, "request": request })).await;
        assert_eq!(exchange["schema"]["ok"], false, "{exchange}");
        assert_eq!(exchange["schema"]["violations"][0]["path"], "/id", "{exchange}");
        let other = place.send(common::request("GET", &server.url("/"))).await;
        assert_eq!(other["schema"], Value::Null);
    });
}

#[test]
fn what_only_a_workspace_names_is_not_fetched() {
    run(async {
        let place = Place::new().await;
        let server = saying("{}");
        let file = place.root().join("opencollection.yml");
        let before = std::fs::read_to_string(&file).expect("a file");
        let more = format!("extensions:\n  openapi:\n    source: {}\n", server.url("/secret"));
        std::fs::write(&file, format!("{before}{more}")).expect("written");
        let error = place.fails("openApiDifference", json!({ "folder": "", "from": null })).await;
        assert_eq!(error.code, "not-approved", "{error:?}");
        assert!(server.requests().is_empty());
    });
}

/// Imports a description and gives the folder that is linked with it.
async fn linked(place: &Place, file: &Path, target: &Value) -> Value {
    let from = json!({ "type": "paths", "paths": [file] });
    let seen = place.call("previewImport", json!({ "from": from, "format": null })).await;
    let args = json!({
        "id": seen["id"], "target": target, "nodes": null, "environments": null,
        "secrets": [], "link": true,
    });
    let done = place.call("applyImport", args).await;
    place.call("dropImport", json!({ "id": seen["id"] })).await;
    done
}

async fn differs(place: &Place, folder: &str) -> Value {
    place.call("openApiDifference", json!({ "folder": folder, "from": null })).await
}

fn is_empty(difference: &Value) -> bool {
    ["added", "changed", "gone"].iter().all(|group| difference[group] == json!([]))
}

/// Requests of the open workspace by their names.
async fn requests(place: &Place, root: &Path) -> BTreeMap<String, String> {
    let view = place.call("openWorkspace", json!({ "path": root })).await;
    let nodes = view["nodes"].as_array().expect("nodes");
    let requests = nodes.iter().filter(|node| node["kind"] == "request");
    requests.map(|node| (text(&node["name"]), text(&node["path"]))).collect()
}

#[test]
fn what_was_just_imported_does_not_differ() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/openapi");
    if !corpus.is_dir() {
        println!("SKIPPED: there is no corpus beside this repository");
        return;
    }
    run(async {
        let place = Place::new().await;
        let mut tried = 0;
        for file in some_of(&corpus) {
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let root = place.folder.path().join(format!("new-{tried}"));
            let done =
                linked(&place, &file, &json!({ "type": "new", "folder": root, "name": "" })).await;
            assert_eq!(done["workspace"], json!(root), "{name}");
            place.call("openWorkspace", json!({ "path": root })).await;
            let difference = differs(&place, "").await;
            assert!(is_empty(&difference), "{name}: {difference:#}");
            tried += 1;
        }
        assert!(tried >= 20, "{tried}");
    });
}

/// Descriptions of a size that is sensible here, one of each few.
fn some_of(corpus: &Path) -> Vec<PathBuf> {
    let sensible = |file: &PathBuf| {
        let bytes = std::fs::read(file).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let start: String = text.chars().take(2000).collect();
        bytes.len() < 1_500_000
            && (start.contains("openapi") || start.contains("swagger"))
            && text.contains("paths")
            && !text.contains("$ref: http")
            && !text.contains("$ref\": \"http")
    };
    let all = common::files(corpus).into_iter().filter(|file| {
        let extension = file.extension().unwrap_or_default();
        ["json", "yaml", "yml"].iter().any(|known| extension == *known)
    });
    let readable = |file: &PathBuf| {
        let bytes = std::fs::read(file).unwrap_or_default();
        let source = errand_interop::Source::file("x", bytes);
        errand_interop::recognise(&source) == Some(errand_interop::Format::OpenApi)
            && errand_interop::import(&source, None).is_ok()
    };
    all.filter(sensible).filter(readable).take(60).collect()
}

#[test]
fn a_workspace_that_is_linked_as_a_whole_is_renewed() {
    run(async {
        let place = Place::new().await;
        let file = place.folder.path().join("api.json");
        let paths = json!({ "/kept": { "get": operation("kept", &json!([])) } });
        std::fs::write(&file, description("http://127.0.0.1:1", &paths)).expect("written");
        let root = place.folder.path().join("shop");
        linked(&place, &file, &json!({ "type": "new", "folder": root, "name": "" })).await;
        let kept = requests(&place, &root).await["kept"].clone();
        let before = place.call("readRequest", json!({ "path": kept })).await;
        let limit = json!([{ "name": "limit", "in": "query", "schema": { "type": "integer" } }]);
        let paths = json!({
            "/kept": { "get": operation("kept", &limit) },
            "/new": { "get": operation("new", &json!([])) },
        });
        std::fs::write(&file, description("http://127.0.0.1:1", &paths)).expect("written");
        let difference = differs(&place, "").await;
        assert_eq!(difference["changed"][0]["path"], json!(kept), "{difference}");
        assert_eq!(difference["changed"][0]["edited"], false, "{difference}");
        place
            .call("applyApiDifference", json!({ "id": difference["id"], "changes": [0, 1] }))
            .await;
        let after = place.call("readRequest", json!({ "path": kept })).await;
        assert_ne!(before["revision"], after["revision"]);
        assert!(requests(&place, &root).await.contains_key("new"));
        let again = differs(&place, "").await;
        assert!(is_empty(&again), "{again:#}");
        // A part is taken over: the rest is still there the next time.
        let paths = json!({
            "/kept": { "get": operation("kept", &json!([])) },
            "/more": { "get": operation("more", &json!([])) },
        });
        std::fs::write(&file, description("http://127.0.0.1:1", &paths)).expect("written");
        let difference = differs(&place, "").await;
        let added = difference["added"][0]["id"].clone();
        place
            .call("applyApiDifference", json!({ "id": difference["id"], "changes": [added] }))
            .await;
        let left = differs(&place, "").await;
        assert_eq!(left["added"], json!([]), "{left:#}");
        assert_eq!(left["gone"][0]["name"], "new", "{left:#}");
    });
}

#[test]
fn no_path_of_this_machine_is_in_a_file_of_the_workspace() {
    run(async {
        let place = Place::new().await;
        let base = std::fs::canonicalize(place.folder.path()).expect("a folder");
        let paths = json!({ "/kept": { "get": operation("kept", &json!([])) } });
        let text_of = description("http://127.0.0.1:1", &paths);
        let inside = place.root().join("specs");
        let far = base.join("far/away");
        for folder in [&inside, &far] {
            std::fs::create_dir_all(folder).expect("made");
            std::fs::write(folder.join("api.json"), &text_of).expect("written");
        }
        std::fs::write(base.join("api.json"), &text_of).expect("written");
        let mut folders = Vec::new();
        for (file, said) in [
            (inside.join("api.json"), "./specs/api.json"),
            (base.join("api.json"), "../api.json"),
            (far.join("api.json"), "source: api.json"),
        ] {
            let done = linked(&place, &file, &json!({ "type": "here", "folder": "" })).await;
            let folder = text(&done["paths"][0]);
            let yaml = std::fs::read_to_string(place.root().join(&folder).join("folder.yml"));
            assert!(yaml.expect("a folder").contains(said), "{said}");
            folders.push(folder);
        }
        let machine = base.to_str().expect("text").as_bytes();
        for file in common::files(&place.root()) {
            let bytes = std::fs::read(&file).expect("a file");
            assert!(
                !bytes.windows(machine.len()).any(|part| part == machine),
                "{}",
                file.display()
            );
        }
        for folder in &folders {
            assert!(is_empty(&differs(&place, folder).await), "{folder}");
        }
        // The same description is known again, wherever it is said to be.
        let from = json!({ "type": "paths", "paths": [far.join("api.json")] });
        let seen = place.call("previewImport", json!({ "from": from, "format": null })).await;
        assert_eq!(seen["linked"], json!(folders[2]), "{seen}");
        // Somebody else has the workspace and not this machine's files.
        let other = common::Place::new().await;
        let copy = other.folder.path().join("clone");
        for file in common::files(&place.root()) {
            let to = copy.join(file.strip_prefix(place.root()).expect("below"));
            std::fs::create_dir_all(to.parent().expect("a folder")).expect("made");
            std::fs::copy(&file, to).expect("copied");
        }
        other.call("openWorkspace", json!({ "path": copy })).await;
        assert!(is_empty(&differs(&other, &folders[0]).await));
        let args = |folder: &str| json!({ "folder": folder, "from": null });
        let beside = other.fails("openApiDifference", args(&folders[1])).await;
        assert_eq!(beside.code, "not-approved", "{beside:?}");
        let far = other.fails("openApiDifference", args(&folders[2])).await;
        assert_eq!(far.code, "no-description", "{far:?}");
        assert!(far.message.contains("api.json"), "{far:?}");
    });
}

/// Everything that people change of a request stays when its operation changes.
#[test]
fn every_kind_of_edit_survives_a_newer_description() {
    run(async {
        let place = Place::new().await;
        let file = place.folder.path().join("api.json");
        let operation = |more: Value, field: &str| {
            let mut parameters = vec![
                json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }),
                json!({ "name": "page", "in": "query", "schema": { "type": "integer", "example": 1 } }),
                json!({ "name": "X-Trace", "in": "header", "schema": { "type": "string", "example": "a" } }),
            ];
            parameters.extend(more.as_array().expect("a list").iter().cloned());
            let schema = json!({ "type": "object", "properties": { field: { "type": "string", "example": "x" } } });
            json!({ "/orders/{id}": { "put": {
                "operationId": "order", "summary": "Change an order", "description": "As described.",
                "parameters": parameters,
                "requestBody": { "content": { "application/json": { "schema": schema } } },
                "responses": { "200": { "description": "ok" } },
            } } })
        };
        std::fs::write(&file, description("http://127.0.0.1:1", &operation(json!([]), "name")))
            .expect("written");
        let root = place.folder.path().join("shop");
        linked(&place, &file, &json!({ "type": "new", "folder": root, "name": "" })).await;
        let found = requests(&place, &root).await;
        let path = found["Change an order"].clone();
        let read = place.call("readRequest", json!({ "path": path })).await;
        let mut request = read["request"].clone();
        request["docs"] = json!("My own words.");
        for param in request["params"].as_array_mut().expect("params") {
            match param["name"].as_str() {
                Some("id") => param["value"] = json!("{{order}}"),
                Some("page") => {
                    param["value"] = json!("7");
                    param["enabled"] = json!(true);
                }
                _ => {}
            }
        }
        let params = request["params"].as_array_mut().expect("params");
        let mut mine = params.last().expect("a row").clone();
        (mine["name"], mine["value"]) = (json!("mine"), json!("1"));
        mine["kind"] = json!("query");
        params.push(mine);
        for header in request["headers"].as_array_mut().expect("headers") {
            if header["name"] == "X-Trace" {
                header["value"] = json!("{{trace}}");
            }
        }
        let headers = request["headers"].as_array_mut().expect("headers");
        headers.push(json!({ "name": "X-Mine", "value": "1", "enabled": true, "description": "" }));
        request["body"] =
            json!({ "type": "raw", "language": "json", "text": "{\"name\": \"edited\"}" });
        request["checks"] = json!([{ "expression": "res.status", "operator": "eq", "value": "200", "description": "", "enabled": true }]);
        let save = json!({ "path": path, "request": request, "baseRevision": read["revision"], "force": false, "tab": null });
        place.call("saveRequest", save).await;
        let moved = place.call("rename", json!({ "path": path, "name": "Mine now" })).await;
        let path = text(&moved["paths"][0][1]);

        let more = json!([
            { "name": "limit", "in": "query", "schema": { "type": "integer", "example": 10 } },
            { "name": "X-New", "in": "header", "required": true, "schema": { "type": "string", "example": "n" } },
        ]);
        std::fs::write(&file, description("http://127.0.0.1:1", &operation(more, "title")))
            .expect("written");
        let difference = differs(&place, "").await;
        assert_eq!(difference["changed"][0]["edited"], true, "{difference:#}");
        assert_eq!(difference["changed"][0]["path"], json!(path), "{difference:#}");
        place.call("applyApiDifference", json!({ "id": difference["id"], "changes": [0] })).await;

        let after = place.call("readRequest", json!({ "path": path })).await["request"].clone();
        let of = |list: &str, name: &str| {
            let rows = after[list].as_array().expect("rows");
            let row = rows.iter().find(|row| row["name"] == name);
            row.unwrap_or_else(|| panic!("no {name}: {after:#}"))["value"].clone()
        };
        assert_eq!(after["name"], "Mine now");
        assert_eq!(after["docs"], "My own words.");
        assert_eq!(of("params", "id"), "{{order}}");
        assert_eq!(of("params", "page"), "7");
        assert_eq!(of("params", "mine"), "1");
        assert_eq!(of("headers", "X-Trace"), "{{trace}}");
        assert_eq!(of("headers", "X-Mine"), "1");
        // What is new in the body comes beside what was typed.
        let body: Value = serde_json::from_str(&text(&after["body"]["text"])).expect("JSON");
        assert_eq!(body, json!({ "name": "edited", "title": "x" }));
        assert_eq!(after["checks"], request["checks"]);
        // And what is new came.
        of("params", "limit");
        of("headers", "X-New");
        assert!(is_empty(&differs(&place, "").await));
    });
}
