//! `errand import`, `export`, `code` and `run` as somebody at a terminal has them: real files, a real keyring, a
//! real pseudo-terminal, real servers on loopback.

#[path = "terminal_import/asked.rs"]
mod asked;
#[path = "terminal_import/code.rs"]
mod code;
#[path = "terminal_import/console.rs"]
mod console;
#[path = "terminal_import/desk.rs"]
mod desk;
#[path = "terminal_import/exports.rs"]
mod exports;
#[path = "terminal_import/faults.rs"]
mod faults;
#[path = "terminal_import/foreign.rs"]
mod foreign;
#[path = "terminal_import/help.rs"]
mod help;
#[path = "terminal_import/hosts.rs"]
mod hosts;
#[path = "terminal_import/names.rs"]
mod names;
#[path = "terminal_import/shelf.rs"]
mod shelf;
#[path = "terminal_import/sources.rs"]
mod sources;
#[path = "terminal_import/stopped.rs"]
mod stopped;
