/// What a YAML file says, without how it says it. Maps keep their order, but order does not count
/// when two are compared: a key that stands elsewhere is the same key.
#[derive(Debug, Clone)]
pub(crate) enum Data {
    Null,
    Bool(bool),
    /// The digits as written: `1.0` stays `1.0`.
    Number(String),
    Text(String),
    List(Vec<Data>),
    Map(Vec<(String, Data)>),
}

impl PartialEq for Data {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Number(a), Self::Number(b)) | (Self::Text(a), Self::Text(b)) => a == b,
            (Self::List(a), Self::List(b)) => a == b,
            (Self::Map(a), Self::Map(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(x, y)| x.0 == y.0 && x.1 == y.1)
                    || a.len() == b.len()
                        && a.iter().all(|(k, v)| b.iter().any(|(l, w)| k == l && v == w))
            }
            _ => false,
        }
    }
}

impl Data {
    pub(crate) fn map() -> Self {
        Self::Map(Vec::new())
    }

    pub(crate) fn text(value: impl Into<String>) -> Self {
        Self::Text(value.into())
    }

    pub(crate) fn is_empty_map(&self) -> bool {
        matches!(self, Self::Map(entries) if entries.is_empty())
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    /// Sets a key. A new key goes before the first present key that `order` names after it.
    pub(crate) fn put(&mut self, key: &str, value: Self, order: &[&str]) {
        if !matches!(self, Self::Map(_)) {
            *self = Self::map();
        }
        let Self::Map(entries) = self else { return };
        if let Some(entry) = entries.iter_mut().find(|(k, _)| k == key) {
            entry.1 = value;
            return;
        }
        let later = order.iter().position(|k| *k == key).map_or(&[][..], |at| &order[at + 1..]);
        let at =
            entries.iter().position(|(k, _)| later.contains(&k.as_str())).unwrap_or(entries.len());
        entries.insert(at, (key.to_owned(), value));
    }

    pub(crate) fn remove(&mut self, key: &str) -> Option<Self> {
        let Self::Map(entries) = self else { return None };
        let at = entries.iter().position(|(k, _)| k == key)?;
        Some(entries.remove(at).1)
    }

    /// Takes the map under `key` out, lets `edit` change it, and puts it back; a map that ends up
    /// empty and was not there before, or was emptied by the edit, is left out.
    pub(crate) fn edit(&mut self, key: &str, order: &[&str], edit: impl FnOnce(&mut Self)) {
        let before = self.get(key).cloned();
        let mut inner = match &before {
            Some(map @ Self::Map(_)) => map.clone(),
            _ => Self::map(),
        };
        edit(&mut inner);
        if Some(&inner) == before.as_ref() {
            return;
        }
        if inner.is_empty_map() {
            if before.as_ref().is_some_and(|b| matches!(b, Self::Map(_))) {
                self.remove(key);
            }
        } else {
            self.put(key, inner, order);
        }
    }
}
