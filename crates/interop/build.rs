//! Lists the templates of `src/code/targets/`, so that a new one is found without being named anywhere else.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("src/code/targets");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_, std::io::Error>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "jinja"));
    let mut targets: Vec<(String, String)> = files
        .iter()
        .map(|path| {
            println!("cargo::rerun-if-changed={}", path.display());
            target(path)
        })
        .collect::<Result<_, _>>()?;
    targets.sort();
    let all: Vec<String> = targets.into_iter().map(|(_, target)| target).collect();
    let to = Path::new(&env::var("OUT_DIR")?).join("targets.rs");
    fs::write(to, format!("&[{}]", all.join(",\n")))?;
    Ok(())
}

/// What the targets are sorted by, and the target as Rust.
fn target(path: &Path) -> Result<(String, String), Box<dyn std::error::Error>> {
    let text = fs::read_to_string(path)?;
    let id = path.file_stem().unwrap_or_default().to_string_lossy();
    let wrong = || {
        format!("{}: the first line has to be {{# Language | library | syntax #}}", path.display())
    };
    let first = text.lines().next().unwrap_or_default();
    let head =
        first.strip_prefix("{# ").and_then(|rest| rest.strip_suffix(" #}")).ok_or_else(wrong)?;
    let [language, library, syntax] =
        head.split(" | ").collect::<Vec<_>>().try_into().map_err(|_| wrong())?;
    let path = path.to_string_lossy();
    let target = format!(
        "Target {{ id: {id:?}, language: {language:?}, library: {library:?}, syntax: {syntax:?}, \
         template: include_str!({path:?}) }}"
    );
    Ok((format!("{}\0{id}", language.to_lowercase()), target))
}
