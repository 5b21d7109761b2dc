//! `errand send` against a real server.

mod support;

use support::{Home, Playground, has_script, request, workspace};

#[test]
fn the_body_and_nothing_else_goes_to_standard_output() {
    let home = Home::new();
    let playground = Playground::start(&home);
    let sent = home.errand(["send", &playground.at("/get?x=1")]).exits(0);
    assert_eq!(sent.json()["args"]["x"], "1");
    assert_eq!(sent.err, "");
    let seen = home.errand(["send", "-i", &playground.at("/get")]).exits(0);
    assert!(seen.out.starts_with("HTTP/1.1 200 OK\n"), "{seen:?}");
    let traced = home.errand(["send", "-v", &playground.at("/get")]).exits(0);
    assert!(
        traced.err.contains("> GET /get HTTP/1.1") && traced.err.contains("< HTTP/1.1 200 OK"),
        "{traced:?}"
    );
    assert_eq!(traced.json()["method"], "GET");
}

#[test]
fn bodies_of_every_kind() {
    let home = Home::new();
    let playground = Playground::start(&home);
    let url = playground.at("/post");
    let form =
        home.errand(["send", &url, "-d", "a=1", "-d", "b={{x}}", "--var", "x=2"]).exits(0).json();
    assert_eq!(form["form"]["b"], "2", "{form}");
    let json = home
        .errand(["send", "POST", &url, "--json", "{\"a\": 1}", "-H", "X-Tea: oolong"])
        .exits(0)
        .json();
    assert_eq!(
        (&json["json"]["a"], &json["headers"]["X-Tea"]),
        (&1.into(), &"oolong".into()),
        "{json}"
    );
    home.write("note.txt", "from a file");
    let file = home.errand(["send", &url, "-d", "@note.txt"]).exits(0).json();
    assert_eq!(file["data"], "from a file");
    let piped = home.errand_with(["send", &url, "-d", "@-"], "from a pipe").exits(0).json();
    assert!(piped.to_string().contains("from a pipe") || piped["size"] == 11, "{piped}");
    let parts =
        home.errand(["send", &url, "-F", "name=Ada", "-F", "note=@note.txt"]).exits(0).json();
    assert_eq!(parts["form"]["name"], "Ada", "{parts}");
    let basic = home.errand([
        "send",
        &playground.at("/basic-auth/ada/engine"),
        "-u",
        "ada:engine",
        "--fail",
    ]);
    basic.exits(0);
}

#[test]
fn the_report_is_the_whole_exchange() {
    let home = Home::new();
    let playground = Playground::start(&home);
    let report =
        home.errand(["send", "--json-report", &playground.at("/redirect/2")]).exits(0).json();
    assert_eq!(report["hops"].as_array().map(Vec::len), Some(3));
    assert_eq!(report["status"], 200);
    assert!(
        report["content"].as_str().is_some_and(|content| content.contains("\"method\"")),
        "{report}"
    );
    let path = home.path("body.json");
    let saved = home
        .errand(["send", &playground.at("/json/10kb"), "-o", path.to_str().expect("text")])
        .exits(0);
    assert_eq!(saved.out, "");
    assert!(home.read("body.json").len() > 9_000);
}

#[test]
fn exit_codes() {
    let home = Home::new();
    let playground = Playground::start(&home);
    home.errand(["send", &playground.at("/status/404")]).exits(0);
    home.errand(["send", "--fail", &playground.at("/status/404")]).exits(1);
    home.errand(["send"]).exits(2);
    home.errand(["send", "http://", "--http", "9"]).exits(2);
    home.errand(["send", "http://exa mple/"]).exits(2);
    home.errand(["send", &playground.at("/get"), "-H", "no colon"]).exits(2);
    home.errand(["send", "-e", "Staging", &playground.at("/get")]).exits(2);
    let refused = home.errand(["send", "http://127.0.0.1:1/"]).exits(3);
    assert!(refused.err.contains("refused") && refused.err.contains("hint:"), "{refused:?}");
    let late = home.errand(["send", "--timeout", "100ms", &playground.at("/delay/20")]).exits(3);
    assert_eq!(late.out, "");
    home.errand(["send", &playground.at("/hostile/truncated")]).exits(3);
    home.errand(["send", "missing.yml"]).exits(4);
    home.errand(["send", &playground.at("/post"), "-d", "@missing.json"]).exits(4);
}

#[test]
fn a_saved_request_with_its_environment() {
    let home = Home::new();
    let playground = Playground::start(&home);
    let shop = workspace(&home, &playground.url);
    let path = shop.join("Orders/create.yml");
    let path = path.to_str().expect("text");
    let sent = home.errand(["send", path, "-e", "Local", "--var", "who=Ada"]).exits(0);
    assert_eq!(sent.json()["args"]["who"], "Ada");
    let failed = home
        .errand(["send", shop.join("Broken/teapot.yml").to_str().expect("text"), "-e", "Local"])
        .exits(1);
    assert!(
        failed.err.contains("expected 200") && failed.err.contains("actual   418"),
        "{failed:?}"
    );
    let unknown = home.errand(["send", path, "-e", "Stagin"]).exits(2);
    assert!(unknown.err.contains("Stagin") && unknown.err.contains("Local"), "{unknown:?}");
}

#[test]
fn a_broken_file_shows_the_line() {
    let home = Home::new();
    let shop = workspace(&home, "http://127.0.0.1:1");
    home.write(
        "shop/bad.yml",
        "info:\n  name: Bad\n  type: http\nhttp:\n  method: [GET\n  url: x\n",
    );
    let failed = home.errand(["send", shop.join("bad.yml").to_str().expect("text")]).exits(4);
    assert!(failed.err.contains("--> bad.yml:") && failed.err.contains('^'), "{}", failed.err);
}

#[test]
fn retries_wait_as_the_server_says() {
    let home = Home::new();
    let playground = Playground::start(&home);
    let tried =
        home.errand(["send", "--retry", "1", &playground.at("/status/429?retry-after=1")]).exits(0);
    assert!(tried.err.contains("answered 429; trying again in 1.0 s (1 of 1)"), "{tried:?}");
    let fine = home.errand(["send", "--retry", "3", &playground.at("/status/404")]).exits(0);
    assert_eq!(fine.err, "");
}

#[test]
fn what_the_network_says_does_nothing_to_a_terminal() {
    let home = Home::new();
    let playground = Playground::start(&home);
    let evil = "\u{1b}]52;c;aGk=\u{7}\u{1b}[2Jsafe\rover\u{202e}";
    home.write("evil.txt", evil);
    let url = playground.at("/anything");
    let piped = home.errand(["view", "--as", "raw", "evil.txt"]).exits(0);
    assert_eq!(piped.out, evil, "a pipe gets the bytes as they are");
    let message = home.errand(["send", "http://127.0.0.1:1/", "-H", "X: y", "-e", evil]).exits(2);
    assert!(!message.err.contains('\u{1b}') && !message.err.contains('\u{202e}'), "{message:?}");
    let listed = home.errand(["send", &format!("{url}?a=%1b%5b2J%c2%9b")]).exits(0);
    assert!(!listed.err.contains('\u{1b}'));
    home.write("ev\u{1b}[31mil.yml", "x");
    let named = home.errand(["send", "ev\u{1b}[31mil.yml"]).exits(4);
    assert!(named.err.contains("\\x1b[31m") && !named.err.contains('\u{1b}'), "{named:?}");
    if has_script() {
        let shown = home.on_terminal("view --as raw evil.txt").exits(0);
        assert_eq!(shown.out.trim_end(), "\\x1b]52;c;aGk=\\x07\\x1b[2Jsafe\\rover\\u{202e}");
        let sent = home.on_terminal(&format!("send '{url}' --no-history -d @evil.txt")).exits(0);
        assert!(!sent.out.contains('\u{1b}') && !sent.out.contains('\u{202e}'), "{sent:?}");
    }
}

#[test]
fn colour_only_on_a_terminal_that_wants_it() {
    let home = Home::new();
    let playground = Playground::start(&home);
    let url = playground.at("/status/404");
    assert!(!home.errand(["send", "-i", "-v", &url]).out.contains('\u{1b}'));
    if has_script() {
        assert!(home.on_terminal(&format!("send -i {url}")).out.contains("\u{1b}[33m404"));
        let mut plain = std::process::Command::new("script");
        plain.env("NO_COLOR", "1").env("ERRAND_HOME", home.path("home"));
        plain.args([
            "-qec",
            &format!("{} send -i {url}", env!("CARGO_BIN_EXE_errand")),
            "/dev/null",
        ]);
        let shown = plain.stdin(std::process::Stdio::null()).output().expect("ended");
        assert!(!shown.stdout.contains(&0x1b));
    }
}

#[test]
fn http_2_without_tls_and_a_proxy_that_is_not_there() {
    let home = Home::new();
    let playground = Playground::start(&home);
    let two = home.errand(["send", "--http", "2", "-i", &playground.at("/get")]).exits(0);
    assert!(two.out.starts_with("HTTP/2 200"), "{two:?}");
    home.errand(["send", "--proxy", "http://127.0.0.1:1", &playground.at("/get")]).exits(3);
}

#[test]
fn a_request_reached_through_a_workspace_named_apart() {
    let home = Home::new();
    let playground = Playground::start(&home);
    let shop = workspace(&home, &playground.url);
    home.write("shop/plain.yml", request("Plain", 9, "GET", "/get", ""));
    let shop = shop.to_str().expect("text");
    home.errand(["send", "-w", shop, "-e", "Local", "plain.yml"]).exits(0);
    let url = home.errand(["send", "-w", shop, "-e", "Local", "{{base_url}}/get?here=1"]).exits(0);
    assert_eq!(url.json()["args"]["here"], "1");
}
