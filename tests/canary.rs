//! A value of its own in every place a secret can enter, everything exercised with success, failure and an end in
//! the middle; then every byte that is left is searched for it. Zero finds outside the keyring.

#[path = "canary/import.rs"]
mod import;
#[path = "canary/kitchen.rs"]
mod kitchen;
#[path = "canary/parrot.rs"]
mod parrot;
#[path = "canary/places.rs"]
mod places;
#[path = "canary/planted.rs"]
mod planted;
#[path = "canary/requests.rs"]
mod requests;
#[path = "canary/window.rs"]
mod window;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::process::Stdio;

use errand_tests::desktop::Desktop;
use errand_tests::patience;
use errand_tests::traces::{self, Find};
use rustix::process::{Pid, Signal, kill_process};

use kitchen::{Kitchen, environment, path};
use places::KEYCHAIN;
use requests::{ENDED, REQUESTS, Saved};

#[test]
fn the_command_leaves_no_secret_anywhere() {
    let desktop = Desktop::start();
    let kitchen = Kitchen::new(&desktop);
    every_secret_is_used();
    let surprises: Vec<String> =
        REQUESTS.iter().filter_map(|saved| send_in_every_way(&kitchen, saved)).collect();
    assert!(surprises.is_empty(), "not what should come of it:\n{}", surprises.join("\n"));
    type_secrets(&kitchen);
    run_with_reports(&kitchen);
    for (saved, signal) in ENDED.iter().zip([Signal::KILL, Signal::ABORT]) {
        end_in_the_middle(&kitchen, saved, signal);
    }
    look_back(&kitchen);

    nothing_found(&kitchen.leaks());
    everything_travelled(&kitchen);
    let kept = kitchen.canaries.in_keyring(&desktop);
    for name in ["basic", "access_token", "refresh_token", "captured", "cookie"] {
        assert!(kept.contains(name), "{name} is in the keyring: {kept:?}");
    }
    assert_eq!(kitchen.canaries.untried(), Vec::<&str>::new(), "places that nothing came by");
    planted::each_is_found(&kitchen);
}

/// A row of the table without a request would prove nothing.
fn every_secret_is_used() {
    for place in KEYCHAIN {
        let uses = |saved: &Saved| saved.uses(place.name);
        let certificate = place.name == "passphrase";
        assert!(
            certificate || REQUESTS.iter().chain(ENDED).any(uses),
            "{}: {}",
            place.name,
            place.enters
        );
    }
}

/// With all that crossed the wire, as a report, with the head; says when it does not end as it should.
fn send_in_every_way(kitchen: &Kitchen<'_>, saved: &Saved) -> Option<String> {
    let file = path(saved);
    let ways: [&[&str]; 3] = [&["-v"], &["--json-report"], &["-i", "--fail"]];
    let mut surprise = None;
    for way in ways {
        let limit = if saved.name == "hung" { "300ms" } else { "20s" };
        let mut arguments =
            vec!["send", &file, "-e", environment(saved.name), "--insecure", "--timeout", limit];
        // What a server gives out is shown when its head or body is asked for, as it is not ours to hide.
        let shown = ["cookie", "captured"].contains(&saved.name);
        let quiet = ["--output", "/dev/null", "--fail"];
        arguments.extend(if shown { &quiet[..] } else { way });
        let ended = kitchen.errand(&arguments);
        if arguments.contains(&"--fail") && ended.code != Some(saved.exit) {
            surprise = Some(format!("{} {:?}: {}", saved.name, ended.code, ended.text));
        }
    }
    surprise
}

/// What people type on command lines although they should not.
fn type_secrets(kitchen: &Kitchen<'_>) {
    let (canary, echo) = (&kitchen.canaries, kitchen.parrot.url("/echo"));
    let sharp = |name: &str| canary.sharp(name).replace('"', "'");
    let host = kitchen.parrot.address();
    let of = |name: &str| canary.of(name).to_owned();
    let json = serde_json::json!({ "password": sharp("typed_json") }).to_string();
    let lines: Vec<Vec<String>> = [
        vec!["-u", &format!("ada:{}", sharp("typed_user")), &echo],
        vec!["-H", &format!("X-Api-Key: {}", sharp("typed_key")), &echo],
        vec!["-H", &format!("Authorization: Bearer {}", sharp("typed_bearer")), &echo],
        vec!["-H", &format!("Cookie: sid={}", of("typed_cookie")), &echo],
        vec!["--json", &json, &echo],
        vec!["-d", &format!("user=ada&password={}", of("typed_data")), &echo],
        vec!["-F", &format!("password={}", sharp("typed_form")), &echo],
        vec![&format!("http://ada:{}@{host}/echo", of("typed_url"))],
        vec![&format!("{echo}?a=1&access_token={}", of("typed_query"))],
        vec![
            "--var",
            &format!("access_token={}", sharp("typed_var")),
            "-H",
            "X-Kitchen: {{access_token}}",
            &echo,
        ],
        vec![
            "--proxy",
            &format!("http://ada:{}@{host}", of("typed_proxy")),
            "http://example.com/echo",
        ],
        vec![&format!("http://ada:{}@127.0.0.1:1/", of("typed_refused"))],
        vec!["-H", &format!("X-Api-Key {}", of("typed_broken")), &echo],
    ]
    .into_iter()
    .map(|line| line.into_iter().map(str::to_owned).collect())
    .collect();
    for line in &lines {
        for way in ["-v", "--json-report", "-i"] {
            let mut arguments = vec!["send", way];
            arguments.extend(line.iter().map(String::as_str));
            kitchen.errand(&arguments);
        }
    }
}

/// All of the workspace at once, with every report: to files and to standard output.
fn run_with_reports(kitchen: &Kitchen<'_>) {
    let variable = format!("typed_env_var={}", kitchen.canaries.sharp("typed_env_var"));
    let out = ["--out", "json=report.json", "--out", "junit=report.xml"];
    let runs: [&[&str]; 3] =
        [&["--export-environment", "after.json"], &["-r", "json"], &["-r", "junit"]];
    for more in runs {
        let mut arguments = vec!["run", ".", "-e", "Kitchen", "--env-var", &variable];
        arguments.extend(["--timeout-request", "1500ms", "--insecure"]);
        arguments.extend(if more.contains(&"-r") { &[][..] } else { &out });
        arguments.extend(more);
        let ended = kitchen.errand(&arguments);
        assert_eq!(ended.code, Some(3), "some cannot be sent: {}", ended.text);
    }
    for (report, part) in
        [("report.json", "captured"), ("report.xml", "captured"), ("after.json", "oolong")]
    {
        assert!(kitchen.workspace.read(report).is_some_and(|text| text.contains(part)), "{report}");
    }
}

/// Ends the command while an answer comes, its secrets in memory and a part of the body in the spool.
fn end_in_the_middle(kitchen: &Kitchen<'_>, saved: &Saved, signal: Signal) {
    let bodies = kitchen.desktop.home().join("data/errand/bodies");
    let under_way = || traces::find(&bodies, b"and so on and so on").len();
    let before = under_way();
    let mut command = kitchen.command(&["send", &path(saved), "-e", "Kitchen"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap_or_else(|error| panic!("errand does not run: {error}"));
    patience::expect("a body to be under way", || (under_way() > before).then_some(()));
    let limits = fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap_or_default();
    let cores = limits.lines().find(|line| line.starts_with("Max core file size"));
    let words: Vec<&str> = cores.unwrap_or_default().split_whitespace().collect();
    // 1 byte: no file is that small, and the kernel pipes none to a program either.
    assert_eq!(words.get(4..6), Some(&["1", "1"][..]), "{limits}");
    let id = Pid::from_child(&child);
    kill_process(id, signal).unwrap_or_else(|error| panic!("cannot end it: {error}"));
    let status = child.wait().unwrap_or_else(|error| panic!("it did not end: {error}"));
    assert_eq!(status.signal(), Some(signal.as_raw()));
    assert!(!status.core_dumped(), "no core dump");
}

/// History as the command tells it.
fn look_back(kitchen: &Kitchen<'_>) {
    let page = kitchen.errand(&["history", "--json", "--limit", "1000"]);
    let entries: serde_json::Value = serde_json::from_str(&page.text).unwrap_or_default();
    let entries = entries.as_array().map(Vec::as_slice).unwrap_or_default();
    assert!(entries.len() > REQUESTS.len(), "{} entries: {}", entries.len(), page.text);
    // One of each is enough to see what is shown of an entry: all of them are searched where they are.
    let mut seen = BTreeSet::new();
    let urls = |entry: &serde_json::Value| entry["url"].as_str().unwrap_or_default().to_owned();
    for entry in entries.iter().filter(|entry| seen.insert(urls(entry))) {
        kitchen.errand(&["history", "show", entry["id"].as_str().unwrap_or_default(), "--json"]);
    }
    kitchen.errand(&["env", "show", "-e", "Kitchen"]);
    kitchen.errand(&["secret", "list", "-e", "Kitchen"]);
}

/// What the server heard: a test that sends no secrets finds none.
fn everything_travelled(kitchen: &Kitchen<'_>) {
    let heard = kitchen.canaries.hunt().in_bytes(&kitchen.parrot.heard());
    let missing: Vec<&str> = kitchen
        .canaries
        .places()
        .filter(|place| place.travels && !heard.iter().any(|find| find.name == place.name))
        .map(|place| place.enters)
        .collect();
    assert_eq!(missing, Vec::<&str>::new(), "the server never heard of these");
}

/// Says each kind of find once, with one of its places.
fn nothing_found(leaks: &[Find]) {
    let mut kinds: BTreeMap<(String, &str, &str), (usize, &Find)> = BTreeMap::new();
    for find in leaks {
        let folder = find.path.parent().unwrap_or(&find.path).display().to_string();
        let kind = kinds.entry((folder, &find.name, &find.form)).or_insert((0, find));
        kind.0 += 1;
    }
    let lines: Vec<String> =
        kinds.values().map(|(count, find)| format!("{count} x {find}")).collect();
    assert!(leaks.is_empty(), "{} finds:\n{}", leaks.len(), lines.join("\n"));
}
