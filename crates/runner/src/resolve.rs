//! Rendering with a memory: what was missing, which secrets went in.

use std::collections::BTreeSet;

use errand_template::{Rendered, Scopes, mask, render};

use crate::masks::Masks;

/// Renders the parts of one request.
pub(crate) struct Resolver<'a> {
    scopes: &'a Scopes,
    /// Secrets that went into the request.
    pub masks: Masks,
    /// What is worth telling, each once.
    pub warnings: BTreeSet<String>,
}

/// A resolved text and its harmless form.
pub(crate) struct Resolved {
    /// As it is sent.
    pub text: String,
    /// With `{{name}}` for secrets.
    pub shown: String,
    /// Whether a secret is in it.
    pub secret: bool,
}

impl<'a> Resolver<'a> {
    pub fn new(scopes: &'a Scopes) -> Self {
        Self { scopes, masks: Masks::default(), warnings: BTreeSet::new() }
    }

    /// Renders a text.
    pub fn text(&mut self, text: &str) -> Resolved {
        self.note(render(text, self.scopes))
    }

    /// Takes over a text rendered elsewhere.
    pub fn note(&mut self, rendered: Rendered) -> Resolved {
        for missing in &rendered.missing {
            self.warnings.insert(missing.to_string());
        }
        for span in &rendered.secrets {
            self.masks.hide(&rendered.text[span.range.clone()], &format!("{{{{{}}}}}", span.name));
        }
        let shown = mask(&rendered);
        Resolved { secret: !rendered.secrets.is_empty(), text: rendered.text, shown }
    }
}

/// What is worth telling, in order.
pub(crate) fn warnings_of(resolver: &Resolver<'_>) -> Vec<String> {
    resolver.warnings.iter().cloned().collect()
}
