//! Every target's code is parsed, and is the same code whatever the texts in it are: none gets out of its literal.
//! The parsers are tree-sitter's, of the Python that `.ci/counterparts` made.

#[path = "code_runs/lot.rs"]
mod lot;
#[path = "code_runs/requests.rs"]
mod requests;

use std::env;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use errand_interop::code::{self, Target};
use errand_model::{
    Auth, Body, FileBody, FormRow, Header, MultipartRow, PartKind, RawLanguage, Request,
    RequestSettings,
};
use lot::Lot;
use serde_json::{Value, json};

/// What is parsed, and where it is from.
struct Source {
    of: String,
    text: String,
    grammar: &'static str,
}

/// None where a message has no syntax of its own.
fn grammar(target: &Target) -> Option<&'static str> {
    Some(match target.syntax {
        "http" => return None,
        "shell" => "bash",
        known => known,
    })
}

#[test]
fn whatever_is_sent_is_code_without_errors() {
    let mut sources = Vec::new();
    for target in code::targets() {
        let Some(grammar) = grammar(target) else { continue };
        for (name, request) in requests::all("127.0.0.1:8080") {
            let text = code::generate(&request, target.id).expect("it is written").text;
            sources.push(Source { of: format!("{}: {name}", target.id), text, grammar });
        }
    }
    let Some(parsed) = parsed(&sources) else { return };
    let wrong: Vec<String> = sources
        .iter()
        .zip(&parsed)
        .filter(|(source, parsed)| !parsed["error"].is_null() && !other(source))
        .map(|(source, parsed)| format!("{} at {}\n{}", source.of, parsed["error"], source.text))
        .collect();
    println!("{} sources parsed", sources.len());
    assert!(wrong.is_empty(), "{} with errors:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_text_gets_out_of_its_literal() {
    const ROUNDS: u64 = 40;
    let mut sources = Vec::new();
    for target in code::targets() {
        let Some(grammar) = grammar(target) else { continue };
        for kind in 0..4 {
            let tame = skeleton(kind, &mut |_| "word".to_owned());
            let text = code::generate(&tame, target.id).expect("it is written").text;
            sources.push(Source { of: format!("{} {kind}", target.id), text, grammar });
            for seed in 0..ROUNDS {
                let mut lot = Lot::new(seed * 4 + kind);
                let mut text = |line: bool| {
                    // Empty ones are written another way.
                    if line { format!("a{}a", lot.line()) } else { format!("a{}a", lot.text()) }
                };
                let text = code::generate(&skeleton(kind, &mut text), target.id);
                let text = text.expect("it is written").text;
                sources.push(Source { of: format!("{} {kind} {seed}", target.id), text, grammar });
            }
        }
    }
    let Some(parsed) = parsed(&sources) else { return };
    let size = usize::try_from(ROUNDS).expect("it fits") + 1;
    let mut wrong = Vec::new();
    for (sources, parsed) in sources.chunks(size).zip(parsed.chunks(size)) {
        for (source, own) in sources.iter().zip(parsed).skip(1) {
            if own["shape"] != parsed[0]["shape"] && !other(source) {
                wrong.push(format!(
                    "{}: {}\n{}\nfor {}\n",
                    source.of, own["shape"], source.text, parsed[0]["shape"]
                ));
            }
        }
    }
    println!("{} sources parsed", sources.len());
    assert!(wrong.is_empty(), "{} of another shape:\n{}", wrong.len(), wrong.join("\n"));
}

/// A request of one kind, its texts by lot: with `true` for those that are in one line.
fn skeleton(kind: u64, text: &mut dyn FnMut(bool) -> String) -> Request {
    let part = |name: String, value: String, files: Vec<String>| MultipartRow {
        name,
        kind: if files.is_empty() { PartKind::Text } else { PartKind::File },
        value,
        files,
        content_type: String::new(),
        description: String::new(),
        enabled: true,
    };
    let row = |name: String, value: String| FormRow {
        name,
        value,
        description: String::new(),
        enabled: true,
    };
    Request {
        method: "POST".into(),
        // With brackets curl takes an option more.
        url: match kind {
            0 => format!("http://127.0.0.1/{}", text(true).replace(['[', ']', '{', '}'], "")),
            _ => "http://127.0.0.1/x".into(),
        },
        headers: vec![Header::new("X-A", text(true)), Header::new("X-B", text(false))],
        auth: match kind {
            0 => Auth::Basic { username: text(true), password: text(true) },
            1 => Auth::Digest { username: text(false), password: text(false) },
            _ => Auth::Bearer { token: text(true) },
        },
        body: match kind {
            0 => Body::Raw { language: RawLanguage::Text, text: text(false) },
            // Two that encode these signs otherwise send a form that has them as text.
            1 => Body::FormUrlEncoded {
                rows: vec![row("a".into(), text(false).replace(['*', '~'], ""))],
            },
            2 => Body::Multipart {
                rows: vec![
                    part("a".into(), text(true), Vec::new()),
                    part("b".into(), String::new(), vec![text(true).replace('.', "")]),
                ],
            },
            _ => Body::File {
                files: vec![FileBody {
                    path: text(false).replace('.', ""),
                    content_type: text(true),
                    selected: true,
                }],
            },
        },
        settings: RequestSettings {
            follow_redirects: Some(false),
            verify_tls: Some(false),
            timeout_ms: Some(2500),
            ..RequestSettings::default()
        },
        ..Request::default()
    }
}

/// Where another shape is right.
fn other(source: &Source) -> bool {
    // The grammar of Kotlin takes an escaped dollar before these for the beginning of something.
    source.grammar == "kotlin" && ["\\$(", "\\$\\"].iter().any(|sign| source.text.contains(sign))
        // HTTPie cannot be given a backslash before its own signs: the form is piped into it.
        || source.of.starts_with("httpie 1 ") && source.text.starts_with("printf %s ")
}

fn parsed(sources: &[Source]) -> Option<Vec<Value>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    let python = root.join("../..").join(target).join("counterparts/python/bin/python");
    let there = Command::new(&python).args(["-c", "import tree_sitter_language_pack"]).output();
    if !there.is_ok_and(|told| told.status.success()) {
        eprintln!("SKIPPED: tree-sitter is not at {}", python.display());
        return None;
    }
    let asked: Vec<Value> = sources
        .iter()
        .map(|source| json!({"grammar": source.grammar, "text": source.text}))
        .collect();
    let mut parser = Command::new(python)
        .arg(root.join("tests/code_parses/parse.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the parser starts");
    let mut input = parser.stdin.take().expect("its input");
    input.write_all(Value::from(asked).to_string().as_bytes()).expect("it reads");
    drop(input);
    let told = parser.wait_with_output().expect("it ends");
    assert!(told.status.success(), "the parser failed");
    Some(serde_json::from_slice(&told.stdout).expect("it tells JSON"))
}
