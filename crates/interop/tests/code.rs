//! Every target writes what is in `tests/code/<request>/<target>.txt`.

use std::path::Path;

use errand_interop::code;
use errand_model::{
    Auth, Body, FormRow, Header, MultipartRow, Param, ParamKind, PartKind, RawLanguage, Request,
    RequestSettings,
};

#[expect(clippy::too_many_lines, reason = "it is a table")]
fn requests() -> Vec<(&'static str, Request)> {
    let url = |url: &str| Request { method: "GET".into(), url: url.into(), ..Request::default() };
    let text = |name: &str, value: &str| MultipartRow {
        name: name.into(),
        kind: PartKind::Text,
        value: value.into(),
        files: Vec::new(),
        content_type: String::new(),
        description: String::new(),
        enabled: true,
    };
    vec![
        ("plain", url("http://127.0.0.1:8080/get?q=a%20b&empty=")),
        (
            "json",
            Request {
                method: "POST".into(),
                headers: vec![
                    Header::new("X-Odd", "it's \"quoted\" $HOME #{x} \\ é"),
                    Header { enabled: false, ..Header::new("X-Off", "1") },
                ],
                params: vec![Param {
                    name: "id".into(),
                    value: "a/b".into(),
                    kind: ParamKind::Path,
                    description: String::new(),
                    enabled: true,
                }],
                body: Body::Raw {
                    language: RawLanguage::Json,
                    text: "{\n  \"name\": \"it's ${x} #{y} %s é\",\n  \"n\": 1\n}".into(),
                },
                auth: Auth::Bearer { token: "{{token}}".into() },
                settings: RequestSettings {
                    timeout_ms: Some(1500),
                    follow_redirects: Some(false),
                    verify_tls: Some(false),
                    ..RequestSettings::default()
                },
                ..url("{{base_url}}/things/:id")
            },
        ),
        (
            "form",
            Request {
                method: "PUT".into(),
                body: Body::FormUrlEncoded {
                    rows: [("a", "1 & 2"), ("b", "é"), ("b", "{{v}}")]
                        .map(|(name, value)| FormRow {
                            name: name.into(),
                            value: value.into(),
                            description: String::new(),
                            enabled: true,
                        })
                        .into(),
                },
                auth: Auth::Basic { username: "ada".into(), password: "p'w".into() },
                ..url("http://127.0.0.1:8080/put")
            },
        ),
        (
            "multipart",
            Request {
                method: "POST".into(),
                body: Body::Multipart { rows: vec![text("a", "1"), text("b c", "it's \"x\"")] },
                ..url("http://127.0.0.1:8080/post")
            },
        ),
        (
            "files",
            Request {
                method: "POST".into(),
                body: Body::Multipart {
                    rows: vec![
                        text("a", "1"),
                        MultipartRow {
                            kind: PartKind::File,
                            files: vec!["data/picture.png".into()],
                            content_type: "image/png".into(),
                            value: String::new(),
                            ..text("file", "")
                        },
                    ],
                },
                ..url("http://127.0.0.1:8080/post")
            },
        ),
        (
            "hard",
            Request {
                method: "M-X".into(),
                headers: vec![
                    Header::new("X-Twice", "1"),
                    Header::new("X-Empty", ""),
                    Header::new("X-Twice", "2"),
                    Header::new("X-Broken", "a\r\nb: c"),
                ],
                body: Body::Raw {
                    language: RawLanguage::Text,
                    text: "' \" ` \\ $x ${y} %s #{z} \u{2019}\t\r\n\u{7}\u{202e}\u{feff}\u{1f600} {{v}} */ ?>\n".into(),
                },
                settings: RequestSettings {
                    follow_redirects: Some(true),
                    http_version: Some("2".into()),
                    ..RequestSettings::default()
                },
                ..url("https://[::1]:8443/a?ids[]=[1-3]&q={x}#f")
            },
        ),
        (
            "digest",
            Request {
                method: "DELETE".into(),
                auth: Auth::Digest { username: "ada".into(), password: "{{password}}".into() },
                ..url("http://127.0.0.1:8080/delete")
            },
        ),
    ]
}

#[test]
fn every_target_writes_what_is_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/code");
    let accept = std::env::var_os("ERRAND_ACCEPT").is_some();
    let mut wrong = Vec::new();
    for (name, request) in requests() {
        for target in code::targets() {
            let made = code::generate(&request, target.id).expect("it is written");
            let notes = made.notes.iter().flat_map(|note| ["note: ", note, "\n"]);
            let notes: String = notes.collect();
            let text = notes + &made.text;
            let file = folder.join(name).join(format!("{}.txt", target.id));
            if accept {
                std::fs::create_dir_all(folder.join(name)).expect("a folder");
                std::fs::write(&file, &text).expect("it is kept");
            } else if std::fs::read_to_string(&file).ok().as_deref() != Some(&text) {
                wrong.push(format!("{name}/{}", target.id));
            }
        }
    }
    assert!(wrong.is_empty(), "not as expected (ERRAND_ACCEPT=1 keeps what is written): {wrong:?}");
}

#[test]
fn an_unknown_target_names_those_there_are() {
    let error = code::generate(&Request::default(), "cobol").expect_err("there is none");
    assert!(error.to_string().contains("python-requests"), "{error}");
}
