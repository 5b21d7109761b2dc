//! JSON values written as YAML.

use serde::ser::{Error as _, Serialize, SerializeMap as _, SerializeSeq as _, Serializer};
use serde_json::Value;

use crate::Error;

/// A document as YAML 1.2 text, quoted such that readers of YAML 1.1 read the same.
pub(crate) fn yaml(value: &Value) -> Result<String, Error> {
    let options = serde_saphyr::ser_options! { compact_list_indent: false };
    serde_saphyr::to_string_with_options(&Plain(value), options)
        .map_err(|error| Error::Export { what: format!("It cannot be written as YAML: {error}") })
}

/// Numbers of any precision are a private matter of `serde_json`, unless they are spelt out.
struct Plain<'v>(&'v Value);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(flag) => serializer.serialize_bool(*flag),
            Value::String(text) => serializer.serialize_str(text),
            Value::Number(number) => match (number.as_i64(), number.as_u64(), number.as_f64()) {
                (Some(whole), ..) => serializer.serialize_i64(whole),
                (_, Some(whole), _) => serializer.serialize_u64(whole),
                (_, _, Some(float)) => serializer.serialize_f64(float),
                _ => Err(S::Error::custom("a number is too large")),
            },
            Value::Array(list) => {
                let mut seq = serializer.serialize_seq(Some(list.len()))?;
                for item in list {
                    seq.serialize_element(&Plain(item))?;
                }
                seq.end()
            }
            Value::Object(object) => {
                let mut map = serializer.serialize_map(Some(object.len()))?;
                for (key, item) in object {
                    map.serialize_entry(key, &Plain(item))?;
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_written_is_read_again() {
        let long = "word ".repeat(60);
        let value = json!({
            "n": [1, -7, 2.5, 18_446_744_073_709_551_615_u64, -1_779_746_488_882.5_f64],
            "words": ["yes", "null", "1.0", "0x1", "2024-01-01", "~", "- a", "a: b", "#", "", " x ", "{{ _.a }}", "{% now %}"],
            "lines": ["a\nb", "a\n", "a\n\n", "\na", " a\n b\n", "a\r\nb", "\ta\n\u{85}\u{2028}b\u{7f}\0", "a \n b\n\n\n", "tab\t\nend ", "\n", "\n\n"],
            "long": long, "trailing": format!("{long}\n"), "empty": [{}, []], "deep": {"a": {"b": [{"c": null}]}}, "k: y": true
        });
        let text = yaml(&value).expect("it is written");
        let again = crate::yaml(&crate::Source::text(text.clone()).entries[0]).expect("it is YAML");
        assert_eq!(again, value, "{text}");
    }
}
