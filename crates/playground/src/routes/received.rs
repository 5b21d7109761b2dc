//! What a request's body holds: text, JSON, form fields, files.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Map, Value, json};

/// Adds a pair to an object; a name that comes again becomes an array.
pub(crate) fn add(map: &mut Map<String, Value>, name: &str, value: Value) {
    match map.get_mut(name) {
        None => {
            map.insert(name.to_owned(), value);
        }
        Some(Value::Array(values)) => values.push(value),
        Some(single) => {
            let first = single.take();
            *single = Value::Array(vec![first, value]);
        }
    }
}

/// Pairs as an object.
pub(crate) fn object(pairs: &[(String, String)]) -> Map<String, Value> {
    let mut map = Map::new();
    for (name, value) in pairs {
        add(&mut map, name, Value::from(value.as_str()));
    }
    map
}

/// Puts the bytes under `data` where they are text, else under `base64`.
pub(crate) fn put_bytes(map: &mut Map<String, Value>, bytes: &[u8]) {
    match std::str::from_utf8(bytes) {
        Ok(text) => map.insert("data".to_owned(), Value::from(text)),
        Err(_) => map.insert("base64".to_owned(), Value::from(STANDARD.encode(bytes))),
    };
}

/// What the Content-Type says the body holds: `json`, `form`, `files`, and what is wrong with it.
pub(crate) async fn describe(content_type: &str, bytes: &Bytes) -> Map<String, Value> {
    let mut told = Map::new();
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence == "application/x-www-form-urlencoded" {
        let pairs: Vec<_> = url::form_urlencoded::parse(bytes).into_owned().collect();
        told.insert("form".to_owned(), Value::Object(object(&pairs)));
    } else if essence == "multipart/form-data" {
        describe_multipart(content_type, bytes, &mut told).await;
    } else if essence == "application/json"
        || essence.ends_with("+json")
        || bytes.first().is_some_and(|byte| b"{[".contains(byte))
    {
        match serde_json::from_slice::<Value>(bytes) {
            Ok(value) => told.insert("json".to_owned(), value),
            Err(error) if essence.ends_with("json") && !bytes.is_empty() => {
                told.insert("jsonError".to_owned(), Value::from(error.to_string()))
            }
            Err(_) => None,
        };
    }
    told
}

async fn describe_multipart(content_type: &str, bytes: &[u8], told: &mut Map<String, Value>) {
    let mut form = Map::new();
    let mut files = Vec::new();
    if let Err(error) = read_parts(content_type, bytes, &mut form, &mut files).await {
        told.insert("formError".to_owned(), Value::from(error.to_string()));
    }
    told.insert("form".to_owned(), Value::Object(form));
    told.insert("files".to_owned(), Value::Array(files));
}

/// RFC 7578: a part with a file name is a file, the others are fields.
async fn read_parts(
    content_type: &str,
    bytes: &[u8],
    form: &mut Map<String, Value>,
    files: &mut Vec<Value>,
) -> Result<(), multer::Error> {
    let boundary = multer::parse_boundary(content_type)?;
    let mut parts = multer::Multipart::with_reader(bytes, boundary);
    while let Some(part) = parts.next_field().await? {
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let part_type = part.content_type().map(ToString::to_string);
        let content = part.bytes().await?;
        if let Some(file_name) = file_name {
            let mut file = Map::new();
            file.insert("name".to_owned(), Value::from(name));
            file.insert("filename".to_owned(), Value::from(file_name));
            file.insert("contentType".to_owned(), json!(part_type));
            file.insert("size".to_owned(), Value::from(content.len()));
            put_bytes(&mut file, &content);
            files.push(Value::Object(file));
        } else {
            let text = String::from_utf8_lossy(&content).into_owned();
            add(form, &name, Value::from(text));
        }
    }
    Ok(())
}
