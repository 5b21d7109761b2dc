//! `errand history`, `env` and `secret`.

mod support;

use support::{Home, Playground, workspace};

#[test]
fn history_is_searched_shown_and_pruned() {
    let home = Home::new();
    let playground = Playground::start(&home);
    home.errand(["send", &playground.at("/get?tea=oolong")]).exits(0);
    home.errand(["send", "DELETE", &playground.at("/status/404")]).exits(0);
    home.errand(["send", "http://127.0.0.1:1/"]).exits(3);
    home.errand(["send", "--no-history", &playground.at("/get?secretly=1")]).exits(0);
    let count = |more: &[&str]| {
        let mut arguments = vec!["history", "--json"];
        arguments.extend(more);
        home.errand(arguments).exits(0).json().as_array().map_or(0, Vec::len)
    };
    assert_eq!(count(&[]), 3);
    assert_eq!(count(&["oolong"]), 1);
    assert_eq!(count(&["--status", "4xx,503"]), 1);
    assert_eq!(count(&["--method", "delete"]), 1);
    assert_eq!(count(&["--failed"]), 2);
    assert_eq!(count(&["--since", "1h", "--limit", "2"]), 2);
    assert_eq!(count(&["--until", "1h"]), 0);
    home.errand(["history", "--since", "yesterday"]).exits(2);
    home.errand(["history", "--status", "nonsense"]).exits(2);

    let listed = home.errand(["history", "oolong"]).exits(0);
    let id = listed.out.split_whitespace().next().expect("an id").to_owned();
    let body = home.errand(["history", "show", &id, "--body"]).exits(0);
    assert_eq!(body.json()["args"]["tea"], "oolong");
    let shown = home.errand(["history", "show", &id]).exits(0);
    assert!(shown.out.contains("> GET /get?tea=oolong HTTP/1.1"), "{shown:?}");
    assert_eq!(
        home.errand(["history", "show", &id, "--json"]).exits(0).json()["exchange"]["status"],
        200
    );
    home.errand(["history", "show", "ffffffff"]).exits(2);
    home.errand(["history", "prune"]).exits(2);
    home.errand(["history", "prune", "--older", "90d"]).exits(0);
    assert_eq!(count(&[]), 3);
    let pruned = home.errand(["history", "prune", "--older", "0s"]).exits(0);
    assert!(pruned.err.contains("3 entries"), "{pruned:?}");
    assert_eq!(count(&[]), 0);
    let bodies = std::fs::read_dir(home.path("home/data/bodies")).expect("a spool");
    let left: Vec<_> = bodies
        .flatten()
        .filter(|file| file.metadata().is_ok_and(|meta| meta.is_file() && meta.len() > 0))
        .collect();
    assert!(left.is_empty(), "bodies go with their entries: {left:?}");
}

#[test]
fn history_is_written_as_a_har() {
    let home = Home::new();
    let playground = Playground::start(&home);
    home.errand(["send", &playground.at("/get?tea=oolong")]).exits(0);
    home.errand(["send", &playground.at("/redirect/1")]).exits(0);
    home.errand(["send", "http://127.0.0.1:1/"]).exits(3);
    let urls = |har: &serde_json::Value| -> Vec<String> {
        let entries = har["log"]["entries"].as_array().expect("entries");
        let url = |entry: &serde_json::Value| entry["request"]["url"].as_str().map(str::to_owned);
        entries.iter().filter_map(url).collect()
    };
    let done = home.errand(["history", "--har", "all.har"]).exits(0);
    assert!(done.out.is_empty() && done.err.contains("Wrote all.har: 3 exchanges."), "{done:?}");
    let all: serde_json::Value = serde_json::from_str(&home.read("all.har")).expect("JSON");
    assert_eq!(urls(&all).len(), 4, "{all}");
    assert_eq!(urls(&all)[0], playground.at("/get?tea=oolong"), "the oldest comes first");
    assert_eq!(all["log"]["entries"][0]["response"]["status"], 200);

    let found = home.errand(["history", "oolong", "--har", "-"]).exits(0);
    assert_eq!(urls(&found.json()), [playground.at("/get?tea=oolong")]);
    let newest = home.errand(["history", "--limit", "1", "--har", "-"]).exits(0);
    assert_eq!(urls(&newest.json()), ["http://127.0.0.1:1/"]);
    let listed = home.errand(["history", "oolong"]).exits(0);
    let id = listed.out.split_whitespace().next().expect("an id").to_owned();
    home.errand(["history", "show", &id, "--har", "one.har"]).exits(0);
    let one: serde_json::Value = serde_json::from_str(&home.read("one.har")).expect("JSON");
    assert_eq!(urls(&one), [playground.at("/get?tea=oolong")]);

    // It is read back by our own importer.
    home.errand(["import", "all.har", "-o", "back"]).exits(0);
    home.errand(["history", "--har", "x.har", "--json"]).exits(2);
    home.errand(["history", "--har", "x.har", "--limit", "0"]).exits(2);
    let missing = home.errand(["history", "--har", "missing/x.har"]);
    assert!(missing.exit == 4 || missing.exit == 3, "{missing:?}");
    assert!(missing.err.contains("missing/x.har"), "{missing:?}");
}

/// What another tool wrote belongs to no workspace; nor is anything left of the one it was run in.
#[test]
fn what_is_run_as_it_is_is_in_history_under_no_workspace() {
    let home = Home::new();
    let playground = Playground::start(&home);
    workspace(&home, &playground.url);
    home.write("shop/../one.http", format!("GET {}\n", playground.at("/get?tea=sencha")));
    home.errand(["run", "one.http"]).exits(0);
    let entries = home.errand(["history", "sencha", "--json"]).exits(0).json();
    let id = entries[0]["id"].as_str().expect("one entry").to_owned();
    assert_eq!(entries.as_array().map(Vec::len), Some(1));
    let entry = home.errand(["history", "show", &id, "--json"]).exits(0).json();
    assert_eq!(entry["path"], serde_json::Value::Null, "{entry}");
    let here = home.errand(["history", "sencha", "-w", "shop", "--json"]).exits(0).json();
    assert_eq!(here.as_array().map(Vec::len), Some(0));
    let left = std::fs::read_dir(home.path("home/data/workspaces"));
    let left: Vec<_> = left.into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_damaged_history_is_set_aside_and_that_is_said() {
    let home = Home::new();
    let playground = Playground::start(&home);
    home.write(
        "home/data/history.sqlite",
        "this is not a database, whatever its name says".repeat(100),
    );
    home.write("home/config/settings.json", "{ \"theme\": ");
    let sent = home.errand(["send", &playground.at("/get")]).exits(0);
    assert_eq!(sent.json()["method"], "GET");
    assert!(sent.err.contains("history database was damaged"), "{sent:?}");
    assert!(sent.err.contains("settings file is not understood"), "{sent:?}");
}

#[test]
fn environments_with_the_scope_of_each_variable() {
    let home = Home::new();
    workspace(&home, "http://127.0.0.1:1");
    assert_eq!(home.errand(["env", "list", "-w", "shop"]).exits(0).out, "Local\n");
    let shown = home.errand(["env", "show", "-w", "shop", "-e", "Local"]).exits(0);
    assert!(
        shown.out.contains("base_url") && shown.out.contains("Environment \"Local\""),
        "{shown:?}"
    );
    assert!(shown.out.contains("token"), "{shown:?}");
    let json = home.errand(["env", "show", "-w", "shop", "-e", "Local", "--json"]).exits(0).json();
    assert!(
        json.as_array()
            .is_some_and(|all| all.iter().any(|variable| variable["name"] == "base_url"))
    );
    home.errand(["env", "show", "-w", "shop", "-e", "Nowhere"]).exits(2);
    home.errand(["env", "list"]).exits(2);
    home.errand(["env", "list", "-w", "."]).exits(4);
}

#[test]
fn without_a_keychain_a_secret_is_not_kept_and_that_is_said() {
    let home = Home::new();
    workspace(&home, "http://127.0.0.1:1");
    let set = home
        .errand_with(["secret", "set", "token", "-w", "shop", "-e", "Local"], "s3cret-canary\n")
        .exits(3);
    assert!(set.err.contains("was not kept") && set.err.contains("hint:"), "{set:?}");
    assert!(!set.err.contains("s3cret-canary") && !set.out.contains("s3cret-canary"));
    let mut folders = vec![home.path("")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                let bytes = std::fs::read(entry.path()).expect("a file");
                assert!(!bytes.windows(13).any(|window| window == b"s3cret-canary"), "{entry:?}");
            }
        }
    }
    let list = home.errand(["secret", "list", "-w", "shop", "-e", "Local"]).exits(0);
    assert!(list.out.contains("token"), "{list:?}");
    home.errand_with(["secret", "set", "token", "-w", "shop", "-e", "Local"], "").exits(2);
    home.errand(["secret", "set", "token", "-w", "shop"]).exits(2);
    home.errand(["secret", "set", "token", "value", "-w", "shop", "-e", "Local"]).exits(2);
    let removed = home.errand(["secret", "rm", "token", "-w", "shop", "-e", "Local"]);
    assert!(matches!(removed.exit, 3 | 4), "{removed:?}");
}
