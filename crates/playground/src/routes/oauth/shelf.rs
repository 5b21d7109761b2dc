//! What is kept for a while and then forgotten, in bounded numbers.

use std::collections::HashMap;
use std::time::{Duration, Instant};

/// Things kept at once.
const ROOM: usize = 1024;

pub(crate) struct Shelf<T>(HashMap<String, (Instant, T)>);

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T> Shelf<T> {
    /// Keeps it under that name. False when something is kept there already.
    pub(crate) fn put(&mut self, name: &str, value: T, time: Duration) -> bool {
        let now = Instant::now();
        self.0.retain(|_, (end, _)| *end > now);
        if self.0.contains_key(name) {
            return false;
        }
        if self.0.len() >= ROOM {
            let first = self.0.iter().min_by_key(|(_, (end, _))| *end);
            if let Some(first) = first.map(|(name, _)| name.clone()) {
                self.0.remove(&first);
            }
        }
        self.0.insert(name.to_owned(), (now + time, value));
        true
    }

    pub(crate) fn get(&self, name: &str) -> Option<&T> {
        let (end, value) = self.0.get(name)?;
        (*end > Instant::now()).then_some(value)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        let (end, value) = self.0.get_mut(name)?;
        (*end > Instant::now()).then_some(value)
    }

    pub(crate) fn take(&mut self, name: &str) -> Option<T> {
        let (end, value) = self.0.remove(name)?;
        (end > Instant::now()).then_some(value)
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        let now = Instant::now();
        self.0.values_mut().filter(move |(end, _)| *end > now).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_and_time_are_bounded() {
        let mut shelf = Shelf::default();
        assert!(shelf.put("first", 0, Duration::from_secs(1)));
        assert!(!shelf.put("first", 1, Duration::from_secs(1)));
        assert!(shelf.put("over", 0, Duration::ZERO));
        assert_eq!((shelf.get("first"), shelf.get("over")), (Some(&0), None));
        for index in 0..ROOM {
            shelf.put(&index.to_string(), 2, Duration::from_secs(60));
        }
        assert_eq!((shelf.0.len(), shelf.take("first"), shelf.take("7")), (ROOM, None, Some(2)));
    }
}
