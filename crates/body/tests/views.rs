//! Views of other content: text, charsets, hexadecimal, markup; and of hostile JSON.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;

use common::{Random, all_rows, open, rows_text};
use errand_body::{Query, ViewKind, ViewOptions};

fn shown(bytes: &[u8], kind: ViewKind, options: &ViewOptions) -> Vec<String> {
    rows_text(&all_rows(&open(bytes, kind, options)))
}

fn raw(bytes: &[u8]) -> Vec<String> {
    shown(bytes, ViewKind::Raw, &ViewOptions::default())
}

#[test]
fn lines_end_with_lf_or_crlf() {
    assert_eq!(raw(b"a\nb\r\n\r\nc\rd\n"), ["a", "b", "", "c\rd"]);
    assert_eq!(raw(b"\n"), [""]);
    assert_eq!(raw(b""), [""; 0]);
    assert_eq!(raw(b"a\r"), ["a\r"]);
}

#[test]
fn charsets_are_decoded() {
    let named = |charset: &str| ViewOptions {
        content_type: Some(format!("text/plain; charset=\"{charset}\"")),
        ..ViewOptions::default()
    };
    assert_eq!(shown(b"caf\xE9\n", ViewKind::Raw, &named("iso-8859-1")), ["café"]);
    assert_eq!(shown(b"caf\xE9\n", ViewKind::Raw, &named("no-such")), ["caf\u{FFFD}"]);
    assert_eq!(raw(b"\xEF\xBB\xBFcaf\xC3\xA9"), ["café"]);
    let utf16: Vec<u8> = "\u{FEFF}a😀\nb".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(raw(&utf16), ["a😀", "b"]);
    let json: Vec<u8> = "[1,\"é\"]".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(
        shown(&json, ViewKind::Json, &ViewOptions::default()),
        ["[", "  1,", "  \"é\"", "]"]
    );
    assert_eq!(raw(b"a\xFF\xC3(\xE6\xBC"), ["a\u{FFFD}\u{FFFD}(\u{FFFD}"]);
}

#[test]
fn columns_are_windowed_at_characters() {
    let view = open("aé😀z".as_bytes(), ViewKind::Raw, &ViewOptions::default());
    view.wait_until(|_| false);
    let text = |from: usize, to: usize| view.rows(0, 1, from..to).unwrap()[0].text.clone();
    assert_eq!(view.rows(0, 1, 0..0).unwrap()[0].total_columns, 5);
    assert_eq!((text(0, 2), text(2, 4), text(4, 9)), ("aé".into(), "😀".into(), "z".into()));
    assert_eq!((text(3, 5), text(9, 12)), ("z".into(), String::new()));
}

#[test]
fn long_lines_are_cut_at_characters() {
    let line = "漢".repeat(10_000);
    let options = ViewOptions { segment: 100, ..ViewOptions::default() };
    let view = open(line.as_bytes(), ViewKind::Raw, &options);
    let rows = all_rows(&view);
    assert!(rows.len() > 250);
    assert_eq!(rows_text(&rows).concat(), line);
    assert!(rows.iter().skip(1).all(|row| row.continued && row.number == 1));
    assert_eq!(view.text(0, u64::MAX).unwrap(), format!("{line}\n"));
}

#[test]
fn hexadecimal() {
    let bytes: Vec<u8> = (0..20).map(|byte| byte + 60).collect();
    let rows = shown(&bytes, ViewKind::Hex, &ViewOptions::default());
    assert_eq!(rows.len(), 2);
    assert_eq!(
        rows[0],
        "00000000  3c 3d 3e 3f 40 41 42 43  44 45 46 47 48 49 4a 4b  <=>?@ABCDEFGHIJK"
    );
    assert!(rows[1].starts_with("00000010  4c 4d 4e 4f") && rows[1].ends_with("LMNO"));
    let view = open(&bytes, ViewKind::Hex, &ViewOptions::default());
    let search = view
        .find(&Query { text: "JKLM".into(), case_sensitive: true, ..Query::default() })
        .unwrap();
    assert_eq!(search.wait().count, 1);
    let place = search.hit(0).unwrap().unwrap();
    assert_eq!((place.row, &rows[0][place.columns]), (0, "4a 4b"));
}

#[test]
fn xml_is_indented() {
    let xml = "<?xml version='1.0'?><a x=\"1\"  y='>'><b>text here</b><c/><!-- two\nlines --><d><![CDATA[<raw>]]></d>  <e></e>mixed <i>in</i> text</a>";
    let expected = [
        "<?xml version='1.0'?>",
        "<a x=\"1\" y='>'>",
        "  <b>text here</b>",
        "  <c/>",
        "  <!-- two",
        "  lines -->",
        "  <d><![CDATA[<raw>]]></d>",
        "  <e></e>",
        "  mixed ",
        "  <i>in</i>",
        "  text",
        "</a>",
    ];
    assert_eq!(shown(xml.as_bytes(), ViewKind::Xml, &ViewOptions::default()), expected);
}

#[test]
fn html_knows_its_void_and_verbatim_elements() {
    let html = "<!DOCTYPE html><html><head><meta charset=utf-8><script>if (a<b) {\n  c()\n}</script></head><body><p>One<br>Two<p>Three<div>x</div></body></html>";
    let rows = shown(html.as_bytes(), ViewKind::Html, &ViewOptions::default());
    assert_eq!(
        rows,
        [
            "<!DOCTYPE html>",
            "<html>",
            "<head>",
            "  <meta charset=utf-8>",
            "  <script>if (a<b) {",
            "      c()",
            "    }",
            "  </script>",
            "</head>",
            "<body>",
            "<p>",
            "One",
            "<br>",
            "Two",
            "<p>",
            "Three",
            "<div>x</div>",
            "</body>",
            "</html>"
        ]
    );
}

#[test]
fn any_window_of_any_markup_is_that_of_the_whole() {
    const PIECES: &[&str] = &[
        "<a>",
        "</a>",
        "<b x='1' long-attribute=\"a value with spaces\">",
        "</b>",
        "text",
        " ",
        "\n  ",
        "<!-- c -->",
        "<!--\n",
        "-->",
        "<![CDATA[ ]] ]]>",
        "<?pi?>",
        "<",
        ">",
        "&amp;",
        "é漢😀",
        "<script>",
        "</script>",
        "<br/>",
        "\"",
        "'",
        "\r\n",
        "<style>\n",
        "</style>",
        "=",
        "/",
        "<p class=x>",
        "a rather long run of text that does not fit on a short row at all",
    ];
    let mut random = Random::new(3);
    for round in 0..60 {
        let text: String = (0..3_000).map(|_| random.pick(PIECES)).collect();
        let kind = if round % 2 == 0 { ViewKind::Xml } else { ViewKind::Html };
        let segment = [16, 40, 1024][round % 3];
        let view = open(text.as_bytes(), kind, &ViewOptions { segment, ..ViewOptions::default() });
        let total = view.wait_until(|_| false).rows;
        let rows = all_rows(&view);
        assert_eq!(rows.len() as u64, total, "round {round}");
        for _ in 0..30 {
            let from = random.below(rows.len());
            let to = (from + random.below(30)).min(rows.len());
            assert_eq!(
                view.rows(from as u64, to as u64, 0..usize::MAX).unwrap(),
                rows[from..to],
                "round {round}"
            );
        }
        // Apart from white space, nothing is lost.
        let squeeze = |text: &str| text.split_whitespace().collect::<String>();
        assert_eq!(squeeze(&rows_text(&rows).concat()), squeeze(&text), "round {round}");
    }
}

#[test]
fn broken_json_is_shown_as_it_is_from_the_error_on() {
    let view = open(
        b"{\"a\": [1, 2, oops],\n \"b\": {\"c\":1}\n}",
        ViewKind::Json,
        &ViewOptions::default(),
    );
    let rows = rows_text(&all_rows(&view));
    assert_eq!(rows, ["{", "  \"a\": [", "    1,", "    2,", "oops],", " \"b\": {\"c\":1}", "}"]);
    let error = view.progress().error.unwrap();
    assert_eq!((error.offset, error.row), (13, 4));
}

#[test]
fn a_hundred_thousand_levels() {
    let levels = 100_000;
    for (text, kind) in [
        (format!("{}{}", "[".repeat(levels), "]".repeat(levels)), ViewKind::Json),
        ("{\"a\":".repeat(levels), ViewKind::Json),
        ("<a>".repeat(levels), ViewKind::Xml),
        ("<a>".repeat(levels), ViewKind::Html),
    ] {
        let view = open(text.as_bytes(), kind, &ViewOptions::default());
        let rows = view.wait_until(|_| false).rows;
        assert!(rows >= levels as u64);
        let middle = view.rows(rows / 2, rows / 2 + 20, 0..1000).unwrap();
        assert!(middle.iter().all(|row| row.text.len() < 300));
        let hidden = view.fold(0).unwrap();
        assert_eq!(view.progress().rows, rows - hidden);
    }
}

#[test]
fn a_number_longer_than_any_is_not_held() {
    let text = format!("[{}, 1]", "7".repeat(300_000));
    let view = open(text.as_bytes(), ViewKind::Json, &ViewOptions::default());
    let progress = view.wait_until(|_| false);
    assert!(progress.error.is_some());
    assert_eq!(view.text(0, progress.rows).unwrap().matches('7').count(), 300_000);
}
