//! Work that waits for a disk or a keychain, off the threads that serve the window.

use crate::wire::WireError;

/// Runs `work` on a thread that may block.
pub async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, WireError> + Send + 'static,
) -> Result<T, WireError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => {
            Err(WireError::new("internal", format!("Something broke inside Errand: {error}."))
                .hint("Nothing was lost on disk. Please report what you did."))
        }
    }
}
