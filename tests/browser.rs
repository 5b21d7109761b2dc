//! WebKit's own small browser: a window to prove the harness on, and a measure for ours.

use std::fs;
use std::path::PathBuf;

/// Where it is. It comes with the library, in a folder named after the machine's kind.
pub fn mini_browser() -> PathBuf {
    let folders =
        fs::read_dir("/usr/lib").into_iter().flatten().flatten().map(|entry| entry.path());
    let usual = folders
        .chain(["/usr/libexec".into()])
        .map(|folder| folder.join("webkit2gtk-4.1/MiniBrowser"));
    let found = usual.into_iter().find(|path| path.is_file());
    found.unwrap_or_else(|| {
        panic!("no MiniBrowser; on Debian it is in the package libwebkit2gtk-4.1-0")
    })
}
