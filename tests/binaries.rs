//! Where the programs under test are.

use std::env;
use std::path::{Path, PathBuf};

/// The app: `$ERRAND_DESKTOP`, or the one built beside this test.
pub fn desktop() -> PathBuf {
    built("ERRAND_DESKTOP", "errand-desktop")
}

/// The command: `$ERRAND`, or the one built beside this test.
pub fn command() -> PathBuf {
    built("ERRAND", "errand")
}

/// The folder that cargo builds into, for what tests leave behind: pictures, measurements.
pub fn target() -> PathBuf {
    profile().parent().map_or_else(|| PathBuf::from("target"), Path::to_path_buf)
}

fn built(variable: &str, name: &str) -> PathBuf {
    let path = env::var_os(variable).map_or_else(|| profile().join(name), PathBuf::from);
    assert!(
        path.is_file(),
        "{} is not built. `make test` builds it; or set {variable} to the one to test.",
        path.display()
    );
    path
}

/// `target/<profile>`: two above a test (`target/<profile>/deps/x`), one above a program.
fn profile() -> PathBuf {
    let this =
        env::current_exe().unwrap_or_else(|error| panic!("the running test has no path: {error}"));
    let folder = this.parent().unwrap_or(Path::new("target/debug"));
    if folder.ends_with("deps") { folder.parent().unwrap_or(folder).into() } else { folder.into() }
}
