//! What this machine can run.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How the code of a target is run.
pub struct Language {
    pub target: &'static str,
    folder: PathBuf,
    file: &'static str,
    /// Requests it says it cannot send, or not in the same words.
    cannot: &'static [&'static str],
    /// Commands of a shell; all but the last have to succeed.
    steps: &'static [&'static str],
}

struct Known {
    target: &'static str,
    /// Whether it is there.
    probe: &'static str,
    file: &'static str,
    steps: &'static [&'static str],
    cannot: &'static [&'static str],
}

/// The code says that it sends none of these.
const NO_DIGEST: &str = "digest";
const NO_TYPES: &str = "typed parts";
const NO_REDIRECTS: &str = "redirect";
/// These libraries write `[` as `%5B`, which is the same.
const ENCODES: &str = "brackets";

const KNOWN: &[Known] = &[
    Known { target: "curl", probe: "true", file: "a.sh", steps: &["sh a.sh"], cannot: &[] },
    Known {
        target: "c-libcurl",
        probe: "curl-config --version",
        file: "a.c",
        steps: &["cc -Wall -Werror a.c -o a.out -lcurl", "./a.out"],
        cannot: &[],
    },
    Known {
        target: "go",
        probe: "go version",
        file: "a.go",
        steps: &["go vet a.go", "go run a.go"],
        cannot: &[NO_DIGEST],
    },
    Known {
        target: "httpie",
        probe: "$PYTHON -m httpie --version",
        file: "a.sh",
        steps: &["PATH=$(dirname $PYTHON):$PATH sh a.sh"],
        cannot: &[ENCODES],
    },
    Known {
        target: "java-httpclient",
        probe: "java --version && java --list-modules | grep -q jdk.compiler",
        file: "Main.java",
        steps: &["java Main.java"],
        cannot: &[NO_DIGEST],
    },
    Known {
        target: "javascript-axios",
        probe: "test -d node_modules/axios",
        file: "a.mjs",
        steps: &["node a.mjs"],
        cannot: &[NO_DIGEST],
    },
    // A browser reads no files.
    Known {
        target: "javascript-fetch",
        probe: "node --version",
        file: "a.mjs",
        steps: &["node a.mjs"],
        cannot: &[NO_DIGEST, "files", "file", "binary"],
    },
    Known {
        target: "typescript-fetch",
        probe: "test -e node_modules/.bin/tsc",
        file: "a.mts",
        steps: &[
            "node_modules/.bin/tsc --strict --target es2022 --lib es2022,dom --types '' --module nodenext a.mts",
            "node a.mjs",
        ],
        cannot: &[NO_DIGEST, "files", "file", "binary"],
    },
    Known {
        target: "node",
        probe: "node --version",
        file: "a.cjs",
        steps: &["node a.cjs"],
        cannot: &[NO_DIGEST, NO_REDIRECTS],
    },
    Known {
        target: "perl-http-tiny",
        probe: "perl -MHTTP::Tiny -e 1",
        file: "a.pl",
        steps: &["perl -c a.pl", "perl a.pl"],
        cannot: &[NO_DIGEST],
    },
    Known {
        target: "php-curl",
        probe: "php -r 'curl_init();'",
        file: "a.php",
        steps: &["php -l a.php", "php a.php"],
        cannot: &[],
    },
    Known {
        target: "php-guzzle",
        probe: "test -e /usr/share/php/GuzzleHttp/autoload.php",
        file: "a.php",
        steps: &[
            "mkdir -p vendor",
            "echo '<?php require \"GuzzleHttp/autoload.php\";' >vendor/autoload.php",
            "php a.php",
        ],
        cannot: &[ENCODES],
    },
    Known {
        target: "python-aiohttp",
        probe: "$PYTHON -c 'import aiohttp'",
        file: "a.py",
        steps: &["$PYTHON a.py"],
        cannot: &[NO_DIGEST],
    },
    Known {
        target: "python-httpx",
        probe: "$PYTHON -c 'import httpx'",
        file: "a.py",
        steps: &["$PYTHON a.py"],
        cannot: &[],
    },
    Known {
        target: "python-requests",
        probe: "$PYTHON -c 'import requests'",
        file: "a.py",
        steps: &["$PYTHON a.py"],
        cannot: &[ENCODES],
    },
    Known {
        target: "ruby",
        probe: "ruby --version",
        file: "a.rb",
        steps: &["ruby -wc a.rb", "ruby a.rb"],
        cannot: &[NO_DIGEST, NO_TYPES, NO_REDIRECTS],
    },
    // A program of its own inside the package that .ci/counterparts built, whose libraries are there.
    Known {
        target: "rust-reqwest",
        probe: "test -d $RUST",
        file: "a.rs",
        steps: &[
            "cp a.rs $RUST/src/main.rs && cargo build -q --offline --manifest-path $RUST/Cargo.toml --target-dir $RUST/target",
            "$RUST/target/debug/errand-code",
        ],
        cannot: &[NO_DIGEST],
    },
    Known {
        target: "wget",
        probe: "wget --version",
        file: "a.sh",
        steps: &["sh a.sh"],
        cannot: &["files"],
    },
];

impl Language {
    /// The language of a target, to run in a folder; none when the machine does not have it.
    pub fn present(target: &str, folder: &Path) -> Option<Self> {
        let known = KNOWN.iter().find(|known| known.target == target).expect("a known target");
        let (installed, modules) =
            (others().join("node/node_modules"), folder.join("node_modules"));
        if installed.is_dir() && !modules.exists() {
            std::os::unix::fs::symlink(installed, modules)
                .expect("the libraries of Node are linked");
        }
        let there = shell(known.probe, folder).output().is_ok_and(|told| told.status.success());
        if !there {
            eprintln!("SKIPPED: {target} is not on this machine");
        }
        let Known { target, file, steps, cannot, .. } = *known;
        there.then(|| Self { target, folder: folder.to_owned(), file, cannot, steps })
    }

    /// Whether the code says that it does not send this, or another way.
    pub fn cannot(&self, name: &str) -> bool {
        self.cannot.contains(&name)
    }

    /// What it says, and whether it got as far as running.
    pub fn run(&self, source: &str) -> Result<String, String> {
        fs::write(self.folder.join(self.file), source).expect("the source is written");
        let mut told = String::new();
        for (at, step) in self.steps.iter().enumerate() {
            let output = shell(step, &self.folder).output().map_err(|error| error.to_string())?;
            told += &String::from_utf8_lossy(&output.stdout);
            told += &String::from_utf8_lossy(&output.stderr);
            if at + 1 < self.steps.len() && !output.status.success() {
                return Err(told);
            }
        }
        Ok(told)
    }
}

/// Where .ci/counterparts puts what it installs.
pub fn others() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    let folder = root.join(target).join("counterparts");
    folder.canonicalize().unwrap_or(folder)
}

fn shell(step: &str, folder: &Path) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", step]).current_dir(folder).stdin(Stdio::null());
    command.env("GO111MODULE", "off").env("PYTHON", others().join("python/bin/python"));
    command.env("RUST", others().join("rust"));
    for proxy in
        ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
    {
        command.env_remove(proxy);
    }
    command
}
