//! What people bring along.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;

/// A Postman collection: two folders, four requests, two credentials, something converted and something that
/// cannot be carried.
pub fn postman(base: &str, token: &str, password: &str) -> Value {
    let request = |name: &str, method: &str, path: &str| json!({"name": name, "request": {"method": method, "url": format!("{{{{base}}}}{path}")}});
    let mut graphql = request("Ask", "POST", "/graphql");
    graphql["request"]["body"] =
        json!({"mode": "graphql", "graphql": {"query": "{ orders { id } }", "variables": ""}});
    let mut basic = request("Close shop", "DELETE", "/shop");
    basic["request"]["auth"] = json!({"type": "basic", "basic": [
        {"key": "username", "value": "ada"}, {"key": "password", "value": password},
    ]});
    let mut unknown = request("Chat", "GET", "/chat");
    unknown["request"]["auth"] = json!({"type": "frob", "frob": []});
    json!({
        "info": {
            "name": "Shop",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "auth": {"type": "bearer", "bearer": [{"key": "token", "value": token}]},
        "variable": [{"key": "base", "value": base}],
        "item": [
            {"name": "Orders", "item": [request("List orders", "GET", "/orders?limit=2"), graphql]},
            {"name": "Admin", "item": [basic, unknown]},
        ],
    })
}

/// An environment as Postman exports it, with a secret variable.
pub fn postman_environment(name: &str, secret: &str) -> Value {
    json!({
        "name": name,
        "values": [
            {"key": "stage", "value": "test", "enabled": true},
            {"key": "door_code", "value": secret, "type": "secret", "enabled": true},
        ],
        "_postman_variable_scope": "environment",
    })
}

/// An archive with those files.
pub fn zip(path: &Path, files: &[(&str, String)]) {
    let written = || -> Result<(), Box<dyn std::error::Error>> {
        let mut archive = zip::ZipWriter::new(File::create(path)?);
        for (name, text) in files {
            archive.start_file(*name, SimpleFileOptions::default())?;
            archive.write_all(text.as_bytes())?;
        }
        archive.finish()?;
        Ok(())
    };
    written().unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
}

/// The files of a Bruno collection.
pub fn bruno(base: &str) -> [(&'static str, String); 3] {
    [
        ("bruno.json", json!({"version": "1", "name": "Pets", "type": "collection"}).to_string()),
        (
            "List pets.bru",
            format!(
                "meta {{\n  name: List pets\n  type: http\n  seq: 1\n}}\n\nget {{\n  url: {base}/pets\n}}\n"
            ),
        ),
        (
            "Dogs/Walk.bru",
            format!(
                "meta {{\n  name: Walk\n  type: http\n  seq: 1\n}}\n\npost {{\n  url: {base}/walk\n}}\n"
            ),
        ),
    ]
}

/// A description whose schema is at another host.
pub fn openapi(base: &str, schema: &str) -> String {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Tea house", "version": "1"},
        "servers": [{"url": base}],
        "paths": {"/teas": {"post": {
            "operationId": "brew", "summary": "Brew",
            "requestBody": {"content": {"application/json": {"schema": {"$ref": schema}}}},
            "responses": {"200": {"description": "ok"}},
        }}},
    })
    .to_string()
}
