//! Resolve, authorise, send, check.
