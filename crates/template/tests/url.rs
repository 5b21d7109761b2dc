//! A URL's text and its tables: shared cases, properties, and what is sent.

use errand_template::url::{Row, Synced, build_url, path_rows, query_rows, rename_path, set_query};
use errand_template::{Reason, Rendered, Scope, ScopeKind, Scopes, Value, mask, render};
use proptest::prelude::*;
use serde_json::Value as Json;

fn fixtures() -> Json {
    serde_json::from_str(include_str!("fixtures/url-params.json"))
        .expect("the fixture file is JSON")
}

fn cases<'a>(all: &'a Json, of: &str) -> impl Iterator<Item = &'a Json> {
    let list = all[of].as_array().expect("a list of cases");
    assert!(!list.is_empty());
    list.iter()
}

fn rows<T: serde::de::DeserializeOwned>(json: &Json) -> Vec<T> {
    serde_json::from_value(json.clone()).expect("rows")
}

#[test]
fn shared_cases() {
    let all = fixtures();
    for case in cases(&all, "queryRows") {
        let url = case["url"].as_str().expect("url");
        assert_eq!(
            query_rows(url, &rows::<Row>(&case["old"])),
            rows::<Synced>(&case["rows"]),
            "{}",
            case["name"]
        );
    }
    for case in cases(&all, "setQuery") {
        let url = case["url"].as_str().expect("url");
        assert_eq!(
            set_query(url, &rows::<Row>(&case["rows"])),
            case["expected"],
            "{}",
            case["name"]
        );
    }
    for case in cases(&all, "pathRows") {
        let url = case["url"].as_str().expect("url");
        assert_eq!(
            path_rows(url, &rows::<Row>(&case["old"])),
            rows::<Synced>(&case["rows"]),
            "{}",
            case["name"]
        );
    }
    for case in cases(&all, "renamePath") {
        let text = |key: &str| case[key].as_str().expect("text");
        assert_eq!(
            rename_path(text("url"), text("from"), text("to")),
            text("expected"),
            "{}",
            case["name"]
        );
    }
}

fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    let cell = "[ab&=#?/%+{}é ]{0,4}|\\{\\{[a&=]\\}\\}";
    prop::collection::vec(
        (cell, cell, any::<bool>()).prop_map(|(name, value, enabled)| Row { name, value, enabled }),
        0..6,
    )
}

fn bare(synced: Vec<Synced>) -> Vec<Row> {
    synced.into_iter().map(|s| s.row).collect()
}

proptest! {
    #[test]
    fn reading_then_writing_changes_nothing(url in "[ab/:?&=#{}é]{0,24}", old in any_rows()) {
        let read = bare(query_rows(&url, &old));
        prop_assert_eq!(set_query(&url, &read), url.clone());
        prop_assert_eq!(bare(query_rows(&url, &read)), read);
    }

    #[test]
    fn writing_then_reading_changes_nothing(base in "(\\{\\{a\\}\\}|https://x)(/[ab:]{0,3}){0,2}(\\?[ab&=]{0,6})?(#[ab?]{0,3})?", table in any_rows()) {
        let url = set_query(&base, &table);
        let read = query_rows(&url, &table);
        for (at, synced) in read.iter().enumerate() {
            prop_assert_eq!(synced.from, Some(at));
        }
        prop_assert_eq!(bare(read), table.clone());
        prop_assert_eq!(set_query(&url, &table), url);
    }

    #[test]
    fn nothing_panics(url in "\\PC{0,40}", old in any_rows()) {
        let all = query_rows(&url, &old);
        let _ = path_rows(&url, &bare(all.clone()));
        let _ = rename_path(&url, "a", &url);
        let _ = build_url(&url, &bare(all), &old, true, |text| Rendered::plain(text));
    }
}

#[test]
fn what_is_sent() {
    let scope = Scope::new(ScopeKind::Environment, "Staging")
        .with("base", "https://bücher.example/a b")
        .with("q", "x&y=ü #1")
        .with("id", "a/b")
        .with("key", Value::secret("s p"));
    let scopes = Scopes::new().with(scope);
    let path = [Row::new("id", "{{id}}")];
    for (url, query, encode, expected) in [
        ("https://x/a", vec![], true, "https://x/a"),
        ("{{base}}/:id", vec![], true, "https://bücher.example/a%20b/a%2Fb"),
        ("{{base}}/:id", vec![], false, "https://bücher.example/a b/a/b"),
        ("https://x/?q={{q}}&r", vec![], true, "https://x/?q=x%26y=%C3%BC%20%231&r"),
        ("https://x/?q={{q}}", vec![], false, "https://x/?q=x&y=ü #1"),
        ("https://x/?a=100%&b=%20", vec![], true, "https://x/?a=100%25&b=%20"),
        (
            "https://x/?a=1#f",
            vec![Row::new("a", "1"), Row::new("b", "{{id}}")],
            true,
            "https://x/?a=1&b=a/b#f",
        ),
        ("https://x/", vec![Row { enabled: false, ..Row::new("a", "1") }], true, "https://x/"),
    ] {
        let built = build_url(url, &query, &path, encode, |text| render(text, &scopes));
        assert_eq!(built.text, expected, "{url}");
        assert!(built.is_complete());
    }
    let secret =
        build_url("https://x/?k={{key}}&z=1", &[], &[], true, |text| render(text, &scopes));
    assert_eq!(
        (secret.text.as_str(), mask(&secret).as_str()),
        ("https://x/?k=s%20p&z=1", "https://x/?k={{key}}&z=1")
    );
    assert_eq!(secret.used[0].range, 13..20);

    let open = build_url("https://x/:id/{{no}}", &[], &[], true, |text| render(text, &scopes));
    let missing: Vec<_> =
        open.missing.iter().map(|m| (m.name.as_str(), m.reason.clone(), m.range.clone())).collect();
    assert_eq!(missing, [(":id", Reason::PathParameter, 10..13), ("no", Reason::Unknown, 14..20)]);
}
