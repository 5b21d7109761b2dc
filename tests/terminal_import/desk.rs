//! A folder with files to bring in, and the command in it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use errand_tests::binaries;
use errand_tests::desktop::{Desktop, Home};
use errand_tests::terminal::{Ran, ran};
use serde_json::{Value, json};

use crate::console::Console;

/// The current folder of the command, with a keychain (at a desktop) or without.
pub struct Desk {
    at: At,
    folder: PathBuf,
}

enum At {
    Desktop(Box<Desktop>),
    Home(Home),
}

/// Every file below a folder by its path, with what is in it; folders end in `/`.
pub type Files = BTreeMap<String, Vec<u8>>;

impl Desk {
    /// With an unlocked keyring.
    pub fn with_keyring() -> Self {
        let desktop = Desktop::start();
        let folder = desktop.home().join("desk");
        Self::at(At::Desktop(Box::new(desktop)), folder)
    }

    /// Without any keychain.
    pub fn alone() -> Self {
        let home = Home::new();
        let folder = home.path().join("desk");
        Self::at(At::Home(home), folder)
    }

    fn at(at: At, folder: PathBuf) -> Self {
        fs::create_dir(&folder).unwrap_or_else(|error| panic!("no desk: {error}"));
        Self { at, folder }
    }

    pub fn desktop(&self) -> &Desktop {
        match &self.at {
            At::Desktop(desktop) => desktop,
            At::Home(_) => panic!("there is no desktop"),
        }
    }

    /// The folder all of it is in, the app's data included.
    pub fn home(&self) -> &Path {
        self.folder.parent().unwrap_or(&self.folder)
    }

    pub fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.join(name)
    }

    #[track_caller]
    pub fn write(&self, name: impl AsRef<Path>, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        let written = fs::create_dir_all(path.parent().unwrap_or(&self.folder))
            .and_then(|()| fs::write(&path, text));
        written.unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
    }

    #[track_caller]
    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// What is in a folder, hidden files too. Nothing where it is not there.
    pub fn files(&self, name: &str) -> Files {
        let mut found = Files::new();
        collect(&self.path(name), "", &mut found);
        found
    }

    /// The paths of it alone.
    pub fn names(&self, name: &str) -> Vec<String> {
        self.files(name).into_keys().collect()
    }

    pub fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = match &self.at {
            At::Desktop(desktop) => desktop.command(binaries::command()),
            At::Home(home) => home.command(&binaries::command()),
        };
        command.current_dir(&self.folder).args(arguments).stdin(Stdio::null());
        command
    }

    pub fn errand<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Ran {
        ran(&mut self.command(arguments))
    }

    /// With that on standard input.
    #[track_caller]
    pub fn errand_reads(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("errand: {error}"));
        if let Some(mut stdin) = child.stdin.take() {
            // A command that ends before it has read everything is no fault of the test.
            let _ = stdin.write_all(input);
        }
        let done = child.wait_with_output().unwrap_or_else(|error| panic!("errand: {error}"));
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ran { code: done.status.code(), out: text(&done.stdout), err: text(&done.stderr) }
    }

    /// At a terminal.
    #[track_caller]
    pub fn console(&self, arguments: &[&str]) -> Console {
        Console::open(&self.command(arguments))
    }

    /// Runs what is in a workspace or file; each request by its name, method and status.
    #[track_caller]
    pub fn runs(&self, arguments: &[&str]) -> Vec<String> {
        let mut all = vec!["run"];
        all.extend(arguments);
        all.extend(["-r", "json"]);
        let report = self.errand(all).json();
        let requests = report["requests"].as_array().cloned().unwrap_or_default();
        let word = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        requests
            .iter()
            .map(|one| {
                format!("{} {} {}", word(&one["method"]), word(&one["name"]), word(&one["status"]))
            })
            .collect()
    }
}

fn collect(folder: &Path, above: &str, found: &mut Files) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = format!("{above}{}", entry.file_name().to_string_lossy());
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            found.insert(format!("{path}/"), Vec::new());
            collect(&entry.path(), &format!("{path}/"), found);
        } else {
            found.insert(path, fs::read(entry.path()).unwrap_or_default());
        }
    }
}

/// A Postman collection with those requests in it: a name and an address each.
pub fn postman(name: &str, requests: &[(&str, &str)]) -> String {
    let item = |(name, url): &(&str, &str)| json!({"name": name, "request": {"method": "GET", "url": url}});
    postman_of(name, &requests.iter().map(item).collect::<Vec<_>>(), &json!({}))
}

/// The same of items as they are; `more` is beside them.
pub fn postman_of(name: &str, items: &[Value], more: &Value) -> String {
    let mut whole = json!({
        "info": {
            "name": name,
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"
        },
        "item": items,
    });
    if let (Some(whole), Some(more)) = (whole.as_object_mut(), more.as_object()) {
        whole.extend(more.clone());
    }
    whole.to_string()
}

/// A collection of so many requests, a hundred in each folder.
pub fn large(requests: usize, url: &str) -> String {
    let request = |number: usize| json!({"name": format!("Request {number}"), "request": {"method": "GET", "url": url}});
    let folders: Vec<Value> = (0..requests.div_ceil(100))
        .map(|folder| {
            let last = requests.min(folder * 100 + 100);
            let items: Vec<Value> = (folder * 100..last).map(request).collect();
            json!({"name": format!("Folder {folder}"), "item": items})
        })
        .collect();
    postman_of("Large", &folders, &json!({}))
}

/// Whether it is a file of a workspace.
pub fn is_yaml(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "yml")
}
