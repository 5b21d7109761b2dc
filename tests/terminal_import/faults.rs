//! What goes wrong: the exit code, what is said, and that nothing is there afterwards.

use std::process::{Command, Stdio};

use errand_tests::binaries;
use errand_tests::terminal::{Ran, ran};

use crate::desk::{Desk, large, postman};
use crate::shelf::Shelf;

#[test]
fn each_fault_has_its_exit_code_and_says_what_to_do() {
    let desk = Desk::alone();
    let shelf = Shelf::open().with("/words", "just words");
    desk.write("shop.json", postman("Shop", &[("One", "http://a")]));
    desk.write("words.txt", "just words");
    desk.write("cut.json", "{\n  \"info\": {\"schema\": \"https://schema.getpostman.com/json/collection/v2.1.0/collection.json\"},\n  \"item\": [\n");
    desk.write("wrong.json", r#"{"info": {"schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"}, "item": {"a": 1}}"#);
    desk.write("bytes", [0_u8, 159, 146, 150]);
    desk.write("not-a-zip.zip", b"PK\x03\x04 and then something else");
    desk.write("file", "mine");
    std::fs::create_dir(desk.path("empty")).unwrap_or_else(|error| panic!("{error}"));
    desk.errand(["import", "shop.json", "-o", "there"]).ended(0);
    let before = desk.files("");
    let absent = "http://127.0.0.1:1/shop.json".to_owned();
    let (words, missing) = (shelf.url("/words"), shelf.url("/missing"));
    let cases: &[(&[&str], i32, &str)] = &[
        // The command line.
        (&["shop.json"], 2, "--output"),
        (&["-o", "made"], 2, "SOURCE"),
        (&["shop.json", "-o", "made", "--nonsense"], 2, "--nonsense"),
        (&["shop.json", "-o", "made", "--from", "nonsense"], 2, "The formats are bruno, curl,"),
        (&["shop.json", "-o", "there/not-there"], 2, "no folder there/not-there in the workspace"),
        (&["ftp://127.0.0.1/shop.json", "-o", "made"], 2, "begins with http:// or https://"),
        // What cannot be reached or written.
        (&[&absent, "-o", "made"], 3, "refused the connection.\n"),
        (&[&missing, "-o", "made"], 3, "answered with status 404"),
        (&["shop.json", "-o", "file"], 3, "a file is where a folder would have to be"),
        (&["shop.json", "-o", "file/below"], 3, "a file is where a folder would have to be"),
        (&["shop.json", "-o", "made", "--receipt", "none/r.json"], 3, "none/r.json"),
        (&["shop.json", "-o", "made", "--receipt", "there"], 3, "it is a folder"),
        // What is read.
        (&["none.json", "-o", "made"], 4, "none.json: there is no such file"),
        (&["words.txt", "-o", "made"], 4, "words.txt is in no format that Errand can import"),
        (&[&words, "-o", "made"], 4, "in no format"),
        (&["cut.json", "-o", "made"], 4, "cut.json:"),
        (&["wrong.json", "-o", "made"], 4, "item"),
        (&["bytes", "-o", "made"], 4, "bytes"),
        (&["not-a-zip.zip", "-o", "made"], 4, "not-a-zip.zip"),
        (&["empty", "-o", "made"], 4, "no files that could be imported"),
        (&["shop.json", "none.json", "-o", "made"], 4, "none.json"),
        (&["curl -H", "-o", "made"], 4, "curl"),
    ];
    for (arguments, code, part) in cases {
        let done = desk.errand([&["import"], *arguments].concat());
        assert_eq!(done.code, Some(*code), "{arguments:?}: {done:#?}");
        assert_eq!(done.out, "", "{arguments:?}: {done:#?}");
        assert!(done.err.contains(part), "{arguments:?}: {part:?} is not in {}", done.err);
        assert!(!done.err.contains("-->\n") && !done.err.contains("--> \n"), "{}", done.err);
        assert_eq!(desk.files(""), before, "{arguments:?}");
    }
    for (input, part) in
        [(&b"\xff\xfe\xfd"[..], "not UTF-8"), (b"", "in no format"), (b"[1, 2", "")]
    {
        let done = desk.errand_reads(&["import", "-", "-o", "made"], input).exits(4);
        assert!(done.err.contains(part), "{done:#?}");
        assert_eq!(desk.files(""), before, "{input:?}");
    }
}

/// Runs a script where mounting something is nobody else's business. Nothing where the system does not let us.
fn apart(desk: &Desk, script: &str) -> Option<Ran> {
    let try_out = |flags: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(flags).args(["sh", "-c", "mount -t tmpfs none /mnt"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    let ways: [&[&str]; 2] = [&["--mount"], &["--mount", "--map-root-user"]];
    let Some(flags) = ways.into_iter().find(|flags| try_out(flags)) else {
        eprintln!("skipped: this system lets nobody mount anything");
        return None;
    };
    let mut command = desk.command::<&str>([]);
    let mut apart = Command::new("unshare");
    apart.env_clear().current_dir(desk.path("")).args(flags).args(["sh", "-euc", script]);
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            apart.env(name, value);
        }
    }
    apart.env("ERRAND", binaries::command());
    command = apart;
    Some(ran(&mut command))
}

#[test]
fn a_full_disk_is_named_and_leaves_what_was() {
    let desk = Desk::alone();
    desk.write("small.json", postman("Small", &[("One", "http://a")]));
    desk.write("large.json", large(2_000, "http://a"));
    let script = r#"
        mkdir disk
        mount -t tmpfs -o size=1m none disk
        "$ERRAND" import small.json -o disk/there
        find disk -type f | sort | xargs cksum > before
        for target in disk/new disk/there; do
            code=0
            "$ERRAND" import large.json -o $target || code=$?
            echo "exit $code"
            find disk -type f | sort | xargs cksum | diff before - && echo same
        done
        ls -A disk
        code=0
        "$ERRAND" export disk/there --to curl -o disk/fits.sh || code=$?
        dd if=/dev/zero of=disk/fill bs=4k 2>/dev/null || true
        cp disk/fits.sh before.sh
        "$ERRAND" export disk/there --to postman -o disk/fits.sh || code=$?
        echo "exit $code"
        cmp before.sh disk/fits.sh && ls -A disk
    "#;
    let Some(done) = apart(&desk, script) else { return };
    let expected = "exit 3\nsame\nexit 3\nsame\nthere\nexit 3\nfill\nfits.sh\nthere\n";
    assert_eq!(done.out, expected, "{done:#?}");
    assert_eq!(done.err.matches("the disk is full").count(), 3, "{done:#?}");
    assert_eq!(done.err.matches("Nothing was imported").count(), 2, "{done:#?}");
    assert!(done.err.contains("Free some space, and import it again."), "{done:#?}");
}

#[test]
fn a_disk_that_cannot_be_written_is_named() {
    let desk = Desk::alone();
    desk.write("small.json", postman("Small", &[("One", "http://a")]));
    let script = r#"
        mkdir disk
        mount -t tmpfs none disk
        "$ERRAND" import small.json -o disk/there
        mount -o remount,ro disk
        for target in disk/new disk/there; do
            code=0
            "$ERRAND" import small.json -o $target || code=$?
            echo "exit $code"
        done
        code=0
        "$ERRAND" export disk/there --to curl -o disk/all.sh || code=$?
        echo "exit $code"
        "$ERRAND" export disk/there --to curl -o -
    "#;
    let Some(done) = apart(&desk, script) else { return };
    let done = done.exits(0);
    assert!(done.out.starts_with("exit 3\nexit 3\nexit 3\n# One\ncurl http://a"), "{done:#?}");
    assert_eq!(done.err.matches("the disk is read-only").count(), 3, "{done:#?}");
    assert!(done.err.contains("Choose another folder, or see that this one can be written."));
}
