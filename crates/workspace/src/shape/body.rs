use errand_model::{Body, FileBody, FormRow, MultipartRow, PartKind, RawLanguage};

use super::rows::{self, Row};
use super::{extension, field};
use crate::yaml::{Data, Fault, Node, NodeKind};

const BODY: &[&str] = &["type", "data"];
const ROW: &[&str] = &["name", "type", "value", "contentType", "description", "disabled"];
const FILE: &[&str] = &["filePath", "contentType", "selected", "description"];

/// The body, of several variants the selected one.
pub(super) fn read(http: &Node, file: &Node) -> Result<Body, Fault> {
    if extension::text(file, "body").as_deref() == Some("none") {
        return Ok(Body::None);
    }
    let Some(node) = selected(http) else { return Ok(Body::None) };
    if node.is_null() {
        return Ok(Body::None);
    }
    if !matches!(node.resolved().kind, NodeKind::Map { .. }) {
        return Err(node.fault("\"body\" must be a map with \"type\" and \"data\"."));
    }
    let kind = field::text(node, "type")?;
    Ok(match kind.as_str() {
        "form-urlencoded" => Body::FormUrlEncoded { rows: rows::read(node, "data")? },
        "multipart-form" => Body::Multipart { rows: rows::read(node, "data")? },
        "file" => Body::File { files: rows::read(node, "data")? },
        "none" => Body::None,
        _ => {
            let Some(language) = language(&kind) else {
                let place = node.get("type").unwrap_or(node);
                return Err(place.fault(format!(
                    "A body of type {kind:?} is not known. Known: json, xml, text, sparql, form-urlencoded, multipart-form, file."
                )));
            };
            Body::Raw { language, text: field::text(node, "data")? }
        }
    })
}

/// Which of the variants counts: the selected one, else the first.
fn chosen(variants: &[bool]) -> usize {
    variants.iter().position(|s| *s).unwrap_or(0)
}

fn selected(http: &Node) -> Option<&Node> {
    let node = http.get("body")?;
    match &node.resolved().kind {
        NodeKind::List { items, .. } => {
            let marks: Vec<bool> = items
                .iter()
                .map(|i| field::is_true(&i.node, "selected").unwrap_or(false))
                .collect();
            items.get(chosen(&marks))?.node.get("body")
        }
        _ => Some(node),
    }
}

pub(super) fn write(
    http: &mut Data,
    source: Option<&Node>,
    old: &Body,
    new: &Body,
    order: &[&str],
) {
    let node = source.and_then(selected);
    if let Some(Data::List(variants)) = http.get("body") {
        if *new == Body::None {
            return; // The variants stay; the extension says that none is sent.
        }
        let mut variants = variants.clone();
        let marks: Vec<bool> =
            variants.iter().map(|v| v.get("selected") == Some(&Data::Bool(true))).collect();
        if let Some(variant) = variants.get_mut(chosen(&marks)) {
            variant.edit("body", &["title", "selected", "body"], |body| {
                write_one(body, node, old, new);
            });
            http.put("body", Data::List(variants), order);
        }
    } else if *new == Body::None {
        http.remove("body");
    } else {
        http.edit("body", order, |body| write_one(body, node, old, new));
    }
}

fn write_one(data: &mut Data, source: Option<&Node>, old: &Body, new: &Body) {
    let kind = kind(new);
    let same = data.get("type") == Some(&Data::text(kind));
    if !same {
        // Text keeps its place when only its language changes.
        let text_stays = matches!((old, new), (Body::Raw { .. }, Body::Raw { .. }));
        if !text_stays {
            *data = Data::map();
        }
        data.put("type", Data::text(kind), BODY);
    }
    let source = source.filter(|_| same);
    match new {
        Body::None => {}
        Body::Raw { text, .. } => {
            if !matches!(old, Body::Raw { text: before, .. } if before == text)
                || data.get("data").is_none()
            {
                data.put("data", Data::text(text), BODY);
            }
        }
        Body::FormUrlEncoded { rows } => rows::write(data, source, "data", rows, BODY),
        Body::Multipart { rows } => rows::write(data, source, "data", rows, BODY),
        Body::File { files } => rows::write(data, source, "data", files, BODY),
    }
    if data.get("data").is_none() {
        data.put("data", Data::List(Vec::new()), BODY);
    }
}

fn kind(body: &Body) -> &'static str {
    match body {
        Body::None => "none",
        Body::Raw { language: RawLanguage::Json, .. } => "json",
        Body::Raw { language: RawLanguage::Xml, .. } => "xml",
        Body::Raw { language: RawLanguage::Text, .. } => "text",
        Body::Raw { language: RawLanguage::Sparql, .. } => "sparql",
        Body::FormUrlEncoded { .. } => "form-urlencoded",
        Body::Multipart { .. } => "multipart-form",
        Body::File { .. } => "file",
    }
}

fn language(kind: &str) -> Option<RawLanguage> {
    Some(match kind {
        "json" => RawLanguage::Json,
        "xml" => RawLanguage::Xml,
        "text" => RawLanguage::Text,
        "sparql" => RawLanguage::Sparql,
        _ => return None,
    })
}

impl Row for FormRow {
    fn read(node: &Node) -> Result<Option<Self>, Fault> {
        Ok(Some(Self {
            name: field::text(node, "name")?,
            value: field::text(node, "value")?,
            description: field::prose(node, "description")?,
            enabled: !field::is_true(node, "disabled")?,
        }))
    }

    fn write(&self, old: Option<&Self>, item: &mut Data) {
        field::put_text(item, "name", old.map(|o| &*o.name), &self.name, true, ROW);
        field::put_text(item, "value", old.map(|o| &*o.value), &self.value, true, ROW);
        field::put_prose(item, "description", old.map(|o| &*o.description), &self.description, ROW);
        field::put_enabled(item, old.map(|o| o.enabled), self.enabled, ROW);
    }

    fn label(&self) -> &str {
        &self.name
    }
}

impl Row for MultipartRow {
    fn read(node: &Node) -> Result<Option<Self>, Fault> {
        let kind = match field::text(node, "type")?.as_str() {
            "text" | "" => PartKind::Text,
            "file" => PartKind::File,
            _ => return Ok(None),
        };
        let is_list =
            node.get("value").is_some_and(|v| matches!(v.resolved().kind, NodeKind::List { .. }));
        let values = match (is_list, node.get("value")) {
            (true, _) => field::list(node, "value")?
                .into_iter()
                .map(|n| field::scalar(n, "value"))
                .collect::<Result<Vec<_>, _>>()?,
            (false, Some(value)) => vec![field::scalar(value, "value")?],
            (false, None) => Vec::new(),
        };
        let (value, files) = match kind {
            PartKind::Text => (values.join("\n"), Vec::new()),
            PartKind::File => {
                (String::new(), values.into_iter().filter(|v| !v.is_empty()).collect())
            }
        };
        Ok(Some(Self {
            name: field::text(node, "name")?,
            kind,
            value,
            files,
            content_type: field::text(node, "contentType")?,
            description: field::prose(node, "description")?,
            enabled: !field::is_true(node, "disabled")?,
        }))
    }

    fn write(&self, old: Option<&Self>, item: &mut Data) {
        field::put_text(item, "name", old.map(|o| &*o.name), &self.name, true, ROW);
        let same_kind = old.is_some_and(|o| o.kind == self.kind);
        if !same_kind {
            let kind = if self.kind == PartKind::File { "file" } else { "text" };
            item.put("type", Data::text(kind), ROW);
        }
        match self.kind {
            PartKind::Text => {
                let before = old.filter(|_| same_kind).map(|o| &*o.value);
                field::put_text(item, "value", before, &self.value, true, ROW);
            }
            PartKind::File if !same_kind || old.is_some_and(|o| o.files != self.files) => {
                item.put("value", Data::List(self.files.iter().map(Data::text).collect()), ROW);
            }
            PartKind::File => {}
        }
        field::put_text(
            item,
            "contentType",
            old.map(|o| &*o.content_type),
            &self.content_type,
            false,
            ROW,
        );
        field::put_prose(item, "description", old.map(|o| &*o.description), &self.description, ROW);
        field::put_enabled(item, old.map(|o| o.enabled), self.enabled, ROW);
    }

    fn label(&self) -> &str {
        &self.name
    }
}

impl Row for FileBody {
    fn read(node: &Node) -> Result<Option<Self>, Fault> {
        Ok(Some(Self {
            path: field::text(node, "filePath")?,
            content_type: field::text(node, "contentType")?,
            selected: field::is_true(node, "selected")?,
        }))
    }

    fn write(&self, old: Option<&Self>, item: &mut Data) {
        field::put_text(item, "filePath", old.map(|o| &*o.path), &self.path, true, FILE);
        field::put_text(
            item,
            "contentType",
            old.map(|o| &*o.content_type),
            &self.content_type,
            true,
            FILE,
        );
        if old.is_none_or(|o| o.selected != self.selected) {
            item.put("selected", Data::Bool(self.selected), FILE);
        }
    }

    fn label(&self) -> &str {
        &self.path
    }
}
