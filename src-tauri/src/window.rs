//! Windows: one session each, one workspace each.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use errand_app::{App, Session};
use tauri::{AppHandle, Manager as _, WebviewUrl, WebviewWindowBuilder};

/// Sessions by window label.
#[derive(Default)]
pub struct Sessions(Mutex<HashMap<String, Arc<Session>>>);

impl Sessions {
    fn with<T>(&self, use_map: impl FnOnce(&mut HashMap<String, Arc<Session>>) -> T) -> T {
        use_map(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The session of a window.
pub fn session(handle: &AppHandle, label: &str) -> Option<Arc<Session>> {
    handle.state::<Sessions>().with(|sessions| sessions.get(label).cloned())
}

/// Opens a window on a workspace; the first one without a folder opens the last workspace again.
pub fn open(handle: &AppHandle, workspace: Option<PathBuf>, first: bool) -> tauri::Result<()> {
    let core = handle.state::<Arc<App>>().inner().clone();
    let label = handle.state::<Sessions>().with(|sessions| {
        // One more name than there are windows, so that one of them is free.
        let label = (1..=sessions.len() + 1)
            .map(|n| if n == 1 { "main".to_owned() } else { format!("main-{n}") })
            .find(|label| !sessions.contains_key(label))
            .unwrap_or_default();
        sessions.insert(label.clone(), Session::new(core, workspace, first));
        label
    });
    WebviewWindowBuilder::new(handle, &label, WebviewUrl::default())
        .title("Errand")
        .inner_size(1440.0, 900.0)
        .min_inner_size(800.0, 500.0)
        .on_navigation(|url| {
            matches!(url.scheme(), "tauri" | "about") || url.host_str() == Some("localhost")
        })
        .build()?;
    Ok(())
}

/// Ends the session of a closed window.
pub fn closed(handle: &AppHandle, label: &str) {
    if let Some(session) = handle.state::<Sessions>().with(|sessions| sessions.remove(label)) {
        session.close();
    }
}
