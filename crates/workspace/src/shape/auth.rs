//! How a request, or what is below a folder, is authorised.
//!
//! What the specification has stands where it says, under `auth`; fields and schemes that it lacks are
//! under `extensions.errand.auth`, with the same names as in the model. An `auth` there without a
//! `type` completes the one above; one with a `type` stands alone.

use errand_model::{Auth, ClientAuthentication, Flow};
use serde_json::{Map, Value};

use super::{extension, field};
use crate::yaml::{Data, Fault, Node, NodeKind};

/// Schemes that the specification has, each with the fields that it lacks.
const STANDARD: &[(&str, &[&str])] = &[
    ("basic", &[]),
    ("bearer", &[]),
    ("apikey", &[]),
    ("digest", &[]),
    ("ntlm", &[]),
    ("wsse", &["digest"]),
    ("awsv4", &["placement", "payload", "expires"]),
    ("oauth1", &["requestTokenUrl", "authorizationUrl", "accessTokenUrl"]),
    (
        "oauth2",
        &[
            "issuer",
            "deviceAuthorizationUrl",
            "pushedAuthorizationUrl",
            "revocationUrl",
            "introspectionUrl",
            "jwksUrl",
            "clientAuthentication",
            "clientKey",
            "clientKeyAlgorithm",
            "clientKeyId",
            "audience",
            "resource",
            "prompt",
            "pushedAuthorization",
            "dpop",
            "assertion",
            "exchange",
            "headerPrefix",
        ],
    ),
];

/// Fields that are written even when they are empty: without them a scheme is hard to recognise.
const ALWAYS: &[&str] =
    &["username", "password", "token", "key", "value", "placement", "flow", "algorithm"];

pub(super) fn read(holder: Option<&Node>, file: &Node) -> Result<Auth, Fault> {
    let own = extension::node(file).and_then(|errand| errand.get("auth"));
    match own.map(|node| &node.resolved().kind) {
        Some(NodeKind::Scalar { text, .. }) if text == "none" => return Ok(Auth::None),
        Some(NodeKind::Map { .. }) => {
            if let Some(node) = own.filter(|node| node.get("type").is_some()) {
                return scheme(node, &[node]);
            }
        }
        _ => {}
    }
    let Some(node) = holder.and_then(|holder| holder.get("auth")) else {
        return Ok(Auth::Inherit);
    };
    if let NodeKind::Scalar { value, text, .. } = &node.resolved().kind {
        return match text.as_str() {
            "inherit" => Ok(Auth::Inherit),
            "none" => Ok(Auth::None),
            _ if *value == Data::Null => Ok(Auth::Inherit),
            other => Err(node.fault(format!(
                "\"auth\" must be \"inherit\" or a map with a \"type\", not {other:?}."
            ))),
        };
    }
    let nodes: Vec<&Node> = own.into_iter().chain([node]).collect();
    scheme(node, &nodes)
}

/// The scheme that `node` names, its fields taken from the first of `nodes` that has them.
fn scheme(node: &Node, nodes: &[&Node]) -> Result<Auth, Fault> {
    let name = field::text(node, "type")?;
    match name.as_str() {
        "" => return Err(node.fault("\"auth\" needs a \"type\", such as basic or bearer.")),
        "none" => return Ok(Auth::None),
        _ => {}
    }
    let Some(mut value) = Auth::blanks().iter().find(|auth| auth.scheme() == name).map(plain)
    else {
        return Ok(Auth::Other { scheme: name });
    };
    fill(&mut value, nodes)?;
    if name == "oauth2" {
        client_authentication(&mut value, nodes)?;
    }
    // Other tools' word for a key in the query.
    if value.get("placement") == Some(&Value::from("queryparams")) {
        value.insert("placement".to_owned(), "query".into());
    }
    serde_json::from_value(Value::Object(value))
        .map_err(|error| node.fault(format!("The {name} auth is not understood: {error}.")))
}

/// The model as a map.
fn plain(auth: &Auth) -> Map<String, Value> {
    match serde_json::to_value(auth) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

/// Takes over what the nodes have of the fields in `value`.
fn fill(value: &mut Map<String, Value>, nodes: &[&Node]) -> Result<(), Fault> {
    for (key, field_value) in value.iter_mut().filter(|(key, _)| *key != "type") {
        let Some(holder) =
            nodes.iter().find(|node| node.get(key).is_some_and(|node| !node.is_null()))
        else {
            continue;
        };
        match field_value {
            Value::Bool(flag) => *flag = field::is_true(holder, key)?,
            Value::String(text) => *text = field::text(holder, key)?,
            Value::Object(inner) if !is_choice(inner) => {
                let found: Vec<&Node> = field::map(holder, key)?.into_iter().collect();
                fill(inner, &found)?;
            }
            other => {
                if let Some(node) = holder.get(key) {
                    *other = loose(node);
                }
            }
        }
    }
    Ok(())
}

/// Whether a map's keys say which of several forms it has, rather than naming fields.
fn is_choice(map: &Map<String, Value>) -> bool {
    map.contains_key("type") || map.len() == 1 && map.contains_key("header")
}

/// A node with every scalar as text.
fn loose(node: &Node) -> Value {
    match &node.resolved().kind {
        NodeKind::Scalar { text, .. } => Value::from(text.as_str()),
        NodeKind::List { items, .. } => items.iter().map(|item| loose(&item.node)).collect(),
        NodeKind::Map { entries, .. } => Value::Object(
            entries.iter().map(|entry| (entry.name.clone(), loose(&entry.value))).collect(),
        ),
        NodeKind::Alias(_) => Value::Null,
    }
}

/// The specification's word for two of the ways in which a client can prove itself.
fn client_authentication(value: &mut Map<String, Value>, nodes: &[&Node]) -> Result<(), Fault> {
    if nodes.iter().any(|node| node.get("clientAuthentication").is_some()) {
        return Ok(());
    }
    for node in nodes {
        if let Some(credentials) = field::map(node, "credentials")?
            && field::text(credentials, "placement")? == "body"
        {
            value.insert("clientAuthentication".to_owned(), "post".into());
        }
    }
    Ok(())
}

/// Sets the auth under `holder`; what the specification lacks is set by [`write_own`].
pub(super) fn write(holder: &mut Data, old: &Auth, new: &Auth, fresh: bool, order: &[&str]) {
    if old == new && !(fresh && *new == Auth::Inherit) {
        return;
    }
    let Some((standard, _)) = halves(new) else {
        match new {
            Auth::Inherit => holder.put("auth", Data::text("inherit"), order),
            _ => {
                holder.remove("auth");
            }
        }
        return;
    };
    let before = halves(old).filter(|_| old.scheme() == new.scheme());
    if standard.is_empty() {
        holder.remove("auth");
        return;
    }
    let kept = before.filter(|(standard, _)| !standard.is_empty());
    let mut auth = match (&kept, holder.get("auth")) {
        (Some(_), Some(auth @ Data::Map(_))) => auth.clone(),
        _ => Data::map(),
    };
    merge(&mut auth, kept.as_ref().map(|(standard, _)| standard), &standard);
    holder.put("auth", auth, order);
}

/// Sets `extensions.errand.auth`: `none`, and what the specification lacks.
pub(super) fn write_own(file: &mut Data, old: &Auth, new: &Auth, order: &[&str]) {
    if old == new {
        return;
    }
    let own = halves(new).map(|(_, own)| own).unwrap_or_default();
    let before = halves(old).map(|(_, own)| own).filter(|_| old.scheme() == new.scheme());
    extension::edit(file, order, |errand| {
        if *new == Auth::None {
            errand.put("auth", Data::text("none"), &[]);
        } else if let Auth::Other { scheme } = new {
            let named = vec![("type".to_owned(), Data::text(scheme.as_str()))];
            errand.put("auth", Data::Map(named), &[]);
        } else if own.is_empty() {
            errand.remove("auth");
        } else {
            let kept =
                before.filter(|before| before.contains_key("type") == own.contains_key("type"));
            let mut auth = match (&kept, errand.get("auth")) {
                (Some(_), Some(auth @ Data::Map(_))) => auth.clone(),
                _ => Data::map(),
            };
            merge(&mut auth, kept.as_ref(), &own);
            errand.put("auth", auth, &[]);
        }
    });
}

/// What stands under the specification's `auth` and what in the extension, without the fields that
/// say nothing; none for what has no fields.
fn halves(auth: &Auth) -> Option<(Map<String, Value>, Map<String, Value>)> {
    let blank = Auth::blanks()
        .into_iter()
        .find(|blank| std::mem::discriminant(blank) == std::mem::discriminant(auth))?;
    let mut fields = telling(&plain(auth), &plain(&blank), true);
    fields.insert("type".to_owned(), auth.scheme().into());
    let lacking = STANDARD.iter().find(|(scheme, _)| *scheme == auth.scheme());
    let (Some((_, lacking)), false) = (lacking, is_own_flow(auth)) else {
        return Some((Map::new(), fields));
    };
    let mut own: Map<String, Value> =
        lacking.iter().filter_map(|key| fields.shift_remove_entry(*key)).collect();
    match auth {
        Auth::ApiKey { placement: errand_model::ApiKeyPlace::Cookie, .. } => {
            own.extend(fields.shift_remove_entry("placement"));
        }
        Auth::OAuth2(oauth2) => {
            let placement = match oauth2.client_authentication {
                ClientAuthentication::Basic => None,
                ClientAuthentication::Post => Some("body"),
                _ => return Some((fields, own)),
            };
            own.shift_remove("clientAuthentication");
            if let Some(placement) = placement {
                let credentials = fields.entry("credentials").or_insert_with(|| Map::new().into());
                if let Value::Object(credentials) = credentials {
                    credentials.insert("placement".to_owned(), placement.into());
                }
            }
        }
        _ => {}
    }
    Some((fields, own))
}

/// Flows of OAuth 2 that the specification does not have.
fn is_own_flow(auth: &Auth) -> bool {
    matches!(auth, Auth::OAuth2(oauth2) if matches!(
        oauth2.flow,
        Flow::DeviceCode | Flow::JwtBearer | Flow::TokenExchange
    ))
}

/// The fields that differ from a blank one, and those of [`ALWAYS`] at the top.
fn telling(
    value: &Map<String, Value>,
    blank: &Map<String, Value>,
    top: bool,
) -> Map<String, Value> {
    let mut kept = Map::new();
    if top {
        kept.insert("type".to_owned(), Value::Null);
    }
    for (key, value) in value.iter().filter(|(key, _)| *key != "type") {
        match (value, blank.get(key)) {
            (Value::Object(inner), Some(Value::Object(blank))) if !is_choice(blank) => {
                let inner = telling(inner, blank, false);
                if !inner.is_empty() {
                    kept.insert(key.clone(), inner.into());
                }
            }
            (value, Some(blank)) if value == blank && !(top && ALWAYS.contains(&key.as_str())) => {}
            _ => {
                kept.insert(key.clone(), value.clone());
            }
        }
    }
    kept
}

/// Sets in `data` what differs between `old` and `new`; keys of neither stay.
fn merge(data: &mut Data, old: Option<&Map<String, Value>>, new: &Map<String, Value>) {
    let order: Vec<&str> = new.keys().map(String::as_str).collect();
    for key in old.into_iter().flat_map(Map::keys).filter(|key| !new.contains_key(*key)) {
        data.remove(key);
    }
    for (key, value) in new {
        let before = old.and_then(|old| old.get(key));
        if before == Some(value) && data.get(key).is_some() {
            continue;
        }
        match (value, before) {
            (Value::Object(inner), Some(Value::Object(before))) if !is_choice(inner) => {
                data.edit(key, &order, |data| merge(data, Some(before), inner));
            }
            _ => data.put(key, written(value), &order),
        }
    }
}

fn written(value: &Value) -> Data {
    match value {
        Value::Bool(flag) => Data::Bool(*flag),
        Value::String(text) => Data::text(text.as_str()),
        Value::Array(items) => Data::List(items.iter().map(written).collect()),
        Value::Object(map) => {
            Data::Map(map.iter().map(|(key, value)| (key.clone(), written(value))).collect())
        }
        Value::Null => Data::Null,
        Value::Number(number) => Data::text(number.to_string()),
    }
}
