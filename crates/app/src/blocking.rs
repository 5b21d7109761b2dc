//! Work that waits for a disk or a keychain, off the threads that serve the window.

use std::sync::mpsc;
use std::time::Duration;

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

/// What `ask` answers, if it does so in time. A keychain that shows a prompt somewhere may take
/// minutes, and nothing that only wants to show something may wait for it. Blocks.
pub fn within<T: Send + 'static>(
    patience: Duration,
    ask: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let (answer, answered) = mpsc::channel();
    // Nobody listens any more when the answer comes late; it is dropped then.
    std::thread::spawn(move || answer.send(ask()).ok());
    answered.recv_timeout(patience).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_is_late_is_none() {
        let (release, held) = mpsc::channel::<()>();
        assert_eq!(within(Duration::from_millis(1), move || held.recv().is_ok()), None);
        drop(release);
        assert_eq!(within(Duration::from_secs(60), || 7), Some(7));
    }
}
