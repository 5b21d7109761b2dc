//! What a JSON document is, from the keys at its beginning.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};

use crate::Entry;

/// How much of a file is looked at, in bytes.
const HEAD: u64 = 64 << 10;

/// The documents that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `{"log": {"entries": …}}`
    Archive,
    /// `{"request": …, "response": …}`
    Entry,
    /// `{"method": …, "url": …}`
    Request,
}

/// What a file is; none when it is no HAR.
pub(super) fn of(entry: &Entry) -> Option<Shape> {
    let head = entry.head(HEAD).ok()?;
    let whole = (head.len() as u64) < HEAD;
    let wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let head = if wide { entry.text().ok()?.into_bytes() } else { head };
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
    if head.iter().find(|byte| !byte.is_ascii_whitespace()) != Some(&b'{') {
        return None;
    }
    let mut seen = Seen::default();
    // The beginning of a large document ends in the middle: what was seen until then counts.
    let complete = Keys { seen: &mut seen, above: None }
        .deserialize(&mut serde_json::Deserializer::from_slice(head))
        .is_ok();
    seen.shape(whole && complete)
}

#[derive(Default)]
struct Seen(BTreeSet<String>);

impl Seen {
    fn has(&self, key: &str) -> bool {
        self.0.contains(key)
    }

    fn shape(&self, complete: bool) -> Option<Shape> {
        let any = |keys: &[&str]| keys.iter().any(|key| self.has(key));
        if any(&["log.entries", "log.creator", "log.pages", "log.browser"]) {
            return Some(Shape::Archive);
        }
        if self.has("request.url") && any(&["response", "timings", "startedDateTime"]) {
            return (self.has("request.method") && !any(&["name", "item", "info"]))
                .then_some(Shape::Entry);
        }
        let known = [
            "method",
            "url",
            "httpVersion",
            "cookies",
            "headers",
            "queryString",
            "postData",
            "headersSize",
            "bodySize",
            "comment",
        ];
        let own = |key: &String| {
            key.contains('.') || key.starts_with('_') || known.contains(&key.as_str())
        };
        let request = complete && self.has("method") && self.has("url") && self.0.iter().all(own);
        request.then_some(Shape::Request)
    }
}

/// Notes the keys of an object, and of `log` and `request` in it.
struct Keys<'s> {
    seen: &'s mut Seen,
    above: Option<&'static str>,
}

impl<'de> DeserializeSeed<'de> for Keys<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Keys<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let inner = match (self.above, key.as_str()) {
                (None, "log") => Some("log"),
                (None, "request") => Some("request"),
                _ => None,
            };
            self.seen
                .0
                .insert(self.above.map_or_else(|| key.clone(), |above| format!("{above}.{key}")));
            match inner {
                Some(above) => map.next_value_seed(Keys { seen: self.seen, above: Some(above) })?,
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }

    fn visit_seq<S: SeqAccess<'de>>(self, seq: S) -> Result<(), S::Error> {
        IgnoredAny.visit_seq(seq).map(drop)
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        IgnoredAny::deserialize(deserializer).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;

    fn shape(text: &str) -> Option<Shape> {
        of(&Source::text(text).entries[0])
    }

    #[test]
    fn documents_are_known_by_their_keys() {
        assert_eq!(shape(r#"{"log": {"version": "1.2", "creator": {"#), Some(Shape::Archive));
        assert_eq!(shape(r#"{"method": "GET", "url": "http://a"}"#), Some(Shape::Request));
        assert_eq!(shape(r#"{"method": "GET", "url": "http://a", "name": "x"}"#), None);
        assert_eq!(
            shape(r#"{"request": {"method": "GET", "url": "a"}, "response": {}}"#),
            Some(Shape::Entry)
        );
        assert_eq!(shape(r#"{"log": 1, "entries": []}"#), None);
        assert_eq!(shape("[]"), None);
        assert_eq!(shape(r#"{"info": {}, "item": []}"#), None);
    }
}
