//! Credentials through the window: kept in the keychain, fetched by a login, checked against the server, shared;
//! and never in a file.

#[path = "credentials/hand.rs"]
mod hand;
#[path = "credentials/kept.rs"]
mod kept;
#[path = "credentials/locked.rs"]
mod locked;
#[path = "credentials/login.rs"]
mod login;
#[path = "credentials/screens.rs"]
mod screens;
#[path = "credentials/server.rs"]
mod server;
#[path = "credentials/shared.rs"]
mod shared;
