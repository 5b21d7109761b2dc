//! The command line itself: help, completions, the man page, the desktop app.

mod support;

use std::fmt::Write as _;
use std::path::Path;

use support::Home;

const COMMANDS: [&[&str]; 27] = [
    &["--help"],
    &["send", "--help"],
    &["run", "--help"],
    &["import", "--help"],
    &["export", "--help"],
    &["code", "--help"],
    &["history", "--help"],
    &["history", "show", "--help"],
    &["history", "prune", "--help"],
    &["auth", "--help"],
    &["auth", "login", "--help"],
    &["auth", "status", "--help"],
    &["auth", "refresh", "--help"],
    &["auth", "revoke", "--help"],
    &["auth", "logout", "--help"],
    &["auth", "check", "--help"],
    &["secret", "--help"],
    &["secret", "set", "--help"],
    &["secret", "list", "--help"],
    &["secret", "approve", "--help"],
    &["secret", "rm", "--help"],
    &["env", "--help"],
    &["env", "list", "--help"],
    &["env", "show", "--help"],
    &["view", "--help"],
    &["playground", "--help"],
    &["completions", "--help"],
];

/// Names, flags and exit codes are a contract: a change of `tests/help.txt` is a change of it.
/// `ERRAND_ACCEPT=1` writes the file anew.
#[test]
fn help_is_the_contract() {
    let home = Home::new();
    let mut text = String::new();
    for arguments in COMMANDS {
        let _ = write!(
            text,
            "$ errand {}\n{}\n",
            arguments.join(" "),
            home.errand(arguments).exits(0).out
        );
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/help.txt");
    if std::env::var_os("ERRAND_ACCEPT").is_some() {
        std::fs::write(&path, &text).expect("written");
    }
    let known = std::fs::read_to_string(&path).expect("tests/help.txt");
    for (number, (now, before)) in text.lines().zip(known.lines()).enumerate() {
        assert_eq!(now, before, "line {} of tests/help.txt", number + 1);
    }
    assert_eq!(text.lines().count(), known.lines().count());
}

#[test]
fn completions_and_the_man_page() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = home.errand(["completions", shell]).exits(0).out;
        assert!(script.contains("playground") && script.contains("json-report"), "{shell}");
    }
    home.errand(["completions", "tcsh"]).exits(2);
    assert!(home.errand(["man"]).exits(0).out.contains(".TH errand 1"));
    home.errand(["man", "--out", "pages"]).exits(0);
    assert!(home.path("pages/errand-send.1").is_file());
}

#[test]
fn wrong_command_lines() {
    let home = Home::new();
    for arguments in
        [&["fly"][..], &["send", "--nonsense", "x"], &["run"], &["playground", "--port", "x"]]
    {
        let done = home.errand(arguments).exits(2);
        assert_eq!(done.out, "");
    }
    assert!(home.errand(["--version"]).exits(0).out.starts_with("errand "));
}

#[test]
fn without_the_desktop_app_it_says_so() {
    let home = Home::new();
    // Beside the tested binary there may be a real one.
    let beside = Path::new(env!("CARGO_BIN_EXE_errand")).with_file_name("errand-desktop");
    if !beside.exists() {
        let done = home.errand::<&str>([]).exits(3);
        assert!(done.err.contains("not installed") && done.err.contains("--help"), "{done:?}");
    }
}

#[test]
fn the_playground_says_where_it_is_and_when_it_cannot() {
    let home = Home::new();
    let playground = support::Playground::start(&home);
    let port = playground.url.rsplit(':').next().expect("a port").to_owned();
    let taken = home.errand(["playground", "--port", &port]).exits(3);
    assert!(taken.err.contains(&port), "{taken:?}");
}
