//! Names that lead somewhere else, mean something else, or are those of something else.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

use serde_json::json;

use crate::desk::{Desk, is_yaml, postman, postman_of};
use crate::shelf::Shelf;

#[test]
fn hostile_names_become_safe_distinct_files() {
    let desk = Desk::alone();
    let shelf = Shelf::open().with("/a", "{}");
    let long = "n".repeat(300);
    let wide = "ß".repeat(300);
    #[rustfmt::skip]
    let names = [
        "../x", "../../../../x", "/etc/x", "..", ".", "", " ", "...", "CON", "con", "con.yml", "nul.txt", "COM1", "LPT¹",
        "a/b", "a\\b", "a:b", "C:\\x", "a*b?", "opencollection", "opencollection.yml", "folder", "folder.yml",
        "environments", "node_modules", ".git", ".errand-import-x", "-rf", "--help", "One", "one", "ONE", "Café",
        "Cafe\u{301}", "CAFÉ", "ﬁle", "file", "a\u{200b}b", "ab", "evil\u{202e}lmth", "\u{1b}[31mred\u{1b}[0m",
        "two\nlines", "tab\there", "null\u{0}byte", "$(touch pwned)", "`touch pwned`", "; touch pwned", "%2e%2e%2fx",
        &long, &wide, &long, "trailing. ", " leading",
    ];
    let request =
        |name: &&str| json!({"name": name, "request": {"method": "GET", "url": shelf.url("/a")}});
    let requests: Vec<_> = names.iter().map(request).collect();
    let folder = |name: &&str| json!({"name": name, "item": [request(name)]});
    let folders: Vec<_> = names.iter().map(folder).collect();
    let items = [&requests[..], &folders[..]].concat();
    let environments: Vec<String> = names
        .iter()
        .enumerate()
        .map(|(number, name)| {
            let file = format!("environment-{number}.json");
            let value =
                json!({"name": name, "values": [], "_postman_variable_scope": "environment"});
            desk.write(&file, value.to_string());
            file
        })
        .collect();
    desk.write("hostile.json", postman_of("../../etc", &items, &json!({})));
    let before = desk.names("");
    let around = desk.home().join("..").canonicalize().unwrap_or_else(|error| panic!("{error}"));
    assert!(!around.join("x").exists(), "left by another");
    let mut arguments = vec!["import", "hostile.json"];
    arguments.extend(environments.iter().map(String::as_str));
    arguments.extend(["-o", "made"]);
    let done = desk.errand(&arguments).exits(0);
    assert!(!done.err.chars().any(|letter| letter.is_control() && letter != '\n'), "{done:?}");

    let made = desk.names("made");
    let elsewhere: Vec<String> = desk.names("");
    let elsewhere: Vec<&String> = elsewhere
        .iter()
        .filter(|path| !path.starts_with("made/") && !before.contains(path))
        .collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
    assert!(!around.join("x").exists() && !desk.home().join("x").exists());
    let files = made.iter().filter(|path| is_yaml(path)).count();
    assert_eq!(files, 1 + names.len() * 4, "each has a file of its own: {made:#?}");
    let mut seen = HashSet::new();
    for path in &made {
        let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        assert!(seen.insert(path.to_lowercase()), "a case twin: {path:?}");
        assert!(name.len() < 200 && !name.starts_with(['.', ' ']), "{path:?}");
        assert!(
            !name.contains(['\\', ':', '*', '?']) && !name.chars().any(char::is_control),
            "{path:?}"
        );
        let stem = name.split('.').next().unwrap_or_default().to_lowercase();
        assert!(!["con", "nul", "com1", "lpt¹"].contains(&stem.as_str()), "{path:?}");
    }
    // Every one of them is run, and those in folders too.
    let ran = desk.runs(&["made"]);
    assert_eq!(ran.len(), names.len() * 2);
    assert!(ran.iter().all(|line| line.ends_with(" 200")), "{ran:?}");
    // They go out and come back without leading anywhere.
    let out = ["postman", "bruno", "insomnia", "opencollection", "http"];
    for format in out {
        let target = format!("out/{format}/all");
        desk.errand(["export", "made", "--to", format, "-o", &target]).ended(0);
    }
    let elsewhere = desk.names("");
    let known = ["made/", "out/"];
    let elsewhere: Vec<_> = elsewhere
        .iter()
        .filter(|path| !known.iter().any(|top| path.starts_with(top)) && !before.contains(path))
        .collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
    assert!(!around.join("x").exists() && !desk.home().join("x").exists());
}

/// A name that is no text cannot be written down anywhere, so nothing is called so.
#[test]
fn a_name_that_is_not_unicode_is_refused() {
    let desk = Desk::alone();
    desk.write("shop.json", postman("Shop", &[("One", "http://a")]));
    let bad = OsStr::from_bytes(b"b\xffd");
    let before = desk.names("");
    let mut into: Vec<&OsStr> = ["import", "shop.json", "-o"].map(OsStr::new).to_vec();
    into.push(bad);
    desk.errand(into).exits(2).says("is not Unicode");
    assert_eq!(desk.names(""), before);
    let mut from: Vec<&OsStr> = ["import", "-o", "made"].map(OsStr::new).to_vec();
    from.push(bad);
    desk.errand(from).exits(2).says("invalid UTF-8");
    assert_eq!(desk.names(""), before);

    // What is in such a place can still go out, and come out there.
    desk.errand(["import", "shop.json", "-o", "made"]).ended(0);
    let mut out: Vec<&OsStr> = ["export", "made", "--to", "curl", "-o"].map(OsStr::new).to_vec();
    out.push(bad);
    desk.errand(out).ended(0);
    assert!(desk.path(bad).is_file());
}
