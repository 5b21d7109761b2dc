//! A screen that nobody looks at.

use super::{Home, Process};

/// The size is that of a usual laptop, larger than any window a test asks for.
const SIZE: &str = "1920x1200x24";

/// A running X server.
#[derive(Debug)]
pub struct Screen {
    _server: Process,
    name: String,
}

impl Screen {
    /// Starts Xvfb on a number it chooses itself.
    pub fn start(home: &Home) -> Self {
        let mut command = home.command("Xvfb".as_ref());
        command.args(["-displayfd", "1", "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"]);
        let mut server = Process::start(&command, "xvfb");
        let name = format!(":{}", server.first_line().trim());
        Self { _server: server, name }
    }

    /// What programs are told in `DISPLAY`.
    pub fn name(&self) -> &str {
        &self.name
    }
}
