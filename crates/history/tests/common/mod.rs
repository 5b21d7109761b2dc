//! What every test of this crate needs.
#![allow(dead_code)] // Each test file uses its own part.

use std::path::PathBuf;

use errand_history::{Entry, History, Opened, State, Summary};
use errand_model::Request;
use uuid::Uuid;

/// A folder of its own for one test.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub fn path(&self) -> PathBuf {
        self.0.path().join("history.db")
    }

    pub fn open(&self) -> History {
        let Opened { history, recovered, .. } = History::open(&self.path()).expect("open");
        assert_eq!(recovered, None);
        history
    }

    pub fn files(&self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(self.0.path()).expect("the folder");
        files.map(|file| file.expect("a file").path()).collect()
    }

    /// Whether any file here holds these bytes.
    pub fn contains(&self, text: &str) -> bool {
        self.files().iter().any(|file| {
            let bytes = std::fs::read(file).expect("a file");
            bytes.windows(text.len()).any(|window| window == text.as_bytes())
        })
    }
}

/// The time of entry `number`.
pub fn at(number: i64) -> i64 {
    1_790_000_000_000 + number * 10_000
}

pub fn entry(number: i64) -> Entry {
    let url = format!("https://example.com/things/{number}");
    let summary = Summary {
        id: Uuid::now_v7(),
        workspace: "w1".to_owned(),
        time_ms: at(number),
        path: None,
        name: "Things".to_owned(),
        method: "GET".to_owned(),
        url: url.clone(),
        host: "example.com".to_owned(),
        environment: None,
        status: Some(200),
        state: State::Complete,
        error: None,
        duration_us: 1_500,
        size_raw: 1_000,
        size_decoded: 3_000,
        body: Some(format!("body{number}")),
        checks_passed: 1,
        checks_failed: 0,
        http_version: Some("1.1".to_owned()),
    };
    let request =
        Request { name: "Things".to_owned(), method: "GET".to_owned(), url, ..Request::default() };
    let response_headers = serde_json::json!([["content-type", "application/json"]]);
    Entry { summary, request, response_headers, timeline: serde_json::json!({ "phases": [] }) }
}

pub fn insert(history: &History, entries: impl IntoIterator<Item = Entry>) {
    for entry in entries {
        history.insert(entry).expect("queued");
    }
    history.flush().expect("written");
}
