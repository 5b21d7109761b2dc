//! Files and fetched addresses of a source, read into one document.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use url::Url;

use super::document::text;
use super::{bundle, recognise, upgrade};
use crate::document::json_or_yaml;
use crate::source::path_from;
use crate::{Entry, Error, Source, Wanted};

/// Files that a description may be spread over.
const FILES: usize = 5_000;

/// A description as one document of version 3, with its references in itself.
pub(super) struct Loaded {
    pub root: Value,
    /// The file.
    pub file: String,
    /// As it says, such as `2.0` or `3.1.0`.
    pub version: String,
    pub wanted: Vec<Wanted>,
    /// References to files that are not there, with the file that has them.
    pub missing: BTreeSet<(String, String)>,
}

/// The descriptions of a source: the one file, or the files of a folder that begin like one.
pub(super) fn roots(source: &Source) -> Vec<&Entry> {
    let alone = source.single().is_some();
    source.entries.iter().filter(|entry| alone || recognise::is_root(entry, false)).collect()
}

/// Reads one description with what it refers to.
pub(super) fn load(source: &Source, entry: &Entry) -> Result<Loaded, Error> {
    let mut root = json_or_yaml(entry)?;
    let version = version(&root, entry)?;
    let mut files =
        Files { source, read: BTreeMap::new(), wanted: Vec::new(), missing: BTreeSet::new() };
    if files.collect(&root, &entry.path)? {
        bundle::bundle(&mut root, &entry.path, &files.read, version.starts_with('2'));
    }
    bundle::inline_path_items(&mut root);
    if version.starts_with('2') {
        upgrade::upgrade(&mut root);
    }
    let Files { mut wanted, missing, .. } = files;
    wanted.sort();
    wanted.dedup();
    Ok(Loaded { root, file: entry.path.clone(), version, wanted, missing })
}

fn version(root: &Value, entry: &Entry) -> Result<String, Error> {
    let wrong = |place: &str, what: String| Error::Wrong {
        file: entry.path.clone(),
        place: place.to_owned(),
        what,
    };
    if !root.is_object() {
        return Err(wrong("", "an OpenAPI description is an object at its top".to_owned()));
    }
    let (swagger, openapi) = (text(root, "swagger"), text(root, "openapi"));
    if swagger.starts_with('2') || openapi.starts_with("3.") {
        return Ok(if openapi.is_empty() { swagger } else { openapi });
    }
    let (key, found) = if openapi.is_empty() { ("swagger", swagger) } else { ("openapi", openapi) };
    let known = "Errand reads OpenAPI 3.0, 3.1 and 3.2 (`openapi: 3.1.0`) and Swagger 2.0 (`swagger: \"2.0\"`)";
    Err(if found.is_empty() {
        wrong("", format!("it says neither `openapi` nor `swagger` with a version. {known}"))
    } else {
        wrong(key, format!("version {found} is not known. {known}"))
    })
}

/// The documents that references lead to, by path or URL.
struct Files<'s> {
    source: &'s Source,
    read: BTreeMap<String, Value>,
    wanted: Vec<Wanted>,
    missing: BTreeSet<(String, String)>,
}

impl Files<'_> {
    /// Reads what a document refers to, and what that refers to; whether there was anything.
    fn collect(&mut self, root: &Value, base: &str) -> Result<bool, Error> {
        let mut open: Vec<(String, BTreeSet<String>)> = vec![(base.to_owned(), outside(root))];
        let mut any = false;
        while let Some((from, references)) = open.pop() {
            for reference in references {
                any = true;
                let Some(target) = target(&from, &reference) else {
                    self.missing.insert((from.clone(), reference));
                    continue;
                };
                if target == base || self.read.contains_key(&target) {
                    continue;
                }
                if let Some(value) = self.file(&target, &from)? {
                    open.push((target.clone(), outside(&value)));
                    self.read.insert(target, value);
                }
            }
        }
        Ok(any)
    }

    fn file(&mut self, target: &str, from: &str) -> Result<Option<Value>, Error> {
        if self.read.len() >= FILES {
            return Err(Error::Refused {
                file: from.to_owned(),
                what: format!("it is spread over more than {FILES} files"),
            });
        }
        if is_url(target) {
            let Some(bytes) = self.source.fetched.get(target) else {
                self.wanted.push(Wanted { url: target.to_owned(), from: from.to_owned() });
                return Ok(None);
            };
            let entry = Entry {
                path: target.to_owned(),
                content: crate::Content::Bytes(std::sync::Arc::clone(bytes)),
            };
            return json_or_yaml(&entry).map(Some);
        }
        let Some(entry) = self.source.entry(target) else {
            self.missing.insert((from.to_owned(), target.to_owned()));
            return Ok(None);
        };
        json_or_yaml(entry).map(Some)
    }
}

/// References that lead out of a document, without their fragments.
fn outside(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    bundle::each_reference(value, &mut |reference| {
        let file = reference.split('#').next().unwrap_or_default();
        if !file.is_empty() {
            found.insert(file.to_owned());
        }
    });
    found
}

/// The path below the folder, or the URL, that a reference in `from` means; none when it leads out
/// of the folder.
pub(crate) fn target(from: &str, reference: &str) -> Option<String> {
    if is_url(reference) {
        let mut url = Url::parse(reference).ok()?;
        url.set_fragment(None);
        return Some(url.into());
    }
    if is_url(from) {
        let mut url = Url::parse(from).ok()?.join(reference).ok()?;
        url.set_fragment(None);
        return Some(url.into());
    }
    let plain = percent_encoding::percent_decode_str(reference).decode_utf8().ok()?;
    if plain.contains("://") || plain.contains('\\') {
        return None;
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    path_from(folder, &plain)
}

fn is_url(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// Whether a description has operations of its own, or is only a shelf for others.
pub(super) fn is_shelf(root: &Value) -> bool {
    super::document::operations(root).is_empty() && root.get("webhooks").is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_stay_below_the_folder() {
        let file = |from, to| target(from, to);
        assert_eq!(file("a/b.yaml", "../c/d.yaml").as_deref(), Some("c/d.yaml"));
        assert_eq!(file("a/b.yaml", "./x%20y.json").as_deref(), Some("a/x y.json"));
        assert_eq!(file("b.yaml", "../c.yaml"), None);
        assert_eq!(file("b.yaml", "/etc/passwd"), None);
        assert_eq!(file("b.yaml", "file:///etc/passwd"), None);
        let web = "https://a.example/x/y.json";
        assert_eq!(file(web, "../z.json").as_deref(), Some("https://a.example/z.json"));
        assert_eq!(file("b.yaml", web).as_deref(), Some(web));
    }
}
