//! What the tests of this crate share: a workspace in a temporary folder, the corpus, the schema.
#![allow(dead_code, clippy::unwrap_used, reason = "each test file uses its part")]

use std::fs;
use std::path::{Path, PathBuf};

use errand_workspace::Workspace;
use tempfile::TempDir;

pub const ROOT: &str = "opencollection: \"1.0.0\"\n\ninfo:\n  name: Test\n";

/// A workspace with these files beside its `opencollection.yml`, and its data folder.
pub struct Place {
    pub folder: TempDir,
    pub workspace: Workspace,
}

impl Place {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("workspace");
        fs::create_dir(&root).unwrap();
        fs::write(root.join("opencollection.yml"), ROOT).unwrap();
        for (path, text) in files {
            let file = root.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        let workspace = Workspace::open(&root, folder.path().join("data")).unwrap();
        Self { folder, workspace }
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.workspace.root().join(path)
    }

    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub fn names(&self) -> Vec<String> {
        self.workspace.tree().unwrap().into_iter().map(|n| n.path).collect()
    }

    /// Every file below the workspace with its bytes.
    pub fn snapshot(&self) -> Vec<(PathBuf, Vec<u8>)> {
        files_below(self.workspace.root())
            .into_iter()
            .map(|p| (p.clone(), fs::read(&p).unwrap()))
            .collect()
    }
}

pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Collections of the corpus beside the repository; empty, with a notice, where it is not there.
pub fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/bruno");
    if !folder.is_dir() {
        println!("SKIPPED: no corpus at {}", folder.display());
        return Vec::new();
    }
    let roots = files_below(&folder).into_iter().filter(|f| f.ends_with("opencollection.yml"));
    roots.map(|f| f.parent().unwrap().to_owned()).collect()
}

pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::write(&target, fs::read(entry.path()).unwrap()).unwrap();
        }
    }
}

/// What the specification says against a file of this kind (a name in the schema's `$defs`, or
/// nothing for a collection), once `extensions` is taken off.
pub fn against_schema(text: &str, definition: &str) -> Vec<String> {
    let mut schema: serde_json::Value =
        serde_json::from_str(include_str!("../schema/opencollection-1.0.0.schema.json")).unwrap();
    if !definition.is_empty() {
        schema["$ref"] = format!("#/$defs/{definition}").into();
        for key in ["type", "properties"] {
            schema.as_object_mut().unwrap().remove(key);
        }
    }
    let schema = jsonschema::draft7::new(&schema).unwrap();
    let mut value: serde_json::Value = yaml_to_json(text);
    value.as_object_mut().unwrap().remove("extensions");
    schema.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

/// YAML as JSON, straight from the parser: none of the code under test has a part in it.
pub fn yaml_to_json(text: &str) -> serde_json::Value {
    use granit_parser::{Event, Parser, ScalarStyle};
    use serde_json::{Map, Value};
    fn node<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> Option<Value> {
        Some(match events.next()? {
            Event::Scalar(text, ScalarStyle::Plain, ..) => serde_json::from_str(&text)
                .unwrap_or_else(|_| match &*text {
                    "~" | "" => Value::Null,
                    _ => Value::String(text.into_owned()),
                }),
            Event::Scalar(text, ..) => Value::String(text.into_owned()),
            Event::SequenceStart(..) => {
                let mut list = Vec::new();
                while let Some(item) = node(events) {
                    list.push(item);
                }
                Value::Array(list)
            }
            Event::MappingStart(..) => {
                let mut map = Map::new();
                while let Some(key) = node(events) {
                    let key = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
                    map.insert(key, node(events).unwrap());
                }
                Value::Object(map)
            }
            Event::SequenceEnd | Event::MappingEnd => return None,
            _ => return node(events),
        })
    }
    let mut events = Parser::new_from_str(text).map(|e| e.unwrap().0);
    node(&mut events).unwrap()
}
