use errand_model::{ApiKeyPlace, Auth};

use super::{extension, field};
use crate::yaml::{Data, Fault, Node, NodeKind};

const ORDER: &[&str] = &["type", "username", "password", "token", "key", "value", "placement"];

/// How a request, or what is below a folder, is authorised. `none` is not in the specification: it
/// is `extensions.errand.auth`.
pub(super) fn read(holder: Option<&Node>, file: &Node) -> Result<Auth, Fault> {
    if extension::text(file, "auth").as_deref() == Some("none") {
        return Ok(Auth::None);
    }
    let Some(node) = holder.and_then(|h| h.get("auth")) else { return Ok(Auth::Inherit) };
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
    let scheme = field::text(node, "type")?;
    Ok(match scheme.as_str() {
        "" => return Err(node.fault("\"auth\" needs a \"type\", such as basic or bearer.")),
        "none" => Auth::None,
        "basic" => Auth::Basic {
            username: field::text(node, "username")?,
            password: field::text(node, "password")?,
        },
        "bearer" => Auth::Bearer { token: field::text(node, "token")? },
        "apikey" => Auth::ApiKey {
            key: field::text(node, "key")?,
            value: field::text(node, "value")?,
            placement: match field::text(node, "placement")?.as_str() {
                "query" | "queryparams" => ApiKeyPlace::Query,
                _ => ApiKeyPlace::Header,
            },
        },
        _ => Auth::Other { scheme },
    })
}

pub(super) fn write(holder: &mut Data, old: &Auth, new: &Auth, fresh: bool, order: &[&str]) {
    if old == new && !(fresh && *new == Auth::Inherit) {
        return;
    }
    match new {
        Auth::Inherit => holder.put("auth", Data::text("inherit"), order),
        Auth::None => {
            holder.remove("auth");
        }
        Auth::Basic { username, password } => {
            set(holder, "basic", &[("username", username), ("password", password)], order);
        }
        Auth::Bearer { token } => set(holder, "bearer", &[("token", token)], order),
        Auth::ApiKey { key, value, placement } => {
            let place = if *placement == ApiKeyPlace::Query { "query" } else { "header" };
            set(holder, "apikey", &[("key", key), ("value", value), ("placement", place)], order);
        }
        Auth::Other { scheme } => set(holder, scheme, &[], order),
    }
}

fn set(holder: &mut Data, scheme: &str, fields: &[(&str, &str)], order: &[&str]) {
    let same = holder.get("auth").and_then(|a| a.get("type")) == Some(&Data::text(scheme));
    let mut auth =
        if same { holder.get("auth").cloned().unwrap_or_else(Data::map) } else { Data::map() };
    auth.put("type", Data::text(scheme), ORDER);
    for (key, value) in fields {
        if auth.get(key) != Some(&Data::text(*value)) {
            auth.put(key, Data::text(*value), ORDER);
        }
    }
    holder.put("auth", auth, order);
}
