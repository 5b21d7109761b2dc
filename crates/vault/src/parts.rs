//! Values longer than one keychain entry takes (2,560 bytes on Windows), cut into several.
//!
//! The entry then holds a line saying which parts there are. Parts are written under names of
//! their own before that line, so a crash in between leaves the old value whole.

use zeroize::Zeroizing;

use crate::Error;
use crate::store::{Slot, Store, Value};

const MAGIC: &[u8] = b"errand-parts 1 ";

/// Cuts only where the platform has a limit, or where a value looks like our own line.
pub(crate) fn set(
    store: &Store,
    slot: &Slot,
    value: &[u8],
    limit: Option<usize>,
) -> Result<(), Error> {
    let old = if limit.is_some() { old_parts(store, slot)? } else { None };
    let longest = limit.unwrap_or(usize::MAX).max(1);
    if value.len() <= longest && !value.starts_with(MAGIC) {
        store.set(slot, value)?;
    } else {
        let parts: Vec<&[u8]> = value.chunks(longest).collect();
        let line =
            Line { generation: uuid::Uuid::new_v4(), parts: parts.len(), length: value.len() };
        for (number, part) in parts.into_iter().enumerate() {
            store.set(&line.part(slot, number), part)?;
        }
        store.set(slot, line.write().as_bytes())?;
    }
    old.map_or(Ok(()), |line| delete_parts(store, slot, &line))
}

pub(crate) fn get(store: &Store, slot: &Slot) -> Result<Option<Value>, Error> {
    let Some(value) = store.get(slot)? else { return Ok(None) };
    if !value.starts_with(MAGIC) {
        return Ok(Some(value));
    }
    let cut = || Error::BadAnswer { reason: "a long value has lost a part".to_owned() };
    let line = Line::read(&value).ok_or_else(cut)?;
    let mut whole = Zeroizing::new(Vec::new());
    for number in 0..line.parts {
        let part = store.get(&line.part(slot, number))?.ok_or_else(cut)?;
        whole.extend_from_slice(&part);
    }
    if whole.len() == line.length { Ok(Some(whole)) } else { Err(cut()) }
}

/// Whether there was something to delete.
pub(crate) fn delete(store: &Store, slot: &Slot) -> Result<bool, Error> {
    let old = old_parts(store, slot)?;
    let deleted = store.delete(slot)?;
    old.map_or(Ok(()), |line| delete_parts(store, slot, &line))?;
    Ok(deleted)
}

/// Copies, compares, deletes. Whether there was something to move.
pub(crate) fn rename(
    store: &Store,
    from: &Slot,
    to: &Slot,
    limit: Option<usize>,
) -> Result<bool, Error> {
    let Some(value) = get(store, from)? else { return Ok(false) };
    match get(store, to)? {
        Some(other) if other != value => return Err(Error::Occupied),
        // Copied by a call that did not come to its end.
        Some(_) => {}
        None => set(store, to, &value, limit)?,
    }
    if get(store, to)?.as_ref() != Some(&value) {
        let reason = "it did not keep what was written".to_owned();
        return Err(Error::BadAnswer { reason });
    }
    delete(store, from)
}

fn old_parts(store: &Store, slot: &Slot) -> Result<Option<Line>, Error> {
    Ok(store.get(slot)?.and_then(|value| Line::read(&value)))
}

fn delete_parts(store: &Store, slot: &Slot, line: &Line) -> Result<(), Error> {
    for number in 0..line.parts {
        store.delete(&line.part(slot, number))?;
    }
    Ok(())
}

struct Line {
    generation: uuid::Uuid,
    parts: usize,
    length: usize,
}

impl Line {
    fn write(&self) -> String {
        let magic = String::from_utf8_lossy(MAGIC);
        format!("{magic}{} {} {}", self.generation.simple(), self.parts, self.length)
    }

    fn read(value: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(value.strip_prefix(MAGIC)?).ok()?;
        let mut words = text.split(' ');
        let generation = uuid::Uuid::try_parse(words.next()?).ok()?;
        let line = Self {
            generation,
            parts: words.next()?.parse().ok()?,
            length: words.next()?.parse().ok()?,
        };
        (words.next().is_none() && line.parts <= line.length).then_some(line)
    }

    fn part(&self, slot: &Slot, number: usize) -> Slot {
        let (service, user) = (&slot.service, &slot.user);
        Slot::new(
            format!("{service}.parts"),
            format!("{user} {} {number}", self.generation.simple()),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_back_and_others_do_not() {
        let line = Line { generation: uuid::Uuid::new_v4(), parts: 3, length: 7000 };
        let read = Line::read(line.write().as_bytes()).expect("a line");
        assert_eq!((read.generation, read.parts, read.length), (line.generation, 3, 7000));
        for text in ["errand-parts 1 ", "errand-parts 1 x 1 1", "secret", "errand-parts 2 x 1 1"] {
            assert!(Line::read(text.as_bytes()).is_none(), "{text}");
        }
    }
}
