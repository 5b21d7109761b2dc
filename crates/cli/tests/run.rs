//! `errand run` against a real server, its reports read back.

mod support;

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

use quick_xml::events::Event;
use support::{Done, Home, Playground, request, workspace};

fn run(home: &Home, more: &[&str]) -> Done {
    let mut arguments = vec!["run", "shop", "-e", "Local"];
    arguments.extend(more);
    home.errand(arguments)
}

/// Name, attributes, text.
type Element = (String, Vec<(String, String)>, String);

/// Element names with their attributes, and all text; fails when the document is not well-formed.
fn xml(text: &str) -> Vec<Element> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut found: Vec<Element> = Vec::new();
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(start) | Event::Empty(start) => {
                let name = start.name().as_ref().to_owned();
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.expect("an attribute");
                    let value = quick_xml::escape::unescape(&attribute.value)
                        .expect("escaped")
                        .into_owned();
                    (attribute.key.as_ref().to_owned(), value)
                });
                found.push((name, attributes.collect(), String::new()));
            }
            Event::Text(text) => {
                if let Some(last) = found.last_mut() {
                    last.2.push_str(&text);
                }
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn captures_flow_and_failures_are_shown() {
    let home = Home::new();
    let playground = Playground::start(&home);
    workspace(&home, &playground.url);
    let ran = run(&home, &["--env-var", "who=Ada"]).exits(1);
    assert!(ran.out.contains("✓ POST    Create"), "{}", ran.out);
    assert!(ran.out.contains("✓ GET     Read"), "{}", ran.out);
    assert!(
        ran.out.contains("✗ GET     Teapot") && ran.out.contains("expected 200"),
        "{}",
        ran.out
    );
    let read = ran.out.lines().find(|line| line.starts_with("checks")).expect("a table");
    assert_eq!(read.split_whitespace().collect::<Vec<_>>(), ["checks", "3", "1"]);
    run(&home, &["--folder", "Orders"]).exits(0);
    home.errand(["run", "shop/Orders", "-e", "Local"]).exits(0);
    home.errand(["run", "shop/Broken/teapot.yml", "-e", "Local"]).exits(1);
    let unknown = run(&home, &["--folder", "Order"]).exits(2);
    assert!(
        unknown.err.contains("Broken, Orders") || unknown.err.contains("Orders, Broken"),
        "{unknown:?}"
    );
}

#[test]
fn the_json_report() {
    let home = Home::new();
    let playground = Playground::start(&home);
    workspace(&home, &playground.url);
    let report = run(&home, &["-r", "json"]).exits(1).json();
    let requests = report["requests"].as_array().expect("requests");
    let outcomes: Vec<_> =
        requests.iter().map(|request| request["outcome"].as_str().unwrap_or_default()).collect();
    assert_eq!(outcomes, ["passed", "passed", "failed", "passed"]);
    assert_eq!(report["summary"]["checksFailed"], 1);
    assert_eq!(requests[2]["checks"][0]["actual"], "418");
    assert!(report["startedAt"].as_str().is_some_and(|at| at.ends_with('Z')));
}

#[test]
fn the_junit_report_is_xml_whatever_the_server_says() {
    let home = Home::new();
    let playground = Playground::start(&home);
    workspace(&home, &playground.url);
    home.write(
        "shop/Broken/evil.yml",
        request("A <b> & \"c\" ]]>", 3, "GET", "/response-headers?X-Evil=%1b%5b31m%3c%2f%5d%5d%3e%ef%bf%be",
            "runtime:\n  assertions:\n    - expression: res.headers.x-evil\n      operator: eq\n      value: \"<none> & \\e[0m\\u202e\"\n"),
    );
    run(&home, &["-r", "cli,junit", "--out", "junit=report.xml"]).exits(1);
    let text = home.read("report.xml");
    assert!(!text.chars().any(|letter| letter.is_control() && letter != '\n'), "{text}");
    let found = xml(&text);
    let all = found.iter().find(|element| element.0 == "testsuites").expect("the root");
    let number = |name: &str| {
        all.1.iter().find(|attribute| attribute.0 == name).map(|attribute| attribute.1.clone())
    };
    assert_eq!(number("failures").as_deref(), Some("2"), "{text}");
    assert_eq!(found.iter().filter(|element| element.0 == "testsuite").count(), 5);
    assert_eq!(
        found.iter().filter(|element| element.0 == "testcase").count().to_string(),
        number("tests").unwrap_or_default()
    );
    assert!(
        found.iter().any(|element| element
            .1
            .iter()
            .any(|attribute| attribute.1.contains("A <b> & \"c\" ]]>"))),
        "{text}"
    );
}

#[test]
fn rows_of_data() {
    let home = Home::new();
    let playground = Playground::start(&home);
    workspace(&home, &playground.url);
    home.write("rows.csv", "\u{feff}who,note\n\"Ada,Lovelace\",x\nGrace,\"a \"\"b\"\"\"\n");
    let report =
        run(&home, &["--folder", "Orders", "-d", "rows.csv", "-r", "json"]).exits(0).json();
    assert_eq!(report["summary"]["iterations"], 2);
    assert!(
        report["requests"][0]["url"].as_str().is_some_and(|url| url.contains("Ada,Lovelace")),
        "{report}"
    );
    assert!(
        report["requests"][3]["url"].as_str().is_some_and(|url| url.ends_with("/anything/Grace")),
        "{report}"
    );
    home.write("rows.json", "[{\"who\": 7}]");
    let twice = run(&home, &["--folder", "Orders", "-d", "rows.json", "-n", "2", "-r", "json"])
        .exits(0)
        .json();
    assert_eq!(twice["requests"].as_array().map(Vec::len), Some(4));
    home.write("bad.csv", "a,b\n1,2\n3\n");
    let bad = run(&home, &["-d", "bad.csv"]).exits(4);
    assert!(bad.err.contains("bad.csv:3"), "{bad:?}");
}

#[test]
fn bailing_out() {
    let home = Home::new();
    let playground = Playground::start(&home);
    workspace(&home, &playground.url);
    let folder = run(&home, &["--bail", "folder", "-r", "json"]).exits(1).json();
    assert_eq!(folder["requests"][3]["outcome"], "skipped");
    let whole = run(&home, &["--bail", "-r", "json"]).exits(1).json();
    assert_eq!(whole["requests"].as_array().map(Vec::len), Some(3));
    assert_eq!(whole["summary"]["bailed"], true);
}

#[test]
fn exit_codes() {
    let home = Home::new();
    let playground = Playground::start(&home);
    workspace(&home, &playground.url);
    run(&home, &["-r", "nonsense"]).exits(2);
    run(&home, &["-r", "json,junit"]).exits(2);
    run(&home, &["--folder", "Orders", "--env-var", "base_url=http://127.0.0.1:1"]).exits(3);
    run(
        &home,
        &[
            "--folder",
            "Orders",
            "--timeout-request",
            "1ms",
            "--env-var",
            &format!("base_url={}/delay/9?x=", playground.url),
        ],
    )
    .exits(3);
    home.errand(["run", "nowhere"]).exits(4);
    home.write("empty/readme.md", "nothing");
    home.errand(["run", "empty"]).exits(4);
    home.write("shop/Orders/cut.yml", "info:\n  name: Cut\n  type: http\nhttp: [\n");
    let cut = run(&home, &["--folder", "Orders", "-r", "json"]).exits(4).json();
    let outcomes: Vec<_> = cut["requests"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|request| request["outcome"].clone())
        .collect();
    assert_eq!(
        outcomes.iter().filter(|outcome| **outcome == "passed").count(),
        2,
        "the others ran: {cut}"
    );
    assert_eq!(outcomes.iter().filter(|outcome| **outcome == "error").count(), 1);
}

#[test]
fn files_of_variables_and_the_environment_after() {
    let home = Home::new();
    let playground = Playground::start(&home);
    workspace(&home, &playground.url);
    home.write("env.json", format!("{{\"values\": [{{\"key\": \"base_url\", \"value\": \"{}\"}}, {{\"key\": \"who\", \"value\": \"Ada\"}}]}}", playground.url));
    home.write("globals.env", "unused=1\n");
    let ran = home.errand([
        "run",
        "shop/Orders",
        "-e",
        "env.json",
        "-g",
        "globals.env",
        "--export-environment",
        "after.json",
    ]);
    ran.exits(0);
    let after: serde_json::Value = serde_json::from_str(&home.read("after.json")).expect("JSON");
    let value = |name: &str| {
        after["values"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|value| value["key"] == name)
            .map(|value| value["value"].clone())
    };
    assert_eq!(
        value("number"),
        Some("Ada".into()),
        "a capture of the environment's scope: {after}"
    );
    assert_eq!(value("base_url"), Some(playground.url.clone().into()));
    home.errand(["run", "shop/Orders/read.yml", "-e", "after.json"]).exits(0);
    let saved = home.read("shop/environments/Local.yml");
    assert!(!saved.contains("Ada"), "a run changes no file of the workspace");
}

#[test]
fn cookies_stay_within_a_run_or_in_a_file() {
    let home = Home::new();
    let playground = Playground::start(&home);
    let shop = workspace(&home, &playground.url);
    std::fs::remove_dir_all(shop.join("Broken")).expect("removed");
    std::fs::remove_dir_all(shop.join("Orders")).expect("removed");
    home.write("shop/a.yml", request("Set", 1, "GET", "/cookies/set/flavour/oat", ""));
    let check = "runtime:\n  assertions:\n    - expression: res.body.cookies.flavour\n      operator: eq\n      value: oat\n";
    home.write("shop/b.yml", request("Sent", 2, "GET", "/cookies", check));
    run(&home, &[]).exits(0);
    home.errand(["run", "shop/b.yml", "-e", "Local"]).exits(1);
    run(&home, &["--cookie-jar", "cookies.txt"]).exits(0);
    assert!(home.read("cookies.txt").contains("\tflavour\toat"), "{}", home.read("cookies.txt"));
    home.errand(["run", "shop/b.yml", "-e", "Local", "--cookie-jar", "cookies.txt"]).exits(0);
}

#[cfg(unix)]
#[test]
fn stopping_leaves_a_whole_report() {
    let home = Home::new();
    let playground = Playground::start(&home);
    workspace(&home, &playground.url);
    home.write("shop/Broken/slow.yml", request("Slow", 0, "GET", "/delay/30", ""));
    let mut child = home
        .command(["run", "shop", "-e", "Local", "-r", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut text = String::new();
    while !text.contains("Orders/read.yml") {
        assert_ne!(out.read_line(&mut text).expect("a line"), 0, "{text}");
    }
    let id = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(id, rustix::process::Signal::INT).expect("sent");
    out.read_to_string(&mut text).expect("the rest");
    assert_eq!(child.wait().expect("ended").code(), Some(3), "{text}");
    let report: serde_json::Value = serde_json::from_str(&text).expect("the report is whole");
    assert_eq!(report["summary"]["cancelled"], true);
    assert!(
        report["requests"].as_array().is_some_and(|requests| (2..=3).contains(&requests.len())),
        "{report}"
    );
}
