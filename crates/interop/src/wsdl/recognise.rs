//! Whether a file is a description, told by its root element.

use super::names::{WSDL, WSDL2};
use crate::{Entry, Source};

/// How much of a file is looked at, in bytes.
const HEAD: u64 = 64 << 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `definitions` of WSDL 1.1.
    Definitions,
    /// `description` of WSDL 2.0.
    Version2,
}

pub(crate) fn recognises(source: &Source) -> bool {
    let alone = source.single().is_some();
    source.entries.iter().any(|entry| kind(entry, alone).is_some())
}

/// What a file is, if it is a description at all.
pub(super) fn kind(entry: &Entry, alone: bool) -> Option<Kind> {
    let may_be = matches!(entry.extension().as_str(), "wsdl" | "xml" | "txt" | "asmx" | "svc" | "");
    if !alone && !may_be {
        return None;
    }
    let head = entry.head(HEAD).ok()?;
    match head.as_slice() {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => {
            let plain: Vec<u8> = head.into_iter().filter(|byte| *byte != 0).collect();
            of_text(&String::from_utf8_lossy(&plain))
        }
        _ => of_text(&String::from_utf8_lossy(&head)),
    }
}

fn of_text(text: &str) -> Option<Kind> {
    let name = root(text)?;
    let local = name.rsplit(':').next().unwrap_or(name);
    match local {
        "definitions" if text.contains(WSDL) || text.contains("xmlsoap.org/wsdl") => {
            Some(Kind::Definitions)
        }
        "description" if text.contains(WSDL2) => Some(Kind::Version2),
        _ => None,
    }
}

/// The name of the first element, after what may come before it.
fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches(['\u{feff}', '\u{fffd}']);
    loop {
        rest = rest.trim_start();
        let end = match rest.strip_prefix('<')? {
            inner if inner.starts_with("!--") => inner.split_once("-->")?.1,
            inner if inner.starts_with('?') => inner.split_once("?>")?.1,
            inner if inner.starts_with("!DOCTYPE") => doctype(inner)?,
            inner => {
                let end = inner.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
                return Some(&inner[..end.unwrap_or(inner.len())]);
            }
        };
        rest = end;
    }
}

fn doctype(inner: &str) -> Option<&str> {
    let end = inner.find('>')?;
    match inner.find('[').filter(|start| *start < end) {
        Some(_) => Some(inner.split_once("]>").or_else(|| inner.split_once("] >"))?.1),
        None => Some(&inner[end + 1..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_element_counts() {
        let soap = "xmlns:w='http://schemas.xmlsoap.org/wsdl/'";
        let kind = |text: String| of_text(&text);
        let plain = format!("\u{feff}<?xml version='1.0'?>\n<!-- <a> -->\n<w:definitions {soap}>");
        assert_eq!(kind(plain), Some(Kind::Definitions));
        let bomb = format!("<!DOCTYPE a [<!ENTITY a \"b\">]><definitions {soap} broken");
        assert_eq!(kind(bomb), Some(Kind::Definitions));
        let second = "<description xmlns=\"http://www.w3.org/ns/wsdl\">".to_owned();
        assert_eq!(kind(second), Some(Kind::Version2));
        assert_eq!(kind(format!("<schema {soap}>")), None);
        assert_eq!(kind("<definitions xmlns='http://www.omg.org/BPMN'>".to_owned()), None);
        assert_eq!(kind(String::new()), None);
    }
}
