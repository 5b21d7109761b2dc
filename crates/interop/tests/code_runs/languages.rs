//! What this machine can run.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How the code of a target is run.
pub struct Language {
    pub target: &'static str,
    /// Requests it says it cannot send, or not in the same words.
    pub cannot: &'static [&'static str],
    folder: PathBuf,
    file: &'static str,
    /// Words of each command; `FILE` is the source.
    steps: Vec<Vec<String>>,
}

/// Files in a multipart body.
const NO_FILES: &[&str] = &["files"];
const BROWSER: &[&str] = &["files", "file"];

pub fn present(folder: &Path) -> Vec<Language> {
    let others = others();
    let python = others.join("python/bin/python").display().to_string();
    let httpie = others.join("python/bin").display().to_string();
    let with_httpie = format!("PATH={httpie}:$PATH sh FILE");
    let all: [(_, &[&str], _, &[&[&str]]); 16] = [
        ("curl", &[], "a.sh", &[&["sh", "FILE"]]),
        ("wget", NO_FILES, "a.sh", &[&["wget", "--version"], &["sh", "FILE"]]),
        (
            "httpie",
            &[],
            "a.sh",
            &[&[&python, "-m", "httpie", "--version"], &["sh", "-c", &with_httpie]],
        ),
        ("javascript-fetch", BROWSER, "a.mjs", &[&["node", "FILE"]]),
        ("node", NO_FILES, "a.cjs", &[&["node", "FILE"]]),
        (
            "python-requests",
            &[],
            "a.py",
            &[&[&python, "-c", "import requests"], &[&python, "FILE"]],
        ),
        ("python-httpx", &[], "a.py", &[&[&python, "-c", "import httpx"], &[&python, "FILE"]]),
        ("python-aiohttp", &[], "a.py", &[&[&python, "-c", "import aiohttp"], &[&python, "FILE"]]),
        ("perl-http-tiny", NO_FILES, "a.pl", &[&["perl", "FILE"]]),
        ("php-curl", &[], "a.php", &[&["php", "-r", "curl_init();"], &["php", "FILE"]]),
        ("ruby", &[], "a.rb", &[&["ruby", "FILE"]]),
        ("go", &[], "a.go", &[&["go", "run", "FILE"]]),
        ("java-httpclient", NO_FILES, "Main.java", &[&["java", "FILE"]]),
        (
            "c-libcurl",
            &[],
            "a.c",
            &[
                &["curl-config", "--version"],
                &["cc", "FILE", "-o", "a.out", "-lcurl"],
                &["./a.out"],
            ],
        ),
        ("rust-reqwest", &[], "a.rs", &[&["sh", "-c", "test -d \"$RUST\""], &["sh", "-c", RUST]]),
        (
            "javascript-axios",
            &[],
            "a.mjs",
            &[&["sh", "-c", "test -d \"$NODE/node_modules/axios\""], &["sh", "-c", AXIOS]],
        ),
    ];
    all.into_iter()
        .filter_map(|(target, cannot, file, steps)| {
            let own = |words: &&[&str]| words.iter().map(|word| (*word).to_owned()).collect();
            let mut steps: Vec<Vec<String>> = steps.iter().map(own).collect();
            // The first step of several only tells whether the language is there.
            let probe = if steps.len() > 1 {
                steps.remove(0)
            } else {
                vec![
                    steps[0][0].clone(),
                    if steps[0][0] == "go" { "version" } else { "--version" }.to_owned(),
                ]
            };
            let there = target == "curl"
                || command(&probe, folder).output().is_ok_and(|o| o.status.success());
            if !there {
                eprintln!("SKIPPED: {target} is not on this machine");
            }
            there.then(|| Language { target, cannot, folder: folder.to_owned(), file, steps })
        })
        .collect()
}

/// A program of its own inside the package that .ci/counterparts built, whose libraries are there.
const RUST: &str = "cp FILE \"$RUST/src/main.rs\" && cargo build -q --offline --manifest-path \"$RUST/Cargo.toml\" --target-dir \"$RUST/target\" && \"$RUST/target/debug/errand-code\"";
const AXIOS: &str = "cp FILE \"$NODE/code.mjs\" && node \"$NODE/code.mjs\"";

impl Language {
    /// What it says.
    pub fn run(&self, source: &str) -> String {
        fs::write(self.folder.join(self.file), source).expect("the source is written");
        let mut told = String::new();
        for step in &self.steps {
            let words: Vec<String> =
                step.iter().map(|word| word.replace("FILE", self.file)).collect();
            match command(&words, &self.folder).output() {
                Ok(output) => {
                    told += &String::from_utf8_lossy(&output.stdout);
                    told += &String::from_utf8_lossy(&output.stderr);
                }
                Err(error) => told.push_str(&error.to_string()),
            }
        }
        told
    }
}

/// Where .ci/counterparts puts what it installs.
fn others() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    root.join(target).join("counterparts")
}

fn command(words: &[String], folder: &Path) -> Command {
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).current_dir(folder).stdin(Stdio::null());
    command.env("GO111MODULE", "off").env("NODE", others().join("node"));
    command.env("RUST", others().join("rust"));
    for proxy in
        ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
    {
        command.env_remove(proxy);
    }
    command
}
