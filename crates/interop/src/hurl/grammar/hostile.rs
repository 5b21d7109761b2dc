//! Files that want to take all time or all of the stack.

use std::fmt::Write as _;

use super::entries;

/// How long a line is, in bytes: the largest file is that long when `ERRAND_HOSTILE` says so, an eighth
/// otherwise, because tests are not optimised.
fn length() -> usize {
    let whole = if std::env::var_os("ERRAND_HOSTILE").is_some() { 1 } else { 8 };
    usize::try_from(super::super::LARGEST / whole).unwrap_or(usize::MAX)
}

/// Reads a text of many units.
fn read(before: &str, unit: &str, behind: &str) {
    let text = format!("{before}{}{behind}", unit.repeat(length() / unit.len()));
    let start = std::time::Instant::now();
    let taken = entries(&text).is_ok();
    eprintln!("{:?} for {unit:?} behind {before:?}, {taken}", start.elapsed());
}

fn refused(text: &str) {
    assert!(entries(text).is_err(), "{text:.100}");
}

#[test]
fn deep_nesting_is_refused() {
    for open in ["[", "{\"a\":", "[{\"a\":", "{{", "<a>", "```graphql\nx\nvariables {\"a\":"] {
        let deep = open.repeat(100_000);
        refused(&format!("POST https://a\n{deep}"));
        refused(&format!("POST https://a\nHTTP 200\n[Asserts]\nbody == {deep}"));
        refused(&format!(
            "POST https://a\nHTTP 200\n[Asserts]\nbody matches /{}",
            "(".repeat(100_000)
        ));
    }
    refused(&format!(
        "POST https://a\nHTTP 200\n[Asserts]\nbody matches /{}/",
        "(".repeat(100_000)
    ));
    let closed = format!("POST https://a\n{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
    assert!(entries(&closed).is_ok());
}

#[test]
fn one_long_line_is_read_once() {
    for (before, unit, behind) in [
        ("", "G", ""),
        ("GET https://", "a", ""),
        ("GET https://", " ", "x"),
        ("GET https://a\n", "a", ""),
        ("GET https://a\n", "a", ": b"),
        ("GET https://a\na: ", "{{b}}", ""),
        ("GET https://a\na: ", "{{b", ""),
        ("GET https://a\na: ", "\\u{41}", ""),
        ("GET https://a\n#", "#", ""),
        ("GET https://a\n", "\n", ""),
        ("GET https://a\n", " \n", "x"),
        ("GET https://a\n", "[Query]\n", ""),
        ("", "GET https://a\n\n\n\n", ""),
        ("GET https://a\n[Options]\nuser: ", "a", ""),
        ("GET https://a\n[Options]\n", "user: a\n", ""),
        ("GET https://a\n[Options]\nretry: ", "9", ""),
        ("GET https://a\n[Multipart]\n", "a: file,b;\n", ""),
        ("GET https://a\nHTTP 200\n[Asserts]\n", "status == 1\n", ""),
        ("GET https://a\nHTTP 200\n[Asserts]\nstatus", " count", " == 1"),
        ("GET https://a\nHTTP 200\n[Asserts]\nstatus", " ", ""),
        ("GET https://a\nHTTP 200\n[Asserts]\ncookie \"", "a[", "\" exists"),
        ("GET https://a\nHTTP 200\n[Asserts]\nbody matches /", "\\w", "/"),
        ("GET https://a\nHTTP 200\n[Asserts]\n", "body matches /\\w{1000}{1000}/\n", ""),
    ] {
        read(before, unit, behind);
    }
}

#[test]
fn long_bodies_are_read_once() {
    for (open, unit, close) in [
        ("\"", "a", "\""),
        ("\"", "a", "\t"),
        ("[", "1,", "1]"),
        ("[1", "\n", "]"),
        ("[", "[],", "[]]"),
        ("{", "\"a\":{},", "}"),
        ("[", "{{a}},", "1]"),
        ("\"", "{{a}}", "\""),
        ("\"", "{{a} ", "\""),
        ("\"", "\\ud83d\\ude00", "\""),
        ("`", "a", "`"),
        ("`", "a", ""),
        ("```\n", "``", ""),
        ("```\n", "`` ", "```"),
        ("```graphql\n", "\n", "```"),
        ("```graphql\n", "variables", "```"),
        ("```graphql\n", "a\n", ""),
        ("hex,", "00", ";"),
        ("hex,", "00", ""),
        ("base64,", "YQ\n", ";"),
        ("base64,", "=", ";"),
        ("file,", "a", ";"),
        ("file,", "\\ ", ";"),
        ("<a>", "<b/>", "</a>"),
        ("<a>", "<b>", ""),
        ("<a>", "&lt;", "</a>"),
        ("<a>", "]", "</a>"),
        ("<a ", "b", ""),
        ("<!--", "-", ""),
        ("<!DOCTYPE a [", "<!ENTITY a 'b'>", "]><a/>"),
    ] {
        read(&format!("POST https://a\n{open}"), unit, close);
    }
    let mut attributes = String::new();
    (0..100_000).for_each(|n| _ = write!(attributes, " a{n}=''"));
    assert!(entries(&format!("POST https://a\n<a{attributes}/>")).is_ok());
}
