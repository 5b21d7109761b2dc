//! What refers to other things of its file: long chains, circles, fans, and many of one name.

use errand_interop::{Format, Source};
use serde_json::{Value, json};

use super::MANY;

fn each(text: impl Fn(usize) -> Value) -> Value {
    (0..MANY).map(text).collect()
}

/// The one before, and for the first one of a circle the last.
fn before(n: usize, circle: bool) -> String {
    match n {
        0 if circle => format!("f{}", MANY - 1),
        0 => String::new(),
        n => format!("f{}", n - 1),
    }
}

/// Format, name, source.
pub fn all() -> Vec<(Format, String, Source)> {
    let mut all = Vec::new();
    for circle in [false, true] {
        let kind = if circle { "a circle" } else { "a chain" };
        for (format, name, text) in [
            (Format::Postman, "folders of Postman 1", postman_1(circle).to_string()),
            (Format::Insomnia, "folders of Insomnia", insomnia(circle).to_string()),
            (Format::Yaak, "folders of Yaak", yaak(circle).to_string()),
            (Format::Thunder, "folders of Thunder", thunder(circle).to_string()),
            (Format::OpenApi, "references of OpenAPI", references(circle).to_string()),
            (Format::OpenApi, "parts of all of OpenAPI", all_of(circle).to_string()),
            (Format::OpenApi, "properties of OpenAPI", properties(circle).to_string()),
            (Format::GraphQl, "inputs of GraphQL", graphql(circle)),
            (Format::Proto, "messages of .proto", proto(circle)),
            (Format::Wsdl, "types of WSDL", wsdl(circle)),
            (Format::Http, "names of .http", http(circle)),
            (Format::Http, "variables of .http", variables(circle)),
        ] {
            all.push((format, format!("{kind} of {name}"), Source::text(text)));
        }
        all.push((Format::OpenApi, format!("{kind} of files of OpenAPI"), files(circle)));
    }
    all.push((Format::OpenApi, "a fan of OpenAPI".to_owned(), Source::text(fan().to_string())));
    all.push((Format::Bruno, "folders of Bruno".to_owned(), bruno()));
    for (format, name, text) in [
        (Format::Postman, "Postman", same(Format::Postman)),
        (Format::Insomnia, "Insomnia", same(Format::Insomnia)),
        (Format::Hoppscotch, "Hoppscotch", same(Format::Hoppscotch)),
        (Format::Thunder, "Thunder", same(Format::Thunder)),
        (Format::Yaak, "Yaak", same(Format::Yaak)),
        (Format::Bruno, "Bruno", same(Format::Bruno)),
        (Format::Har, "HAR", same(Format::Har)),
        (Format::OpenApi, "OpenAPI", same(Format::OpenApi)),
    ] {
        all.push((format, format!("many of one name in {name}"), Source::text(text.to_string())));
    }
    all.push((
        Format::Http,
        "many of one name in .http".to_owned(),
        Source::text(
            "### a\n# @name a\nGET https://a\nA: {{a.response.body.b}}\n\n".repeat(MANY / 10),
        ),
    ));
    all.push((
        Format::Hurl,
        "many of one name in Hurl".to_owned(),
        Source::text(
            "GET https://a\nHTTP 200\n[Captures]\na: jsonpath \"$.a\"\n\n".repeat(MANY / 10),
        ),
    ));
    all.push((
        Format::Curl,
        "many commands".to_owned(),
        Source::text("curl https://a\n".repeat(MANY / 10)),
    ));
    all.push((
        Format::Curl,
        "many headers of curl".to_owned(),
        Source::text(format!("curl https://a {}", "-H 'A: b' ".repeat(MANY / 10))),
    ));
    all
}

fn postman_1(circle: bool) -> Value {
    let folders = each(
        |n| json!({"id": format!("f{n}"), "name": "f", "order": [], "folders_order": [before(n, circle)]}),
    );
    json!({"id": "c", "name": "c", "order": [], "timestamp": 1, "folders": folders, "folders_order": [format!("f{}", MANY - 1)],
        "requests": [{"id": "r", "name": "r", "url": "https://a", "method": "GET", "collectionId": "c"}]})
}

fn insomnia(circle: bool) -> Value {
    json!({"_type": "export", "__export_format": 4, "resources":
        each(|n| json!({"_id": format!("f{n}"), "_type": "request_group", "parentId": before(n, circle), "name": "f"}))})
}

fn yaak(circle: bool) -> Value {
    json!({"yaakSchema": 4, "resources": {"workspaces": [{"id": "w"}],
        "folders": each(|n| json!({"id": format!("f{n}"), "workspaceId": "w", "folderId": before(n, circle), "name": "f"}))}})
}

fn thunder(circle: bool) -> Value {
    json!({"clientName": "Thunder Client", "collectionName": "c", "collectionId": "c", "requests": [],
        "folders": each(|n| json!({"_id": format!("f{n}"), "name": "f", "containerId": before(n, circle)}))})
}

fn openapi(schemas: &Value) -> Value {
    json!({"openapi": "3.0.0", "info": {"title": "a", "version": "1"}, "components": {"schemas": schemas},
        "paths": {"/a": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/f{}", MANY - 1)}}}},
        "responses": {"200": {"description": "a"}}}}}})
}

/// Schemas by name, each made from a reference to the one before.
fn schemas(circle: bool, of: impl Fn(Value) -> Value) -> Value {
    let one = |n: usize| {
        let name = before(n, circle);
        let inner = if name.is_empty() {
            json!({"type": "string"})
        } else {
            of(json!({"$ref": format!("#/components/schemas/{name}")}))
        };
        (format!("f{n}"), inner)
    };
    openapi(&(0..MANY).map(one).collect::<serde_json::Map<_, _>>().into())
}

fn references(circle: bool) -> Value {
    schemas(circle, |reference| reference)
}

fn all_of(circle: bool) -> Value {
    schemas(circle, |reference| json!({"allOf": [reference, reference]}))
}

fn properties(circle: bool) -> Value {
    schemas(
        circle,
        |reference| json!({"type": "object", "properties": {"a": reference, "b": {"type": "array", "items": reference}}}),
    )
}

/// Ten of each in each.
fn fan() -> Value {
    let mut schemas = serde_json::Map::new();
    for n in 0..MANY {
        let fields = (0..10).map(|m| {
            (
                format!("p{m}"),
                json!({"$ref": format!("#/components/schemas/f{}", n.saturating_sub(1 + m))}),
            )
        });
        let fields: serde_json::Map<_, _> = fields.collect();
        schemas.insert(
            format!("f{n}"),
            json!({"type": "object", "required": ["p1"], "properties": fields}),
        );
    }
    openapi(&schemas.into())
}

/// A file for each schema.
fn files(circle: bool) -> Source {
    let count = MANY.min(4_000);
    let main = json!({"openapi": "3.0.0", "info": {"title": "a", "version": "1"}, "paths": {"/a": {"post": {"requestBody":
        {"content": {"application/json": {"schema": {"$ref": format!("f{}.json", count - 1)}}}}, "responses": {}}}}});
    let mut source = Source::file("openapi.json", main.to_string().into_bytes());
    for n in 0..count {
        let before = if n == 0 { count - 1 } else { n - 1 };
        let inner = if n == 0 && !circle {
            json!({"type": "string"})
        } else {
            json!({"$ref": format!("f{before}.json")})
        };
        source = source.with(format!("f{n}.json"), inner.to_string().into_bytes());
    }
    source
}

fn name(n: usize, circle: bool) -> Option<String> {
    Some(before(n, circle)).filter(|name| !name.is_empty())
}

fn graphql(circle: bool) -> String {
    let input = |n: usize| {
        let inner = name(n, circle).unwrap_or("Int".to_owned());
        format!("input f{n} {{ a: {inner} b: {inner}! c: [{inner}!]! }}\n")
    };
    let inputs: String = (0..MANY).map(input).collect();
    format!("{inputs}type Query {{ a(x: f{}): String }}\n", MANY - 1)
}

fn proto(circle: bool) -> String {
    let message = |n: usize| {
        let inner = name(n, circle).unwrap_or("string".to_owned());
        format!("message f{n} {{ {inner} a = 1; repeated {inner} b = 2; }}\n")
    };
    let messages: String = (0..MANY / 10).map(message).collect();
    let last = MANY / 10 - 1;
    let messages = messages.replace(&format!("f{} a", MANY - 1), &format!("f{last} a"));
    let messages = messages.replace(&format!("f{} b", MANY - 1), &format!("f{last} b"));
    format!("syntax = \"proto3\";\n{messages}service S {{ rpc M(f{last}) returns (f{last}); }}\n")
}

fn wsdl(circle: bool) -> String {
    let of = |n: usize| {
        let inner = name(n, circle).map_or("xs:string".to_owned(), |name| format!("t:{name}"));
        format!(
            "<xs:complexType name=\"f{n}\"><xs:sequence><xs:element name=\"a\" type=\"{inner}\"/><xs:element name=\"b\" type=\"{inner}\"/></xs:sequence></xs:complexType>"
        )
    };
    let types: String = (0..MANY / 2).map(of).collect();
    let last = MANY / 2 - 1;
    let types = types.replace(&format!("t:f{}\"", MANY - 1), &format!("t:f{last}\""));
    format!(
        r#"<definitions name="A" targetNamespace="urn:t" xmlns:t="urn:t" xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<types><xs:schema targetNamespace="urn:t">{types}<xs:element name="In" type="t:f{last}"/></xs:schema></types><message name="In"><part name="p" element="t:In"/></message>
<portType name="P"><operation name="Op"><input message="t:In"/></operation></portType>
<binding name="B" type="t:P"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/><operation name="Op"><soap:operation soapAction="urn:op"/><input><soap:body use="literal"/></input></operation></binding>
<service name="S"><port name="P" binding="t:B"><soap:address location="https://a/"/></port></service></definitions>"#
    )
}

/// Each request takes a value of the one before.
fn http(circle: bool) -> String {
    let request = |n: usize| {
        let header = name(n, circle)
            .map_or(String::new(), |name| format!("A: {{{{{name}.response.body.$.a}}}}\n"));
        format!("### r{n}\n# @name f{n}\nGET https://a\n{header}\n")
    };
    (0..MANY).map(request).collect()
}

/// Each variable is made from the one before.
fn variables(circle: bool) -> String {
    let variable = |n: usize| {
        let value =
            name(n, circle).map_or("1".to_owned(), |name| format!("{{{{{name}}}}}{{{{{name}}}}}"));
        format!("@f{n} = {value}\n")
    };
    let variables: String = (0..MANY).map(variable).collect();
    format!("{variables}\n### a\nGET https://a/{{{{f{}}}}}\n", MANY - 1)
}

/// A file below many folders, and many folders with a file each.
fn bruno() -> Source {
    let bru = b"meta {\n  name: a\n  type: http\n}\n\nget {\n  url: https://a\n}\n".to_vec();
    let mut source = Source::file(
        "bruno.json",
        br#"{"version": "1", "name": "a", "type": "collection"}"#.to_vec(),
    );
    source = source.with(format!("{}a.bru", "f/".repeat(MANY)), bru.clone());
    for n in 0..MANY / 100 {
        source = source.with(format!("{}a{n}.bru", "g/".repeat(n % 200)), bru.clone());
        source = source.with(format!("h{n}/folder.bru"), b"meta {\n  name: same\n}\n".to_vec());
    }
    source
}

/// Requests, folders and variables that are all called the same.
fn same(format: Format) -> Value {
    let count = |one: Value| Value::Array(vec![one; MANY / 4]);
    match format {
        Format::Postman => {
            json!({"info": {"name": "a", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
            "variable": count(json!({"key": "a", "value": "b"})),
            "item": count(json!({"id": "a", "name": "a", "request": {"url": "https://a", "method": "GET"}}))})
        }
        Format::Insomnia => json!({"_type": "export", "__export_format": 4, "resources":
            count(json!({"_id": "a", "_type": "request", "parentId": "w", "name": "a", "url": "https://a", "method": "GET"}))}),
        Format::Hoppscotch => json!({"v": 2, "name": "a", "folders": [], "requests":
            count(json!({"v": "5", "name": "a", "method": "GET", "endpoint": "https://a", "params": [], "headers": []}))}),
        Format::Thunder => {
            json!({"clientName": "Thunder Client", "collectionName": "c", "collectionId": "c",
            "folders": count(json!({"_id": "f", "name": "f", "containerId": ""})),
            "requests": count(json!({"_id": "r", "colId": "c", "containerId": "f", "name": "r", "url": "https://a", "method": "GET"}))})
        }
        Format::Yaak => {
            json!({"yaakSchema": 4, "resources": {"workspaces": [{"id": "w", "name": "w"}],
            "environments": count(json!({"id": "e", "workspaceId": "w", "name": "e", "variables": []})),
            "httpRequests": count(json!({"id": "r", "workspaceId": "w", "name": "r", "url": "https://a", "method": "GET"}))}})
        }
        Format::Bruno => json!({"name": "a", "version": "1", "brunoConfig": {"name": "a"},
            "environments": count(json!({"name": "e", "variables": []})),
            "items": count(json!({"type": "http", "name": "a", "request": {"url": "https://a", "method": "GET"}}))}),
        Format::Har => json!({"log": {"version": "1.2", "creator": {}, "entries":
            count(json!({"request": {"method": "GET", "url": "https://a", "headers": []}, "response": {"status": 200, "headers": [], "content": {}}}))}}),
        _ => {
            let path = |n: usize| {
                (
                    format!("/a/{{b{n}}}"),
                    json!({"get": {"operationId": "same", "summary": "same", "tags": ["same"], "responses": {}}}),
                )
            };
            let paths: serde_json::Map<_, _> = (0..MANY / 4).map(path).collect();
            json!({"openapi": "3.0.0", "info": {"title": "a", "version": "1"}, "paths": paths})
        }
    }
}
