//! The rules for the web UI, by folder of ui/src.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// One import statement. Paths are relative to ui/src; names of packages are as written.
#[derive(Debug)]
pub struct Import {
    pub from: String,
    pub to: String,
}

/// Every import in every source file of the folder, tests left out: they may plant what they like.
pub fn imports(folder: &Path) -> Vec<Import> {
    let mut found = Vec::new();
    for path in sources(folder) {
        let text =
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().into_owned();
        found.extend(imports_of(&name, &text));
    }
    found
}

/// The imports of one file.
pub fn imports_of(file: &str, text: &str) -> Vec<Import> {
    let statement = r#"(?m)(?:\bfrom\s*|\bimport\s*\(\s*|^\s*import\s+)["']([^"']+)["']"#;
    let statement = Regex::new(statement).unwrap_or_else(|error| panic!("{error}"));
    let targets = statement.captures_iter(text).map(|found| resolve(file, &found[1]));
    targets.map(|to| Import { from: file.into(), to }).collect()
}

/// The imports that break a rule, each in words.
pub fn broken(imports: &[Import]) -> Vec<String> {
    imports.iter().filter_map(breach).collect()
}

fn breach(Import { from, to }: &Import) -> Option<String> {
    if to.starts_with("@tauri-apps") && !from.starts_with("ipc/") {
        return Some(format!("{from} imports {to}; only ipc/ may"));
    }
    let bound = to.starts_with("ipc/") || to.starts_with("stores/");
    if from.starts_with("components/") && bound {
        return Some(format!("{from} imports {to}; components/ know neither ipc/ nor stores/"));
    }
    None
}

/// `../b` as seen from `x/a.ts` is `b`.
fn resolve(file: &str, target: &str) -> String {
    if !target.starts_with('.') {
        return target.into();
    }
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for path in entries.flatten().map(|entry| entry.path()) {
        let extension = path.extension().unwrap_or_default();
        let test = path.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with(".test"));
        if path.is_dir() {
            found.extend(sources(&path));
        } else if (extension == "ts" || extension == "tsx") && !test {
            found.push(path);
        }
    }
    found
}
