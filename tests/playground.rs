//! The server that Errand brings along, on a port of its own for each test.

use crate::binaries;
use crate::desktop::{Desktop, Process};

/// A running playground. It ends with this value.
#[derive(Debug)]
pub struct Playground {
    _server: Process,
    address: String,
}

impl Playground {
    /// Starts `errand playground` on a free port.
    pub fn start(desktop: &Desktop) -> Self {
        let mut command = desktop.command(binaries::command());
        command.args(["playground", "--port", "0"]);
        let mut server = Process::start(&command, "nothing: it is Errand's own command");
        let address = server.first_line().trim().to_owned();
        Self { _server: server, address }
    }

    /// The URL of something on it: `/json/1kb`.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}
