//! Secrets shared through an encrypted file: with the real `age`, and into a real keychain.
#![cfg(target_os = "linux")]

#[allow(dead_code, reason = "the other test file uses the rest")]
mod common;

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use common::{World, inside, secret_tool};
use errand_vault::{
    Change, Error, Identity, Options, Recipient, Secret, SecretId, ShareError, Shared,
    SharedSecret, Stored, Vault, is_sealed_for, open, parse_recipients, seal, write_recipients,
};

#[test]
fn what_is_sealed_opens_for_each_recipient_and_nobody_else() {
    let [anna, ben, eve] = [Identity::generate(), Identity::generate(), Identity::generate()];
    let text = seal(&shared(), &[anna.recipient("Anna"), ben.recipient("Ben")]).expect("sealed");
    for line in text.lines() {
        assert!(line.len() <= 64, "{line}");
    }
    assert!(!text.contains("canary"));
    for person in [&anna, &ben] {
        assert_eq!(is_sealed_for(&text, person), Ok(true));
        let opened = open(&text, person).expect("opened");
        let names: Vec<_> =
            opened.secrets.iter().map(|one| (one.environment.as_deref(), &*one.name)).collect();
        assert_eq!(
            names,
            [(None, "shop"), (Some("production"), "token"), (Some("staging"), "token")]
        );
        assert_eq!(opened.secrets[0].value, "canary \"ü\"\n\u{1f512}".into());
        assert_eq!((opened.workspace.as_str(), opened.sealed_by.as_str()), ("w1", "Anna"));
    }
    assert_eq!(is_sealed_for(&text, &eve), Ok(false));
    assert_eq!(open(&text, &eve), Err(ShareError::NotARecipient { public_key: eve.public_key() }));
    assert_eq!(seal(&shared(), &[]), Err(ShareError::NoRecipients));
    // Git for Windows changes line ends.
    assert!(open(&text.replace('\n', "\r\n"), &anna).is_ok());
}

#[test]
fn every_damage_is_told_and_never_opened() {
    let anna = Identity::generate();
    let text = seal(&shared(), &[anna.recipient("Anna")]).expect("sealed");
    let body: Vec<usize> = text
        .char_indices()
        .filter(|(at, c)| c.is_ascii_alphanumeric() && text[..*at].contains('\n'))
        .map(|(at, _)| at)
        .filter(|at| !text[*at..].starts_with("END") && text[*at..].contains("-----END"))
        .collect();
    for at in body {
        let mut bytes = text.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let damaged = String::from_utf8(bytes).expect("text");
        // The last digit before padding may hold unused bits: refused or the same, never other.
        match open(&damaged, &anna) {
            Ok(opened) => assert_eq!(opened, open(&text, &anna).expect("opened"), "at {at}"),
            Err(
                ShareError::Damaged { .. }
                | ShareError::NotARecipient { .. }
                | ShareError::Newer { .. },
            ) => {}
            Err(other) => panic!("at {at}: {other}"),
        }
    }
    let cut: String = text.lines().take(4).fold(String::new(), |all, line| all + line + "\n");
    assert!(matches!(open(&cut, &anna), Err(ShareError::Damaged { line: Some(4), .. })));
}

#[test]
fn the_command_age_opens_what_is_sealed_here() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = age_keygen(folder.path());
    let colleague = Recipient::parse("Cara", &key).expect("a public key");
    let text = seal(&shared(), &[Identity::generate().recipient("Anna"), colleague]);
    std::fs::write(folder.path().join("secrets.age"), text.expect("sealed")).expect("written");
    let json = age(folder.path(), &["-d", "-i", "key.txt", "secrets.age"]);
    let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(json["format"], "errand-secrets");
    assert_eq!(json["version"], 1);
    assert_eq!(json["sealedAt"], "2026-11-21T05:00:00Z");
    assert_eq!(json["secrets"][1]["environment"], "production");
    assert_eq!(json["secrets"][1]["value"], "canary-p");
}

#[test]
fn what_the_command_age_encrypts_opens_here() {
    let folder = tempfile::tempdir().expect("a folder");
    let anna = Identity::generate();
    let list = write_recipients(&[anna.recipient("Anna"), Identity::generate().recipient("Ben")]);
    std::fs::write(folder.path().join("recipients.txt"), &list).expect("written");
    let encrypt = |json: &str| {
        std::fs::write(folder.path().join("plain.json"), json).expect("written");
        let text = age(folder.path(), &["-e", "-a", "-R", "recipients.txt", "plain.json"]);
        open(&String::from_utf8(text).expect("armour"), &anna)
    };
    let opened = encrypt(
        r#"{"format":"errand-secrets","version":1,"workspace":"w1","sealedBy":"by hand","sealedAt":"2026-11-21T05:00:00Z",
            "secrets":[{"environment":"","name":"a","value":"1"}],"later":true}"#,
    );
    let opened = opened.expect("opened");
    assert_eq!(opened.secrets[0].environment, None);
    assert_eq!(opened.secrets[0].value, "1".into());

    assert_eq!(
        encrypt(r#"{"format":"errand-secrets","version":2,"else":"all new"}"#),
        Err(ShareError::Newer { version: "2".to_owned() })
    );
    for other in [
        "hello",
        r#"{"format":"other","version":1}"#,
        r#"{"format":"errand-secrets","version":1,"secrets":[{"name":"canary-name","value":["canary"]}]}"#,
    ] {
        let error = encrypt(other).expect_err("no list of secrets");
        assert!(matches!(error, ShareError::Damaged { line: None, .. }), "{error}");
        assert!(!error.to_string().contains("canary"), "{error}");
    }
    assert_eq!(parse_recipients(&list).map(|all| all.len()), Ok(2));
}

#[test]
fn a_person_has_one_key_in_the_keychain() {
    inside(World::Open, "a_person_has_one_key_in_the_keychain", || {
        let vault = vault();
        assert!(vault.identity().expect("asked").is_none());
        let key = vault.make_identity().expect("made").public_key();
        assert!(key.starts_with("age1"));
        let (same, again) = (vault.make_identity(), self::vault().make_identity());
        assert_eq!(same.expect("kept").public_key(), key);
        assert_eq!(again.expect("kept").public_key(), key);
        let private = secret_tool("errand.identity", "age").expect("in the keychain");
        assert!(private.starts_with("AGE-SECRET-KEY-1"));

        // Damaged, it is told and not replaced.
        store("errand.identity", "age", "garbage");
        let vault = self::vault();
        assert!(matches!(vault.make_identity(), Err(Error::BadAnswer { .. })));
        assert_eq!(secret_tool("errand.identity", "age").as_deref(), Some("garbage"));
    });
}

#[test]
fn without_a_keychain_no_key_is_made() {
    inside(World::EmptyBus, "without_a_keychain_no_key_is_made", || {
        let vault = vault();
        assert!(matches!(vault.make_identity(), Err(Error::NoKeychain { .. })));
        assert!(matches!(vault.identity(), Err(Error::NoKeychain { .. })));
    });
}

#[test]
fn nothing_is_overwritten_without_being_told_to() {
    inside(World::Open, "nothing_is_overwritten_without_being_told_to", || {
        let (vault, elsewhere) = (vault(), self::vault());
        let set = |id: &SecretId, value: &str| {
            assert_eq!(vault.set(id, &Secret::from(value)), Ok(Stored::Keychain));
        };
        set(&id(Some("staging"), "token"), "canary-s");
        set(&id(Some("production"), "token"), "mine");
        set(&id(Some("staging"), "own"), "mine");
        set(&SecretId::new("w2", None, "other"), "mine");

        let plan = vault.plan("w1", &shared()).expect("compared");
        let changes: Vec<_> = plan.secrets.iter().map(|one| (one.id.clone(), one.change)).collect();
        assert_eq!(
            changes,
            [
                (id(None, "shop"), Change::New),
                (id(Some("production"), "token"), Change::Changed),
                (id(Some("staging"), "own"), Change::OnlyMine),
                (id(Some("staging"), "token"), Change::Same),
            ]
        );
        assert!(!plan.from_another_workspace);
        assert!(!format!("{plan:?}").contains("canary"));

        assert_eq!(vault.apply(&plan, &[]), errand_vault::Applied::default());
        assert_eq!(vault.get(&id(Some("production"), "token")), Ok(Some("mine".into())));

        // What was changed since the comparison is not what the user agreed to replace.
        elsewhere.set(&id(Some("production"), "token"), &"mine, newer".into()).expect("set");
        let all: Vec<SecretId> = plan.secrets.iter().map(|one| one.id.clone()).collect();
        let applied = vault.apply(&plan, &all);
        assert_eq!(applied.taken, [id(None, "shop")]);
        assert_eq!(applied.changed_meanwhile, [id(Some("production"), "token")]);
        assert_eq!((applied.stopped, applied.session_only), (None, vec![]));
        assert_eq!(secret_tool("errand", "w1/production/token").as_deref(), Some("mine, newer"));

        let plan = vault.plan("w1", &shared()).expect("compared");
        let applied = vault.apply(&plan, &[id(Some("production"), "token")]);
        assert_eq!(applied.taken, [id(Some("production"), "token")]);
        assert_eq!(secret_tool("errand", "w1/production/token").as_deref(), Some("canary-p"));
        assert_eq!(secret_tool("errand", "w1/staging/own").as_deref(), Some("mine"));
        assert!(vault.plan("w2", &shared()).expect("compared").from_another_workspace);
    });
}

fn shared() -> Shared {
    let secret = |environment: Option<&str>, name: &str, value: &str| SharedSecret {
        environment: environment.map(str::to_owned),
        name: name.to_owned(),
        value: value.into(),
    };
    Shared {
        workspace: "w1".to_owned(),
        sealed_by: "Anna".to_owned(),
        sealed_at: "2026-11-21T05:00:00Z".parse().expect("a time"),
        secrets: vec![
            secret(Some("staging"), "token", "canary-s"),
            secret(None, "shop", "canary \"ü\"\n\u{1f512}"),
            secret(Some("production"), "token", "canary-p"),
        ],
    }
}

fn age(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = Command::new("age")
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("age (package age)");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Writes `key.txt`; gives its public half.
fn age_keygen(folder: &Path) -> String {
    let output = Command::new("age-keygen").args(["-o", "key.txt"]).current_dir(folder).output();
    assert!(output.expect("age-keygen (package age)").status.success());
    let text = std::fs::read_to_string(folder.join("key.txt")).expect("a key");
    let line = text.lines().find_map(|line| line.strip_prefix("# public key: "));
    line.expect("its public half").to_owned()
}

/// Puts a value in place of what is there.
fn store(service: &str, user: &str, value: &str) {
    use std::io::Write as _;
    let attributes = ["service", service, "username", user];
    let cleared = Command::new("secret-tool").arg("clear").args(attributes).status();
    assert!(cleared.expect("secret-tool").success());
    let mut command = Command::new("secret-tool");
    command.args(["store", "--label=test"]).args(attributes).stdin(std::process::Stdio::piped());
    let mut child = command.spawn().expect("secret-tool");
    child.stdin.take().expect("its input").write_all(value.as_bytes()).expect("written");
    assert!(child.wait().expect("ended").success());
}

fn vault() -> Vault {
    Vault::open(Options { timeout: Duration::from_secs(60), ..Options::default() })
}

fn id(environment: Option<&str>, name: &str) -> SecretId {
    SecretId::new("w1", environment, name)
}
