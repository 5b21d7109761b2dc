//! The services whose auth is known, and what the user added to them.

use std::sync::Arc;

use errand_oauth::providers::{self, Provider};

use crate::App;
use crate::blocking::blocking;
use crate::errors;
use crate::session::Session;
use crate::wire::{
    Empty, ProviderRequest, ProviderScope, ProviderVariable, ProviderView, WireError, WireHeader,
};

impl Session {
    pub(crate) async fn providers(
        self: &Arc<Self>,
        _: Empty,
    ) -> Result<Vec<ProviderView>, WireError> {
        let app = self.app.clone();
        blocking(move || Ok(all(&app)?.into_iter().map(view).collect())).await
    }
}

/// The catalogue, with the user's own entries (`providers.toml` beside the settings) in it.
fn all(app: &App) -> Result<Vec<Provider>, WireError> {
    let own = app.paths.config.join("providers.toml");
    let known = providers::all().map_err(|error| errors::oauth(&error))?;
    match std::fs::read_to_string(&own) {
        Ok(text) => providers::merge(known, &text).map_err(|error| {
            let line = match &error {
                errand_oauth::Error::Catalogue { line, .. } => u32::try_from(*line).ok(),
                _ => None,
            };
            WireError::new("providers", error.to_string())
                .hint("Correct the file; the catalogue that comes along is as it was.")
                .at(own.display().to_string(), line, None)
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(known),
        Err(error) => Err(errors::file("read", &own, &error)),
    }
}

fn view(provider: Provider) -> ProviderView {
    ProviderView {
        id: provider.id,
        name: provider.name,
        category: provider.category,
        auth: provider.auth,
        variables: provider
            .variables
            .into_iter()
            .map(|one| ProviderVariable { name: one.name, label: one.label, secret: one.secret })
            .collect(),
        scopes: provider
            .scopes
            .into_iter()
            .map(|one| ProviderScope { name: one.name, description: one.description })
            .collect(),
        quirks: provider.quirks,
        register_url: provider.register_url,
        documentation_url: provider.documentation_url,
        checked: provider.checked,
        request: provider.request.map(|request| ProviderRequest {
            name: request.name,
            method: request.method,
            url: request.url,
            headers: request
                .headers
                .into_iter()
                .map(|(name, value)| WireHeader { name, value })
                .collect(),
        }),
    }
}
