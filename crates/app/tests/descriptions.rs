//! A workspace that stays linked with its `OpenAPI` description, and answers checked against it.
#![allow(clippy::expect_used, missing_docs, reason = "a test")]

mod common;

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
        let ask = json!({ "from": from, "format": null, "into": null });
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
