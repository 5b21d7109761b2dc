//! Bytes that look random, the same for the same seed, at any offset and any length.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;

use crate::content::Source;

/// The block that repeats. Large enough that compressors with small windows gain nothing.
const BLOCK: usize = 1 << 20;
/// What is handed to the socket at once.
const PIECE: usize = 128 << 10;
/// Blocks kept for seeds asked for before.
const KEPT: usize = 8;

/// Blocks by seed.
#[derive(Default)]
pub(crate) struct Noise(Mutex<Vec<(u64, Bytes)>>);

impl Noise {
    /// The bytes `start..end` of the endless sequence for this seed.
    pub(crate) fn bytes(&self, seed: u64, start: u64, end: u64) -> Stretch {
        Stretch { block: self.block(seed), position: start, end }
    }

    fn block(&self, seed: u64) -> Bytes {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, block)) = kept.iter().find(|(known, _)| *known == seed) {
            return block.clone();
        }
        let mut dice = Dice(seed);
        let block: Vec<u8> = (0..BLOCK / 8).flat_map(|_| dice.roll().to_le_bytes()).collect();
        let block = Bytes::from(block);
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push((seed, block.clone()));
        block
    }
}

/// A part of the sequence, cut from one shared block.
pub(crate) struct Stretch {
    block: Bytes,
    position: u64,
    end: u64,
}

impl Source for Stretch {
    fn next(&mut self) -> Option<Bytes> {
        let left = self.remaining();
        if left == 0 {
            return None;
        }
        // Below BLOCK, so it fits.
        let from = usize::try_from(self.position % BLOCK as u64).unwrap_or_default();
        let fits = PIECE.min(BLOCK - from);
        let length = usize::try_from(left).map_or(fits, |left| left.min(fits));
        self.position += length as u64;
        Some(self.block.slice(from..from + length))
    }

    fn remaining(&self) -> u64 {
        self.end.saturating_sub(self.position)
    }
}

/// `SplitMix64` (Steele, Lea and Flood, 2014): small, and the same everywhere.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number in `0..below`.
    pub(crate) fn below(&mut self, below: u64) -> u64 {
        self.roll() % below.max(1)
    }

    /// One of these.
    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        let index = usize::try_from(self.below(from.len() as u64)).unwrap_or_default();
        from.get(index).copied().unwrap_or_default()
    }
}
