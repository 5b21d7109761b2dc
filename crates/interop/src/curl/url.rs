//! The URL, what goes behind it, and what it says of the request.

use errand_model::{Param, ParamKind};

use super::apply::Draft;
use super::body::joined;
use crate::Receipt;

/// The URL with a scheme, which curl adds by itself.
pub(super) fn full_url(url: &str, receipt: &mut Receipt) -> String {
    if url.contains("://") || url.starts_with("{{") {
        return url.to_owned();
    }
    receipt.converted("URL", "http:// is put in front, as curl does");
    format!("http://{url}")
}

/// `-G`: the data goes behind the URL.
pub(super) fn data_to_query(draft: &mut Draft) {
    let Some(query) = joined(draft) else { return };
    let url = &mut draft.request.url;
    let fragment = url.find('#').unwrap_or(url.len());
    let mark = match url[..fragment].split_once('?') {
        None => "?",
        Some((_, "")) => "",
        Some(_) => "&",
    };
    url.insert_str(fragment, &format!("{mark}{query}"));
}

/// The rows of the URL's own query.
pub(crate) fn params(url: &str) -> Vec<Param> {
    let url = url.split('#').next().unwrap_or_default();
    let Some((_, query)) = url.split_once('?') else { return Vec::new() };
    query
        .split('&')
        .filter(|pair| !pair.is_empty() && *pair != "=")
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Param {
                name: name.to_owned(),
                value: value.to_owned(),
                kind: ParamKind::Query,
                description: String::new(),
                enabled: true,
            }
        })
        .collect()
}

/// A name to show in the tree: the last part of the path, or the host.
pub(super) fn name(url: &str) -> String {
    let bare = url.split(['?', '#']).next().unwrap_or_default();
    let bare = bare.split_once("://").map_or(bare, |(_, rest)| rest);
    bare.rsplit('/').find(|part| !part.is_empty()).unwrap_or(bare).to_owned()
}
