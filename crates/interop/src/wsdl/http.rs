//! The HTTP GET and POST binding (WSDL 1.1 §4).

use errand_model::{Body, FormRow, Header, Param, ParamKind, RawLanguage, Request, Variable};

use super::definitions::{Definitions, Port};
use super::envelope::PARTS;
use super::made;
use super::names::{HTTP, MIME, WSDL};
use super::operation::Operation;
use super::sample::Sampler;
use super::value;
use super::xml::Element;
use crate::{Scribe, query};

/// Completes a request of such a binding.
pub(super) fn fill<'d>(
    definitions: &'d Definitions<'d>,
    sampler: &mut Sampler<'d>,
    port: Port<'d>,
    operation: Operation<'d>,
    request: &mut Request,
    scribe: &mut Scribe<'_>,
) {
    let verb = port.binding.child(HTTP, "binding").map(|one| one.text_of("verb"));
    let verb = verb.filter(|verb| !verb.is_empty()).unwrap_or("GET");
    verb.to_ascii_uppercase().clone_into(&mut request.method);
    let location = operation.bound.child(HTTP, "operation");
    let location = location.map(|one| one.text_of("location")).unwrap_or_default();
    let apart = request.url.ends_with('/') || location.starts_with(['/', '?']);
    if !location.is_empty() && !apart {
        request.url.push('/');
    }
    request.url.push_str(location);
    let direction = operation.direction("input");
    let message = direction
        .described
        .and_then(|input| input.refers("message"))
        .and_then(|name| definitions.message(name));
    let parts: Vec<&Element> =
        message.into_iter().flat_map(|message| message.all(WSDL, "part")).take(PARTS).collect();
    let fields: Vec<(String, String)> = parts
        .iter()
        .map(|part| {
            let value = part.refers("type").map(|of| value::of_name(&definitions.schemas, of));
            (part.text_of("name").to_owned(), value.unwrap_or_default())
        })
        .collect();
    let Some(bound) = direction.bound else { return };
    let media = bound.child(MIME, "content").map(|one| one.text_of("type"));
    if bound.child(HTTP, "urlReplacement").is_some() {
        replace(request, fields);
    } else if bound.child(HTTP, "urlEncoded").is_some() {
        let rows: Vec<_> =
            fields.into_iter().map(|(name, value)| query::row(name, value)).collect();
        query::add(&mut request.url, &rows);
    } else if media == Some("application/x-www-form-urlencoded") {
        let rows = fields.into_iter().map(|(name, value)| FormRow {
            name,
            value,
            description: String::new(),
            enabled: true,
        });
        request.body = Body::FormUrlEncoded { rows: rows.collect() };
    } else if media.is_none_or(|media| media.contains("xml")) {
        xml(definitions, sampler, &parts, request);
    } else {
        let why = "Bodies of this kind have no sample";
        scribe.not_carried(format!("mime:content {}", media.unwrap_or_default()), why);
    }
}

/// Names in brackets in the address stand for the parts of the message (§4.6).
fn replace(request: &mut Request, fields: Vec<(String, String)>) {
    for (name, value) in fields {
        let sign = format!("({name})");
        let Some(at) = request.url.find(&sign) else { continue };
        let after = &request.url[at + sign.len()..];
        let whole =
            request.url[..at].ends_with('/') && (after.is_empty() || after.starts_with('/'));
        if whole {
            request.url.replace_range(at..at + sign.len(), &format!(":{name}"));
            let (kind, description) = (ParamKind::Path, String::new());
            request.params.push(Param { name, value, kind, description, enabled: true });
        } else {
            request.url.replace_range(at..at + sign.len(), &format!("{{{{{name}}}}}"));
            request.variables.push(Variable::new(name, value));
        }
    }
}

fn xml<'d>(
    definitions: &'d Definitions<'d>,
    sampler: &mut Sampler<'d>,
    parts: &[&'d Element],
    request: &mut Request,
) {
    let Some(name) = parts.iter().find_map(|part| part.refers("element")) else { return };
    sampler.begin();
    sampler.encode(false);
    let made = sampler.global(name);
    let text = made::document(&made, &definitions.hints);
    request.body = Body::Raw { language: RawLanguage::Xml, text };
    request.headers.push(Header::new("Content-Type", "text/xml; charset=utf-8"));
}
