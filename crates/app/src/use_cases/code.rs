//! Requests as source code.

use std::sync::Arc;

use errand_interop::code;
use errand_model::Request;
use errand_template::{Scopes, mask, render};
use serde_json::Value;

use super::around::levels;
use super::variables::{Purpose, scopes};
use crate::blocking::blocking;
use crate::literals;
use crate::session::Session;
use crate::wire::{CodeTarget, Empty, GenerateCode, GeneratedCode, WireError};

impl Session {
    pub(crate) async fn code_targets(&self, _: Empty) -> Result<Vec<CodeTarget>, WireError> {
        Ok(code_targets())
    }

    pub(crate) async fn generate_code(
        self: &Arc<Self>,
        args: GenerateCode,
    ) -> Result<GeneratedCode, WireError> {
        let session = self.clone();
        blocking(move || session.code(&args)).await
    }

    /// A request as source code. Blocks.
    pub fn code(&self, args: &GenerateCode) -> Result<GeneratedCode, WireError> {
        let opened = self.try_open();
        let path = args.path.as_deref().unwrap_or_default();
        let levels = match &opened {
            Some(opened) => levels(&opened.workspace, path)?,
            None => Vec::new(),
        };
        // A credential that was typed is no more shown than one in the keychain.
        let defaults: Vec<_> = levels.iter().map(|level| &level.defaults).collect();
        let whole = args.request.effective(&defaults);
        let (mut request, typed) = literals::replaced(&whole, |name| format!("{{{{{name}}}}}"));
        if args.resolve
            && let Some(opened) = &opened
        {
            let environment = args.environment.clone().or_else(|| self.environment());
            let scopes = scopes(
                &self.app,
                opened,
                &levels,
                Some(&request),
                environment.as_deref(),
                &Purpose::Listing,
            )?;
            request = resolved(&request, &scopes);
        }
        let made = code::generate(&request, &args.target)
            .map_err(|error| WireError::new("bad-arguments", error.to_string()))?;
        let mut notes = made.notes;
        if !typed.is_empty() {
            let names: Vec<&str> = typed.iter().map(|(reference, _)| reference.as_str()).collect();
            notes.push(format!("In the place of credentials stand {}.", names.join(", ")));
        }
        Ok(GeneratedCode { text: made.text, notes })
    }
}

/// The languages and libraries there are.
pub fn code_targets() -> Vec<CodeTarget> {
    let targets = code::targets().iter().map(|target| CodeTarget {
        id: target.id.to_owned(),
        language: target.language.to_owned(),
        library: target.library.to_owned(),
        syntax: target.syntax.to_owned(),
    });
    targets.collect()
}

/// The request with the values of variables; secrets, and what has no value, stay as they are written.
fn resolved(request: &Request, scopes: &Scopes) -> Request {
    fn walk(value: &mut Value, scopes: &Scopes) {
        match value {
            Value::String(text) if text.contains("{{") => *text = mask(&render(text, scopes)),
            Value::Array(items) => items.iter_mut().for_each(|item| walk(item, scopes)),
            Value::Object(map) => map.values_mut().for_each(|value| walk(value, scopes)),
            _ => {}
        }
    }
    let Ok(mut value) = serde_json::to_value(request) else { return request.clone() };
    walk(&mut value, scopes);
    serde_json::from_value(value).unwrap_or_else(|_| request.clone())
}
