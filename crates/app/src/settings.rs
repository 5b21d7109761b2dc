//! App-wide settings on disk: one JSON file, saved whole.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::{PoisonError, RwLock};

use crate::wire::{Settings, WireError};

const IN_FORCE: &str = "The defaults are in force. Correct the file, or save the settings anew; the old file is then set aside.";

/// The settings in force and their file.
pub struct SettingsFile {
    path: PathBuf,
    current: RwLock<Settings>,
    /// Set when the file could not be read: it is then not written over unasked.
    unreadable: RwLock<Option<WireError>>,
}

impl SettingsFile {
    /// Reads the file; one that is missing means the defaults.
    pub fn open(path: PathBuf) -> Self {
        let (current, unreadable) = match std::fs::read_to_string(&path) {
            Ok(text) => match serde_json::from_str(&text) {
                Ok(settings) => (settings, None),
                Err(error) => (Settings::default(), Some(not_understood(&path, &error))),
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                (Settings::default(), None)
            }
            Err(error) => (Settings::default(), Some(unreadable(&path, &error))),
        };
        Self { path, current: RwLock::new(current), unreadable: RwLock::new(unreadable) }
    }

    /// The settings in force.
    pub fn get(&self) -> Settings {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Why the file was not read.
    pub fn problem(&self) -> Option<WireError> {
        self.unreadable.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Saves and applies new settings. A file that could not be read is set aside first.
    pub fn save(&self, settings: Settings) -> Result<Settings, WireError> {
        let mut unreadable = self.unreadable.write().unwrap_or_else(PoisonError::into_inner);
        let failed = |error: &std::io::Error| {
            WireError::new("settings-not-saved", format!("The settings were not saved: {error}."))
                .hint("The settings in force are the ones shown; see whether the folder can be written.")
                .at(self.path.display().to_string(), None, None)
        };
        if unreadable.is_some() {
            std::fs::rename(&self.path, self.path.with_extension("json.unreadable"))
                .map_err(|error| failed(&error))?;
            *unreadable = None;
        }
        let text = serde_json::to_string_pretty(&settings)
            .map_err(|error| WireError::new("settings-not-saved", error.to_string()))?;
        replace(&self.path, text.as_bytes()).map_err(|error| failed(&error))?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = settings.clone();
        Ok(settings)
    }
}

/// The old file or the new one, never a part.
fn replace(path: &std::path::Path, text: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(std::path::Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

fn unreadable(path: &std::path::Path, error: &std::io::Error) -> WireError {
    WireError::new("settings-unreadable", format!("The settings file cannot be read: {error}."))
        .hint(IN_FORCE)
        .at(path.display().to_string(), None, None)
}

fn not_understood(path: &std::path::Path, error: &serde_json::Error) -> WireError {
    WireError::new("settings-unreadable", format!("The settings file is not understood: {error}."))
        .hint(IN_FORCE)
        .at(
            path.display().to_string(),
            u32::try_from(error.line()).ok(),
            u32::try_from(error.column()).ok(),
        )
}

#[cfg(test)]
mod tests {
    use super::SettingsFile;

    /// A file that cannot be read was once taken for none, and written over by the next save.
    #[test]
    fn a_file_that_cannot_be_read_is_set_aside() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("settings.json");
        std::fs::write(&path, [0xFF, 0xFE, b'{', 0])?;
        let file = SettingsFile::open(path.clone());
        assert_eq!(
            file.problem().map(|problem| problem.code).as_deref(),
            Some("settings-unreadable")
        );
        file.save(file.get()).map_err(|error| error.message)?;
        assert!(file.problem().is_none());
        assert_eq!(
            std::fs::read(folder.path().join("settings.json.unreadable"))?,
            [0xFF, 0xFE, b'{', 0]
        );
        assert!(SettingsFile::open(path).problem().is_none());
        Ok(())
    }
}
