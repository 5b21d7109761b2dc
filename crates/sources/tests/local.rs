//! Values that are on this machine: real variables, files and commands.
#![cfg(unix)]

mod common;

use std::os::unix::ffi::OsStringExt as _;
use std::sync::Arc;
use std::time::Duration;

use common::{PATIENT, World, exists};
use errand_model::SecretSource;
use errand_sources::{Access, Error, Limits, Machine, Resolver};

#[tokio::test]
async fn a_variable_of_the_environment() {
    let mut world = World::new();
    world.set("SHOP_TOKEN", "canary");
    world.set("EMPTY", "");
    world.set("BYTES", std::ffi::OsString::from_vec(vec![0xff]));
    let resolver = world.resolver();
    assert_eq!(resolver.value(&variable("SHOP_TOKEN")).await, Ok("canary".into()));
    assert_eq!(resolver.value(&variable("EMPTY")).await, Ok("".into()));
    assert_eq!(code(&resolver, &variable("MISSING")).await, "not-found");
    assert_eq!(code(&resolver, &variable("BYTES")).await, "not-text");
    assert_eq!(code(&resolver, &variable("")).await, "invalid-source");

    let own =
        Resolver::new(Machine::of_process("/"), world.http.clone(), Arc::new(|_: &Access| false));
    let path = std::env::var("PATH").expect("a search path");
    assert_eq!(own.value(&variable("PATH")).await, Ok(path.into()));
}

#[tokio::test]
async fn a_file_and_an_entry_of_one() {
    let world = World::new();
    world.write("keys/token", "canary ü\r\n");
    world.write(".env", "# x\nA='1 # 2'\nexport B=two\nC=${B}!\nA=last\n");
    world.write("bad.env", "OK=1\nBAD NAME=canary\n");
    world.write("binary", b"\xff\xfe");
    world.write("long", vec![b'x'; 1024 * 1024 + 1]);
    world.write("full", vec![b'x'; 1024 * 1024]);
    let resolver = world.with_approval(false);
    assert_eq!(resolver.value(&file("keys/token")).await, Ok("canary ü".into()));
    assert_eq!(resolver.value(&entry(".env", "A")).await, Ok("last".into()));
    assert_eq!(resolver.value(&entry(".env", "C")).await, Ok("two!".into()));
    assert_eq!(resolver.value(&file("full")).await.map(|value| value.len()), Ok(1024 * 1024));
    let error = resolver.value(&entry(".env", "D")).await.expect_err("no such entry");
    assert_eq!(error.code(), "no-field");
    assert!(error.to_string().contains("It has: A, B, C."), "{error}");
    let error = resolver.value(&entry("bad.env", "X")).await.expect_err("a bad line");
    assert!(!error.to_string().contains("canary") && error.code() == "bad-answer", "{error}");
    for (path, code) in [
        ("binary", "not-text"),
        ("long", "too-long"),
        ("missing", "not-found"),
        ("keys", "bad-answer"),
        ("a\0b", "invalid-source"),
    ] {
        assert_eq!(self::code(&resolver, &file(path)).await, code, "{path}");
    }
    assert!(world.asked.lock().expect("a list").is_empty(), "the workspace's own files are free");
}

#[tokio::test]
async fn files_outside_the_workspace_need_approval() {
    let world = World::new();
    std::fs::write(world.home().join("id_rsa"), "canary\n").expect("written");
    let real = world.home().join("id_rsa").canonicalize().expect("a path");
    std::os::unix::fs::symlink(&real, world.machine.workspace.join("link")).expect("a link");
    let absolute = real.display().to_string();
    for path in ["../home/id_rsa", "~/id_rsa", "link", &absolute] {
        let error = world.with_approval(false).value(&file(path)).await.expect_err("not approved");
        assert_eq!(error, Error::NotApproved { access: Access::File(real.clone()) }, "{path}");
        let error = world.with_approval(false).value(&entry(path, "A")).await;
        assert_eq!(error, Err(Error::NotApproved { access: Access::File(real.clone()) }), "{path}");
        assert_eq!(world.resolver().value(&file(path)).await, Ok("canary".into()), "{path}");
    }
    // A device never ends.
    assert_eq!(code(&world.resolver(), &file("/dev/zero")).await, "bad-answer");
}

#[tokio::test]
async fn a_command_runs_once_it_is_approved() {
    let mut world = World::new();
    world.set("GREETING", "hello");
    world.write("where.txt", "here");
    let command = command("touch ran; printf '%s %s\\n' \"$GREETING\" \"$(cat where.txt)\"; cat");
    let error = world.with_approval(false).value(&command).await.expect_err("not approved");
    assert_eq!(error.code(), "not-approved");
    let SecretSource::Command { command: text } = &command else { unreachable!() };
    assert_eq!(error, Error::NotApproved { access: Access::Command(text.clone()) });
    assert!(!exists(world.machine.workspace.join("ran")));
    assert_eq!(world.resolver().value(&command).await, Ok("hello here".into()));
    assert!(exists(world.machine.workspace.join("ran")));
}

#[tokio::test]
async fn what_goes_wrong_with_a_command_is_told() {
    let mut world = World::new();
    world.set("SHOP_TOKEN", "canary-in-the-environment");
    let resolver = world.resolver();
    for (text, code, says) in [
        (
            "echo canary-out; echo \"no canary-out for $SHOP_TOKEN\" >&2; exit 3",
            "failed",
            "no •••••• for ••••••",
        ),
        ("exit 7", "failed", "exit status: 7"),
        ("no-such-program-here", "failed", "not found"),
        ("true", "bad-answer", "printed nothing"),
        ("printf '\\377'", "not-text", "UTF-8"),
        ("yes canary", "too-long", "1048576 bytes"),
        ("head -c 3000000 /dev/zero >&2; exit 1", "failed", "exit status: 1"),
    ] {
        let error = resolver.value(&command(text)).await.expect_err(text);
        assert_eq!(error.code(), code, "{text}: {error}");
        assert!(error.to_string().contains(says), "{text}: {error}");
        assert!(!error.to_string().contains("canary"), "{error}");
    }
    std::fs::remove_dir_all(&world.machine.workspace).expect("removed");
    assert_eq!(code(&world.resolver(), &command("echo x")).await, "not-found");
}

/// Holds a pipe open as long as the shell or its child lives, and tells when both do.
const FAMILY: &str = "exec 3>alive; sleep 100000 & echo started >started; wait";

#[tokio::test]
async fn whoever_stops_waiting_ends_the_command_and_its_children() {
    let world = World::new();
    let (alive, started) = (pipe(&world, "alive"), pipe(&world, "started"));
    let resolver = world.resolver();
    let sources = [command(FAMILY), variable("PATH")];
    tokio::select! {
        value = resolver.values(&sources) => panic!("{value:?}"),
        said = started => assert_eq!(said.expect("read"), "started\n"),
    }
    // The end of this pipe is the end of everyone who had it open.
    assert_eq!(alive.await.expect("read"), "");
}

#[tokio::test]
async fn a_command_that_takes_too_long_is_ended_with_its_children() {
    let world = World::new();
    let (alive, started) = (pipe(&world, "alive"), pipe(&world, "started"));
    let limits = Limits { time: Duration::from_secs(2), ..PATIENT };
    let resolver = world.resolver().with_limits(limits);
    let error = resolver.value(&command(FAMILY)).await.expect_err("too long");
    assert_eq!(error.code(), "timed-out");
    assert!(error.to_string().contains("within 2 seconds"), "{error}");
    // Had the shell not come to open them yet, nobody would: whoever reads would wait for ever.
    for name in ["alive", "started"] {
        let both = std::fs::File::options().read(true).write(true).open(path(&world, name));
        drop(both.expect("opened"));
    }
    assert_eq!(alive.await.expect("read"), "");
    started.await.expect("read");
}

#[tokio::test]
async fn each_value_is_fetched_once_and_several_at_the_same_time() {
    let world = World::new();
    let once = command("echo x >>count; echo value");
    let resolver = world.resolver();
    let many: Vec<SecretSource> = std::iter::repeat_n(once.clone(), 5).collect();
    for value in resolver.values(&many).await {
        assert_eq!(value, Ok("value".into()));
    }
    assert_eq!(resolver.value(&once).await, Ok("value".into()));
    let count = || std::fs::read_to_string(world.machine.workspace.join("count")).expect("a file");
    assert_eq!(count(), "x\n");
    resolver.clear();
    assert_eq!(resolver.value(&once).await, Ok("value".into()));
    assert_eq!(count(), "x\nx\n");

    // Failures are not tried again, either.
    let failing = command("echo x >>count; exit 1");
    for error in resolver.values(&[failing.clone(), failing.clone()]).await {
        assert!(error.is_err());
    }
    assert_eq!(count(), "x\nx\nx\n");

    // Each waits for the other: they can only end together.
    common::run(
        "mkfifo",
        &["there", "back"].map(|name| path(&world, name)).each_ref().map(String::as_str),
        &world.machine,
        "",
    );
    let asks = command("echo 1 >there; cat back");
    let answers = command("cat there; echo 2 >back");
    let values = resolver.values(&[asks, variable("MISSING"), answers]).await;
    assert_eq!((&values[0], &values[2]), (&Ok("2".into()), &Ok("1".into())));
    assert!(values[1].is_err(), "in their order");
}

#[tokio::test]
async fn approval_given_later_counts() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let (world, approved) = (World::new(), Arc::new(AtomicBool::new(false)));
    let asks = Arc::clone(&approved);
    let approvals = move |_: &Access| asks.load(Ordering::Relaxed);
    let resolver = Resolver::new(world.machine.clone(), world.http.clone(), Arc::new(approvals));
    assert_eq!(code(&resolver, &command("echo x")).await, "not-approved");
    approved.store(true, Ordering::Relaxed);
    assert_eq!(resolver.with_limits(PATIENT).value(&command("echo x")).await, Ok("x".into()));
}

#[test]
fn values_can_be_fetched_from_any_thread() {
    fn sendable<T: Send>(_: &T) {}
    let world = World::new();
    let resolver = world.resolver();
    sendable(&resolver.values(&[]));
    sendable(&resolver);
}

/// A pipe in the workspace, and what will have come through it.
fn pipe(world: &World, name: &str) -> tokio::task::JoinHandle<String> {
    common::run("mkfifo", &[&path(world, name)], &world.machine, "");
    let path = path(world, name);
    tokio::task::spawn_blocking(move || std::fs::read_to_string(path).expect("read"))
}

fn path(world: &World, name: &str) -> String {
    world.machine.workspace.join(name).display().to_string()
}

async fn code(resolver: &Resolver, source: &SecretSource) -> &'static str {
    resolver.value(source).await.map_err(|error| error.code()).expect_err("no value")
}

fn variable(name: &str) -> SecretSource {
    SecretSource::Environment { variable: name.to_owned() }
}

fn file(path: &str) -> SecretSource {
    SecretSource::File { file: path.to_owned() }
}

fn entry(path: &str, name: &str) -> SecretSource {
    SecretSource::DotEnv { file: path.to_owned(), variable: name.to_owned() }
}

fn command(text: &str) -> SecretSource {
    SecretSource::Command { command: text.to_owned() }
}
