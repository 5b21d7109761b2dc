//! A session bus. It starts no services by itself: what is on it, the test put there.

use std::fs;

use super::{Home, Process};

/// Starts the bus and waits until it listens.
pub fn start(home: &Home) -> Process {
    let settings = home.part("run").join("bus.conf");
    let text = format!(
        "<busconfig><type>session</type><listen>{}</listen><auth>EXTERNAL</auth>\
         <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\
         <allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
        address(home)
    );
    fs::write(&settings, text)
        .unwrap_or_else(|error| panic!("cannot write {}: {error}", settings.display()));
    let mut command = home.command("dbus-daemon".as_ref());
    command
        .arg(format!("--config-file={}", settings.display()))
        .args(["--nofork", "--print-address=1"]);
    let mut bus = Process::start(&command, "dbus-daemon");
    bus.first_line();
    bus
}

/// What programs are told in `DBUS_SESSION_BUS_ADDRESS`.
pub fn address(home: &Home) -> String {
    format!("unix:path={}", home.part("run").join("bus").display())
}
