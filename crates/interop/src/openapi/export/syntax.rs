use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};
use serde_json::Value;

use crate::Error;

/// How a description is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// JSON, two blanks for each level.
    Json,
    /// YAML 1.2.
    Yaml,
}

impl Syntax {
    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Yaml => "yaml",
        }
    }

    pub(super) fn write(self, root: &Value) -> Result<Vec<u8>, Error> {
        let failed = |what: String| Error::Export { what };
        Ok(match self {
            Self::Json => {
                let mut text =
                    serde_json::to_vec_pretty(root).map_err(|e| failed(e.to_string()))?;
                text.push(b'\n');
                text
            }
            Self::Yaml => serde_saphyr::to_string(&Plain(root))
                .map_err(|e| failed(e.to_string()))?
                .into_bytes(),
        })
    }
}

/// A value whose numbers any serializer understands.
struct Plain<'v>(&'v Value);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(yes) => serializer.serialize_bool(*yes),
            Value::Number(number) => {
                if let Some(whole) = number.as_i64() {
                    serializer.serialize_i64(whole)
                } else if let Some(whole) = number.as_u64() {
                    serializer.serialize_u64(whole)
                } else {
                    serializer.serialize_f64(number.as_f64().unwrap_or_default())
                }
            }
            Value::String(text) => serializer.serialize_str(text),
            Value::Array(list) => {
                let mut seq = serializer.serialize_seq(Some(list.len()))?;
                for value in list {
                    seq.serialize_element(&Plain(value))?;
                }
                seq.end()
            }
            Value::Object(object) => {
                let mut map = serializer.serialize_map(Some(object.len()))?;
                for (key, value) in object {
                    map.serialize_entry(key, &Plain(value))?;
                }
                map.end()
            }
        }
    }
}
