//! What Errand ships may be passed on: every licence in it is one of a few. Why a test of our own and not a tool:
//! docs/decisions/licences.md.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use spdx::{Expression, LicenseReq, ParseMode};

/// Permissive, and two that bind only their own files (MPL-2.0) or only fonts (OFL-1.1).
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OFL-1.1",
    "PSF-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

#[test]
fn every_crate_has_a_licence_we_may_pass_on() {
    let packages = crates();
    assert!(packages.len() > 100, "only {} crates read", packages.len());
    refuse_others(&packages);
}

#[test]
fn every_package_in_the_web_ui_has_a_licence_we_may_pass_on() {
    let packages = bundled();
    assert!(
        packages.iter().any(|(name, _)| name.starts_with("react ")),
        "ui/package-lock.json was not read"
    );
    refuse_others(&packages);
}

#[test]
fn licences_that_bind_the_whole_are_refused() {
    for fine in [
        "MIT",
        "MIT/Apache-2.0",
        "GPL-3.0 OR MIT",
        "Apache-2.0 WITH LLVM-exception",
        "(MIT AND Zlib)",
    ] {
        assert!(allowed(fine), "{fine}");
    }
    for bad in ["GPL-3.0", "AGPL-3.0-only", "MIT AND GPL-2.0-only", "SSPL-1.0", "", "UNLICENSED"] {
        assert!(!allowed(bad), "{bad}");
    }
}

fn refuse_others(packages: &BTreeSet<(String, String)>) {
    let others = packages.iter().filter(|(_, licence)| !allowed(licence));
    let others: Vec<String> =
        others.map(|(name, licence)| format!("{name}: {licence:?}")).collect();
    assert!(
        others.is_empty(),
        "not among the licences that tests/licences.rs allows:\n{}",
        others.join("\n")
    );
}

fn allowed(licence: &str) -> bool {
    let fine =
        |wanted: &LicenseReq| wanted.license.id().is_some_and(|id| ALLOWED.contains(&id.name));
    Expression::parse_mode(licence, ParseMode::LAX)
        .is_ok_and(|expression| expression.evaluate(fine))
}

/// Every crate that any platform's build takes, by `name version` and licence.
fn crates() -> BTreeSet<(String, String)> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--locked", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap_or_else(|error| panic!("cargo metadata does not start: {error}"));
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata = json(&output.stdout);
    metadata["packages"].as_array().into_iter().flatten().map(named).collect()
}

fn named(package: &Value) -> (String, String) {
    let text = |key: &str| package[key].as_str().unwrap_or_default().to_owned();
    (format!("{} {}", text("name"), text("version")), text("license"))
}

/// Every npm package that may end up in the window: what only builds or tests it does not.
fn bundled() -> BTreeSet<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/package-lock.json");
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lock = json(&bytes);
    let packages = lock["packages"].as_object().into_iter().flatten();
    let shipped = packages.filter(|(path, package)| !path.is_empty() && package["dev"] != true);
    shipped
        .map(|(path, package)| {
            let name = path.rsplit("node_modules/").next().unwrap_or(path);
            let text = |key: &str| package[key].as_str().unwrap_or_default();
            (format!("{name} {}", text("version")), text("license").to_owned())
        })
        .collect()
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap_or_else(|error| panic!("not JSON: {error}"))
}
