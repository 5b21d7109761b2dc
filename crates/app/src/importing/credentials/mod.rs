//! Credentials in what is imported: found, named, and taken out of every text before it is written.

mod find;
mod mask;
mod names;
mod rest;
mod texts;
mod withdraw;

pub use find::find;
pub use mask::{Mask, without_quotations};
pub use withdraw::withdraw;

/// A credential that was found, with its value. It never crosses to a face.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    /// As it stands there.
    pub value: String,
    /// Index of the environment that it is a variable of; none for the collection.
    pub environment: Option<usize>,
    /// Name of the secret variable that takes its place.
    pub name: String,
    /// Whether it is the value of a variable of that scope, which keeps its name.
    pub is_variable: bool,
    /// What it is where it was found first, in words.
    pub what: String,
    /// Names of the folders and the item it was found in first.
    pub place: String,
    /// The item it was found in first.
    pub node: Option<u32>,
}
