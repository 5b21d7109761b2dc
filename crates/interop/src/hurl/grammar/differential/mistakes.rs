//! What is wrong, and where: the same for both.

use super::super::entries;
use super::{difference, same};

/// A text that is not Hurl, and the line and column of what is wrong.
type Wrong = (&'static str, usize, usize);

fn all_wrong(texts: &[Wrong]) {
    let elsewhere = texts.iter().filter_map(|(text, line, column)| {
        same(text);
        let mistake = entries(text).map(|_| ()).expect_err(text);
        let place = mistake.place(text);
        (place != (*line, *column)).then(|| format!("{text:?}: {} at {place:?}", mistake.what))
    });
    let elsewhere: Vec<_> = elsewhere.collect();
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
}

/// The same of lines behind a text; each with its column.
fn lines_wrong(before: &str, number: usize, lines: &[(&str, usize)]) {
    let elsewhere = lines.iter().filter_map(|(line, column)| {
        let text = format!("{before}{line}\n");
        same(&text);
        let mistake = entries(&text).map(|_| ()).expect_err(&text);
        let place = mistake.place(&text);
        (place != (number, *column)).then(|| format!("{line:?}: {} at {place:?}", mistake.what))
    });
    let elsewhere: Vec<_> = elsewhere.collect();
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
}

#[test]
fn in_requests() {
    all_wrong(&[
        ("get https://a", 1, 1),
        ("GET", 1, 4),
        ("M-SEARCH https://a", 1, 2),
        ("GET\thttps://a\tb", 1, 15),
        ("GET https://a\n  \n{{x}: 1", 3, 4),
        ("GET https://a\nAccept", 2, 1),
        ("GET https://a\nA: b\\q", 2, 6),
        ("GET https://a\nA: e\u{301}\\q", 2, 6),
        ("GET https://a\nA: {{b", 2, 7),
        ("GET https://a\nA: {{}}", 2, 6),
        ("GET https://a\nA: {{ .b }}", 2, 7),
        ("GET https://a\nA: \\u{110000}", 2, 13),
        ("GET https://a\nA: \\u{}", 2, 7),
        ("GET https://a\nA: \\u0041", 2, 6),
        ("GET https://a\n[Assert]\n", 2, 2),
        ("GET https://a\n[Asserts]\n", 2, 2),
        ("GET https://a\n[Query\n", 2, 2),
        ("GET https://a\n[Query] x\n", 2, 9),
        ("GET https://a\n[Query]\na: 1\n[Query]\n", 4, 1),
        ("GET https://a\n[Form]\na\n", 3, 1),
        ("GET https://a\n[BasicAuth]\na: b\nc: d\n", 4, 1),
        ("GET https://a\n[Multipart]\na: file,;\n", 3, 9),
        ("GET https://a\n[Multipart]\na: file,b\n", 3, 10),
        ("GET https://a\n[Multipart]\na: file,b; \\q\n", 3, 12),
        ("GET https://a\n[Multipart]\na: file,[b;\n", 3, 9),
    ]);
}

#[test]
fn in_options() {
    lines_wrong(
        "GET https://a\n[Options]\n",
        3,
        &[
            ("max_redirs: 1", 1),
            (": 1", 1),
            ("location: yes", 11),
            ("location: truely", 15),
            ("location: {{a.b}}", 14),
            ("retry: -2", 8),
            ("retry: 01", 8),
            ("limit-rate: -1", 13),
            ("delay: 5 s", 10),
            ("delay: 5d", 9),
            ("delay: 05", 9),
            ("delay: 99999999999999999999", 8),
            ("delay: five", 8),
            ("cacert: ", 9),
            ("cacert: a b", 11),
            ("cert: a\\,b", 9),
            ("output: [a", 9),
            ("variable: a", 12),
            ("variable: =b", 11),
            ("variable: newUuid=b", 11),
            ("variable: a=007", 16),
            ("variable: a=1.", 15),
            ("variable: a=\"b", 15),
            ("verbosity: loud", 12),
        ],
    );
}

#[test]
fn in_bodies() {
    all_wrong(&[
        ("POST https://a\n{", 2, 2),
        ("POST https://a\n{\"a\"}", 2, 5),
        ("POST https://a\n{\"a\":}", 2, 6),
        ("POST https://a\n{\"a\":1,}", 2, 7),
        ("POST https://a\n{\"a\":1 \"b\":2}", 2, 8),
        ("POST https://a\n{a:1}", 2, 2),
        ("POST https://a\n[1,,2]", 2, 4),
        ("POST https://a\n[1, ]", 2, 3),
        ("POST https://a\n[1\n2]", 3, 1),
        ("POST https://a\n[01, 2]", 2, 3),
        ("POST https://a\n[1.]", 2, 4),
        ("POST https://a\n[-]", 2, 2),
        ("POST https://a\n[\"\t\"]", 2, 2),
        ("POST https://a\n{\"\t\": 1}", 2, 3),
        ("POST https://a\n[\"\\x\"]", 2, 4),
        ("POST https://a\n[\"\\u00g0\"]", 2, 7),
        ("POST https://a\n[\"\\ud800\"]", 2, 9),
        ("POST https://a\n[\"\\ud800\\u0041\"]", 2, 11),
        ("POST https://a\n[\"{{a\"]", 2, 6),
        ("POST https://a\n[{{a b}}]", 2, 6),
        ("POST https://a\n[1] x", 2, 5),
        ("POST https://a\n```\na", 3, 2),
        ("POST https://a\n``````", 2, 4),
        ("POST https://a\n```html\na```", 2, 4),
        ("POST https://a\n```json,x\na```", 2, 8),
        ("POST https://a\n```\n{{a```", 3, 4),
        ("POST https://a\n```\na``` b", 3, 6),
        ("POST https://a\n```graphql a\nb```", 2, 12),
        ("POST https://a\n```graphql\nb\nvariables [1]\n```", 4, 11),
        ("POST https://a\n```graphql\nb\nvariables {} x\n```", 4, 14),
        ("POST https://a\n`a\nb`", 2, 3),
        ("POST https://a\nhex,0;", 2, 6),
        ("POST https://a\nhex,0g;", 2, 6),
        ("POST https://a\nhex 00;", 2, 4),
        ("POST https://a\nbase64,YQ=Y;", 2, 11),
        ("POST https://a\nbase64,YQ", 2, 10),
        ("POST https://a\nfile,a b;", 2, 8),
        ("POST https://a\nfile;", 2, 5),
    ]);
}

#[test]
fn in_responses() {
    all_wrong(&[
        ("GET https://a\nHTTP", 2, 1),
        ("GET https://a\nHTTP/4 200", 2, 1),
        ("GET https://a\nHTTP/1.12 200", 2, 9),
        ("GET https://a\nHTTP ok", 2, 6),
        ("GET https://a\nHTTP 200 OK", 2, 10),
        ("GET https://a\nHTTP 99999999999999999999", 2, 6),
        ("GET https://a\nHTTP 200\n[Query]\n", 3, 2),
        ("GET https://a\nHTTP 200\n[Captures]\na: b\n", 4, 1),
        ("GET https://a\nHTTP 200\n[Captures]\na: status b\n", 4, 11),
        ("GET https://a\nHTTP 200\n[Asserts]\n\n[Asserts]", 5, 1),
        ("GET https://a\nHTTP 200\n[Asserts]\nregex /a", 4, 9),
        ("GET https://a\nHTTP 200\n[Asserts]\nbody == ```\na", 5, 2),
    ]);
}

#[test]
fn in_asserts() {
    lines_wrong(
        "GET https://a\nHTTP 200\n[Asserts]\nstatus == 1\n",
        5,
        &[
            ("state == 1", 1),
            ("status", 7),
            ("status=1", 7),
            ("status =1", 8),
            ("status == ", 11),
            ("status == abc", 11),
            ("status == 01", 13),
            ("status == 1.", 13),
            ("status == 1 x", 13),
            ("status > null", 10),
            ("status not", 8),
            ("status notexists", 8),
            ("status not foo", 12),
            ("status is 1", 8),
            ("status contains\"a\"", 16),
            ("status startsWith 1", 19),
            ("status matches 1", 16),
            ("header A exists", 8),
            ("header\"A\" exists", 7),
            ("header \"A exists", 17),
            ("header \"\tA\" exists", 9),
            ("cookie \"a[b]\" exists", 11),
            ("cookie \"a[Path\" exists", 15),
            ("cookie a exists", 8),
            ("certificate \"Name\" exists", 14),
            ("regex a exists", 7),
            ("regex /(/ exists", 8),
            ("body matches /a{2,1}/", 15),
            ("body nth a == 1", 10),
            ("body count(1) == 1", 11),
            ("body toDate == 1", 6),
            ("body split , == 1", 12),
            ("body replace \"a\" == 1", 18),
            ("body counts == 1", 11),
            ("body uppercase == 1", 6),
        ],
    );
}

#[test]
fn in_xml() {
    let wrong = [
        "<a>",
        "<a",
        "<",
        "<a></b>",
        "<a b></a>",
        "<a b=c/>",
        "<a b='1' b='2'/>",
        "<a b='<'/>",
        "<a b='&x;'/>",
        "<a>&x;</a>",
        "<a>&</a>",
        "<a>&#0;</a>",
        "<a>]]></a>",
        "<a><!-- -- --></a>",
        "<!-- a",
        "<?xml version='1.0'?>x<a/>",
        "<?xml?><a/>",
        "<?xml encoding='a'?><a/>",
        "<!-- --><?xml version='1.0'?><a/>",
        "<1/>",
        "<a><?xml a?></a>",
        "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
        "<a>\u{1}</a>",
        "<a><![CDATA[ </a>",
        "</a>",
        "<![CDATA[a]]><a/>",
        "<?? ?><a/>",
        "<a/ >",
        "<a></a b>",
        "<a b='1'c='2'/>",
        "<é b.c-d='1'></é2>",
    ];
    xml_is(&wrong, false);
    let right = [
        "<a/>",
        "<a />",
        "<a b = '1'/>",
        "<é b.c-d='1' e:f=\"'\"></é>",
        "<a>&#x1F408;&#9;</a>",
        "<a><!----></a>",
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a SYSTEM 'a.dtd'><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY x 'y'>]><a>x</a>",
        "<a>]] ></a>",
        "<?b c?><a/>",
        "<?xml version='1.1' encoding='utf-8' standalone='no' ?>\n<a/>",
        "<a><a><a/></a></a\n>",
    ];
    xml_is(&right, true);
}

fn xml_is(documents: &[&str], right: bool) {
    let otherwise = documents.iter().filter_map(|xml| {
        let text = format!("POST https://a\n{xml}\nHTTP 200\n");
        let taken = entries(&text).is_ok();
        difference(&text).or_else(|| (taken != right).then(String::new)).map(|how| (xml, how))
    });
    let otherwise: Vec<_> = otherwise.collect();
    assert!(otherwise.is_empty(), "{otherwise:#?}");
}
