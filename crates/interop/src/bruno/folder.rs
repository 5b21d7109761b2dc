//! Folders and the collection itself.

use errand_model::{Auth, Defaults, Extensions, Folder};
use serde_json::{Map, Value, json};

use super::rows::{headers, list, of_headers, of_variables, owned, put, text, variables};
use super::{auth, kept, request};
use crate::Scribe;

/// What requests inherit, of a `folder.bru` or a `collection.bru`.
pub(super) fn read(tree: &Value, name: String, lines: &mut Scribe) -> Folder {
    let mode = tree["auth"].get("mode").and_then(Value::as_str).unwrap_or("inherit");
    for row in list(&tree["vars"]["res"]) {
        let why = "Errand captures values of responses in requests only";
        let item = format!("variable {} after the response", text(row, "name"));
        lines.set_aside(item, why, kept::ORIGINAL);
    }
    let scripts = request::scripts(tree);
    if !scripts.is_empty() {
        lines.kept("scripts");
    }
    Folder {
        name,
        seq: text(&tree["meta"], "seq").parse().ok(),
        defaults: Defaults {
            headers: headers(&tree["headers"]),
            auth: auth::read(mode, &tree["auth"]),
            variables: variables(&tree["vars"]["req"]),
            scripts,
            ..Defaults::default()
        },
        docs: owned(tree, "docs"),
        ..Folder::default()
    }
}

/// The JSON of what requests inherit.
pub(super) fn write(folder: &Folder, lines: &mut Scribe) -> Map<String, Value> {
    let defaults = &folder.defaults;
    let mut tree = Map::new();
    put(&mut tree, "headers", of_headers(&defaults.headers));
    if defaults.auth != Auth::Inherit {
        if let Some((scheme, fields)) = auth::write(&defaults.auth) {
            let mut auth = Map::from_iter([("mode".to_owned(), json!(scheme))]);
            put(&mut auth, scheme, fields);
            put(&mut tree, "auth", auth);
        } else {
            let item = format!("auth {}", defaults.auth.scheme());
            lines.not_carried(item, "Bruno has no such auth");
        }
    }
    let mut vars = Map::new();
    put(&mut vars, "req", of_variables(&defaults.variables, "local"));
    put(&mut tree, "vars", vars);
    request::of_scripts(&defaults.scripts, &mut tree);
    if defaults.settings != errand_model::RequestSettings::default() {
        lines.not_carried("settings", "Bruno's folders have none");
    }
    put(&mut tree, "docs", request::docs(&folder.description, &folder.docs));
    tree
}

/// The JSON of a `folder.bru`, before what was kept of its original.
pub(super) fn write_folder(folder: &Folder, lines: &mut Scribe) -> Value {
    let mut meta = Map::new();
    put(&mut meta, "name", folder.name.as_str());
    put(&mut meta, "seq", folder.seq.map(|seq| seq.to_string()));
    let mut tree = Map::from_iter([("meta".to_owned(), meta.into())]);
    tree.extend(write(folder, lines));
    tree.into()
}

/// Its extensions, with what the exporter would not give back.
pub(super) fn extensions(
    folder: &Folder,
    made: &Value,
    tree: &Value,
    directory: Option<&str>,
    lines: &mut Scribe,
) -> Extensions {
    let mut extensions = Extensions::new();
    let mut bruno = Map::new();
    if let Some(directory) = directory {
        kept::file(&mut bruno, directory, &folder.name);
    }
    kept::dialect(&mut extensions, !folder.defaults.scripts.is_empty());
    put(&mut extensions, kept::TOOL, bruno);
    kept::keep(&mut extensions, made, tree, lines);
    extensions
}
