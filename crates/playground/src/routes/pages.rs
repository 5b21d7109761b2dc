//! The same hundred items, three ways page by page.

use http::header::LINK;
use serde_json::{Value, json};

use crate::answer::{Outcome, Refusal, json_answer, number_header, set};
use crate::call::Call;

const ITEMS: u64 = 100;

fn items(from: u64, count: u64) -> Vec<Value> {
    (from..from.saturating_add(count).min(ITEMS))
        .map(|index| json!({ "id": index + 1, "name": format!("Item {}", index + 1) }))
        .collect()
}

fn size(call: &Call, name: &str) -> Result<u64, Refusal> {
    match call.number(name, 10, ITEMS)? {
        0 => Err(Refusal::bad(format!("{name} must be at least 1."))),
        size => Ok(size),
    }
}

/// `?page=&per_page=`, with a Link header (RFC 8288).
pub(crate) fn by_number(call: &Call) -> Outcome {
    let per_page = size(call, "per_page")?;
    let page = call.number("page", 1_u64, 1_000_000)?.max(1);
    let pages = ITEMS.div_ceil(per_page);
    let mut answer = json_answer(&json!({
        "items": items((page - 1) * per_page, per_page),
        "page": page, "perPage": per_page, "pages": pages, "total": ITEMS,
    }));
    let mut links = Vec::new();
    let mut link = |to: u64, rel: &str| {
        links.push(format!(
            "<{}/pages?page={to}&per_page={per_page}>; rel=\"{rel}\"",
            call.origin()
        ));
    };
    if page < pages {
        link(page + 1, "next");
    }
    if page > 1 {
        link((page - 1).min(pages), "prev");
    }
    link(1, "first");
    link(pages, "last");
    set(&mut answer, LINK, &links.join(", "))?;
    number_header(&mut answer, "x-total-count", ITEMS);
    Ok(answer)
}

/// `?after=&limit=`: the answer's `next` is what to send as `after`, null at the end.
pub(crate) fn by_cursor(call: &Call) -> Outcome {
    let limit = size(call, "limit")?;
    let after = match call.param("after") {
        None | Some("") => 0,
        Some(cursor) => cursor
            .strip_prefix('c')
            .and_then(|hex| u64::from_str_radix(hex, 16).ok())
            .filter(|index| *index <= ITEMS)
            .ok_or_else(|| Refusal::bad("This cursor did not come from /cursor."))?,
    };
    let end = after + limit;
    let next = (end < ITEMS).then(|| format!("c{end:04x}"));
    Ok(json_answer(&json!({ "items": items(after, limit), "next": next })))
}

/// `?offset=&limit=`.
pub(crate) fn by_offset(call: &Call) -> Outcome {
    let limit = size(call, "limit")?;
    let offset = call.number("offset", 0, 1_000_000)?;
    Ok(json_answer(&json!({
        "items": items(offset, limit), "offset": offset, "limit": limit, "total": ITEMS,
    })))
}
