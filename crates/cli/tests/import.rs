//! `errand import`, and `errand run` of what other tools wrote.

mod support;

use std::process::Stdio;

use support::{Home, Playground, finished};

const CANARY: &str = "Zk7-canary+SECRET/42";

/// Every file below a folder.
fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

#[test]
fn a_command_becomes_a_workspace_and_another_goes_into_it() {
    let home = Home::new();
    let playground = Playground::start(&home);
    let command = format!(
        "curl '{}' -H 'Authorization: Bearer {CANARY}' --max-time 9",
        playground.at("/anything/a")
    );
    let done =
        home.errand(["import", &command, "-o", "made", "--receipt", "receipt.json"]).exits(0);
    assert_eq!(done.out, "");
    assert!(done.err.contains("1 request, 0 folders, 0 environments"), "{}", done.err);
    assert!(
        done.err.contains("The header Authorization") || done.err.contains("auth"),
        "{}",
        done.err
    );
    assert!(done.err.contains("there is no keychain"), "{}", done.err);
    assert!(!done.err.contains(CANARY), "{}", done.err);
    for file in files(&home.path("made")).into_iter().chain([home.path("receipt.json")]) {
        let bytes = std::fs::read(&file).expect("a file");
        assert!(!String::from_utf8_lossy(&bytes).contains(CANARY), "{}", file.display());
    }
    let receipt: serde_json::Value =
        serde_json::from_str(&home.read("receipt.json")).expect("JSON");
    assert_eq!(receipt["format"], "curl");
    assert!(receipt["lines"].is_array());

    let other = format!("curl {}", playground.at("/anything/b"));
    std::fs::create_dir(home.path("made/More")).expect("a folder");
    home.errand_with(["import", "-", "-o", "made/More"], &other).exits(0);
    let ran = home.errand(["run", "made/More", "-r", "json"]).exits(0).json();
    assert_eq!(ran["requests"].as_array().map(Vec::len), Some(1));
    home.errand(["import", &other, "-o", "made/None"]).exits(2);
}

#[test]
fn bad_input_is_told_with_its_place_and_nothing_is_made() {
    let home = Home::new();
    home.write("bad.json", "{\n  \"info\": [\n");
    let bad = home.errand(["import", "bad.json", "-o", "made"]).exits(4);
    assert!(bad.err.contains("bad.json:3"), "{}", bad.err);
    let pasted = home.errand_with(["import", "-", "-o", "made"], "{\n  \"info\": [\n").exits(4);
    assert!(pasted.err.contains("--> standard input:3:1"), "{}", pasted.err);
    home.write("words.txt", "just words");
    let words = home.errand(["import", "words.txt", "-o", "made"]).exits(4);
    assert!(words.err.contains("no format"), "{}", words.err);
    home.errand(["import", "words.txt", "-o", "made", "--from", "nonsense"]).exits(2);
    home.errand(["import", "missing.json", "-o", "made"]).exits(4);
    home.errand(["import", "http://127.0.0.1:1/x", "-o", "made"]).exits(3);
    assert!(!home.path("made").exists());
}

#[test]
fn commands_of_a_file_are_run_as_they_are() {
    let home = Home::new();
    let playground = Playground::start(&home);
    home.write("body.txt", "from a file");
    let text = format!(
        "curl {} -u ada:{CANARY}\ncurl {} --data-binary @body.txt\n",
        playground.at("/anything/a"),
        playground.at("/anything/b"),
    );
    home.write("commands.sh", text);
    let temporary = home.path("tmp");
    std::fs::create_dir(&temporary).expect("a folder");
    let mut command = home.command(["run", "commands.sh", "-r", "json"]);
    let child = command.env("TMPDIR", &temporary).stdout(Stdio::piped()).stderr(Stdio::piped());
    let ran = finished(child.spawn().expect("started")).exits(0).json();
    let requests = ran["requests"].as_array().expect("requests");
    assert_eq!(requests.len(), 2, "{ran}");
    let left: Vec<_> = std::fs::read_dir(&temporary).expect("a folder").collect();
    assert!(left.is_empty(), "{left:?}");
    home.write("words.txt", "just words");
    home.errand(["run", "words.txt"]).exits(4);
}
