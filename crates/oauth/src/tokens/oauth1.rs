use errand_model::OAuth1;

use super::Tokens;
use crate::wire::Wire;
use crate::{Error, Fetch, OAuth1Token, Ports, TokenKey, flows};

impl Tokens {
    /// The token credentials of an OAuth 1 login: those kept, else by a login where `how` lets it.
    ///
    /// # Errors
    /// As of [`Tokens::token`].
    pub async fn oauth1(
        &self,
        key: &TokenKey,
        definition: &OAuth1,
        ports: &Ports<'_>,
        how: Fetch,
    ) -> Result<OAuth1Token, Error> {
        let slot = self.slot(key);
        let gate = slot.gate.lock().await;
        if let Some(kept) = self.oauth1_state(key)? {
            return Ok(kept);
        }
        if how == Fetch::Silent {
            return Err(Error::LoginNeeded { reason: "there is no token yet".to_owned() });
        }
        let outcome = self.obtain_oauth1(key, definition, ports).await;
        drop(gate);
        outcome
    }

    /// Logs in anew with OAuth 1, whatever is kept.
    pub async fn oauth1_login(
        &self,
        key: &TokenKey,
        definition: &OAuth1,
        ports: &Ports<'_>,
    ) -> Result<OAuth1Token, Error> {
        let slot = self.slot(key);
        let gate = slot.gate.lock().await;
        self.store.get(&key.text())?;
        let outcome = self.obtain_oauth1(key, definition, ports).await;
        drop(gate);
        outcome
    }

    /// The OAuth 1 token that is kept.
    pub fn oauth1_state(&self, key: &TokenKey) -> Result<Option<OAuth1Token>, Error> {
        self.store.get(&key.text())?.map(|text| OAuth1Token::from_secret(&text)).transpose()
    }

    async fn obtain_oauth1(
        &self,
        key: &TokenKey,
        definition: &OAuth1,
        ports: &Ports<'_>,
    ) -> Result<OAuth1Token, Error> {
        let slot = self.slot(key);
        let logouts = slot.logouts();
        let browser = ports.browser.ok_or_else(|| Error::LoginNeeded {
            reason: "a person must consent, and nobody can be asked here".to_owned(),
        })?;
        let token = flows::log_in_oauth1(definition, &Wire::new(ports), browser).await?;
        if slot.logouts() != logouts {
            return Err(Error::LoginNeeded {
                reason: "there was a logout in the meantime".to_owned(),
            });
        }
        self.store.set(&key.text(), &token.to_secret())?;
        Ok(token)
    }
}
