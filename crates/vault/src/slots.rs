use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::call::{Patience, Progress, call};
use crate::keychain::{self, Health, Line};
use crate::store::{Slot, Store, Value};
use crate::{Error, KeychainState, Stored, marker, parts};

/// After the keychain was out of reach, reads do not ask it again for so long: a run of a thousand
/// requests shall not wait a thousand times, nor show a thousand prompts. Writes always ask.
const OUTAGE: Duration = Duration::from_secs(30);

/// Between a call that went wrong and the second try.
const BREATH: Duration = Duration::from_millis(20);

/// Values by slot: from the keychain through a cache, or in memory for this session.
pub(crate) struct Slots {
    pub(crate) service: String,
    pub(crate) patience: Patience,
    pub(crate) fingerprint: Option<PathBuf>,
    pub(crate) part_limit: Option<usize>,
    known: Mutex<Known>,
    /// Taken by the call that uses them.
    connected: Arc<Mutex<Option<Connected>>>,
    /// Held while the keychain is asked, so that many who want one value ask once.
    asking: Mutex<()>,
}

#[derive(Default)]
struct Known {
    /// What the keychain said; none for an entry that is not there.
    cache: HashMap<Slot, Option<Arc<Value>>>,
    session: HashMap<Slot, Arc<Value>>,
    outage: Option<(Error, Instant)>,
}

/// What memory says about a slot.
enum Remembered {
    /// The value, or that there is none.
    Answer(Option<Arc<Value>>),
    /// The keychain must be asked.
    Nothing,
}

impl Slots {
    pub(crate) fn new(
        service: String,
        patience: Patience,
        fingerprint: Option<PathBuf>,
        part_limit: Option<usize>,
    ) -> Self {
        Self {
            service,
            patience,
            fingerprint,
            part_limit,
            known: Mutex::default(),
            connected: Arc::default(),
            asking: Mutex::default(),
        }
    }

    pub(crate) fn get(&self, slot: &Slot) -> Result<Option<Arc<Value>>, Error> {
        if let Remembered::Answer(answer) = self.remembered(slot) {
            return Ok(answer);
        }
        let _asking = lock(&self.asking);
        // Whoever asked before may have brought it.
        if let Remembered::Answer(answer) = self.remembered(slot) {
            return Ok(answer);
        }
        let wanted = slot.clone();
        self.no_outage()?;
        let value = self.ask(move |store| parts::get(store, &wanted))?.map(Arc::new);
        self.known().cache.insert(slot.clone(), value.clone());
        Ok(value)
    }

    /// The same, asked anew: another program may have changed it. Where the keychain is out of reach
    /// by now, what was known stays known.
    pub(crate) fn get_anew(&self, slot: &Slot) -> Result<Option<Arc<Value>>, Error> {
        let before = self.known().cache.remove(slot);
        match (self.get(slot), before) {
            (Err(error), Some(answer)) if error.is_out_of_reach() => {
                self.known().cache.insert(slot.clone(), answer.clone());
                Ok(answer)
            }
            (result, _) => result,
        }
    }

    pub(crate) fn set(&self, slot: &Slot, value: Value) -> Result<Stored, Error> {
        let value = Arc::new(value);
        let _asking = lock(&self.asking);
        let (place, given, limit) = (slot.clone(), Arc::clone(&value), self.part_limit);
        let result = self.ask(move |store| parts::set(store, &place, &given, limit));
        let mut known = self.known();
        known.cache.remove(slot);
        match result {
            Ok(()) => {
                known.session.remove(slot);
                known.cache.insert(slot.clone(), Some(value));
                Ok(Stored::Keychain)
            }
            Err(error) if error.is_out_of_reach() => {
                known.session.insert(slot.clone(), value);
                Ok(Stored::SessionOnly)
            }
            Err(error) => Err(error),
        }
    }

    pub(crate) fn set_for_session(&self, slot: &Slot, value: Value) {
        self.known().session.insert(slot.clone(), Arc::new(value));
    }

    pub(crate) fn delete(&self, slot: &Slot) -> Result<bool, Error> {
        let _asking = lock(&self.asking);
        let place = slot.clone();
        let result = self.ask(move |store| parts::delete(store, &place));
        let mut known = self.known();
        known.cache.remove(slot);
        let in_session = known.session.remove(slot).is_some();
        match result {
            Ok(deleted) => Ok(deleted || in_session),
            // It never reached the keychain.
            Err(error) if in_session && error.is_out_of_reach() => Ok(true),
            Err(error) => Err(error),
        }
    }

    /// Written there, compared, then deleted here; what is for this session moves within it.
    pub(crate) fn rename(&self, from: &Slot, to: &Slot) -> Result<bool, Error> {
        if from == to {
            return Ok(self.get(from)?.is_some());
        }
        let _asking = lock(&self.asking);
        let session = {
            let known = self.known();
            let (mine, other) = (known.session.get(from).cloned(), known.session.get(to).cloned());
            if mine.is_some() && other.is_some() && mine != other {
                return Err(Error::Occupied);
            }
            mine
        };
        let (old, new, limit) = (from.clone(), to.clone(), self.part_limit);
        let result = self.ask(move |store| parts::rename(store, &old, &new, limit));
        let mut known = self.known();
        known.cache.remove(from);
        known.cache.remove(to);
        let moved = match result {
            Ok(moved) => moved,
            // Where there is no keychain there is nothing in it.
            Err(Error::NoKeychain { .. }) => false,
            // What lasts for the session needs no keychain.
            Err(error) if session.is_some() && error.is_out_of_reach() => false,
            Err(error) => return Err(error),
        };
        if let Some(value) = &session {
            known.session.remove(from);
            known.session.insert(to.clone(), Arc::clone(value));
        }
        Ok(moved || session.is_some())
    }

    pub(crate) fn forget_for_session(&self, slot: &Slot) {
        self.known().session.remove(slot);
    }

    /// The users of a service that the keychain has.
    pub(crate) fn users(&self, service: &str) -> Result<Vec<String>, Error> {
        let _asking = lock(&self.asking);
        // To look what there is is no reason to have the system ask for a password.
        let patience = Patience { prompt: self.patience.answer, ..self.patience };
        if call(patience, |_| Line::open()?.health())? == Health::Locked {
            return Err(Error::Locked);
        }
        let service = service.to_owned();
        self.ask(move |store| store.users(&service))
    }

    /// The users of a service that are kept for this session.
    pub(crate) fn session_users(&self, service: &str) -> Vec<String> {
        let known = self.known();
        known
            .session
            .keys()
            .filter(|slot| slot.service == service)
            .map(|slot| slot.user.clone())
            .collect()
    }

    pub(crate) fn in_session(&self, slot: &Slot) -> bool {
        self.known().session.contains_key(slot)
    }

    /// Forgets what the keychain said. Values kept for this session stay: there is no other copy.
    pub(crate) fn reload(&self) {
        let mut known = self.known();
        known.cache.clear();
        known.outage = None;
    }

    pub(crate) fn adopt(&self) -> Result<(), Error> {
        let _asking = lock(&self.asking);
        let (service, file) = (self.service.clone(), self.fingerprint.clone());
        call(self.patience, move |progress| {
            let connected = Connected::open()?;
            connected.ready(progress)?;
            marker::adopt(&connected.store, &service, file.as_deref())
        })?;
        self.reload();
        Ok(())
    }

    /// Asks the keychain itself, without a prompt.
    pub(crate) fn state(&self) -> KeychainState {
        let patience = Patience { prompt: self.patience.answer, ..self.patience };
        match call(patience, |_| Line::open()?.health()) {
            Ok(Health::Locked) => KeychainState::Locked,
            Ok(Health::Open) => {
                let _asking = lock(&self.asking);
                self.ask(|_| Ok(())).map_or_else(KeychainState::from, |()| KeychainState::Available)
            }
            Err(error) => error.into(),
        }
    }

    /// Asks the keychain, once it is known to be the right one, and remembers an outage. Each call
    /// makes sure: a Secret Service can be replaced by another one between two of them.
    fn ask<T: Send + 'static>(
        &self,
        work: impl Fn(&Store) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (service, file) = (self.service.clone(), self.fingerprint.clone());
        let kept = Arc::clone(&self.connected);
        let result = call(self.patience, move |progress| {
            let attempt = |connected: Option<Connected>| {
                let connected = connected.map_or_else(Connected::open, Ok)?;
                connected.ready(progress)?;
                marker::check(&connected.store, &service, file.as_deref())?;
                let value = work(&connected.store)?;
                *lock(&kept) = Some(connected);
                Ok(value)
            };
            let before = lock(&kept).take();
            match attempt(before) {
                // The service may be a new one since, or another program spoiled it.
                Err(Error::NoKeychain { .. } | Error::BadAnswer { .. }) => {
                    std::thread::sleep(BREATH);
                    attempt(None)
                }
                result => result,
            }
        });
        match &result {
            Ok(_) => self.known().outage = None,
            Err(error) if error.is_out_of_reach() => {
                self.known().outage = Some((error.clone(), Instant::now()));
            }
            Err(_) => {}
        }
        result
    }

    fn no_outage(&self) -> Result<(), Error> {
        match &self.known().outage {
            Some((error, since)) if since.elapsed() < OUTAGE => Err(error.clone()),
            _ => Ok(()),
        }
    }

    fn remembered(&self, slot: &Slot) -> Remembered {
        let known = self.known();
        match (known.session.get(slot), known.cache.get(slot)) {
            (Some(value), _) => Remembered::Answer(Some(Arc::clone(value))),
            (None, Some(answer)) => Remembered::Answer(answer.clone()),
            (None, None) => Remembered::Nothing,
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        lock(&self.known)
    }
}

/// Connections to the keychain. One that failed is never used again; one that did not is, because
/// gnome-keyring 42 keeps its clients in a table that two threads change: a client that leaves can
/// cost another one, that comes just then, its session.
struct Connected {
    line: Line,
    store: Store,
}

impl Connected {
    fn open() -> Result<Self, Error> {
        Ok(Self { line: Line::open()?, store: Store::connect()? })
    }

    /// Says so when unlocking may need a person.
    fn ready(&self, progress: &Progress<'_>) -> Result<(), Error> {
        if self.line.health()? == Health::Locked && keychain::has_display() {
            progress.may_prompt();
        }
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // The data is whole at every point where a panic could come.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
