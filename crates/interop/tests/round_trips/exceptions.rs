//! What does not come back equal, each with why.

/// A file, and what of it does not come back.
type Exceptions = &'static [(&'static str, &'static str)];

pub const BRUNO: Exceptions = &[];

pub const BRUNO_JSON: Exceptions = &[];
