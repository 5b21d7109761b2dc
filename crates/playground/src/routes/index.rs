//! The list of routes, for people and for programs.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::answer::{Answer, json_answer, whole};
use crate::call::Call;
use crate::catalogue::ENTRIES;

const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
<title>Errand playground</title>\n<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;\
margin:2rem auto;padding:0 1rem;color-scheme:light dark}td{padding:.2rem 1rem .2rem 0;\
vertical-align:top}code{white-space:nowrap}</style>\n<h1>Errand playground</h1>\n\
<p>A loopback server to try requests against. Nothing leaves this machine.</p>\n<table>\n";

pub(crate) fn index(call: &Call) -> Answer {
    let accept = call.header("accept").unwrap_or_default();
    if accept.contains("json") && !accept.contains("html") {
        return json_answer(&json!({ "routes": ENTRIES.iter().map(|entry| json!({
            "path": entry.pattern,
            "methods": entry.methods,
            "example": format!("{}{}", call.origin(), entry.example),
            "about": entry.about,
        })).collect::<Vec<Value>>() }));
    }
    let mut page = String::from(HEAD);
    for entry in ENTRIES {
        let methods = match entry.methods {
            [] => "any".to_owned(),
            some => some
                .iter()
                .filter(|method| **method != "HEAD")
                .copied()
                .collect::<Vec<_>>()
                .join(", "),
        };
        let link = entry.example.replace('&', "&amp;");
        let pattern = entry.pattern;
        let about = entry.about.replace('&', "&amp;");
        // Writing to a String cannot fail.
        let _ = writeln!(
            page,
            "<tr><td>{methods}<td><a href=\"{link}\"><code>{pattern}</code></a><td>{about}"
        );
    }
    page.push_str("</table>\n");
    whole("text/html; charset=utf-8", page)
}
