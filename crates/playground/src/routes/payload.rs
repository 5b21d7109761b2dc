//! Bytes of any size.

use super::sizes::size;
use crate::answer::{Outcome, typed};
use crate::call::Call;
use crate::content::Content;

/// The seed when none is given.
pub(crate) const SEED: u64 = 42;

pub(crate) fn bytes(call: &Call) -> Outcome {
    let size = size(call.text(1))?;
    let seed = call.number("seed", SEED, u64::MAX)?;
    let noise = call.site.noise.bytes(seed, 0, size);
    Ok(typed("application/octet-stream", Content::Made(Box::new(noise))))
}
