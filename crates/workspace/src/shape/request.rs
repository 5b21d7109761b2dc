use errand_model::{Body, Header, Param, ParamKind, Request};

use super::rows::{self, Row};
use super::secret_source::SOURCES;
use super::{auth, body, checks, extension, field, script, secret_source, settings, variable};
use crate::yaml::{Data, Fault, Node};

pub(super) const FILE: &[&str] =
    &["info", "http", "runtime", "settings", "app", "examples", "docs", "extensions"];
pub(super) const INFO: &[&str] = &["name", "description", "type", "seq", "tags"];
const HTTP: &[&str] = &["method", "url", "headers", "params", "body", "auth"];
const ROW: &[&str] = &["name", "value", "type", "description", "disabled"];

pub(crate) fn read_request(file: &Node) -> Result<Request, Fault> {
    let mut request = Request::default();
    if let Some(info) = field::map(file, "info")? {
        request.name = field::text(info, "name")?;
        request.description = field::prose(info, "description")?;
        request.seq = field::number(info, "seq")?;
        for tag in field::list(info, "tags")? {
            request.tags.push(field::scalar(tag, "tag")?);
        }
    }
    if let Some(http) = field::map(file, "http")? {
        request.method = field::text(http, "method")?;
        request.url = field::text(http, "url")?;
        request.headers = rows::read(http, "headers")?;
        request.params = rows::read(http, "params")?;
        request.body = body::read(http, file)?;
    }
    request.auth = auth::read(field::map(file, "http")?, file)?;
    if let Some(runtime) = field::map(file, "runtime")? {
        request.variables = variable::read_scoped(runtime, file)?;
        request.scripts = script::read(runtime, "scripts")?;
        request.checks = checks::read_checks(runtime)?;
        request.captures = checks::read_captures(runtime)?;
    }
    request.settings = settings::read(field::map(file, "settings")?, file)?;
    request.docs = field::prose(file, "docs")?;
    Ok(request)
}

/// Sets in `file` what differs between the request that `source` holds and `new`.
pub(crate) fn write_request(file: &mut Data, source: Option<&Node>, new: &Request) {
    let stored = source.and_then(|node| read_request(node).ok());
    let fresh = stored.is_none();
    let old = stored.unwrap_or_default();
    write_info(file, &old, new, fresh);
    write_http(file, source, &old, new, fresh);
    let runtime = source.and_then(|s| s.get("runtime"));
    file.edit("runtime", FILE, |data| {
        const ORDER: &[&str] = &["variables", "scripts", "assertions", "actions"];
        variable::write_scoped(data, runtime, &old.variables, &new.variables, ORDER);
        rows::write(data, runtime, "scripts", &new.scripts, ORDER);
        checks::write(data, runtime, new, ORDER);
    });
    extension::write_secrets(file, source, &new.variables, FILE);
    secret_source::write(file, SOURCES, &old.variables, &new.variables, FILE);
    settings::write(file, "settings", FILE, &old.settings, &new.settings);
    field::put_prose(file, "docs", Some(&old.docs), &new.docs, FILE);
    extension::write_body_none(file, &new.body, FILE);
}

fn write_info(file: &mut Data, old: &Request, new: &Request, fresh: bool) {
    file.edit("info", FILE, |info| {
        field::put_text(
            info,
            "name",
            known(fresh, &old.name),
            &new.name,
            fresh || !new.name.is_empty(),
            INFO,
        );
        field::put_prose(info, "description", Some(&old.description), &new.description, INFO);
        if info.get("type").is_none() {
            info.put("type", Data::text("http"), INFO);
        }
        field::put_seq(info, old.seq, new.seq, INFO);
        if old.tags != new.tags {
            if new.tags.is_empty() {
                info.remove("tags");
            } else {
                info.put("tags", Data::List(new.tags.iter().map(Data::text).collect()), INFO);
            }
        }
    });
}

fn write_http(file: &mut Data, source: Option<&Node>, old: &Request, new: &Request, fresh: bool) {
    let http = source.and_then(|s| s.get("http"));
    file.edit("http", FILE, |data| {
        field::put_text(
            data,
            "method",
            known(fresh, &old.method),
            &new.method,
            fresh || !new.method.is_empty(),
            HTTP,
        );
        field::put_text(
            data,
            "url",
            known(fresh, &old.url),
            &new.url,
            fresh || !new.url.is_empty(),
            HTTP,
        );
        rows::write(data, http, "headers", &new.headers, HTTP);
        rows::write(data, http, "params", &new.params, HTTP);
        if old.body != new.body || fresh && new.body != Body::None {
            body::write(data, http, &old.body, &new.body, HTTP);
        }
        auth::write(data, &old.auth, &new.auth, fresh, HTTP);
    });
    auth::write_own(file, &old.auth, &new.auth, FILE);
}

fn known(fresh: bool, text: &str) -> Option<&str> {
    (!fresh).then_some(text)
}

impl Row for Header {
    fn read(node: &Node) -> Result<Option<Self>, Fault> {
        Ok(Some(Self {
            name: field::text(node, "name")?,
            value: field::text(node, "value")?,
            description: field::prose(node, "description")?,
            enabled: !field::is_true(node, "disabled")?,
        }))
    }

    fn write(&self, old: Option<&Self>, item: &mut Data) {
        field::put_text(item, "name", old.map(|o| &*o.name), &self.name, true, ROW);
        field::put_text(item, "value", old.map(|o| &*o.value), &self.value, true, ROW);
        field::put_prose(item, "description", old.map(|o| &*o.description), &self.description, ROW);
        field::put_enabled(item, old.map(|o| o.enabled), self.enabled, ROW);
    }

    fn label(&self) -> &str {
        &self.name
    }
}

impl Row for Param {
    fn read(node: &Node) -> Result<Option<Self>, Fault> {
        let kind = match field::text(node, "type")?.as_str() {
            "query" | "" => ParamKind::Query,
            "path" => ParamKind::Path,
            _ => return Ok(None),
        };
        Ok(Some(Self {
            name: field::text(node, "name")?,
            value: field::text(node, "value")?,
            kind,
            description: field::prose(node, "description")?,
            enabled: !field::is_true(node, "disabled")?,
        }))
    }

    fn write(&self, old: Option<&Self>, item: &mut Data) {
        field::put_text(item, "name", old.map(|o| &*o.name), &self.name, true, ROW);
        field::put_text(item, "value", old.map(|o| &*o.value), &self.value, true, ROW);
        if old.is_none_or(|o| o.kind != self.kind) {
            let kind = if self.kind == ParamKind::Path { "path" } else { "query" };
            item.put("type", Data::text(kind), ROW);
        }
        field::put_prose(item, "description", old.map(|o| &*o.description), &self.description, ROW);
        field::put_enabled(item, old.map(|o| o.enabled), self.enabled, ROW);
    }

    fn label(&self) -> &str {
        &self.name
    }
}
