//! What other tools wrote, with a credential at each kind of place: imported with success, in failure, and killed
//! while it is written.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::Stdio;

use errand_tests::desktop::Desktop;
use errand_tests::traces::Find;
use errand_tests::{binaries, patience};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use super::nothing_found;
use super::places::{Canaries, Place};

/// Where the imported files are: somebody put the values there.
const FROM: &[&str] = &["from"];

const fn place(name: &'static str, enters: &'static str) -> Place {
    Place { name, enters, origin: FROM, travels: false }
}

const IMPORTED: &[Place] = &[
    place("auth", "password of an imported request"),
    place("other_auth", "token of an auth that is not the chosen one"),
    place("header", "bearer token in a header that is off"),
    place("url", "password in an imported URL"),
    place("body", "password in a body with variables in it"),
    place("script", "token that a script sets"),
    place("example", "token in the answer of an example"),
    place("cookie", "cookie that an example sets"),
    place("stream", "API key of a WebSocket request"),
    place("variable", "secret variable of an environment"),
    place("pasted", "password in a curl command that is imported"),
    place("broken", "token in a file that is cut off"),
    place("strange", "token in a line that is quoted as not understood"),
    place("in_the_way", "token of an import to where a file is"),
    place("killed", "token of an import that is killed while it is written"),
];

#[test]
fn imports_leave_no_secret_anywhere() {
    let desktop = Desktop::start();
    let canaries = Canaries::new(&[IMPORTED]);
    let mut printed = Vec::new();
    let from = desktop.home().join("from");
    make(&from);
    succeed(&desktop, &canaries, &from, &mut printed);
    fail(&desktop, &canaries, &from, &mut printed);
    die_in_the_middle(&desktop, &canaries, &from);

    assert_eq!(canaries.untried(), Vec::<&str>::new(), "places that nothing came by");
    nothing_found(&leaks(&desktop, &canaries, &printed));
    let kept = canaries.in_keyring(&desktop);
    for name in ["auth", "example", "stream", "variable"] {
        assert!(kept.contains(name), "{name} is in the keyring: {kept:?}");
    }
    // Of an auth that is not in use the importer leaves the secret out, and says so.
    assert!(lossy(&printed).contains("secrets in parts without a field"), "{}", lossy(&printed));
    // A leak is found where one would be.
    let planted = desktop.home().join("shop/Orders.yml");
    write(&planted, &format!("token: {}", canaries.of("auth")));
    assert!(leaks(&desktop, &canaries, &printed).iter().any(|find| find.path == planted));
}

fn succeed(desktop: &Desktop, canaries: &Canaries, from: &Path, printed: &mut Vec<u8>) {
    write(&from.join("shop.json"), &shop(canaries).to_string());
    write(&from.join("live.json"), &live(canaries).to_string());
    let receipt = desktop.home().join("receipt.json");
    let arguments = ["shop.json", "live.json", "-o", "../shop", "--receipt", "../receipt.json"];
    assert_eq!(import(desktop, from, &arguments, printed), Some(0), "{}", lossy(printed));
    assert!(receipt.is_file() && desktop.home().join("shop/opencollection.yml").is_file());
    let curl = format!("curl https://api.example.com/a -u 'ada:{}'\n", canaries.of("pasted"));
    write(&from.join("a.sh"), &curl);
    assert_eq!(import(desktop, from, &["a.sh", "-o", "../shop"], printed), Some(0));
}

fn fail(desktop: &Desktop, canaries: &Canaries, from: &Path, printed: &mut Vec<u8>) {
    let whole = collection(&[bearer("Broken", canaries.of("broken"))]).to_string();
    write(&from.join("broken.json"), &whole[..whole.len() - 9]);
    write(&from.join("strange.http"), &format!("X-Api-Key: {}\n", canaries.of("strange")));
    let full = collection(&[bearer("Full", canaries.of("in_the_way"))]).to_string();
    write(&from.join("full.json"), &full);
    write(&desktop.home().join("full"), "in the way");
    for (file, to) in
        [("broken.json", "../broken"), ("strange.http", "../strange"), ("full.json", "../full")]
    {
        let code = import(desktop, from, &[file, "-o", to], printed);
        assert_ne!(code, Some(0), "{file}: {}", lossy(printed));
    }
}

/// Ends the command once its files are on their way to disk.
fn die_in_the_middle(desktop: &Desktop, canaries: &Canaries, from: &Path) {
    let many: Vec<Value> = (0..5000)
        .map(|number| bearer(&format!("Request {number}"), canaries.of("killed")))
        .collect();
    write(&from.join("many.json"), &collection(&many).to_string());
    let to = desktop.home().join("killed");
    make(&to);
    let mut command = desktop.command(binaries::command());
    command.current_dir(from).args(["import", "many.json", "-o", "../killed/many"]);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap_or_else(|error| panic!("errand does not run: {error}"));
    patience::expect("files to be written", || staged(desktop.home()).then_some(()));
    kill_process(Pid::from_child(&child), Signal::KILL)
        .unwrap_or_else(|error| panic!("cannot end it: {error}"));
    let status = child.wait().unwrap_or_else(|error| panic!("it did not end: {error}"));
    assert_eq!(status.signal(), Some(Signal::KILL.as_raw()));
}

/// Whether there is a staging folder with files in it.
fn staged(folder: &Path) -> bool {
    errand_tests::traces::files(folder).iter().any(|path| {
        let text = path.to_string_lossy();
        text.contains(".errand-import-") && text.ends_with(".yml")
    })
}

fn import(
    desktop: &Desktop,
    from: &Path,
    arguments: &[&str],
    printed: &mut Vec<u8>,
) -> Option<i32> {
    let mut command = desktop.command(binaries::command());
    command.current_dir(from).arg("import").args(arguments).stdin(Stdio::null());
    let output = command.output().unwrap_or_else(|error| panic!("errand does not run: {error}"));
    printed.extend([output.stdout, output.stderr].concat());
    output.status.code()
}

/// In the home folder and in all that was printed.
fn leaks(desktop: &Desktop, canaries: &Canaries, printed: &[u8]) -> Vec<Find> {
    let hunt = canaries.hunt();
    let mut found = hunt.in_folder(desktop.home());
    let said = hunt.in_bytes(printed).into_iter();
    found.extend(said.map(|find| Find { path: "(output of import)".into(), ..find }));
    canaries.leaks(desktop.home(), found)
}

fn collection(items: &[Value]) -> Value {
    json!({
        "info": {
            "name": "Shop",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "item": items,
    })
}

fn bearer(name: &str, token: &str) -> Value {
    json!({ "name": name, "request": {
        "method": "GET", "url": "https://api.example.com",
        "auth": { "type": "bearer", "bearer": [{ "key": "token", "value": token }] },
    } })
}

fn shop(canaries: &Canaries) -> Value {
    let of = |name: &str| canaries.of(name).to_owned();
    let sharp = |name: &str| canaries.sharp(name);
    collection(&[
        json!({
            "name": "Orders",
            "event": [{ "listen": "test", "script": { "exec": [format!("pm.environment.set('token', '{}');", of("script"))] } }],
            "request": {
                "method": "POST",
                "url": { "raw": format!("https://ada:{}@api.example.com/orders", of("url")) },
                "auth": {
                    "type": "basic",
                    "basic": [{ "key": "username", "value": "ada" }, { "key": "password", "value": sharp("auth") }],
                    "bearer": [{ "key": "token", "value": sharp("other_auth") }],
                },
                "header": [{ "key": "Authorization", "value": format!("Bearer {}", sharp("header")), "disabled": true }],
                "body": { "mode": "raw", "raw": format!("{{\"user\": {{{{user}}}}, \"password\": \"{}\"}}", of("body")) },
            },
            "response": [{
                "name": "OK", "code": 200, "status": "OK",
                "header": [{ "key": "Set-Cookie", "value": format!("sid={}; Path=/", of("cookie")) }],
                "body": json!({ "access_token": sharp("example") }).to_string(),
            }],
        }),
        json!({ "name": "Stream", "type": "websocket-request", "payload": { "auth": {
            "type": "apikey",
            "apikey": [{ "key": "key", "value": "X-Key" }, { "key": "value", "value": sharp("stream") }],
        } } }),
    ])
}

fn live(canaries: &Canaries) -> Value {
    json!({
        "name": "Live", "_postman_variable_scope": "environment",
        "values": [{ "key": "opaque", "value": canaries.sharp("variable"), "type": "secret", "enabled": true }],
    })
}

fn make(folder: &Path) {
    fs::create_dir_all(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
}

fn write(path: &Path, text: &str) {
    path.parent().into_iter().for_each(make);
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
