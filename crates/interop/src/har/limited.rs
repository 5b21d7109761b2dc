//! A JSON value of limited size: what is too long becomes null.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Longest text of a response that is kept, in bytes.
pub(super) const RESPONSE_TEXT: usize = 64 << 10;
/// Longest text of anything else that is kept, in bytes.
const OTHER_TEXT: usize = 16 << 20;
/// What one entry may hold in all, in bytes.
const ENTRY: usize = 48 << 20;

/// Reads one value.
#[derive(Clone, Copy)]
pub(super) struct Limited<'b> {
    left: &'b Cell<usize>,
    longest: usize,
}

/// The budget of one entry.
pub(super) fn budget() -> Cell<usize> {
    Cell::new(ENTRY)
}

impl<'b> Limited<'b> {
    pub fn new(left: &'b Cell<usize>) -> Self {
        Self { left, longest: OTHER_TEXT }
    }

    fn spend(self, bytes: usize) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(bytes));
        left >= bytes
    }

    fn text(self, text: &str) -> Value {
        if text.len() > self.longest || !self.spend(text.len() + 32) {
            return Value::Null;
        }
        Value::String(text.to_owned())
    }

    fn below(self, key: &str) -> Self {
        let longest = if key == "content" { RESPONSE_TEXT } else { self.longest };
        Self { longest, ..self }
    }
}

impl<'de> DeserializeSeed<'de> for Limited<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Limited<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(self.text(text))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Value, S::Error> {
        let mut list = Vec::new();
        while self.spend(32) {
            match seq.next_element_seed(self)? {
                Some(value) => list.push(value),
                None => return Ok(Value::Array(list)),
            }
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Array(list))
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Value, M::Error> {
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if self.spend(key.len() + 64) {
                let value = map.next_value_seed(self.below(&key))?;
                object.insert(key, value);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Value::Object(object))
    }
}
