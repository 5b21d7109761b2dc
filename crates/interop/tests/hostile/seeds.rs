//! A text of each format with holes, and what is put into them.

use errand_interop::{Format, Source};
use serde_json::json;

/// Where a payload goes.
const HOLE: &str = "@@";

/// Format, name, text, and whether its holes are in quotes of JSON.
pub const ALL: &[(Format, &str, &str, bool)] = &[
    (Format::Postman, "Postman 2.1", POSTMAN, true),
    (Format::Postman, "Postman 1", POSTMAN_1, true),
    (Format::Postman, "Postman environment", POSTMAN_ENVIRONMENT, true),
    (Format::Insomnia, "Insomnia 4", INSOMNIA_4, true),
    (Format::Insomnia, "Insomnia 5", INSOMNIA_5, true),
    (Format::Har, "HAR", HAR, true),
    (Format::OpenApi, "OpenAPI", OPENAPI, true),
    (Format::OpenApi, "Swagger", SWAGGER, true),
    (Format::Hoppscotch, "Hoppscotch", HOPPSCOTCH, true),
    (Format::Thunder, "Thunder", THUNDER, true),
    (Format::Yaak, "Yaak", YAAK, true),
    (Format::Bruno, "Bruno as JSON", BRUNO, true),
    (Format::Bruno, ".bru", BRU, false),
    (Format::Wsdl, "WSDL", WSDL, false),
    (Format::Curl, "curl in quotes", "curl 'https://a/@@' -H 'A: @@' -d '@@'", false),
    (
        Format::Curl,
        "curl in double quotes",
        "curl \"https://a/@@\" -H \"A: @@\" -F \"a=@@\"",
        false,
    ),
    (Format::Curl, "curl in ANSI quotes", "curl $'https://a/@@' --data-raw $'@@'", false),
    (Format::Curl, "curl", "curl https://a -b a @@", false),
    (Format::Curl, "curl of cmd", "curl ^\"https://a^\" ^\n -d ^\"@@^\"", false),
    (
        Format::Hurl,
        "Hurl",
        "GET https://a\nA: @@\n{\"a\": \"@@\"}\nHTTP 200\n[Asserts]\njsonpath \"$.a\" == \"@@\"\n",
        false,
    ),
    (Format::Hurl, "Hurl's address", "GET https://a/@@\nHTTP 200\n", false),
    (
        Format::Http,
        ".http",
        "### a\n# @name a\n@b = @@\nPOST https://a/@@\nA: @@\n\n@@\n\n> {%\n@@\n%}\n",
        false,
    ),
    (
        Format::Http,
        "multipart of .http",
        "### a\nPOST https://a\nContent-Type: multipart/form-data; boundary=b\n\n--b\nContent-Disposition: form-data; name=\"@@\"\n\n@@\n--b--\n",
        false,
    ),
    (
        Format::Proto,
        ".proto",
        "syntax = \"proto3\";\n// @@\nmessage A { string a = 1; }\nservice S { rpc M(A) returns (A); }\n",
        false,
    ),
    (
        Format::GraphQl,
        "GraphQL",
        "\"\"\"@@\"\"\"\ntype Query { \"\"\"@@\"\"\" a: String }\n",
        false,
    ),
];

/// What starts something, escapes or separates in one format or another.
pub fn payloads() -> impl Iterator<Item = &'static str> {
    [
        "{{", "}}", "{{a}}", "{{$a(", "{{a ", "{", "[", "(", "<", "<<", "<<a", "${[", "${[ a(",
        "{% ", "{% a '", "{{ _.", "%7B", "%", "&", "?", "#", ":", "/:a", "=", "'", "\"", "\\", "`",
        "$(", "$", "\n", "\r", "\n\n", "\n--b", "###\n", "/*", "*/", "//", "--", "a\n", "a=b&",
        "a,", "|", "(a+)+", "[a-z]{9}", "é", "\u{feff}", "../", ";", "~1", "> {%\n", "< a\n",
        "'''\n", "}\n", "^", "@", "\u{0}",
    ]
    .into_iter()
}

/// A text with a payload in its holes.
pub fn fill(seed: &str, quoted: bool, payload: &str) -> Source {
    if !quoted {
        return Source::text(seed.replace(HOLE, payload));
    }
    let written = json!(payload).to_string();
    Source::text(seed.replace(HOLE, &written[1..written.len() - 1]))
}

const POSTMAN: &str = r#"{
  "info": {"name": "@@", "description": "@@", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
  "variable": [{"key": "@@", "value": "@@"}],
  "item": [
    {"name": "@@", "event": [{"listen": "test", "script": {"exec": ["@@"]}}],
      "request": {"method": "@@", "url": "https://a/@@", "header": "@@", "description": "@@", "body": {"mode": "raw", "raw": "@@"},
        "auth": {"type": "basic", "basic": [{"key": "username", "value": "@@"}]}},
      "response": [{"name": "@@", "status": "@@", "header": "@@", "body": "@@"}]},
    {"name": "b", "request": {"method": "POST", "url": {"raw": "@@", "host": ["@@"], "path": ["@@"], "query": [{"key": "@@", "value": "@@"}]},
      "header": [{"key": "@@", "value": "@@"}], "body": {"mode": "graphql", "graphql": {"query": "@@", "variables": "@@"}}}},
    {"name": "c", "request": {"url": "a", "body": {"mode": "urlencoded", "urlencoded": "@@"}}}
  ]}"#;

const POSTMAN_1: &str = r#"{"id": "c", "name": "@@", "order": ["r"], "folders": [], "timestamp": 1, "requests": [
  {"id": "r", "name": "@@", "url": "https://a/@@", "method": "POST", "headers": "@@", "dataMode": "raw", "rawModeData": "@@",
   "preRequestScript": "@@", "collectionId": "c"}]}"#;

const POSTMAN_ENVIRONMENT: &str = r#"{"id": "e", "name": "@@", "values": [{"key": "@@", "value": "@@", "enabled": true}],
  "_postman_variable_scope": "environment"}"#;

const INSOMNIA_4: &str = r#"{"_type": "export", "__export_format": 4, "resources": [
  {"_id": "w", "_type": "workspace", "name": "@@", "description": "@@"},
  {"_id": "e", "_type": "environment", "parentId": "w", "name": "@@", "data": {"@@": "@@", "a": {"b": "@@"}}},
  {"_id": "r", "_type": "request", "parentId": "w", "name": "@@", "url": "https://a/@@", "method": "@@", "preRequestScript": "@@",
   "headers": [{"name": "@@", "value": "@@"}], "parameters": [{"name": "@@", "value": "@@"}],
   "body": {"mimeType": "application/json", "text": "@@"}, "authentication": {"type": "bearer", "token": "@@", "prefix": "@@"}},
  {"_id": "g", "_type": "request", "parentId": "w", "name": "g", "url": "a", "method": "POST",
   "body": {"mimeType": "application/graphql", "text": "@@"}}]}"#;

const INSOMNIA_5: &str = r#"type: collection.insomnia.rest/5.0
name: "@@"
collection:
  - name: "@@"
    url: "https://a/@@"
    method: POST
    headers: [{name: "@@", value: "@@"}]
    body: {mimeType: text/plain, text: "@@"}
    scripts: {preRequest: "@@"}
environments:
  name: Base
  data: {"@@": "@@"}
"#;

const HAR: &str = r#"{"log": {"version": "1.2", "creator": {"name": "@@", "version": "1"}, "entries": [
  {"startedDateTime": "2020-01-01T00:00:00Z", "time": 1, "request": {"method": "POST", "url": "https://a/@@", "httpVersion": "HTTP/1.1",
   "cookies": [{"name": "@@", "value": "@@"}], "headers": [{"name": "@@", "value": "@@"}, {"name": "Cookie", "value": "@@"}],
   "queryString": [{"name": "@@", "value": "@@"}], "headersSize": -1, "bodySize": -1,
   "postData": {"mimeType": "application/x-www-form-urlencoded; @@", "text": "@@"}},
   "response": {"status": 200, "statusText": "@@", "httpVersion": "@@", "cookies": [], "headers": [{"name": "@@", "value": "@@"}],
   "content": {"size": 1, "mimeType": "@@", "text": "@@"}, "redirectURL": "@@", "headersSize": -1, "bodySize": -1},
   "cache": {}, "timings": {"send": 0, "wait": 0, "receive": 0}},
  {"startedDateTime": "@@", "request": {"method": "POST", "url": "https://a", "headers": [],
   "postData": {"mimeType": "multipart/form-data; boundary=b", "text": "@@"}},
   "response": {"status": 200, "headers": [], "content": {"encoding": "base64", "text": "@@"}}}]}}"#;

const OPENAPI: &str = r##"{"openapi": "3.1.0", "info": {"title": "@@", "version": "@@", "description": "@@"},
  "servers": [{"url": "https://a/@@", "description": "@@", "variables": {"@@": {"default": "@@"}}}],
  "paths": {"/a/@@": {"get": {"operationId": "@@", "summary": "@@", "tags": ["@@"],
    "parameters": [{"name": "@@", "in": "query", "schema": {"type": "string", "pattern": "@@", "default": "@@"}},
      {"name": "b", "in": "query", "schema": {"type": "string", "pattern": "^@@$"}}],
    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/@@"}},
      "@@": {"schema": {"type": "object", "properties": {"@@": {"type": "string", "format": "@@"}}}}}},
    "responses": {"200": {"description": "@@", "content": {"application/xml": {"schema": {"type": "object", "xml": {"name": "@@"}}}}}}}},
    "/b": {"$ref": "#/@@"}},
  "components": {"schemas": {"A": {"enum": ["@@"]}}, "securitySchemes": {"@@": {"type": "apiKey", "in": "header", "name": "@@"}}}}"##;

const SWAGGER: &str = r#"{"swagger": "2.0", "info": {"title": "@@", "version": "1"}, "host": "@@", "basePath": "/@@", "schemes": ["@@"],
  "consumes": ["@@"], "paths": {"/{@@}": {"post": {"operationId": "@@", "parameters": [
    {"name": "@@", "in": "path", "type": "string", "pattern": "@@"}, {"name": "@@", "in": "body", "schema": {"$ref": "@@"}}],
    "responses": {"200": {"description": "@@"}}}}}}"#;

const HOPPSCOTCH: &str = r#"{"v": 2, "name": "@@", "folders": [], "auth": {"authType": "bearer", "authActive": true, "token": "@@"},
  "headers": [{"key": "@@", "value": "@@", "active": true}], "requests": [{"v": "5", "name": "@@", "method": "POST", "endpoint": "https://a/@@",
  "params": [{"key": "@@", "value": "@@", "active": true}], "headers": [], "preRequestScript": "@@", "testScript": "@@",
  "auth": {"authType": "inherit", "authActive": true}, "body": {"contentType": "application/x-www-form-urlencoded", "body": "@@"}}]}"#;

const THUNDER: &str = r#"{"clientName": "Thunder Client", "collectionName": "@@", "collectionId": "c", "folders": [], "settings": {},
  "requests": [{"_id": "r", "colId": "c", "containerId": "", "name": "@@", "url": "https://a/@@", "method": "POST", "sortNum": 1,
  "headers": [{"name": "@@", "value": "@@"}], "params": [{"name": "@@", "value": "@@"}], "body": {"type": "json", "raw": "@@"},
  "tests": [{"type": "json-query", "custom": "json.@@", "action": "equal", "value": "@@"}, {"type": "set-env-var", "custom": "json.@@", "value": "{{@@}}"}]}]}"#;

const YAAK: &str = r#"{"yaakSchema": 4, "resources": {"workspaces": [{"id": "w", "name": "@@", "description": "@@"}],
  "environments": [{"id": "e", "workspaceId": "w", "name": "@@", "variables": [{"name": "@@", "value": "@@"}]}],
  "httpRequests": [{"id": "r", "workspaceId": "w", "name": "@@", "url": "https://a/@@", "method": "@@", "headers": [{"name": "@@", "value": "@@"}],
  "urlParameters": [{"name": "@@", "value": "@@"}], "bodyType": "application/json", "body": {"text": "@@"},
  "authenticationType": "bearer", "authentication": {"token": "@@", "prefix": "@@"}}]}}"#;

const BRUNO: &str = r#"{"name": "@@", "version": "1", "brunoConfig": {"name": "@@"}, "items": [{"type": "http", "name": "@@", "request": {"url": "https://a/@@",
  "method": "POST", "headers": [{"name": "@@", "value": "@@", "enabled": true}], "params": [{"name": "@@", "value": "@@", "type": "query", "enabled": true}],
  "body": {"mode": "json", "json": "@@"}, "script": {"req": "@@"}, "tests": "@@", "docs": "@@", "auth": {"mode": "bearer", "bearer": {"token": "@@"}},
  "assertions": [{"name": "res.body.@@", "value": "eq @@", "enabled": true}], "vars": {"res": [{"name": "@@", "value": "res.@@", "enabled": true}]}}}],
  "environments": [{"name": "@@", "variables": [{"name": "@@", "value": "@@", "enabled": true}]}]}"#;

const BRU: &str = "meta {\n  name: @@\n  type: http\n}\n\npost {\n  url: https://a/@@\n  body: json\n  auth: none\n}\n\nheaders {\n  a: @@\n}\n\n\
body:json {\n  @@\n}\n\nassert {\n  res.body.a: eq @@\n}\n\nscript:pre-request {\n  @@\n}\n";

const WSDL: &str = r#"<definitions name="A" targetNamespace="urn:t" xmlns:t="urn:t" xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <documentation><![CDATA[@@]]></documentation><types><xs:schema targetNamespace="urn:t"><xs:element name="In"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value='a'/></xs:restriction></xs:simpleType></xs:element></xs:schema></types>
  <message name="In"><part name="p" element="t:In"/></message>
  <portType name="P"><operation name="Op"><documentation><![CDATA[@@]]></documentation><input message="t:In"/></operation></portType>
  <binding name="B" type="t:P"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/><operation name="Op"><soap:operation soapAction="urn:op"/><input><soap:body use="literal"/></input></operation></binding>
  <service name="S"><port name="P" binding="t:B"><soap:address location="https://a/"/></port></service></definitions>"#;
