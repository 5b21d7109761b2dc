//! Chooses a way of drawing that works on this machine.
//!
//! `WebKitGTK`'s DMA-BUF renderer shows a blank window with NVIDIA's proprietary driver. There the
//! app starts itself anew with that renderer off; elsewhere it stays on, being the faster one.

/// Restarts the process with another renderer where the driver needs it.
#[cfg(target_os = "linux")]
pub fn choose() {
    use std::os::unix::process::CommandExt as _;

    const OFF: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    let nvidia = std::path::Path::new("/proc/driver/nvidia/version").exists();
    if !nvidia || std::env::var_os(OFF).is_some() {
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

/// Nothing to choose here.
#[cfg(not(target_os = "linux"))]
pub fn choose() {}
