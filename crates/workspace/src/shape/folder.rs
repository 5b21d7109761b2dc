use errand_model::{Defaults, Folder};

use super::secret_source::{GLOBAL, SOURCES};
use super::{auth, extension, field, rows, script, secret_source, settings, variable};
use crate::yaml::{Data, Fault, Node, NodeKind};

pub(super) const FILE: &[&str] =
    &["opencollection", "info", "config", "items", "request", "docs", "bundled", "extensions"];
const INFO: &[&str] =
    &["name", "description", "summary", "type", "seq", "tags", "version", "authors"];
const REQUEST: &[&str] = &["headers", "metadata", "auth", "variables", "scripts", "settings"];

/// Which of the two files of folder settings it is: they differ in a few keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// `opencollection.yml`
    Root,
    /// `folder.yml`
    Inner,
}

impl Place {
    fn description(self) -> &'static str {
        if self == Self::Root { "summary" } else { "description" }
    }
}

/// A folder's settings; one without a name is called `stem`.
pub(crate) fn read_folder(file: &Node, place: Place, stem: &str) -> Result<Folder, Fault> {
    if !matches!(file.resolved().kind, NodeKind::Map { .. }) {
        return Err(file.fault("This must be a map with \"info\" and \"request\"."));
    }
    let mut folder = Folder::default();
    if let Some(info) = field::map(file, "info")? {
        folder.name = field::text(info, "name")?;
        folder.description = field::prose(info, place.description())?;
        folder.seq = field::number(info, "seq")?;
    }
    if folder.name.is_empty() {
        // Collections of before 1.0 have their name at the top.
        folder.name = Some(field::text(file, "name")?)
            .filter(|n| !n.is_empty())
            .unwrap_or_else(|| stem.to_owned());
    }
    let request = field::map(file, "request")?;
    let mut defaults = Defaults { auth: auth::read(request, file)?, ..Defaults::default() };
    let mut http = None;
    if let Some(request) = request {
        defaults.headers = rows::read(request, "headers")?;
        defaults.variables = variable::read_scoped(request, file)?;
        defaults.scripts = script::read(request, "scripts")?;
        http = field::map(request, "settings")?.map_or(Ok(None), |s| field::map(s, "http"))?;
    }
    defaults.settings = settings::read(http, file)?;
    folder.defaults = defaults;
    if let Some(errand) = extension::node(file).filter(|_| place == Place::Root) {
        folder.globals = rows::read(errand, "globals")?;
        secret_source::read(file, GLOBAL, &mut folder.globals)?;
    }
    if let Some(config) = field::map(file, "config")?.filter(|_| place == Place::Root) {
        folder.client_certificates = rows::read(config, "clientCertificates")?;
    }
    folder.docs = field::prose(file, "docs")?;
    Ok(folder)
}

/// Sets in `file` what differs between the folder that `source` holds and `new`.
pub(crate) fn write_folder(
    file: &mut Data,
    source: Option<&Node>,
    place: Place,
    stem: &str,
    new: &Folder,
) {
    let stored = source.and_then(|node| read_folder(node, place, stem).ok());
    let fresh = stored.is_none();
    let old = stored.unwrap_or_default();
    if fresh && place == Place::Root {
        file.put("opencollection", Data::text("1.0.0"), FILE);
    }
    file.edit("info", FILE, |info| {
        if fresh || old.name != new.name {
            field::put_text(info, "name", None, &new.name, true, INFO);
        }
        field::put_prose(info, place.description(), Some(&old.description), &new.description, INFO);
        if place == Place::Inner {
            if fresh {
                info.put("type", Data::text("folder"), INFO);
            }
            field::put_seq(info, old.seq, new.seq, INFO);
        }
    });
    write_defaults(file, source, &old.defaults, &new.defaults);
    if place == Place::Root && old.client_certificates != new.client_certificates {
        let config = source.and_then(|s| s.get("config"));
        file.edit("config", FILE, |data| {
            rows::write(data, config, "clientCertificates", &new.client_certificates, &[]);
        });
    }
    field::put_prose(file, "docs", Some(&old.docs), &new.docs, FILE);
    if place == Place::Root && old.globals != new.globals {
        let errand = source.and_then(extension::node);
        extension::edit(file, FILE, |data| rows::write(data, errand, "globals", &new.globals, &[]));
        secret_source::write(file, GLOBAL, &old.globals, &new.globals, FILE);
    }
}

fn write_defaults(file: &mut Data, source: Option<&Node>, old: &Defaults, new: &Defaults) {
    if old == new {
        return;
    }
    let request = source.and_then(|s| s.get("request"));
    file.edit("request", FILE, |data| {
        rows::write(data, request, "headers", &new.headers, REQUEST);
        auth::write(data, &old.auth, &new.auth, false, REQUEST);
        variable::write_scoped(data, request, &old.variables, &new.variables, REQUEST);
        rows::write(data, request, "scripts", &new.scripts, REQUEST);
        if old.settings != new.settings {
            data.edit("settings", REQUEST, |all| {
                all.edit("http", &[], |http| {
                    settings::write_standard(http, &old.settings, &new.settings);
                });
            });
        }
    });
    auth::write_own(file, &old.auth, &new.auth, FILE);
    extension::write_secrets(file, source, &new.variables, FILE);
    secret_source::write(file, SOURCES, &old.variables, &new.variables, FILE);
    if old.settings != new.settings {
        settings::write_own(file, FILE, &old.settings, &new.settings);
    }
}
