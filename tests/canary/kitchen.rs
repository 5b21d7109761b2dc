//! A person's workspace with every kind of secret in use, and the command run in it.

use std::cell::RefCell;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use errand_tests::binaries;
use errand_tests::desktop::{Desktop, Process};
use errand_tests::traces::Find;
use errand_tests::workspace::Workspace;
use serde_json::json;

use crate::parrot::{Gifts, Parrot};
use crate::places::{Canaries, ELSEWHERE, KEYCHAIN, TYPED};
use crate::requests::{ENDED, REQUESTS, Saved};

pub struct Kitchen<'desktop> {
    pub desktop: &'desktop Desktop,
    pub workspace: Workspace,
    pub canaries: Canaries,
    pub parrot: Parrot,
    /// Of another origin; nothing secret may ever get here.
    pub stranger: Parrot,
    _secure: Process,
    /// All that was written to standard output and standard error, with the command that wrote it.
    printed: RefCell<Vec<(String, Vec<u8>)>>,
}

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub text: String,
}

impl<'desktop> Kitchen<'desktop> {
    pub fn new(desktop: &'desktop Desktop) -> Self {
        let mut canaries = Canaries::new(&[KEYCHAIN, ELSEWHERE, TYPED]);
        let workspace = Workspace::new(desktop);
        let key = private_key(workspace.folder());
        // A line in the middle of the key's text.
        canaries.set("asap", &key.lines().nth(2).unwrap_or_default()[..24]);
        // Another host: to cookies (RFC 6265 §8.5) another port is the same.
        let stranger = Parrot::start_at("127.0.0.2:0", Gifts::default());
        let parrot = Parrot::start(gifts(&canaries, &stranger));
        let passphrase = canaries.of("passphrase");
        let (secure, port) = certificates(desktop, workspace.folder(), passphrase);
        let kitchen = Self {
            desktop,
            workspace,
            canaries,
            parrot,
            stranger,
            _secure: secure,
            printed: RefCell::default(),
        };
        kitchen.write(port);
        kitchen.keep(&key);
        kitchen
    }

    /// The files of the workspace, and those that people keep passwords in.
    fn write(&self, port: u16) {
        let canaries = &self.canaries;
        let filled = |text: &str| {
            text.replace("{P}", &self.parrot.url(""))
                .replace("{S}", &self.parrot.url("").replace("http://", "https://"))
                .replace("{T}", &port.to_string())
        };
        for saved in REQUESTS.iter().chain(ENDED) {
            self.workspace.write(&path(saved), &saved.file(filled));
        }
        let sources = json!({
            "source_file": { "type": "file", "file": "secret.txt" },
            "source_environment": { "type": "environment", "variable": "KITCHEN_SECRET" },
            "source_command": { "type": "command", "command": "printf %s \"$KITCHEN_OTHER\"" },
        });
        let mut variables: Vec<_> = KEYCHAIN.iter().map(|place| secret(place.name)).collect();
        variables.extend(["source_file", "source_environment", "source_command"].map(secret));
        variables.push(secret("typed_env_var"));
        variables.push(json!({ "name": "tea", "value": "oolong" }));
        let kitchen = json!({
            "name": "Kitchen",
            "dotEnvFilePath": ".env",
            "variables": variables,
            "extensions": { "errand": { "sources": sources } },
        });
        self.workspace.write("environments/Kitchen.yml", &kitchen.to_string());
        // Apart, as a key that is encrypted takes its time with each request.
        let cellar = json!({
            "name": "Cellar",
            "variables": [secret("passphrase")],
            "clientCertificates": [{
                "domain": format!("localhost:{port}"), "type": "pem", "passphrase": "{{passphrase}}",
                "certificateFilePath": "client.pem", "privateKeyFilePath": "client.key",
            }],
        });
        self.workspace.write("environments/Cellar.yml", &cellar.to_string());
        self.workspace.write(".env", &format!("dot_env={}\n", canaries.of("dot_env")));
        self.workspace.write("secret.txt", canaries.of("source_file"));
        let netrc = format!("machine 127.0.0.1 login ada password {}\n", canaries.of("netrc"));
        let path = self.desktop.home().join(".netrc");
        fs::write(&path, netrc).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Puts each secret into the keychain, as a person would from a script.
    fn keep(&self, key: &str) {
        for place in KEYCHAIN {
            let value = match place.name {
                "asap" => key.to_owned(),
                "passphrase" | "key_cookie" | "refused" => self.canaries.of(place.name).to_owned(),
                "broken" => format!("{0}\n{0}", self.canaries.of(place.name)),
                // The answer of a login brings it.
                "captured" => continue,
                name => self.canaries.sharp(name),
            };
            let ended = self.errand_reading(
                &["secret", "set", place.name, "-e", environment(place.name)],
                &value,
            );
            assert_eq!(ended.code, Some(0), "{ended:?}");
        }
        let ended = self.errand(&["secret", "approve", "--yes", "-e", "Kitchen"]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
    }

    /// Runs the command in the workspace.
    pub fn errand(&self, arguments: &[&str]) -> Ended {
        self.errand_reading(arguments, "")
    }

    pub fn errand_reading(&self, arguments: &[&str], input: &str) -> Ended {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let run = command.spawn().and_then(|mut child| {
            if let Some(mut stdin) = child.stdin.take() {
                let _ = stdin.write_all(input.as_bytes());
            }
            child.wait_with_output()
        });
        let output = run.unwrap_or_else(|error| panic!("errand does not run: {error}"));
        let both = [output.stdout.as_slice(), &output.stderr].concat();
        let text = String::from_utf8_lossy(&both).into_owned();
        // What was typed is not what was printed: the name of a run says only its first words.
        let name = arguments.iter().take(2).copied().collect::<Vec<_>>().join(" ");
        self.printed.borrow_mut().push((name, both));
        Ended { code: output.status.code(), text }
    }

    /// The same, not yet run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.desktop.command(binaries::command());
        command
            .args(arguments)
            .current_dir(self.workspace.folder())
            .env("KITCHEN_SECRET", self.canaries.of("source_environment"))
            .env("KITCHEN_OTHER", self.canaries.of("source_command"));
        command
    }

    /// Everything that was found where it should not be: in the home folder, in folders for what is to go, in all
    /// that was printed, and at the server of another origin.
    pub fn leaks(&self) -> Vec<Find> {
        let hunt = self.canaries.hunt();
        let mut found = Vec::new();
        for folder in [self.desktop.home(), Path::new("/dev/shm"), Path::new("/var/tmp")] {
            found.extend(hunt.in_folder(folder));
        }
        for (name, bytes) in self.printed.borrow().iter() {
            let printed = hunt.in_bytes(bytes).into_iter();
            found.extend(
                printed.map(|find| Find { path: format!("(output of {name})").into(), ..find }),
            );
        }
        let strange = hunt.in_bytes(&self.stranger.heard()).into_iter();
        found.extend(
            strange.map(|find| Find { path: "(the server of another origin)".into(), ..find }),
        );
        self.canaries.leaks(self.desktop.home(), found)
    }
}

/// The environment that a request of that name is sent in.
pub fn environment(name: &str) -> &'static str {
    if name == "passphrase" { "Cellar" } else { "Kitchen" }
}

/// A saved request's file.
pub fn path(saved: &Saved) -> String {
    format!("{}.yml", saved.name)
}

fn secret(name: &str) -> serde_json::Value {
    json!({ "name": name, "secret": true })
}

fn gifts(canaries: &Canaries, stranger: &Parrot) -> Gifts {
    let coded = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let id_token = format!(
        "{}.{}.{}",
        coded(&json!({ "alg": "RS256", "typ": "JWT" })),
        coded(
            &json!({ "iss": "p", "aud": "c", "iat": 1, "sub": "ada", "note": canaries.of("id_token"), "exp": 4_102_444_800_u64 })
        ),
        URL_SAFE_NO_PAD.encode("no signature that anyone looks at")
    );
    let tokens = json!({
        "access_token": canaries.of("access_token"), "token_type": "Bearer", "expires_in": 3600,
        "refresh_token": canaries.of("refresh_token"), "id_token": id_token,
    });
    Gifts {
        tokens: tokens.to_string(),
        cookie: canaries.of("cookie").to_owned(),
        login: json!({ "token": canaries.of("captured") }).to_string(),
        away: stranger.url("/echo"),
    }
}

/// A private key as PKCS#8, made by openssl as people make theirs.
fn private_key(folder: &Path) -> String {
    openssl(folder, &["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"], "")
}

/// A certificate for whoever sends, its key encrypted, and a server that wants to see one.
fn certificates(desktop: &Desktop, folder: &Path, passphrase: &str) -> (Process, u16) {
    let make = |name: &str, more: &[&str]| {
        let (key, certificate) = (format!("{name}.key"), format!("{name}.pem"));
        let fixed =
            ["req", "-x509", "-newkey", "rsa:2048", "-days", "30", "-subj", "/CN=localhost"];
        let files = ["-keyout", &key, "-out", &certificate];
        openssl(folder, &[&fixed, &files[..], more].concat(), passphrase);
    };
    make("client", &["-passout", "env:PASSPHRASE"]);
    make("server", &["-nodes"]);
    let mut command = desktop.command("openssl");
    command.current_dir(folder);
    command.args(["s_server", "-accept", "127.0.0.1:0", "-www", "-Verify", "1"]);
    command.args(["-cert", "server.pem", "-key", "server.key"]);
    let mut server = Process::start(&command, "openssl");
    let line = server.line_with("ACCEPT");
    let port = line.rsplit(':').next().and_then(|port| port.trim().parse().ok());
    let port = port.unwrap_or_else(|| panic!("openssl says no port: {line}"));
    (server, port)
}

fn openssl(folder: &Path, arguments: &[&str], passphrase: &str) -> String {
    let mut command = Command::new("openssl");
    let output = command.args(arguments).current_dir(folder).env("PASSPHRASE", passphrase).output();
    let output = output.unwrap_or_else(|error| panic!("openssl does not start: {error}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
