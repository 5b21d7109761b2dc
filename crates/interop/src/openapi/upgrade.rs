//! Swagger 2.0 in the words of version 3.

use serde_json::{Map, Value, json};

use super::document::{METHODS, list, one, pointed, reference, text};

/// Keys of a parameter that are not its schema.
const OF_PARAMETER: &[&str] = &[
    "name",
    "in",
    "description",
    "required",
    "deprecated",
    "allowEmptyValue",
    "collectionFormat",
    "x-example",
    "x-examples",
    "example",
    "examples",
];

/// Turns a 2.0 document into a 3.0 one. What has no word in 3.0 stays as it is.
pub(super) fn upgrade(root: &mut Value) {
    let Value::Object(old) = std::mem::take(root) else { return };
    let old = Value::Object(old);
    let consumes = media_types(&old, "consumes");
    let produces = media_types(&old, "produces");
    let mut new = one("openapi", json!("3.0.3"));
    let mut components = Map::new();
    let Value::Object(parts) = &old else { return };
    for (key, value) in parts {
        match key.as_str() {
            "swagger" | "host" | "basePath" | "schemes" | "consumes" | "produces" => {
                new.entry("servers").or_insert_with(|| servers(&old));
            }
            "definitions" => {
                components.insert("schemas".to_owned(), value.clone());
            }
            "securityDefinitions" => {
                components.insert("securitySchemes".to_owned(), each(value, scheme));
            }
            "parameters" => {
                let plain =
                    each(value, |one| if is_body(one) { Value::Null } else { parameter(one) });
                components.insert("parameters".to_owned(), without_null(plain));
            }
            "responses" => {
                let all = each(value, |one| response(one, &produces));
                components.insert("responses".to_owned(), all);
            }
            "paths" => {
                let paths = each(value, |item| path_item(&old, item, &consumes, &produces));
                new.insert("paths".to_owned(), paths);
            }
            _ => {
                new.insert(key.clone(), value.clone());
            }
        }
    }
    if !components.is_empty() {
        new.insert("components".to_owned(), Value::Object(components));
    }
    *root = Value::Object(new);
    reword(root, false);
}

fn each(object: &Value, make: impl Fn(&Value) -> Value) -> Value {
    object
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, value)| (key.clone(), make(value)))
        .collect()
}

fn without_null(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            object.into_iter().filter(|(_, value)| !value.is_null()).collect::<Map<_, _>>().into()
        }
        other => other,
    }
}

fn media_types(value: &Value, key: &str) -> Vec<String> {
    list(value.get(key).unwrap_or(&Value::Null))
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

fn servers(old: &Value) -> Value {
    let host = text(old, "host");
    let base = text(old, "basePath");
    let base = if base == "/" { "" } else { &base };
    if host.is_empty() {
        return json!([{ "url": if base.is_empty() { "/" } else { base } }]);
    }
    let schemes = media_types(old, "schemes");
    let mut schemes: Vec<_> = schemes.iter().map(String::as_str).collect();
    if schemes.is_empty() {
        schemes.push("https");
    }
    // The safe one first: it is what requests use.
    schemes.sort_by_key(|scheme| *scheme != "https");
    schemes.iter().map(|scheme| json!({ "url": format!("{scheme}://{host}{base}") })).collect()
}

fn scheme(old: &Value) -> Value {
    let Value::Object(parts) = old else { return old.clone() };
    let mut new = parts.clone();
    match text(old, "type").as_str() {
        "basic" => {
            new.insert("type".to_owned(), json!("http"));
            new.insert("scheme".to_owned(), json!("basic"));
        }
        "oauth2" => {
            let name = match text(old, "flow").as_str() {
                "accessCode" => "authorizationCode",
                "application" => "clientCredentials",
                "password" => "password",
                _ => "implicit",
            };
            let mut flow = Map::new();
            for key in ["authorizationUrl", "tokenUrl", "scopes"] {
                flow.extend(new.shift_remove(key).map(|value| (key.to_owned(), value)));
            }
            flow.entry("scopes").or_insert_with(|| json!({}));
            new.shift_remove("flow");
            new.insert("flows".to_owned(), Value::Object(one(name, Value::Object(flow))));
        }
        _ => {}
    }
    Value::Object(new)
}

/// What a parameter refers to within the document.
fn followed<'v>(old: &'v Value, value: &'v Value) -> &'v Value {
    reference(value)
        .and_then(|to| pointed(old, to.strip_prefix('#')?))
        .filter(|target| reference(target).is_none())
        .unwrap_or(value)
}

fn is_body(parameter: &Value) -> bool {
    matches!(text(parameter, "in").as_str(), "body" | "formData")
}

fn path_item(old: &Value, item: &Value, consumes: &[String], produces: &[String]) -> Value {
    let Value::Object(parts) = item else { return item.clone() };
    let above: Vec<&Value> = list(item.get("parameters").unwrap_or(&Value::Null)).collect();
    let mut new = Map::new();
    for (key, value) in parts {
        let value = if key == "parameters" {
            plain_parameters(old, &above)
        } else if METHODS.contains(&key.as_str()) {
            operation(old, value, &above, consumes, produces)
        } else {
            value.clone()
        };
        new.insert(key.clone(), value);
    }
    Value::Object(new)
}

fn plain_parameters(old: &Value, all: &[&Value]) -> Value {
    all.iter()
        .filter(|one| !is_body(followed(old, one)))
        .map(|one| if reference(one).is_some() { (*one).clone() } else { parameter(one) })
        .collect()
}

fn operation(
    old: &Value,
    operation: &Value,
    above: &[&Value],
    consumes: &[String],
    produces: &[String],
) -> Value {
    let Value::Object(parts) = operation else { return operation.clone() };
    let own = |key: &str, all: &[String]| {
        if parts.contains_key(key) { media_types(operation, key) } else { all.to_vec() }
    };
    let (consumes, produces) = (own("consumes", consumes), own("produces", produces));
    let mine: Vec<&Value> = list(operation.get("parameters").unwrap_or(&Value::Null)).collect();
    let bodies: Vec<&Value> =
        mine.iter().chain(above).map(|one| followed(old, one)).filter(|one| is_body(one)).collect();
    let mut new = Map::new();
    for (key, value) in parts {
        match key.as_str() {
            "consumes" | "produces" | "schemes" => {}
            "parameters" => {
                let plain = plain_parameters(old, &mine);
                if plain.as_array().is_some_and(|list| !list.is_empty()) {
                    new.insert(key.clone(), plain);
                }
            }
            "responses" => {
                new.insert(key.clone(), each(value, |one| response(one, &produces)));
            }
            _ => {
                new.insert(key.clone(), value.clone());
            }
        }
    }
    if let Some(body) = body(&bodies, &consumes) {
        new.insert("requestBody".to_owned(), body);
    }
    Value::Object(new)
}

fn body(parameters: &[&Value], consumes: &[String]) -> Option<Value> {
    if let Some(whole) = parameters.iter().find(|one| text(one, "in") == "body") {
        let mut media = Map::new();
        media.extend(whole.get("schema").map(|schema| ("schema".to_owned(), schema.clone())));
        media.extend(whole.get("x-example").map(|value| ("example".to_owned(), value.clone())));
        let types = if consumes.is_empty() { &["application/json".to_owned()] } else { consumes };
        let content: Map<_, _> =
            types.iter().map(|kind| (kind.clone(), Value::Object(media.clone()))).collect();
        let mut new = one("content", Value::Object(content));
        for key in ["description", "required"] {
            new.extend(whole.get(key).map(|value| (key.to_owned(), value.clone())));
        }
        return Some(Value::Object(new));
    }
    if parameters.is_empty() {
        return None;
    }
    let (mut properties, mut required, mut encoding) = (Map::new(), Vec::new(), Map::new());
    let mut files = false;
    for field in parameters {
        let name = text(field, "name");
        let new = parameter(field);
        files |= text(field, "type") == "file";
        if field.get("required") == Some(&Value::Bool(true)) {
            required.push(name.clone());
        }
        let mut schema = new.get("schema").cloned().unwrap_or_else(|| json!({}));
        if let (Value::Object(schema), Some(words)) = (&mut schema, field.get("description")) {
            schema.insert("description".to_owned(), words.clone());
        }
        if let Some(explode) = new.get("explode") {
            encoding.insert(name.clone(), json!({ "style": "form", "explode": explode }));
        }
        properties.insert(name, schema);
    }
    let mut schema = json!({ "type": "object", "properties": properties });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    let wanted = if files { "multipart/form-data" } else { "application/x-www-form-urlencoded" };
    let listed = consumes.iter().find(|kind| {
        kind.as_str() == "multipart/form-data"
            || kind.as_str() == "application/x-www-form-urlencoded"
    });
    let kind = if files { wanted } else { listed.map_or(wanted, String::as_str) };
    let mut media = one("schema", schema);
    if !encoding.is_empty() {
        media.insert("encoding".to_owned(), Value::Object(encoding));
    }
    Some(json!({ "content": one(kind, Value::Object(media)) }))
}

fn parameter(old: &Value) -> Value {
    let Value::Object(parts) = old else { return old.clone() };
    let (mut new, mut schema) = (Map::new(), Map::new());
    for (key, value) in parts {
        match key.as_str() {
            "collectionFormat" => {
                let (style, explode) = match (value.as_str(), text(old, "in").as_str()) {
                    (Some("multi"), _) => ("form", true),
                    (Some("ssv"), _) => ("spaceDelimited", false),
                    (Some("pipes"), _) => ("pipeDelimited", false),
                    (_, "path" | "header") => ("simple", false),
                    _ => ("form", false),
                };
                new.insert("style".to_owned(), json!(style));
                new.insert("explode".to_owned(), json!(explode));
            }
            "x-example" => {
                new.insert("example".to_owned(), value.clone());
            }
            key if OF_PARAMETER.contains(&key) || key.starts_with("x-") && key != "x-nullable" => {
                new.insert(key.to_owned(), value.clone());
            }
            key => {
                schema.insert(key.to_owned(), value.clone());
            }
        }
    }
    // Lists are joined with commas in 2.0 when nothing is said.
    if text(old, "type") == "array" && !new.contains_key("explode") && text(old, "in") == "query" {
        new.insert("style".to_owned(), json!("form"));
        new.insert("explode".to_owned(), json!(false));
    }
    if !schema.is_empty() {
        new.insert("schema".to_owned(), Value::Object(schema));
    }
    Value::Object(new)
}

fn response(old: &Value, produces: &[String]) -> Value {
    let Value::Object(parts) = old else { return old.clone() };
    let mut new = Map::new();
    for (key, value) in parts {
        match key.as_str() {
            "schema" | "examples" => {
                new.entry("content").or_insert_with(|| content(old, produces));
            }
            "headers" => {
                let header = |one: &Value| {
                    let mut header = parameter(one);
                    if let Value::Object(header) = &mut header {
                        header.shift_remove("style");
                        header.shift_remove("explode");
                    }
                    header
                };
                new.insert(key.clone(), each(value, header));
            }
            _ => {
                new.insert(key.clone(), value.clone());
            }
        }
    }
    Value::Object(new)
}

fn content(response: &Value, produces: &[String]) -> Value {
    let schema = response.get("schema");
    let examples = response.get("examples").and_then(Value::as_object);
    let mut types: Vec<&str> = produces.iter().map(String::as_str).collect();
    types.extend(
        examples.into_iter().flatten().map(|(key, _)| key.as_str()).filter(|key| key.contains('/')),
    );
    if types.is_empty() {
        types.push("application/json");
    }
    let mut content = Map::new();
    for kind in types {
        let mut media = Map::new();
        media.extend(schema.map(|schema| ("schema".to_owned(), schema.clone())));
        let example = examples.and_then(|examples| examples.get(kind));
        media.extend(example.map(|value| ("example".to_owned(), value.clone())));
        content.insert(kind.to_owned(), Value::Object(media));
    }
    Value::Object(content)
}

/// References, files, discriminators and nullability in the words of version 3.
/// `named` is whether the keys of the value are names. Data is left alone.
fn reword(value: &mut Value, named: bool) {
    match value {
        Value::Object(object) if named => object.values_mut().for_each(|one| reword(one, false)),
        Value::Object(object) => {
            if let Some(Value::String(to)) = object.get_mut("$ref") {
                for (old, new) in [
                    ("#/definitions/", "#/components/schemas/"),
                    ("#/parameters/", "#/components/parameters/"),
                    ("#/responses/", "#/components/responses/"),
                ] {
                    if let Some(rest) = to.strip_prefix(old) {
                        *to = format!("{new}{rest}");
                        break;
                    }
                }
            }
            if object.get("type").and_then(Value::as_str) == Some("file") {
                object.insert("type".to_owned(), json!("string"));
                object.insert("format".to_owned(), json!("binary"));
            }
            if let Some(Value::String(name)) = object.get("discriminator") {
                let new = json!({ "propertyName": name });
                object.insert("discriminator".to_owned(), new);
            }
            if let Some(nullable @ Value::Bool(_)) = object.get("x-nullable").cloned() {
                object.shift_remove("x-nullable");
                object.insert("nullable".to_owned(), nullable);
            }
            for (key, inner) in object {
                if !matches!(key.as_str(), "example" | "examples" | "default" | "enum") {
                    reword(inner, matches!(key.as_str(), "properties" | "schemas" | "responses"));
                }
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|one| reword(one, false)),
        _ => {}
    }
}
