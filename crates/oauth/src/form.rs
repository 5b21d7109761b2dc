use errand_auth::Secret;
use errand_model::{AdditionalParameter, ParameterPlace};
use url::form_urlencoded;

/// The parameters of one step, in order.
#[derive(Default, Clone)]
pub(crate) struct Form {
    pairs: Vec<(String, Secret)>,
}

impl Form {
    /// Adds a parameter; an empty value is none (RFC 6749 §3.1).
    pub fn push(&mut self, name: &str, value: impl Into<Secret>) {
        let value = value.into();
        if !value.is_empty() {
            self.pairs.push((name.to_owned(), value));
        }
    }

    /// Puts a parameter in the place of one of the same name.
    pub fn set(&mut self, name: &str, value: impl Into<Secret>) {
        match self.pairs.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value.into(),
            None => self.push(name, value),
        }
    }

    /// Adds what the definition adds: each replaces ours of the same name, several stand side by side.
    pub fn add(&mut self, further: &[AdditionalParameter], place: impl Fn(ParameterPlace) -> bool) {
        let further: Vec<_> =
            further.iter().filter(|one| place(one.placement) && !one.name.is_empty()).collect();
        self.pairs.retain(|(name, _)| !further.iter().any(|one| one.name == *name));
        for one in further {
            self.pairs.push((one.name.clone(), Secret::from(one.value.as_str())));
        }
    }

    /// The first value of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.expose())
    }

    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.expose()))
    }

    /// `application/x-www-form-urlencoded`.
    pub fn encode(&self) -> Secret {
        let mut text = form_urlencoded::Serializer::new(String::new());
        for (name, value) in self.pairs() {
            text.append_pair(name, value);
        }
        Secret::new(text.finish())
    }
}
