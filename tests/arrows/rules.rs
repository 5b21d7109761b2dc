//! The rules, as docs/architecture.md states them in its block of kind `arrows`:
//!
//! ```text
//! vault -> auth                   may import, in any way
//! model -> nothing of ours
//! tests of any -> playground      may import in dev-dependencies
//! only history: rusqlite          a crate from outside that one of ours alone may use
//! never model: tokio              a crate from outside that this one may not use
//! ```
//!
//! `only` and `never` also take folders of the web UI and packages of npm.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

/// What the page allows.
#[derive(Debug, Default)]
pub struct Rules {
    allowed: BTreeMap<String, BTreeSet<String>>,
    in_tests: BTreeSet<String>,
    /// By what is imported: who alone may.
    pub only: BTreeMap<String, BTreeSet<String>>,
    /// By who imports: what they may not.
    pub never: BTreeMap<String, BTreeSet<String>>,
}

/// One line under `[dependencies]` or its like.
#[derive(Debug)]
pub struct Dependency {
    from: String,
    to: String,
    kind: String,
}

impl Dependency {
    pub fn new(from: &str, to: &str, kind: &str) -> Self {
        Self { from: from.into(), to: to.into(), kind: kind.into() }
    }
}

impl Rules {
    /// Reads them from the page.
    pub fn read(page: &str) -> Self {
        let block = page.split("```arrows\n").nth(1).and_then(|rest| rest.split("```").next());
        let block =
            block.unwrap_or_else(|| panic!("docs/architecture.md has no block of kind `arrows`"));
        let mut rules = Self::default();
        for line in block.lines().filter(|line| !line.trim().is_empty()) {
            rules.add(line);
        }
        rules
    }

    fn add(&mut self, line: &str) {
        let unknown = || panic!("docs/architecture.md, arrows: cannot read {line:?}");
        if let Some((who, what)) = line.strip_prefix("only ").and_then(|rest| rest.split_once(':'))
        {
            for name in names(what) {
                self.only.entry(name).or_default().extend(names(who));
            }
        } else if let Some((who, what)) =
            line.strip_prefix("never ").and_then(|rest| rest.split_once(':'))
        {
            for name in names(who) {
                self.never.entry(name).or_default().extend(names(what));
            }
        } else if let Some((from, to)) = line.split_once("->") {
            let to = if to.trim() == "nothing of ours" { Vec::new() } else { names(to) };
            if from.trim() == "tests of any" {
                self.in_tests.extend(to);
                return;
            }
            for name in names(from) {
                self.allowed.entry(name).or_default().extend(to.iter().cloned());
            }
        } else {
            unknown();
        }
    }

    /// The dependencies that break a rule, each in words.
    pub fn broken(&self, dependencies: &[Dependency]) -> Vec<String> {
        dependencies.iter().filter_map(|dependency| self.breach(dependency)).collect()
    }

    fn breach(&self, Dependency { from, to, kind }: &Dependency) -> Option<String> {
        let Some(allowed) = self.allowed.get(from) else {
            return Some(format!("{from} is not on the page"));
        };
        if let Some(ours) = to.strip_prefix("errand-") {
            let ours = folder(ours);
            let fine = allowed.contains(&ours) || (kind == "dev" && self.in_tests.contains(&ours));
            return (!fine).then(|| format!("{from} -> {ours}"));
        }
        if kind == "dev" {
            // What tests alone use does not reach a person's machine.
            return None;
        }
        if let Some(owners) = self.only.get(to).filter(|owners| !owners.contains(from)) {
            let owners = owners.iter().cloned().collect::<Vec<_>>().join(" and ");
            return Some(format!("{from} -> {to}, which only {owners} may use"));
        }
        let never = self.never.get(from).is_some_and(|never| never.contains(to));
        never.then(|| format!("{from} -> {to}, which {from} may never use"))
    }
}

/// What `cargo metadata` says of the crates under `root`; crates go by the name of their folder.
pub fn dependencies(metadata: &[u8], root: &Path) -> Vec<Dependency> {
    let metadata: Value = serde_json::from_slice(metadata)
        .unwrap_or_else(|error| panic!("cargo metadata is not JSON: {error}"));
    let mut found = Vec::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let manifest = Path::new(text(&package["manifest_path"]));
        assert!(manifest.starts_with(root), "{} is outside the repository", manifest.display());
        let name = text(&package["name"]);
        let from = folder(name.strip_prefix("errand-").unwrap_or(name));
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let kind = dependency["kind"].as_str().unwrap_or("normal");
            found.push(Dependency::new(&from, text(&dependency["name"]), kind));
        }
    }
    found
}

/// The folder of the package `errand-<name>`.
fn folder(name: &str) -> String {
    if name == "desktop" { "src-tauri".into() } else { name.into() }
}

fn names(list: &str) -> Vec<String> {
    list.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
