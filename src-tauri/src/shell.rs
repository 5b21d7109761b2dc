//! What the core asks of a window system.

use std::path::PathBuf;
use std::time::Instant;

use errand_app::wire::{PickKind, PickPath};
use errand_app::{Face, Picked};
use tauri::{AppHandle, Manager as _};
use tauri_plugin_dialog::{DialogExt as _, FilePath};
use tokio::sync::oneshot;

use crate::window;

/// The window system through Tauri.
pub struct TauriShell {
    handle: AppHandle,
    started: Instant,
    measure_start: bool,
}

impl TauriShell {
    /// A shell whose start is counted from now.
    pub fn new(handle: AppHandle, measure_start: bool) -> Self {
        Self { handle, started: Instant::now(), measure_start }
    }
}

impl Face for TauriShell {
    fn open_window(&self, workspace: Option<PathBuf>) -> Result<(), String> {
        window::open(&self.handle, workspace, false).map_err(|error| error.to_string())
    }

    fn set_title(&self, session: &errand_app::Session, title: &str) {
        for (label, window) in self.handle.webview_windows() {
            let is_it = window::session(&self.handle, &label)
                .is_some_and(|its| std::ptr::eq(its.as_ref(), session));
            if is_it {
                // A window that just closed needs no title.
                drop(window.set_title(title));
            }
        }
    }

    fn pick(&self, wanted: PickPath) -> Picked {
        let (answer, picked) = oneshot::channel();
        let mut dialog = self.handle.dialog().file().set_title(wanted.title);
        if let Some(suggestion) = wanted.suggestion {
            dialog = match wanted.kind {
                PickKind::Save => dialog.set_file_name(suggestion),
                PickKind::File | PickKind::Folder => dialog.set_directory(suggestion),
            };
        }
        let reply = move |path: Option<FilePath>| {
            drop(answer.send(path.and_then(|path| path.into_path().ok())));
        };
        match wanted.kind {
            PickKind::Folder => dialog.pick_folder(reply),
            PickKind::File => dialog.pick_file(reply),
            PickKind::Save => dialog.save_file(reply),
        }
        Box::pin(async move { picked.await.ok().flatten() })
    }

    fn ready(&self) {
        if self.measure_start {
            println!("ready after {} ms", self.started.elapsed().as_millis());
            self.handle.exit(0);
        }
    }
}
