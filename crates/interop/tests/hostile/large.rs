//! Many operations that each take one large type, which is made of itself.

use errand_interop::{Format, Source};
use serde_json::{Value, json};

use super::MANY;

/// How many fields a large type has, and how many operations there are of it.
const LARGE: (usize, usize) = (50, MANY / 20);

/// Format, name, source.
pub fn all() -> Vec<(Format, String, Source)> {
    [
        (Format::OpenApi, "operations of one large schema", openapi().to_string()),
        (Format::GraphQl, "operations of one large type", graphql()),
        (Format::Proto, "methods of one large message", proto()),
        (Format::Wsdl, "operations of one large type of WSDL", wsdl()),
    ]
    .map(|(format, name, text)| (format, name.to_owned(), Source::text(text)))
    .into()
}

fn each(count: usize, text: impl Fn(usize) -> String) -> String {
    (0..count).map(text).collect()
}

fn openapi() -> Value {
    let fields: serde_json::Map<_, _> = (0..LARGE.0)
        .map(|n| (format!("p{n}"), json!({"$ref": "#/components/schemas/L"})))
        .collect();
    let required: Vec<_> = fields.keys().collect();
    let schema = json!({"type": "object", "required": required, "properties": fields});
    let operation = json!({"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/L"}}}},
        "responses": {"200": {"description": "a", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/L"}}}}}}});
    let paths: serde_json::Map<_, _> =
        (0..LARGE.1).map(|n| (format!("/{n}"), operation.clone())).collect();
    json!({"openapi": "3.0.0", "info": {"title": "a", "version": "1"}, "paths": paths, "components": {"schemas": {"L": schema}}})
}

fn graphql() -> String {
    let objects = each(LARGE.0, |n| format!("o{n}: T l{n}: Int "));
    let inputs = each(LARGE.0, |n| format!("i{n}: I! "));
    let queries = each(LARGE.1, |n| format!("q{n}(x: I!): T\n"));
    format!("type T {{ {objects} }}\ninput I {{ {inputs} }}\ntype Query {{\n{queries}}}\n")
}

fn proto() -> String {
    let fields = each(LARGE.0, |n| format!("L a{n} = {}; ", n + 1));
    let methods = each(LARGE.1, |n| format!("rpc M{n}(L) returns (L);\n"));
    format!("syntax = \"proto3\";\nmessage L {{ {fields} }}\nservice S {{\n{methods}}}\n")
}

fn wsdl() -> String {
    let elements = each(LARGE.0, |n| format!("<xs:element name=\"e{n}\" type=\"t:L\"/>"));
    let operations = each(LARGE.1, |n| {
        format!("<operation name=\"O{n}\"><input message=\"t:In\"/></operation>")
    });
    let bound = each(LARGE.1, |n| {
        format!(
            "<operation name=\"O{n}\"><soap:operation soapAction=\"urn:{n}\"/><input><soap:body use=\"literal\"/></input></operation>"
        )
    });
    format!(
        r#"<definitions name="A" targetNamespace="urn:t" xmlns:t="urn:t" xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<types><xs:schema targetNamespace="urn:t"><xs:complexType name="L"><xs:sequence>{elements}</xs:sequence></xs:complexType><xs:element name="In" type="t:L"/></xs:schema></types><message name="In"><part name="p" element="t:In"/></message>
<portType name="P">{operations}</portType>
<binding name="B" type="t:P"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>{bound}</binding>
<service name="S"><port name="P" binding="t:B"><soap:address location="https://a/"/></port></service></definitions>"#
    )
}
