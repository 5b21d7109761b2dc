//! Chooses a way of drawing that works on this machine.
//!
//! WebKitGTK's DMA-BUF renderer shows a blank window with NVIDIA's proprietary driver, and without
//! a graphics card it only costs: a third more start and 100 MB (docs/benchmarks.md). There the app
//! starts itself anew with that renderer off; elsewhere it stays on, being the faster one.

/// Restarts the process with another renderer where the driver needs it.
#[cfg(target_os = "linux")]
pub fn choose() {
    use std::os::unix::process::CommandExt as _;

    const OFF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    // Under WebDriver it stays on: without it the driver's screenshots hang.
    let driven = std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some();
    let nvidia = std::path::Path::new("/proc/driver/nvidia/version").exists();
    if driven || std::env::var_os(OFF).is_some() || (has_graphics_card() && !nvidia) {
        return;
    }
    if let Ok(binary) = std::env::current_exe() {
        // Only returns on failure; then the window opens as it is.
        let error = std::process::Command::new(binary)
            .args(std::env::args_os().skip(1))
            .env(OFF, "1")
            .exec();
        eprintln!("errand-desktop: could not choose another renderer: {error}");
    }
}

/// Whether the kernel offers a device to draw with.
#[cfg(target_os = "linux")]
fn has_graphics_card() -> bool {
    let devices = std::fs::read_dir("/dev/dri").into_iter().flatten().flatten();
    devices.into_iter().any(|device| device.file_name().to_string_lossy().starts_with("renderD"))
}

/// Nothing to choose here.
#[cfg(not(target_os = "linux"))]
pub fn choose() {}
