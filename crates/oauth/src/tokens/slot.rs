use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use errand_auth::TokenStore;
use jiff::Timestamp;

use crate::{Error, Fetch, TokenSet};

/// One kept token: its copy in memory, and the gate through which one flow at a time goes.
#[derive(Default)]
pub(super) struct Slot {
    pub gate: tokio::sync::Mutex<()>,
    /// Counts flows that came to an end.
    flights: AtomicU64,
    /// Counts logouts, so that a flow that was under way does not bring a token back.
    logouts: AtomicU64,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    set: Option<TokenSet>,
    read_at: Option<Timestamp>,
    outcome: Option<Result<TokenSet, Error>>,
}

/// Seconds after which the store is asked again whether another program changed the token.
const TRUST: i64 = 10;

impl Slot {
    fn memory(&self) -> std::sync::MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn flights(&self) -> u64 {
        self.flights.load(Ordering::SeqCst)
    }

    pub fn logouts(&self) -> u64 {
        self.logouts.load(Ordering::SeqCst)
    }

    /// The token as remembered, or as kept when that was long ago.
    pub fn current(
        &self,
        key: &str,
        store: &Arc<dyn TokenStore>,
        now: Timestamp,
    ) -> Result<Option<TokenSet>, Error> {
        let memory = self.memory();
        let age = memory.read_at.map(|at| now.as_second() - at.as_second());
        if age.is_some_and(|age| (0..TRUST).contains(&age)) && memory.set.is_some() {
            return Ok(memory.set.clone());
        }
        let remembered = memory.set.clone();
        drop(memory);
        match self.kept(key, store, now) {
            // A keychain that is locked by now takes nothing away from a token that is good.
            Err(Error::Store(_)) if remembered.as_ref().is_some_and(|set| !set.is_due(now)) => {
                Ok(remembered)
            }
            other => other,
        }
    }

    /// The token as the store has it now; one that it did not take is remembered.
    pub fn kept(
        &self,
        key: &str,
        store: &Arc<dyn TokenStore>,
        now: Timestamp,
    ) -> Result<Option<TokenSet>, Error> {
        let unkept = self.memory().set.clone().filter(|set| !set.kept);
        let set = match unkept {
            Some(set) => Some(self.save(key, store, set, now)),
            None => store.get(key)?.map(|text| TokenSet::from_secret(&text)).transpose()?,
        };
        let mut memory = self.memory();
        memory.set.clone_from(&set);
        memory.read_at = Some(now);
        Ok(set)
    }

    /// Keeps a new token. Where the store does not take it, it lasts as long as the program.
    pub fn save(
        &self,
        key: &str,
        store: &Arc<dyn TokenStore>,
        mut set: TokenSet,
        now: Timestamp,
    ) -> TokenSet {
        set.kept = true;
        set.warnings.retain(|warning| !warning.starts_with(UNKEPT));
        if let Err(error) = store.set(key, &set.to_secret()) {
            set.kept = false;
            set.warnings.push(format!("{UNKEPT}: {error}"));
        }
        let mut memory = self.memory();
        memory.set = Some(set.clone());
        memory.read_at = Some(now);
        set
    }

    /// Forgets.
    pub fn forget(&self) {
        self.logouts.fetch_add(1, Ordering::SeqCst);
        *self.memory() = Memory::default();
    }

    /// Lets those who wait know how a flow ended.
    pub fn landed(&self, outcome: Result<TokenSet, Error>) {
        self.memory().outcome = Some(outcome);
        self.flights.fetch_add(1, Ordering::SeqCst);
    }

    /// How the flow that one waited for ended, where that is an answer.
    pub fn outcome(&self, how: Fetch) -> Option<Result<TokenSet, Error>> {
        let outcome = self.memory().outcome.clone()?;
        match (&outcome, how) {
            // Who may ask a person does not take the word of one who may not.
            (Err(Error::LoginNeeded { .. } | Error::Refresh { .. }), Fetch::Interactive) => None,
            _ => Some(outcome),
        }
    }
}

const UNKEPT: &str = "The token lasts only until the program ends, as it could not be kept";
