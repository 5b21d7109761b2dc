//! `errand auth` and `errand secret approve`, against the playground.

mod support;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;

use support::{Home, Playground, finished};

/// A workspace with one request to that URL, authorised so.
fn shop(home: &Home, url: &str, auth: &str, own: &str) {
    home.write("shop/opencollection.yml", "opencollection: \"1.0.0\"\ninfo:\n  name: Shop\n");
    home.write("shop/environments/Local.yml", "name: Local\nvariables: []\n");
    home.write(
        "shop/it.yml",
        format!(
            "info:\n  name: It\n  type: http\nhttp:\n  method: GET\n  url: \"{url}\"\n{auth}{own}"
        ),
    );
}

fn basic(password: &str) -> String {
    format!("  auth:\n    type: basic\n    username: ada\n    password: \"{password}\"\n")
}

fn oauth(playground: &Playground, flow: &str, more: &str) -> String {
    let url = &playground.url;
    format!(
        "  auth:\n    type: oauth2\n    flow: {flow}\n    accessTokenUrl: {url}/oauth/token\n    authorizationUrl: {url}/oauth/authorize\n    scope: read\n{more}"
    )
}

const CLIENT: &str = "    credentials:\n      clientId: errand\n      clientSecret: playground\n";

#[test]
fn a_server_that_refuses_what_it_should_has_no_hole() {
    let home = Home::new();
    let playground = Playground::start(&home);
    shop(&home, &playground.at("/basic-auth/ada/engine"), &basic("engine"), "");
    let checked = home.errand(["auth", "check", "shop/it.yml", "-e", "Local"]).exits(0);
    let marks: Vec<_> = checked.out.lines().filter_map(|line| line.split("  ").next()).collect();
    assert_eq!(marks, ["✓", "✓", "✓", "✓", "-"], "{checked:?}");
    assert!(checked.out.contains("No credential") && !checked.out.contains("hole"), "{checked:?}");

    // Nothing was learnt when the valid credential is refused, too.
    shop(&home, &playground.at("/basic-auth/ada/engine"), &basic("wrong"), "");
    let refused = home.errand(["auth", "check", "shop/it.yml"]).exits(1);
    assert!(refused.out.contains("though it should be let in"), "{refused:?}");
    shop(&home, "http://127.0.0.1:1/", &basic("engine"), "");
    home.errand(["auth", "check", "shop/it.yml"]).exits(3);
    shop(&home, &playground.at("/get"), "", "");
    assert!(home.errand(["auth", "check", "shop/it.yml"]).exits(3).err.contains("no credentials"));
}

#[test]
fn a_server_that_lets_anyone_in_has_holes() {
    let home = Home::new();
    let playground = Playground::start(&home);
    shop(&home, &playground.at("/get"), &basic("engine"), "");
    let checked = home.errand(["auth", "check", "shop/it.yml", "-e", "Local"]).exits(1);
    assert!(checked.out.contains("3 holes") && checked.out.contains("✗"), "{checked:?}");
    let json = home.errand(["auth", "check", "shop/it.yml", "--json"]).exits(1).json();
    assert_eq!(
        (json["holes"].as_u64(), json["rows"][1]["verdict"].as_str()),
        (Some(3), Some("hole"))
    );
}

#[test]
fn the_credentials_of_another_environment_are_tried_here() {
    let home = Home::new();
    let playground = Playground::start(&home);
    shop(&home, &playground.at("/basic-auth/ada/engine"), &basic("{{pass}}"), "");
    for (name, pass) in [("Local", "engine"), ("Test", "other"), ("Copy", "engine")] {
        let text = format!("name: {name}\nvariables:\n  - name: pass\n    value: {pass}\n");
        home.write(&format!("shop/environments/{name}.yml"), text);
    }
    let check = |other: &str| {
        home.errand(["auth", "check", "shop/it.yml", "-e", "Local", "--other", other])
    };
    let refused = check("Test").exits(0);
    assert!(refused.out.contains("That of Test"), "{refused:?}");
    let same = check("Copy").exits(1);
    assert!(same.out.contains("1 hole"), "{same:?}");
    check("Nowhere").exits(2);
}

#[test]
fn a_login_that_is_needed_names_its_command() {
    let home = Home::new();
    let playground = Playground::start(&home);
    let auth = oauth(&playground, "authorization_code", CLIENT);
    shop(&home, &playground.at("/oauth/resource"), &auth, "");
    let sent = home.errand(["send", "shop/it.yml", "-e", "Local"]).exits(3);
    assert!(sent.err.contains("errand auth login shop/it.yml -e Local"), "{sent:?}");
    assert_eq!(sent.out, "");
    let ran = home.errand(["run", "shop", "-e", "Local"]).exits(3);
    assert!(ran.out.contains("errand auth login \"it.yml\" -e \"Local\""), "{ran:?}");
    let status = home.errand(["auth", "status", "shop/it.yml", "-e", "Local"]).exits(1);
    assert!(status.out.contains("not logged in"), "{status:?}");
    let json = home.errand(["auth", "status", "shop/it.yml", "--json"]).exits(1).json();
    assert_eq!((json["state"].as_str(), json["needsPerson"].as_bool()), (Some("none"), Some(true)));
    let asked = home.errand(["auth", "status", "shop/it.yml", "--introspect"]).exits(3);
    assert!(asked.err.contains("Run: errand auth login shop/it.yml"), "{asked:?}");
}

#[test]
fn flows_that_need_nobody_just_send() {
    let home = Home::new();
    let playground = Playground::start(&home);
    shop(
        &home,
        &playground.at("/oauth/resource"),
        &oauth(&playground, "client_credentials", CLIENT),
        "",
    );
    let sent = home.errand(["send", "shop/it.yml", "-e", "Local", "--fail"]).exits(0);
    assert_eq!(sent.json()["claims"]["client_id"], "errand", "{sent:?}");
    home.errand(["auth", "status", "shop/it.yml"]).exits(0);
    // A folder's and the workspace's auth are those that a request in it inherits.
    home.write("shop/Orders/folder.yml", "info:\n  name: Orders\n  type: folder\n");
    let none = home.errand(["auth", "status", "shop/Orders"]).exits(3);
    assert!(none.err.contains("no token that could be fetched"), "{none:?}");
    home.errand(["auth", "status", "shop"]).exits(3);

    let wrong = CLIENT.replace("playground", "wrong-secret-canary");
    shop(
        &home,
        &playground.at("/oauth/resource"),
        &oauth(&playground, "client_credentials", &wrong),
        "",
    );
    let refused = home.errand(["send", "shop/it.yml"]).exits(3);
    assert!(refused.err.contains("invalid_client"), "{refused:?}");
    let refused = home.errand(["auth", "login", "shop/it.yml", "-v"]).exits(3);
    assert!(refused.err.contains("> POST /oauth/token") && refused.err.contains("< HTTP/1.1 401"));
    assert!(!refused.err.contains("wrong-secret-canary"), "{refused:?}");
}

#[test]
fn without_a_keychain_a_login_is_of_no_use_and_that_is_said() {
    let home = Home::new();
    let playground = Playground::start(&home);
    shop(
        &home,
        &playground.at("/oauth/resource"),
        &oauth(&playground, "client_credentials", CLIENT),
        "",
    );
    let login = home.errand(["auth", "login", "shop/it.yml"]).exits(3);
    assert!(login.err.contains("keychain"), "{login:?}");
    assert_eq!(login.out, "");
}

/// Where a page of the playground sends the browser that asks for it.
fn redirect(url: &str) -> String {
    let (_, rest) = url.split_once("//").expect("a URL");
    let (host, path) = rest.split_once('/').expect("a path");
    let mut stream = TcpStream::connect(host).expect("connected");
    write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
        .expect("asked");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let location = answer.lines().find_map(|line| line.strip_prefix("location: "));
    location.unwrap_or_else(|| panic!("no redirect: {answer}")).to_owned()
}

#[test]
fn a_login_that_comes_back_elsewhere_is_finished_by_hand() {
    let home = Home::new();
    let playground = Playground::start(&home);
    let elsewhere = format!("{CLIENT}    callbackUrl: https://app.example/done\n");
    let auth = oauth(&playground, "authorization_code", &elsewhere);
    shop(&home, &playground.at("/oauth/resource"), &auth, "");
    for (right, said) in
        [(true, "lost with this command"), (false, "does not begin with https://app.example/done")]
    {
        let mut command = home.command(["auth", "login", "shop/it.yml", "-v"]);
        command.env("BROWSER", "true").stdin(Stdio::piped());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("started");
        let mut said_so_far = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut text = String::new();
        while !text.contains("press Enter") {
            assert!(said_so_far.read_line(&mut text).expect("a line") > 0, "{text}");
        }
        let url = text.lines().find_map(|line| line.strip_prefix("  http")).expect("a URL");
        let url = format!("http{url}");
        let end = if right { redirect(&format!("{url}&approve=1")) } else { url };
        let mut input = child.stdin.take().expect("a pipe");
        writeln!(input, "\n  {end}").expect("written");
        // A wrong one is told, and the right one still awaited until the input ends.
        drop(input);
        said_so_far.read_to_string(&mut text).expect("text");
        // There is no keychain here, so a token that was had is lost again, and that is said.
        finished(child).exits(3);
        assert!(text.contains(said), "{text}");
        assert_eq!(text.contains("> POST /oauth/token"), right, "{text}");
    }
}

#[test]
fn a_login_ends_with_its_input_or_with_a_signal() {
    let home = Home::new();
    let playground = Playground::start(&home);
    let elsewhere = format!("{CLIENT}    callbackUrl: https://app.example/done\n");
    shop(
        &home,
        &playground.at("/oauth/resource"),
        &oauth(&playground, "authorization_code", &elsewhere),
        "",
    );
    let mut command = home.command(["auth", "login", "shop/it.yml"]);
    command.env("BROWSER", "true").stdout(Stdio::piped()).stderr(Stdio::piped());
    let ended = finished(command.spawn().expect("started")).exits(3);
    assert!(
        ended.err.contains("/oauth/authorize?") && ended.err.contains("paste here"),
        "{ended:?}"
    );
    assert!(ended.err.contains("input ended"), "{ended:?}");

    shop(
        &home,
        &playground.at("/oauth/resource"),
        &oauth(&playground, "authorization_code", CLIENT),
        "",
    );
    let mut command = home.command(["auth", "login", "shop/it.yml"]);
    command.env("BROWSER", "true").stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("started");
    let mut said = BufReader::new(child.stderr.take().expect("a pipe"));
    let mut text = String::new();
    while !text.contains("Ctrl+C ends") {
        assert!(said.read_line(&mut text).expect("a line") > 0, "{text}");
    }
    let id = rustix::process::Pid::from_child(&child);
    rustix::process::kill_process(id, rustix::process::Signal::INT).expect("sent");
    said.read_to_string(&mut text).expect("text");
    let ended = finished(child).exits(3);
    assert!(text.contains("cancelled") && text.contains("http://127.0.0.1:"), "{text} {ended:?}");
}

#[test]
fn what_secrets_take_is_approved_word_for_word() {
    let home = Home::new();
    let playground = Playground::start(&home);
    shop(
        &home,
        &playground.at("/bearer?token=from-outside"),
        "  auth:\n    type: bearer\n    token: \"{{token}}\"\n",
        "",
    );
    let outside = home.write("outside.txt", "from-outside\n");
    let environment = |source: &str| {
        format!(
            "name: Local\nvariables:\n  - name: token\n    secret: true\nextensions:\n  errand:\n    sources:\n      token:\n{source}"
        )
    };
    for (source, wish) in [
        (format!("        type: file\n        file: {}\n", outside.display()), "outside.txt"),
        (
            "        type: command\n        command: cat ../outside.txt\n".to_owned(),
            "`cat ../outside.txt`",
        ),
    ] {
        home.write("shop/environments/Local.yml", environment(&source));
        let sent = home.errand(["send", "shop/it.yml", "-e", "Local"]).exits(3);
        assert!(sent.err.contains("errand secret approve") && sent.err.contains(wish), "{sent:?}");
        let asked = home.errand(["secret", "approve", "-w", "shop"]).exits(2);
        assert!(asked.out.contains(wish) && asked.out.starts_with("asks"), "{asked:?}");
        home.errand(["send", "shop/it.yml", "-e", "Local"]).exits(3);
        home.errand(["secret", "approve", "-w", "shop", "--yes"]).exits(0);
        let listed = home.errand(["secret", "approve", "-w", "shop", "--json"]).exits(0).json();
        assert_eq!(listed[0]["approved"], true, "{listed}");
        let sent = home.errand(["send", "shop/it.yml", "-e", "Local", "--fail"]).exits(0);
        assert!(sent.out.contains("authenticated"), "{sent:?}");
    }
    assert!(
        home.errand(["secret", "approve", "-w", "shop"]).exits(0).err.contains("Nothing is left")
    );
}
