//! One request of a collection.

use errand_model::{Body, CertificateFiles, ClientCertificate, Header, ItemRequest, Request};
use serde_json::{Value, json};

use super::json::{description, is_on, list, text, text_at};
use super::{KEPT, auth, body, dynamic, examples, headers, scripts, settings, url, variables};
use crate::Scribe;

/// What comes of an item that is a request.
pub(super) struct Read {
    pub(super) item: ItemRequest,
    /// Certificates belong to the collection here.
    pub(super) certificate: Option<ClientCertificate>,
}

/// Reads an item; `pruned` says whether bodies of methods without one are left out above.
pub(super) fn read(item: &Value, name: &str, pruned: bool, scribe: &mut Scribe<'_>) -> Read {
    scribe.kept("request");
    let none = Value::Null;
    let request = item.get("request").unwrap_or(&none);
    let method = method(request);
    let mut sent_headers = headers::read(request.get("header"));
    let behavior = item.get("protocolProfileBehavior");
    let pruned = settings::prunes(behavior).unwrap_or(pruned);
    let sent = body::read(request, &method, &sent_headers, pruned, scribe);
    if let Some(media_type) = sent.media_type {
        scribe.converted(
            "body language",
            format!("a text with the header Content-Type: {media_type}"),
        );
        sent_headers.push(Header::new("Content-Type", media_type));
    }
    let address = url::read(if request.is_object() { request.get("url") } else { Some(request) });
    if address.differs {
        scribe.converted_keeping("URL", "its parts and its text differ: the parts are sent", KEPT);
    }
    let form = matches!(sent.body, Body::FormUrlEncoded { .. });
    let auth = auth::read(request.get("auth"), form, scribe);
    let mut item_read = ItemRequest {
        examples: examples::read(item.get("response"), scribe),
        ..ItemRequest::default()
    };
    if auth::is_bare_oauth2(request.get("auth"), &auth) {
        super::hint(&mut item_read.extensions, "auth", "oauth2");
    }
    if sent.graphql {
        super::hint(&mut item_read.extensions, "body", "graphql");
    }
    let variables = variables::of(item);
    variables::tell(&variables, scribe);
    item_read.request = Request {
        name: name.to_owned(),
        url: address.text,
        params: address.params,
        headers: sent_headers,
        body: sent.body,
        auth,
        variables,
        scripts: scripts::read(item.get("event").or_else(|| request.get("event")), scribe),
        settings: settings::read(behavior, scribe),
        docs: docs(item, request, scribe),
        method,
        ..Request::default()
    };
    scripts::note_dialect(&item_read.request.scripts, &mut item_read.extensions);
    let proxy = request.get("proxy").filter(|proxy| proxy.is_object());
    if proxy.is_some_and(|proxy| !is_on(proxy.get("disabled"))) {
        scribe.set_aside("proxy", "a request has no proxy of its own here", KEPT);
    }
    dynamic::tell(request, scribe);
    let certificate = certificate(request.get("certificate"), &item_read.request.url, scribe);
    Read { item: item_read, certificate }
}

/// The method; `GET` when none is given.
pub(super) fn method(request: &Value) -> String {
    let method = text_at(request, "method");
    if method.is_empty() { "GET".to_owned() } else { method.to_uppercase() }
}

fn docs(item: &Value, request: &Value, scribe: &mut Scribe<'_>) -> String {
    let (own, outer) =
        (description(request.get("description")), description(item.get("description")));
    if own.is_empty() {
        return outer;
    }
    if !outer.is_empty() && outer != own {
        scribe.set_aside("description of the item", "the request's own was taken", KEPT);
    }
    own
}

fn certificate(
    certificate: Option<&Value>,
    url: &str,
    scribe: &mut Scribe<'_>,
) -> Option<ClientCertificate> {
    let certificate = certificate.filter(|certificate| certificate.is_object())?;
    let path = |name: &str| match certificate.pointer(name) {
        Some(Value::Array(paths)) => text(paths.first()),
        path => text(path),
    };
    let (certificate_file_path, private_key_file_path) = (path("/cert/src"), path("/key/src"));
    if certificate_file_path.is_empty() {
        return None;
    }
    let pattern = list(certificate.get("matches")).first().map(|pattern| text(Some(pattern)));
    let domain = host(&pattern.unwrap_or_else(|| url.to_owned()));
    if domain.is_empty() || domain == "*" {
        scribe.set_aside("certificate", "it does not say for which host it is", KEPT);
        return None;
    }
    scribe.converted_keeping("certificate", format!("the collection shows it to {domain}"), KEPT);
    Some(ClientCertificate {
        domain,
        files: CertificateFiles::Pem { certificate_file_path, private_key_file_path },
        passphrase: text_at(certificate, "passphrase"),
        disabled: false,
    })
}

/// The host of a URL or of a pattern such as `https://*.example.com:443/*`.
fn host(pattern: &str) -> String {
    let rest = pattern.split_once("://").map_or(pattern, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.rsplit('@').next().unwrap_or_default().to_owned()
}

/// Writes it, without what was kept from the original. `above` are headers of the folders it is in.
pub(super) fn write(item: &ItemRequest, above: &[Header], scribe: &mut Scribe<'_>) -> Value {
    let request = &item.request;
    let own = |header: &&Header| {
        !request.headers.iter().any(|h| h.enabled && h.name.eq_ignore_ascii_case(&header.name))
    };
    let mut sent = request.headers.clone();
    let inherited: Vec<Header> = above.iter().filter(own).cloned().collect();
    if !inherited.is_empty() {
        scribe.converted("headers of folders", "Postman has none: written into the request");
        sent.extend(inherited);
    }
    for (there, what) in [
        (!request.checks.is_empty(), "checks"),
        (!request.captures.is_empty(), "captures"),
        (!request.tags.is_empty(), "tags"),
    ] {
        if there {
            scribe.not_carried(what, "Postman has none beside scripts");
        }
    }
    let is_graphql = super::hinted(&item.extensions, "body") == Some("graphql");
    let is_oauth2 = super::hinted(&item.extensions, "auth") == Some("oauth2");
    let body = body::write(&request.body, is_graphql, scribe);
    let kept_body = body.is_some() && settings::is_pruned(&request.method);
    let variables: Vec<Value> =
        request.variables.iter().map(|variable| variables::write(variable, scribe)).collect();
    let docs = super::export::docs(&request.description, &request.docs);
    let sent = super::json::object([
        ("auth", auth::write(&request.auth, is_oauth2, scribe)),
        ("method", Some(json!(request.method))),
        ("header", Some(Value::Array(headers::write(&sent)))),
        ("body", body),
        ("url", Some(url::write(&request.url, &request.params))),
        ("description", super::json::filled(&docs)),
    ]);
    let examples: Vec<Value> =
        item.examples.iter().map(|example| examples::write(example, scribe)).collect();
    Value::Object(super::json::object([
        ("name", Some(json!(request.name))),
        ("variable", (!variables.is_empty()).then_some(Value::Array(variables))),
        ("event", scripts::write(&request.scripts, scribe)),
        ("protocolProfileBehavior", settings::write(&request.settings, kept_body, scribe)),
        ("request", Some(Value::Object(sent))),
        ("response", Some(Value::Array(examples))),
    ]))
}
