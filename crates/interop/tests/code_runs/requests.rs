//! What is sent: everything that a language could get wrong.

use std::fmt::Write as _;

use errand_model::{
    ApiKeyPlace, Auth, Body, FileBody, FormRow, Header, MultipartRow, PartKind, RawLanguage,
    Request, RequestSettings,
};

use crate::lot::Lot;

const ODD: &str = "it's \"quoted\" $HOME ${x} #{y} %s \\n \\ `z`";

/// Whatever a text may hold: line ends, a tab, characters that are not seen, emoji, a Kelvin sign.
const WILD: &str = "a\nb\r\nc\td \u{7}\u{85} \u{202e}\u{2066}\u{feff} \u{2028} ??/ é \u{1f600}\u{200d}\u{1f4bb} \u{212a} ${{x}} \\u0022 \\x22 %41 'q' \"\"\" $$ <?php ?> */ --> ;\n";

fn part(name: &str, value: &str) -> MultipartRow {
    MultipartRow {
        name: name.into(),
        kind: PartKind::Text,
        value: value.into(),
        files: Vec::new(),
        content_type: String::new(),
        description: String::new(),
        enabled: true,
    }
}

fn file(name: &str, path: &str, kind: &str) -> MultipartRow {
    MultipartRow {
        kind: PartKind::File,
        files: vec![path.into()],
        content_type: kind.into(),
        ..part(name, "")
    }
}

fn row(name: &str, value: &str) -> FormRow {
    FormRow { name: name.into(), value: value.into(), description: String::new(), enabled: true }
}

fn text(text: impl Into<String>) -> Body {
    Body::Raw { language: RawLanguage::Text, text: text.into() }
}

/// The requests by name, for a server at this address.
pub fn all(address: &str) -> Vec<(&'static str, Request)> {
    let to = |method: &str, path: &str| Request {
        method: method.into(),
        url: format!("http://{address}{path}"),
        ..Request::default()
    };
    let mut all = bodies(&to);
    all.extend(heads(&to));
    all.extend(hostile(&to));
    all
}

type To<'a> = &'a dyn Fn(&str, &str) -> Request;

fn heads(to: To<'_>) -> Vec<(&'static str, Request)> {
    let key = |placement| Auth::ApiKey { key: "x-key".into(), value: "k & 'y'".into(), placement };
    let follows = |follow| RequestSettings {
        follow_redirects: Some(follow),
        timeout_ms: Some(20_000),
        ..RequestSettings::default()
    };
    vec![
        (
            "plain",
            Request {
                headers: vec![Header::new("X-Odd", ODD)],
                ..to("GET", "/a%2Fb/c d?q=1%202&empty=&é=\"&b={x}")
            },
        ),
        ("brackets", to("GET", "/brackets?ids[]=1&range=[1-3]")),
        (
            "basic",
            Request {
                auth: Auth::Basic { username: "ada".into(), password: "p'w:é".into() },
                ..to("DELETE", "/basic")
            },
        ),
        (
            "digest",
            Request {
                auth: Auth::Digest { username: "ada".into(), password: "p'w".into() },
                ..to("GET", "/digest")
            },
        ),
        ("key in a header", Request { auth: key(ApiKeyPlace::Header), ..to("GET", "/key") }),
        ("key in the query", Request { auth: key(ApiKeyPlace::Query), ..to("GET", "/key?a=1") }),
        (
            "cookies",
            Request {
                headers: vec![Header::new("Cookie", "a=1; b=\"2\"")],
                ..to("GET", "/cookies")
            },
        ),
        ("method", to("PROPFIND", "/method")),
        ("empty post", to("POST", "/empty")),
        (
            "headers",
            Request {
                headers: vec![
                    Header::new("X-Twice", "1"),
                    Header::new("X-Empty", ""),
                    Header::new("X-Twice", "2"),
                    Header::new("Accept", "text/x-mine"),
                ],
                ..to("GET", "/headers")
            },
        ),
        (
            "variables",
            Request {
                headers: vec![Header::new("X-Variable", "{{token}} {{ other }}")],
                body: text("{\"n\": {{n}}}"),
                ..to("POST", "/variables")
            },
        ),
        ("redirect", Request { settings: follows(true), ..to("GET", "/moved") }),
        ("no redirect", Request { settings: follows(false), ..to("GET", "/moved") }),
    ]
}

fn bodies(to: To<'_>) -> Vec<(&'static str, Request)> {
    let json = format!("{{\n\t\"odd\": {}, \"é\": \"\u{1f600}\"\n}}", serde_json::json!(ODD));
    let selected = |path: &str, kind: &str| Body::File {
        files: vec![FileBody { path: path.into(), content_type: kind.into(), selected: true }],
    };
    vec![
        (
            "json",
            Request {
                body: Body::Raw { language: RawLanguage::Json, text: json },
                auth: Auth::Bearer { token: "abc".into() },
                ..to("PATCH", "/json")
            },
        ),
        ("text", Request { body: text(WILD), ..to("POST", "/text") }),
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
            "signs in a form",
            Request {
                body: Body::FormUrlEncoded {
                    rows: vec![row("a:b", "@/etc/passwd"), row("c=d", "=x"), row("-e", ":=1")],
                },
                ..to("POST", "/form")
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
                        file("f", "some file.txt", ""),
                        file("g", "all.bin", "application/x-all"),
                    ],
                },
                ..to("POST", "/files")
            },
        ),
        (
            "parts twice",
            Request {
                body: Body::Multipart {
                    rows: vec![part("a", "1"), part("a", "@2"), part("a", "<3")],
                },
                ..to("POST", "/files")
            },
        ),
        (
            "typed parts",
            Request {
                body: Body::Multipart {
                    rows: vec![MultipartRow {
                        content_type: "application/json".into(),
                        ..part("a", "{}")
                    }],
                },
                ..to("POST", "/files")
            },
        ),
        (
            "file",
            Request {
                headers: vec![Header::new("Content-Type", "text/x-note")],
                body: selected("some file.txt", "text/x-note"),
                ..to("POST", "/file")
            },
        ),
        ("binary", Request { body: selected("all.bin", ""), ..to("PUT", "/binary") }),
    ]
}

/// Many texts at once, put together by lot of what means something in one language or another.
fn hostile(to: To<'_>) -> Vec<(&'static str, Request)> {
    let mut lot = Lot::new(7);
    let mut headers = Vec::new();
    let mut lines = String::new();
    for at in 0..60 {
        let value = lot.line();
        headers.push(Header::new(format!("X-Hostile-{at}"), value.trim()));
        // Writing to a String cannot fail.
        let _ = writeln!(lines, "{}", lot.text());
    }
    let rows = (0..60).map(|_| row(&lot.text(), &lot.text())).collect();
    // Libraries write names of parts as they like.
    let parts = (0..30).map(|at| part(&format!("n{at}"), &lot.text())).collect();
    vec![
        ("hostile", Request { headers, body: text(lines), ..to("POST", "/hostile") }),
        ("hostile form", Request { body: Body::FormUrlEncoded { rows }, ..to("POST", "/hostile") }),
        (
            "hostile parts",
            Request { body: Body::Multipart { rows: parts }, ..to("POST", "/hostile") },
        ),
    ]
}
