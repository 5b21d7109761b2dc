//! `errand view`.
#![allow(clippy::format_collect, reason = "test data, made once")]

mod support;

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::Stdio;

use support::{Home, finished};

#[test]
fn pretty_raw_and_hexadecimal() {
    let home = Home::new();
    home.write("a.json", "{\"b\":[1,{\"c\":\"d\"}]}");
    let pretty = home.errand(["view", "a.json"]).exits(0);
    assert_eq!(pretty.out, "{\n  \"b\": [\n    1,\n    {\n      \"c\": \"d\"\n    }\n  ]\n}\n");
    assert_eq!(
        home.errand(["view", "a.json", "--as", "raw"]).exits(0).out,
        "{\"b\":[1,{\"c\":\"d\"}]}"
    );
    assert!(home.errand(["view", "a.json", "--as", "hex"]).exits(0).out.starts_with("00000000"));
    let rows = home.errand(["view", "a.json", "--rows", "3..4"]).exits(0);
    assert_eq!(rows.out, "    1,\n    {\n");
    let piped = home.errand_with(["view", "-", "--rows", "2..2"], "{\"x\":1}").exits(0);
    assert_eq!(piped.out, "  \"x\": 1\n");
}

#[test]
fn a_long_line_comes_out_whole() {
    let home = Home::new();
    let text: String = (0..400_000).map(|number| format!("{number:x} ")).collect();
    home.write("long.json", format!("[\"{text}\",\"{text}\"]"));
    let shown = home.errand(["view", "long.json"]).exits(0);
    assert_eq!(shown.out, format!("[\n  \"{text}\",\n  \"{text}\"\n]\n"));
}

#[test]
fn many_rows_are_the_same_as_a_formatter_writes() {
    let home = Home::new();
    let value: serde_json::Value =
        (0..20_000).map(|n| serde_json::json!({ "id": n, "tags": ["a", {}, []] })).collect();
    home.write("many.json", value.to_string());
    let shown = home.errand(["view", "many.json"]).exits(0);
    let read: serde_json::Value = serde_json::from_str(&shown.out).expect("still JSON");
    assert_eq!(read, value);
    assert!(shown.out.lines().count() > 100_000);
}

#[test]
fn finding() {
    let home = Home::new();
    let lines: String =
        (1..=3_000).map(|n| format!("{{\"id\":{n},\"name\":\"tea {}\"}},", n % 7)).collect();
    home.write("a.json", format!("[{}]", lines.trim_end_matches(',')));
    assert_eq!(home.errand(["view", "a.json", "--find", "tea 3", "--count"]).exits(0).out, "429\n");
    let found = home.errand(["view", "a.json", "--find", "\"id\": 2\\d99\\b", "--regex"]);
    assert!(found.exit == 0 || found.exit == 1, "{found:?}");
    let found = home.errand(["view", "a.json", "--find", "\"id\":\\s*1000\\b", "--regex"]).exits(0);
    assert_eq!(
        found.out,
        "3999:    \"id\": 1000,\n".replace("3999", &(1 + 999 * 4 + 2).to_string())
    );
    let all = home.errand(["view", "a.json", "--find", "tea 3"]).exits(0);
    assert_eq!(all.out.lines().count(), 429);
    home.errand(["view", "a.json", "--find", "coffee"]).exits(1);
    home.errand(["view", "a.json", "--find", "(", "--regex"]).exits(2);
}

#[test]
fn selecting() {
    let home = Home::new();
    home.write("a.json", "{\"items\":[{\"id\":1},{\"id\":2}]}");
    home.write("a.xml", "<a><b>1</b><b>2</b></a>");
    let path = home.errand(["view", "a.json", "--filter", "$.items[*].id"]).exits(0);
    assert_eq!(path.json(), serde_json::json!([1, 2]));
    assert_eq!(home.errand(["view", "a.json", "--jq", ".items[1].id"]).exits(0).out.trim(), "2");
    assert!(home.errand(["view", "a.xml", "--xpath", "//b[2]"]).exits(0).out.contains('2'));
    home.errand(["view", "a.json", "--filter", "$.none"]).exits(1);
    home.errand(["view", "a.json", "--jq", ".["]).exits(2);
    home.errand(["view", "a.json", "--jq", ".", "--filter", "$"]).exits(2);
}

#[test]
fn what_is_not_there_or_not_json() {
    let home = Home::new();
    home.errand(["view"]).exits(2);
    home.errand(["view", "missing"]).exits(4);
    home.errand(["view", "."]).exits(4);
    home.write("cut.json", "{\"a\": [1, 2");
    let cut = home.errand(["view", "cut.json"]).exits(4);
    assert!(cut.out.contains("\"a\"") && cut.err.contains("cut.json is not valid JSON"), "{cut:?}");
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let home = Home::new();
    let mut file = std::fs::File::create(home.path("big.json")).expect("made");
    let row = b"{\"id\":1234567,\"name\":\"a cup of tea\"},".repeat(10_000);
    file.write_all(b"[").expect("written");
    for _ in 0..50 {
        file.write_all(&row).expect("written");
    }
    file.write_all(b"0]").expect("written");
    for arguments in [
        &["view", "big.json"][..],
        &["view", "big.json", "--as", "raw"],
        &["view", "big.json", "--find", "tea"],
    ] {
        let mut child = home
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("started");
        let mut line = String::new();
        let mut out = BufReader::with_capacity(16, child.stdout.take().expect("a pipe"));
        if arguments.contains(&"raw") {
            let mut start = [0; 16];
            std::io::Read::read_exact(&mut out, &mut start).expect("a start");
        } else {
            out.read_line(&mut line).expect("a line");
        }
        drop(out);
        let done = finished(child).exits(0);
        assert_eq!(done.err, "");
    }
}
