//! App-wide settings on disk: one JSON file, saved whole.

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
        let failed = |message: String| {
            WireError::new("settings-not-saved", message)
                .hint("The settings in force are the ones shown; see whether the folder can be written.")
                .at(self.path.display().to_string(), None, None)
        };
        let refused =
            |error: std::io::Error| failed(format!("The settings were not saved: {error}."));
        let text =
            serde_json::to_string_pretty(&settings).map_err(|error| refused(error.into()))?;
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder).map_err(refused)?;
        }
        if unreadable.is_some() {
            std::fs::rename(&self.path, self.path.with_extension("json.unreadable"))
                .map_err(refused)?;
            *unreadable = None;
        }
        errand_workspace::write_atomically(&self.path, text.as_bytes())
            .map_err(|error| failed(error.to_string()))?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = settings.clone();
        Ok(settings)
    }
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
