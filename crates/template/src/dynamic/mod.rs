//! Variables whose value is made up at each use: Postman's 118 `$…` names.

mod make;
mod table;
mod words;

use std::fmt;
use std::sync::{Mutex, PoisonError};

use fake::rand::rngs::StdRng;
use fake::rand::{SeedableRng, make_rng};
use jiff::Timestamp;

pub use table::DYNAMIC;

/// A variable that makes up its value.
pub struct DynamicVariable {
    /// Name with the `$`.
    pub name: &'static str,
    /// One line for completion lists.
    pub description: &'static str,
    make: fn(&mut Draw) -> String,
}

impl fmt::Debug for DynamicVariable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// What values are drawn from: randomness and the time.
pub(crate) struct Draw {
    rng: StdRng,
    now: Timestamp,
}

/// The source of dynamic values of one set of scopes.
#[derive(Default)]
pub(crate) struct Source {
    /// Seeded from the system at the first use.
    rng: Mutex<Option<StdRng>>,
    /// Fixed in tests.
    now: Option<Timestamp>,
}

impl Source {
    pub(crate) fn seeded(seed: u64, now: Timestamp) -> Self {
        Self { rng: Mutex::new(Some(StdRng::seed_from_u64(seed))), now: Some(now) }
    }

    /// A new value of the dynamic variable `name`.
    pub(crate) fn make(&self, name: &str) -> Option<String> {
        if !name.starts_with('$') {
            return None;
        }
        let variable = DYNAMIC.iter().find(|variable| variable.name == name)?;
        let mut slot = self.rng.lock().unwrap_or_else(PoisonError::into_inner);
        let rng = slot.take().unwrap_or_else(make_rng);
        let mut draw = Draw { rng, now: self.now.unwrap_or_else(Timestamp::now) };
        let value = (variable.make)(&mut draw);
        *slot = Some(draw.rng);
        Some(value)
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Source")
    }
}
