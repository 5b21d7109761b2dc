//! Tokens that are kept: had once, refreshed once, whoever asks.

mod oauth1;
mod slot;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use errand_auth::{Clock, Signer, TokenStore};
use errand_model::OAuth2;
use jiff::Timestamp;
use serde_json::Value;

use self::slot::Slot;
use crate::endpoint::Context;
use crate::endpoints::{discover, needs_metadata};
use crate::wire::Wire;
use crate::{
    Endpoints, Error, Fetch, Metadata, Nonces, Ports, TokenKey, TokenSet, Turn, Turns, flows,
    signing,
};

/// The tokens of an app. One for all workspaces and windows.
///
/// The store is called on the caller's thread and may block while a keychain asks its user. On a
/// runtime, hand in a store that answers in bounded time, or call from where blocking is allowed.
/// Futures may be dropped at any moment: what was not yet kept is lost, what was kept stays.
pub struct Tokens {
    store: Arc<dyn TokenStore>,
    slots: Mutex<HashMap<String, Arc<Slot>>>,
    metadata: Mutex<HashMap<String, (Timestamp, Metadata)>>,
    nonces: Nonces,
    /// Other programs that renew the same tokens.
    turns: Option<Arc<dyn Turns>>,
}

/// Seconds for which an issuer's metadata is remembered.
const METADATA_LIFE: i64 = 600;

impl Tokens {
    /// Tokens that are kept in `store`.
    pub fn new(store: Arc<dyn TokenStore>) -> Self {
        Self {
            store,
            slots: Mutex::default(),
            metadata: Mutex::default(),
            nonces: Nonces::default(),
            turns: None,
        }
    }

    /// The same, taking turns with other programs at renewing a token.
    #[must_use]
    pub fn with_turns(self, turns: Arc<dyn Turns>) -> Self {
        Self { turns: Some(turns), ..self }
    }

    /// The token that a request goes out with: the kept one, refreshed before it ends, or a new
    /// one where the flow needs nobody or `how` lets it ask. However many wait, one flow runs.
    ///
    /// # Errors
    /// [`Error::LoginNeeded`] where a person is needed; what the server said; a keychain that does
    /// not answer. A kept token is never replaced because of an error.
    pub async fn token(
        &self,
        key: &TokenKey,
        definition: &OAuth2,
        ports: &Ports<'_>,
        how: Fetch,
    ) -> Result<TokenSet, Error> {
        let (slot, text, wire) = (self.slot(key), key.text(), Wire::new(ports));
        let now = wire.now();
        if let Some(set) = slot.current(&text, &self.store, now)?
            && !set.is_due(now)
        {
            return Ok(set);
        }
        let before = slot.flights();
        let gate = slot.gate.lock().await;
        if slot.flights() != before
            && let Some(outcome) = slot.outcome(how)
        {
            return outcome;
        }
        // A person may take any time, and nobody else waits for them.
        let turn = if how == Fetch::Silent { self.turn(&text).await } else { None };
        let outcome = self.fresh(&slot, &text, definition, ports, &wire, how).await;
        drop(turn);
        slot.landed(outcome.clone());
        drop(gate);
        outcome
    }

    /// A token that is good now. Under the slot's gate.
    async fn fresh(
        &self,
        slot: &Slot,
        key: &str,
        definition: &OAuth2,
        ports: &Ports<'_>,
        wire: &Wire<'_>,
        how: Fetch,
    ) -> Result<TokenSet, Error> {
        // Another program on the same keychain may have been here.
        let now = wire.now();
        let old = slot.kept(key, &self.store, now)?;
        let Some(old) = old else {
            return self
                .new_one(slot, key, definition, ports, wire, how, "there is no token yet")
                .await;
        };
        if !old.is_due(now) || (!definition.settings.auto_refresh_token && !old.is_expired(now)) {
            return Ok(old);
        }
        let alone = !flows::needs_person(definition.flow);
        let failed = if old.refresh_token.is_some() && definition.settings.auto_refresh_token {
            match self.refreshed(slot, key, definition, wire, &old).await {
                Ok(set) => return Ok(set),
                // Another program may have used the refresh token up between our reading and asking.
                Err(error) => match slot.kept(key, &self.store, wire.now()) {
                    Ok(Some(set)) if set.access_token != old.access_token && !set.is_due(now) => {
                        return Ok(set);
                    }
                    _ => Some(error),
                },
            }
        } else {
            None
        };
        // A new login: where nobody is needed, or the provider says that this one is over.
        let over = failed.as_ref().is_none_or(Error::is_refusal);
        if over && (alone || old.is_expired(now)) {
            match self
                .new_one(slot, key, definition, ports, wire, how, "the token has expired")
                .await
            {
                Ok(set) => return Ok(set),
                Err(error) if old.is_expired(now) => return Err(failed.map_or(error, expired)),
                Err(error) => return Ok(with_warning(old, &failed.unwrap_or(error))),
            }
        }
        match failed {
            Some(error) if old.is_expired(now) => Err(expired(error)),
            Some(error) => Ok(with_warning(old, &error)),
            None => Ok(old),
        }
    }

    #[allow(clippy::too_many_arguments)] // One call's whole surroundings; a struct would be used once.
    async fn new_one(
        &self,
        slot: &Slot,
        key: &str,
        definition: &OAuth2,
        ports: &Ports<'_>,
        wire: &Wire<'_>,
        how: Fetch,
        reason: &str,
    ) -> Result<TokenSet, Error> {
        if !definition.settings.auto_fetch_token {
            let reason = format!("{reason}, and tokens are not fetched automatically here");
            return Err(Error::LoginNeeded { reason });
        }
        if flows::needs_person(definition.flow) && how == Fetch::Silent {
            return Err(Error::LoginNeeded { reason: reason.to_owned() });
        }
        self.obtained(slot, key, definition, ports, wire).await
    }

    /// Logs in anew, whatever is kept; a token that was kept is replaced when that succeeds.
    pub async fn login(
        &self,
        key: &TokenKey,
        definition: &OAuth2,
        ports: &Ports<'_>,
    ) -> Result<TokenSet, Error> {
        let (slot, text, wire) = (self.slot(key), key.text(), Wire::new(ports));
        let gate = slot.gate.lock().await;
        // A keychain that cannot be read now would be overwritten unseen.
        self.store.get(&text)?;
        let outcome = self.obtained(&slot, &text, definition, ports, &wire).await;
        if let Ok(set) = &outcome {
            slot.landed(Ok(set.clone()));
        }
        drop(gate);
        outcome
    }

    /// Refreshes now, whether due or not. Who waits for a refresh takes its outcome.
    pub async fn refresh(
        &self,
        key: &TokenKey,
        definition: &OAuth2,
        ports: &Ports<'_>,
    ) -> Result<TokenSet, Error> {
        let (slot, text, wire) = (self.slot(key), key.text(), Wire::new(ports));
        let before = slot.flights();
        let gate = slot.gate.lock().await;
        if slot.flights() != before
            && let Some(outcome) = slot.outcome(Fetch::Silent)
        {
            return outcome;
        }
        let turn = self.turn(&text).await;
        let old = slot.kept(&text, &self.store, wire.now())?.ok_or(Error::NoRefreshToken)?;
        let outcome = self.refreshed(&slot, &text, definition, &wire, &old).await;
        drop(turn);
        slot.landed(outcome.clone());
        drop(gate);
        outcome
    }

    /// Has the provider revoke the tokens (RFC 7009), then forgets them. On an error they are kept.
    pub async fn revoke(
        &self,
        key: &TokenKey,
        definition: &OAuth2,
        ports: &Ports<'_>,
    ) -> Result<(), Error> {
        let wire = Wire::new(ports);
        let Some(set) = self.slot(key).kept(&key.text(), &self.store, wire.now())? else {
            return Ok(());
        };
        let endpoints =
            self.endpoints(definition, &wire, |known| known.revocation.is_empty()).await?;
        flows::revoke(&self.context(definition, &endpoints, &wire), &set).await?;
        self.logout(key)
    }

    /// Asks the provider what the access token is worth (RFC 7662).
    pub async fn introspect(
        &self,
        key: &TokenKey,
        definition: &OAuth2,
        ports: &Ports<'_>,
    ) -> Result<Value, Error> {
        let wire = Wire::new(ports);
        let set = self.slot(key).kept(&key.text(), &self.store, wire.now())?;
        let set =
            set.ok_or_else(|| Error::LoginNeeded { reason: "there is no token yet".to_owned() })?;
        let endpoints =
            self.endpoints(definition, &wire, |known| known.introspection.is_empty()).await?;
        flows::introspect(&self.context(definition, &endpoints, &wire), &set).await
    }

    /// Forgets the token. A flow that is under way does not bring one back.
    pub fn logout(&self, key: &TokenKey) -> Result<(), Error> {
        self.store.delete(&key.text())?;
        self.slot(key).forget();
        Ok(())
    }

    /// What is kept, expired or not.
    pub fn state(&self, key: &TokenKey, clock: &dyn Clock) -> Result<Option<TokenSet>, Error> {
        let now = Timestamp::try_from(clock.now()).unwrap_or(Timestamp::UNIX_EPOCH);
        self.slot(key).kept(&key.text(), &self.store, now)
    }

    /// The signer that puts a token onto requests.
    pub fn signer(
        &self,
        definition: &OAuth2,
        set: &TokenSet,
        clock: Arc<dyn Clock>,
    ) -> Result<Box<dyn Signer>, Error> {
        signing::signer(definition, set, &self.nonces, clock)
    }

    /// The provider's endpoints, discovered where an issuer is given: to show, and to know what
    /// can be done with a token.
    pub async fn discover(
        &self,
        definition: &OAuth2,
        ports: &Ports<'_>,
    ) -> Result<Endpoints, Error> {
        self.endpoints(definition, &Wire::new(ports), |_| true).await
    }

    async fn turn(&self, key: &str) -> Option<Turn> {
        match &self.turns {
            Some(turns) => turns.take(key).await,
            None => None,
        }
    }

    fn slot(&self, key: &TokenKey) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(key.text()).or_default())
    }

    fn context<'a>(
        &'a self,
        definition: &'a OAuth2,
        endpoints: &'a Endpoints,
        wire: &'a Wire<'a>,
    ) -> Context<'a> {
        Context { definition, endpoints, wire, nonces: &self.nonces }
    }

    async fn obtained(
        &self,
        slot: &Slot,
        key: &str,
        definition: &OAuth2,
        ports: &Ports<'_>,
        wire: &Wire<'_>,
    ) -> Result<TokenSet, Error> {
        let logouts = slot.logouts();
        let endpoints = self.endpoints(definition, wire, |_| false).await?;
        let set = flows::obtain(&self.context(definition, &endpoints, wire), ports).await?;
        self.keep(slot, key, set, logouts, wire)
    }

    async fn refreshed(
        &self,
        slot: &Slot,
        key: &str,
        definition: &OAuth2,
        wire: &Wire<'_>,
        old: &TokenSet,
    ) -> Result<TokenSet, Error> {
        let logouts = slot.logouts();
        let endpoints = self.endpoints(definition, wire, |known| known.refresh.is_empty()).await?;
        let set = flows::refresh(&self.context(definition, &endpoints, wire), old).await?;
        self.keep(slot, key, set, logouts, wire)
    }

    fn keep(
        &self,
        slot: &Slot,
        key: &str,
        set: TokenSet,
        logouts: u64,
        wire: &Wire<'_>,
    ) -> Result<TokenSet, Error> {
        if slot.logouts() != logouts {
            return Err(Error::LoginNeeded {
                reason: "there was a logout in the meantime".to_owned(),
            });
        }
        Ok(slot.save(key, &self.store, set, wire.now()))
    }

    /// The endpoints; from the issuer where the definition or `lacking` needs it.
    async fn endpoints(
        &self,
        definition: &OAuth2,
        wire: &Wire<'_>,
        lacking: impl Fn(&Endpoints) -> bool,
    ) -> Result<Endpoints, Error> {
        let given = Endpoints::new(definition, None);
        if definition.issuer.is_empty() || !(needs_metadata(definition) || lacking(&given)) {
            return Ok(given);
        }
        let now = wire.now();
        let known = self
            .metadata
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&definition.issuer)
            .cloned();
        if let Some((at, metadata)) = known
            && (0..METADATA_LIFE).contains(&(now.as_second() - at.as_second()))
        {
            return Ok(Endpoints::new(definition, Some(&metadata)));
        }
        let metadata = discover(&definition.issuer, wire).await?;
        let endpoints = Endpoints::new(definition, Some(&metadata));
        let mut known = self.metadata.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(definition.issuer.clone(), (now, metadata));
        Ok(endpoints)
    }
}

fn expired(cause: Error) -> Error {
    Error::Refresh { cause: Box::new(cause) }
}

fn with_warning(mut set: TokenSet, error: &Error) -> TokenSet {
    set.warnings
        .push(format!("The token could not be refreshed and is used until it ends. {error}"));
    set
}
