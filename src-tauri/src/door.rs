//! The one door between the web view and the core.

use std::sync::Arc;

use errand_app::wire::WireError;
use errand_app::{EventSink, Session};
use serde_json::Value;
use tauri::ipc::Channel;
use tauri::{AppHandle, WebviewWindow};

use crate::window;

fn session(handle: &AppHandle, window: &WebviewWindow) -> Result<Arc<Session>, WireError> {
    window::session(handle, window.label())
        .ok_or_else(|| WireError::new("window-closed", "This window is closing."))
}

/// Calls a command of the table.
#[tauri::command]
pub async fn call(
    handle: AppHandle,
    window: WebviewWindow,
    name: String,
    args: Value,
) -> Result<Value, WireError> {
    session(&handle, &window)?.call(&name, args, EventSink::none()).await
}

/// Calls a command that streams events until it is done.
#[tauri::command]
pub async fn stream(
    handle: AppHandle,
    window: WebviewWindow,
    name: String,
    args: Value,
    events: Channel<Value>,
) -> Result<Value, WireError> {
    // A closed window has no reader any more; the stream ends with its session.
    let sink = EventSink::new(move |event| drop(events.send(event)));
    session(&handle, &window)?.call(&name, args, sink).await
}
