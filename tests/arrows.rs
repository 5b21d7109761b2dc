//! Who may import whom. The rules are read from docs/architecture.md, so that the page and this test cannot say
//! different things.

#[path = "arrows/rules.rs"]
mod rules;
#[path = "arrows/web.rs"]
mod web;

use std::path::Path;
use std::process::Command;

use rules::{Dependency, Rules};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

fn rules() -> Rules {
    let page = root().join("docs/architecture.md");
    let text = std::fs::read_to_string(&page)
        .unwrap_or_else(|error| panic!("{}: {error}", page.display()));
    Rules::read(&text)
}

/// Every dependency that a crate of ours declares.
fn dependencies() -> Vec<Dependency> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(root())
        .output()
        .unwrap_or_else(|error| panic!("cargo metadata does not start: {error}"));
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    rules::dependencies(&output.stdout, root())
}

#[test]
fn crates_import_only_what_the_architecture_allows() {
    let found = dependencies();
    assert!(found.len() > 50, "only {} dependencies read", found.len());
    let broken = rules().broken(&found);
    assert!(broken.is_empty(), "docs/architecture.md does not allow:\n{}", broken.join("\n"));
}

#[test]
fn an_arrow_against_the_rules_is_found() {
    let planted = [
        Dependency::new("engine", "errand-auth", "normal"),
        Dependency::new("runner", "rusqlite", "normal"),
        Dependency::new("model", "tokio", "normal"),
        Dependency::new("cli", "errand-playground", "build"),
        Dependency::new("somewhere", "errand-model", "normal"),
    ];
    let broken = rules().broken(&planted);
    assert_eq!(
        broken,
        [
            "engine -> auth",
            "runner -> rusqlite, which only history may use",
            "model -> tokio, which model may never use",
            "cli -> playground",
            "somewhere is not on the page",
        ]
    );
}

#[test]
fn tests_may_start_the_playground_and_shipped_code_may_not() {
    let rules = rules();
    assert!(rules.broken(&[Dependency::new("engine", "errand-playground", "dev")]).is_empty());
    assert_eq!(
        rules.broken(&[Dependency::new("engine", "errand-playground", "normal")]),
        ["engine -> playground"]
    );
}

#[test]
fn the_web_ui_talks_to_the_app_in_one_place() {
    let imports = web::imports(root(), "ui/src");
    assert!(
        imports.iter().any(|import| import.to.starts_with("react")),
        "no imports read from ui/src"
    );
    let broken = web::broken(&rules(), &imports);
    assert!(
        broken.is_empty(),
        "against the rules for ui/src in docs/architecture.md:\n{}",
        broken.join("\n")
    );
}

#[test]
fn an_import_against_the_rules_is_found() {
    let source = "import { invoke } from \"@tauri-apps/api/core\";\nimport type {\n  A,\n} from '../../ipc/client';\n\
                  export * from \"../stores/tabs\";\nconst later = await import(\"./Tree\");\nimport \"../base.css\";";
    let planted = web::imports_of("ui/src/components/tree/Tree.tsx", source);
    let targets: Vec<&str> = planted.iter().map(|import| import.to.as_str()).collect();
    let expected = [
        "@tauri-apps/api/core",
        "ui/src/ipc/client",
        "ui/src/components/stores/tabs",
        "ui/src/components/tree/Tree",
        "ui/src/components/base.css",
    ];
    assert_eq!(targets, expected);
    let tree = "ui/src/components/tree/Tree.tsx";
    assert_eq!(
        web::broken(&rules(), &planted),
        [
            format!(
                "{tree} -> @tauri-apps/api/core, which only ui/src/ipc may import from @tauri-apps"
            ),
            format!("{tree} -> ui/src/ipc/client, but nothing there may import from ui/src/ipc"),
        ]
    );
    assert!(web::broken(&rules(), &web::imports_of("ui/src/ipc/tauri.ts", source)).is_empty());
}
