//! The use cases both faces call, the wire types and the command table.

pub mod bindings;
mod commands;
pub mod wire;
