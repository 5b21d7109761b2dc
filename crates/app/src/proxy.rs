//! The proxy's password: in the keychain, not in the settings file.

use errand_engine::{Proxy, Settings};
use errand_vault::{Secret, SecretId};
use url::Url;

use crate::App;
use crate::errors;
use crate::use_cases::engine_settings;
use crate::wire::{ProxySettings, WireError};

impl App {
    /// The settings in force, the proxy's password among them. Blocks where there is one.
    pub fn engine_settings(&self) -> Settings {
        let mut settings = engine_settings(&self.settings.get().sending);
        if let Proxy::Explicit { url, .. } = &mut settings.proxy
            && let Ok(mut parsed) = Url::parse(url)
            && !parsed.username().is_empty()
            && parsed.password().is_none()
            && let Ok(Some(password)) = self.vault.get(&id())
        {
            // Only a URL that cannot have a password refuses one.
            let _ = parsed.set_password(Some(password.expose()));
            *url = parsed.to_string();
        }
        settings
    }

    /// Takes the password out of a proxy's URL and keeps it. Blocks.
    pub(crate) fn keep_proxy_password(&self, proxy: &mut ProxySettings) -> Result<(), WireError> {
        let ProxySettings::Manual { url, .. } = proxy else { return Ok(()) };
        let Ok(mut parsed) = Url::parse(url) else { return Ok(()) };
        let Some(password) = parsed.password() else { return Ok(()) };
        let plain = percent_encoding::percent_decode_str(password).decode_utf8_lossy();
        let password = Secret::new(plain.into_owned());
        self.vault.set(&id(), &password).map_err(|error| errors::vault(&error))?;
        let _ = parsed.set_password(None);
        *url = parsed.to_string();
        Ok(())
    }
}

fn id() -> SecretId {
    SecretId::new("errand", None, "proxy password")
}
