//! Pictures of the window: kept in `target/e2e`, and in docs/ when they are asked for.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::binaries;
use crate::webdriver::Window;

/// Asks for the pictures in docs/ to be written anew.
const WANTED: &str = "ERRAND_PICTURES";

/// What is in a picture, roughly.
#[derive(Debug)]
pub struct Picture {
    /// In pixels.
    pub width: usize,
    /// In pixels.
    pub height: usize,
    /// How many different ones; a blank window has one or two.
    pub colours: usize,
    /// Of the average pixel, 0 to 1.
    pub brightness: f64,
}

/// Takes a picture of the page and looks at it.
#[track_caller]
pub fn take(window: &Window<'_>, name: &str) -> Picture {
    let folder = binaries::target().join("e2e");
    fs::create_dir_all(&folder)
        .unwrap_or_else(|error| panic!("cannot create {}: {error}", folder.display()));
    let path = folder.join(name).with_extension("png");
    window.screenshot(&path);
    let picture = look_at(&path);
    if std::env::var_os(WANTED).is_some() {
        let docs =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name).with_extension("png");
        fs::copy(&path, &docs)
            .unwrap_or_else(|error| panic!("cannot write {}: {error}", docs.display()));
    }
    picture
}

/// Reads the pixels with ImageMagick, which the screen's pictures are taken with too.
fn look_at(path: &Path) -> Picture {
    let output = Command::new("convert").arg(path).arg("ppm:-").output();
    let output = output.unwrap_or_else(|error| {
        panic!("convert does not start ({error}); on Debian it is in the package imagemagick")
    });
    let ppm = output.stdout;
    // "P6\n1440 900\n255\n", then three bytes a pixel.
    let mut lines = ppm.splitn(4, |byte| *byte == b'\n');
    let (_, size, _) = (lines.next(), lines.next().unwrap_or_default(), lines.next());
    let size = String::from_utf8_lossy(size).into_owned();
    let mut sides = size.split(' ').filter_map(|side| side.parse().ok());
    let pixels = lines.next().unwrap_or_default();
    let sum: u64 = pixels.iter().map(|byte| u64::from(*byte)).sum();
    #[allow(clippy::cast_precision_loss, reason = "a rough figure")]
    let brightness = sum as f64 / (pixels.len().max(1) as f64 * 255.0);
    Picture {
        width: sides.next().unwrap_or(0),
        height: sides.next().unwrap_or(0),
        colours: pixels.chunks_exact(3).collect::<HashSet<_>>().len(),
        brightness,
    }
}
