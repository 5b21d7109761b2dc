//! Every scheme through the crate's one door: published vectors, challenges, and what people see.

mod aws;
mod connection;
mod digest;
mod edgegrid;
mod hawk;
mod oauth1;
mod plain;
mod scene;
mod tokens;
mod typed;
