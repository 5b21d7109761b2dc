//! The published cases of the signing test suite, see `tests/vectors/SOURCES.md`. Some of their
//! paths are not normalised, which no [`url::Url`] can hold: hence the parts are asked here.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use zeroize::Zeroizing;

use super::canonical::{self, Canonical, PathRule, is_signed};
use super::credentials::Keys;
use super::scope::Scope;
use super::signature::{Signature, string_to_sign};
use crate::parts::pairs;
use crate::surroundings::hex;

struct Case {
    folder: PathBuf,
    context: Value,
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Case {
    fn read(folder: PathBuf) -> Self {
        let text = fs::read_to_string(folder.join("request.txt")).expect("request");
        let context = fs::read_to_string(folder.join("context.json")).expect("context");
        let (head, body) = text.split_once("\n\n").unwrap_or((text.trim_end(), ""));
        let mut lines = head.lines();
        let line = lines.next().expect("a request line").trim_end_matches(" HTTP/1.1");
        let (method, target) = line.split_once(' ').expect("a method");
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let header = |line: &str| {
            let (name, value) = line.split_once(':').expect("a header");
            (name.to_owned(), value.to_owned())
        };
        Self {
            context: serde_json::from_str(&context).expect("JSON"),
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers: lines.map(header).collect(),
            body: body.to_owned(),
            folder,
        }
    }

    fn text(&self, pointer: &str) -> Option<String> {
        self.context.pointer(pointer).and_then(Value::as_str).map(str::to_owned)
    }

    fn flag(&self, name: &str) -> bool {
        self.context[name].as_bool().expect(name)
    }

    fn keys(&self) -> Keys {
        Keys {
            id: self.text("/credentials/access_key_id").expect("id"),
            secret: Zeroizing::new(self.text("/credentials/secret_access_key").expect("secret")),
            token: self.text("/credentials/token").map(Zeroizing::new),
        }
    }

    fn expects(&self, file: &str, actual: &str) {
        let expected = fs::read_to_string(self.folder.join(file)).expect(file);
        assert_eq!(actual, expected.trim_end(), "{} {file}", self.folder.display());
    }

    fn check(&self, kind: &str, added: &[(&str, String)], parameters: &[(&str, String)]) {
        let owned = |(name, value): &(&str, String)| ((*name).to_owned(), value.clone());
        let mut headers: Vec<_> =
            self.headers.iter().filter(|(name, _)| is_signed(name)).cloned().collect();
        headers.extend(added.iter().map(owned));
        let mut query = pairs(&self.query);
        query.extend(parameters.iter().map(owned));
        if kind == "query" {
            let names = canonical::signed_headers(&headers);
            query.push(("X-Amz-SignedHeaders".to_owned(), names));
        }
        let rule = if self.flag("normalize") { PathRule::Normalized } else { PathRule::AsIs };
        let path = canonical::path(&self.path, rule);
        let request = Canonical::new(&self.method, &path, &query, &headers, &self.hash());
        self.expects(&format!("{kind}-canonical-request.txt"), &request.text);
        let (date, scope) = (self.date(), self.scope());
        let text = string_to_sign(&request.text, &date, &scope);
        self.expects(&format!("{kind}-string-to-sign.txt"), &text);
        let signature = Signature::of(&request.text, &date, &scope, &self.keys());
        self.expects(&format!("{kind}-signature.txt"), &signature.text);
    }

    fn scope(&self) -> Scope {
        let text = |name| self.text(name).expect("scope");
        Scope { service: text("/service"), region: text("/region") }
    }

    fn date(&self) -> String {
        self.text("/timestamp").expect("timestamp").replace(['-', ':'], "")
    }

    fn hash(&self) -> String {
        use sha2::Digest;
        hex(&sha2::Sha256::digest(&self.body))
    }

    fn check_header(&self) {
        let mut added = vec![("X-Amz-Date", self.date())];
        if let Some(token) = self.keys().token {
            added.push(("X-Amz-Security-Token", token.to_string()));
        }
        if self.flag("sign_body") {
            added.push(("X-Amz-Content-Sha256", self.hash()));
        }
        self.check("header", &added, &[]);
    }

    fn check_query(&self) {
        let mut parameters = vec![
            ("X-Amz-Algorithm", super::ALGORITHM.to_owned()),
            ("X-Amz-Credential", self.scope().credential(&self.keys().id, &self.date())),
            ("X-Amz-Date", self.date()),
            ("X-Amz-Expires", self.context["expiration_in_seconds"].to_string()),
        ];
        if let Some(token) = self.keys().token {
            parameters.push(("X-Amz-Security-Token", token.to_string()));
        }
        self.check("query", &[], &parameters);
    }
}

#[test]
fn every_published_case_in_header_and_query() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/sigv4");
    let mut cases = 0;
    for entry in fs::read_dir(root).expect("vectors") {
        let case = Case::read(entry.expect("a folder").path());
        case.check_header();
        case.check_query();
        cases += 1;
    }
    assert_eq!(cases, 19);
}
