//! What the files of the web UI import, held against the rules.

use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

use super::rules::Rules;

/// One import statement. Paths are relative to the repository; names of packages are as written.
#[derive(Debug)]
pub struct Import {
    pub from: String,
    pub to: String,
}

/// Every import in every source file of the folder, tests left out: they may plant what they like.
pub fn imports(root: &Path, folder: &str) -> Vec<Import> {
    let mut found = Vec::new();
    for path in sources(&root.join(folder)) {
        let text =
            fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().into_owned();
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
pub fn broken(rules: &Rules, imports: &[Import]) -> Vec<String> {
    imports.iter().filter_map(|import| breach(rules, import)).collect()
}

fn breach(rules: &Rules, Import { from, to }: &Import) -> Option<String> {
    for (package, owners) in rules.only.iter().filter(|(package, _)| inside(to, package)) {
        if !owners.iter().any(|owner| inside(from, owner)) {
            let owners = owners.iter().cloned().collect::<Vec<_>>().join(" and ");
            return Some(format!("{from} -> {to}, which only {owners} may import from {package}"));
        }
    }
    let never =
        rules.never.iter().filter(|(folder, _)| inside(from, folder)).flat_map(|(_, never)| never);
    let closed = never.into_iter().find(|closed| inside(to, closed));
    closed.map(|closed| format!("{from} -> {to}, but nothing there may import from {closed}"))
}

/// Whether it is that folder or package, or in it.
fn inside(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
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
