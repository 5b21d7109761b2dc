//! The documents of a source, all of version 2.1.

use serde_json::Value;

use super::json::list;
use super::recognise::{Kind, is_version3, kind};
use super::{upgrade, version1, version3};
use crate::{Error, Receipt, Source};

/// Documents with the files they come from.
#[derive(Default)]
pub(super) struct Documents {
    pub(super) collections: Vec<(Value, String)>,
    pub(super) environments: Vec<(Value, String)>,
    pub(super) globals: Vec<(Value, String)>,
}

impl Documents {
    pub(super) fn of(source: &Source, receipt: &mut Receipt) -> Result<Self, Error> {
        let mut found = Self::default();
        let whole = source.single();
        let folder = source.entries.iter().any(is_version3);
        if folder {
            version3::read(source, &mut found, receipt)?;
        }
        for entry in source.entries.iter().filter(|entry| !folder || !version3::is_part(entry)) {
            let Some(kind) = kind(entry) else {
                if whole.is_some() {
                    return Err(strange(entry)?);
                }
                if !is_index(entry.name()) {
                    receipt.not_carried(entry.path.clone(), "it is no collection or environment");
                }
                continue;
            };
            let document = crate::json(entry)?;
            found.add(document, kind, &entry.path, receipt)?;
        }
        Ok(found)
    }

    fn add(
        &mut self,
        document: Value,
        kind: Kind,
        file: &str,
        receipt: &mut Receipt,
    ) -> Result<(), Error> {
        match kind {
            Kind::Collection => {
                self.collections.push((upgrade::upgrade(document, file)?, file.to_owned()));
            }
            Kind::Version1 => {
                self.collections.push((version1::upgrade(&document, file)?, file.to_owned()));
            }
            Kind::List => self.globals.push((document, file.to_owned())),
            Kind::Values => {
                let scope = document.get("_postman_variable_scope").and_then(Value::as_str);
                let globals = matches!(scope, Some("globals" | "global"));
                let list = if globals { &mut self.globals } else { &mut self.environments };
                list.push((document, file.to_owned()));
            }
            Kind::Dump => self.dump(&document, file, receipt)?,
        }
        Ok(())
    }

    /// Everything of an account: collections of version 1 or 2, environments, globals.
    fn dump(&mut self, dump: &Value, file: &str, receipt: &mut Receipt) -> Result<(), Error> {
        for collection in list(dump.get("collections")) {
            let is_old = collection.get("requests").is_some() && collection.get("item").is_none();
            let kind = if is_old { Kind::Version1 } else { Kind::Collection };
            self.add(collection.clone(), kind, file, receipt)?;
        }
        for environment in list(dump.get("environments")) {
            self.environments.push((environment.clone(), file.to_owned()));
        }
        if list(dump.get("globals")).iter().any(|global| global.get("key").is_some()) {
            self.globals.push((dump["globals"].clone(), file.to_owned()));
        }
        let presets = list(dump.get("headerPresets")).len();
        if presets > 0 {
            receipt.not_carried(format!("{presets} header presets"), "Errand has none");
        }
        Ok(())
    }
}

/// The list of what is in a backup.
fn is_index(name: &str) -> bool {
    name == "archive.json" || name.starts_with('.')
}

/// Why a file that was said to be Postman's is not.
fn strange(entry: &crate::Entry) -> Result<Error, Error> {
    crate::json(entry)?;
    Ok(Error::Wrong {
        file: entry.path.clone(),
        place: String::new(),
        what: "it is no collection, environment or data dump of Postman".to_owned(),
    })
}
