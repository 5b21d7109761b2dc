use errand_model::RequestSettings;

use super::{extension, field};
use crate::yaml::{Data, Fault, Node, NodeKind};

const ORDER: &[&str] =
    &["encodeUrl", "timeout", "followRedirects", "maxRedirects", "forwardAuthorizationHeader"];
const OWN: &[&str] = &["verifyTls", "useCookies", "httpVersion"];

/// Settings of the specification from `node`, those it does not have from the extension.
pub(super) fn read(node: Option<&Node>, file: &Node) -> Result<RequestSettings, Fault> {
    let own = extension::node(file).map_or(Ok(None), |e| field::map(e, "settings"))?;
    Ok(RequestSettings {
        encode_url: flag(node, "encodeUrl")?,
        timeout_ms: whole(node, "timeout")?,
        follow_redirects: flag(node, "followRedirects")?,
        max_redirects: whole(node, "maxRedirects")?.map(|n| u32::try_from(n).unwrap_or(u32::MAX)),
        forward_authorization: flag(node, "forwardAuthorizationHeader")?,
        verify_tls: flag(own, "verifyTls")?,
        use_cookies: flag(own, "useCookies")?,
        http_version: match own {
            Some(own) => Some(field::text(own, "httpVersion")?).filter(|v| !v.is_empty()),
            None => None,
        },
    })
}

fn set<'a>(node: Option<&'a Node>, key: &str) -> Option<&'a Node> {
    let value = node?.get(key)?;
    let inherits = matches!(&value.resolved().kind, NodeKind::Scalar { text, value, .. } if text == "inherit" || *value == Data::Null);
    (!inherits).then_some(value)
}

fn flag(node: Option<&Node>, key: &str) -> Result<Option<bool>, Fault> {
    match (set(node, key), node) {
        (Some(_), Some(node)) => field::is_true(node, key).map(Some),
        _ => Ok(None),
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "bounded by the check before"
)]
fn whole(node: Option<&Node>, key: &str) -> Result<Option<u64>, Fault> {
    let (Some(value), Some(node)) = (set(node, key), node) else { return Ok(None) };
    match field::number(node, key)? {
        Some(n) if (0.0..9e15).contains(&n) => Ok(Some(n.round() as u64)),
        _ => Err(value.fault(format!("{key:?} must be 0 or more."))),
    }
}

/// Sets what differs, under `key` (a path with `.`) and in the extension.
pub(super) fn write(
    file: &mut Data,
    key: &str,
    order: &[&str],
    old: &RequestSettings,
    new: &RequestSettings,
) {
    if old == new {
        return;
    }
    file.edit(key, order, |data| write_standard(data, old, new));
    write_own(file, order, old, new);
}

pub(super) fn write_standard(data: &mut Data, old: &RequestSettings, new: &RequestSettings) {
    let flag = |value: Option<bool>| value.map(Data::Bool);
    let number = |value: Option<u64>| value.map(|n| Data::Number(n.to_string()));
    let redirects = |s: &RequestSettings| number(s.max_redirects.map(u64::from));
    put(data, ORDER[0], flag(old.encode_url).as_ref(), flag(new.encode_url), ORDER);
    put(data, ORDER[1], number(old.timeout_ms).as_ref(), number(new.timeout_ms), ORDER);
    put(data, ORDER[2], flag(old.follow_redirects).as_ref(), flag(new.follow_redirects), ORDER);
    put(data, ORDER[3], redirects(old).as_ref(), redirects(new), ORDER);
    put(
        data,
        ORDER[4],
        flag(old.forward_authorization).as_ref(),
        flag(new.forward_authorization),
        ORDER,
    );
}

pub(super) fn write_own(
    file: &mut Data,
    order: &[&str],
    old: &RequestSettings,
    new: &RequestSettings,
) {
    extension::edit(file, order, |errand| {
        errand.edit("settings", &[], |data| {
            let flag = |value: Option<bool>| value.map(Data::Bool);
            put(data, OWN[0], flag(old.verify_tls).as_ref(), flag(new.verify_tls), OWN);
            put(data, OWN[1], flag(old.use_cookies).as_ref(), flag(new.use_cookies), OWN);
            let version = |s: &RequestSettings| s.http_version.as_deref().map(Data::text);
            put(data, OWN[2], version(old).as_ref(), version(new), OWN);
        });
    });
}

/// "As above" is `inherit` where the key stands, and no key where there was none.
fn put(data: &mut Data, key: &str, old: Option<&Data>, new: Option<Data>, order: &[&str]) {
    if old == new.as_ref() {
        return;
    }
    match new {
        Some(value) => data.put(key, value, order),
        None if OWN.contains(&key) => {
            data.remove(key);
        }
        None => data.put(key, Data::text("inherit"), order),
    }
}
