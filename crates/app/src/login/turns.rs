//! One process after the other: a window and a command may need the same token renewed at once.

use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::time::Duration;

use errand_auth::Boxed;
use errand_oauth::{Turn, Turns};

/// How long the other one is given before it is looked again.
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// Longest name of a lock's file. Keys that end alike share a turn, which costs nothing but time.
const LONGEST: usize = 100;

/// Turns by locks on files in a folder; the system takes a lock back from a process that is gone.
pub(crate) struct FileTurns {
    folder: PathBuf,
}

impl FileTurns {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn open(&self, key: &str) -> std::io::Result<File> {
        std::fs::create_dir_all(&self.folder)?;
        let plain = |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte) } else { '_' };
        let name: String = key.bytes().map(plain).collect();
        let name = &name[name.len().saturating_sub(LONGEST)..];
        File::options().create(true).append(true).open(self.folder.join(name))
    }
}

impl Turns for FileTurns {
    fn take<'a>(&'a self, key: &'a str) -> Boxed<'a, Option<Turn>> {
        Box::pin(async move {
            let file = self.open(key).ok()?;
            loop {
                match file.try_lock() {
                    Ok(()) => return Some(Box::new(file) as Turn),
                    // Whoever has it waits for a server at most as long as we would.
                    Err(TryLockError::WouldBlock) => tokio::time::sleep(BETWEEN_LOOKS).await,
                    Err(TryLockError::Error(_)) => return None,
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_next_one_waits_until_the_turn_is_over() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let turns = FileTurns::new(folder.path().join("turns"));
        let key = format!("oauth/=w/={}/=sha256:0a", "é".repeat(200));
        let first = turns.take(&key).await;
        assert!(first.is_some());
        assert!(turns.take("oauth/=w/-/=sha256:0b").await.is_some(), "another key, another turn");
        let mut second = std::pin::pin!(turns.take(&key));
        let early = tokio::time::timeout(Duration::from_millis(60), second.as_mut()).await;
        assert!(early.is_err(), "it is taken");
        drop(first);
        assert!(second.await.is_some());
        Ok(())
    }
}
