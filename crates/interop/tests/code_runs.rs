//! The code is run, in every language this machine has, and a server sees the same request from each.

#[path = "code_runs/echo.rs"]
mod echo;
#[path = "code_runs/languages.rs"]
mod languages;

use std::fs;

use echo::{Echo, Seen};
use errand_interop::code;
use errand_model::{
    Auth, Body, FileBody, FormRow, Header, MultipartRow, PartKind, RawLanguage, Request,
};

const ODD: &str = "it's \"quoted\" $HOME ${x} #{y} %s \\n \\ `z`";

fn requests(echo: &Echo) -> Vec<(&'static str, Request)> {
    let to = |method: &str, path: &str| Request {
        method: method.into(),
        url: format!("http://{}{path}", echo.address()),
        ..Request::default()
    };
    let part = |name: &str, value: &str| MultipartRow {
        name: name.into(),
        kind: PartKind::Text,
        value: value.into(),
        files: Vec::new(),
        content_type: String::new(),
        description: String::new(),
        enabled: true,
    };
    let row = |name: &str, value: &str| FormRow {
        name: name.into(),
        value: value.into(),
        description: String::new(),
        enabled: true,
    };
    vec![
        (
            "plain",
            Request {
                headers: vec![Header::new("X-Odd", ODD)],
                ..to("GET", "/a%2Fb/c d?q=1%202&empty=&é=\"")
            },
        ),
        (
            "basic",
            Request {
                auth: Auth::Basic { username: "ada".into(), password: "p'w:é".into() },
                ..to("DELETE", "/basic")
            },
        ),
        (
            "json",
            Request {
                body: Body::Raw {
                    language: RawLanguage::Json,
                    text: format!(
                        "{{\n\t\"odd\": {}, \"é\": \"\u{1f600}\"\n}}",
                        serde_json::json!(ODD)
                    ),
                },
                auth: Auth::Bearer { token: "abc".into() },
                ..to("PATCH", "/json")
            },
        ),
        (
            "form",
            Request {
                body: Body::FormUrlEncoded {
                    rows: vec![row("a b", "1 & 2"), row("odd", ODD), row("a b", "é")],
                },
                ..to("PUT", "/form")
            },
        ),
        (
            "multipart",
            Request {
                body: Body::Multipart { rows: vec![part("a", "1"), part("odd", ODD)] },
                ..to("POST", "/multipart")
            },
        ),
        (
            "files",
            Request {
                body: Body::Multipart {
                    rows: vec![
                        part("a", "1"),
                        MultipartRow {
                            kind: PartKind::File,
                            files: vec!["some file.txt".into()],
                            ..part("f", "")
                        },
                    ],
                },
                ..to("POST", "/files")
            },
        ),
        (
            "file",
            Request {
                headers: vec![Header::new("Content-Type", "text/x-note")],
                body: Body::File {
                    files: vec![FileBody {
                        path: "some file.txt".into(),
                        content_type: "text/x-note".into(),
                        selected: true,
                    }],
                },
                ..to("POST", "/file")
            },
        ),
    ]
}

#[test]
fn every_language_sends_the_same_request() {
    let (echo, folder) = (Echo::start(), tempfile::tempdir().expect("a folder"));
    fs::write(folder.path().join("some file.txt"), "line one\nline two é\n").expect("a file");
    let languages = languages::present(folder.path());
    assert!(languages.iter().any(|language| language.target == "curl"), "curl is always there");
    let mut wrong = Vec::new();
    for (name, request) in requests(&echo) {
        let mut first: Option<(&str, Seen)> = None;
        for language in &languages {
            if language.cannot.contains(&name) {
                continue;
            }
            let code = code::generate(&request, language.target).expect("it is written");
            let told = language.run(&code.text);
            let Some(seen) = echo.last() else {
                wrong.push(format!("{name}/{}: nothing arrived: {told}", language.target));
                continue;
            };
            match &first {
                None => first = Some((language.target, seen)),
                Some((other, expected)) if *expected != seen => {
                    wrong.push(format!(
                        "{name}/{}: {seen:#?}\n{other}: {expected:#?}",
                        language.target
                    ));
                }
                Some(_) => {}
            }
        }
    }
    let ran: Vec<_> = languages.iter().map(|language| language.target).collect();
    println!("ran: {ran:?}");
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}
