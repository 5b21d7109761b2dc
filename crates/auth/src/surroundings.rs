use std::fmt::Write as _;
use std::sync::Arc;

use jiff::Timestamp;

use crate::{Clock, Error, Secret, SystemClock};

/// What signers need to know that this crate may not look up itself.
#[derive(Clone)]
pub struct Surroundings {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Where nonces come from.
    pub random: Arc<dyn Random>,
    /// What AWS tools keep on this machine.
    pub aws: AwsSettings,
    /// The text of the `.netrc` file; none where there is no such file.
    pub netrc: Option<Secret>,
}

impl Default for Surroundings {
    /// The system's clock and random numbers, and no files.
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            random: Arc::new(SystemRandom),
            aws: AwsSettings::default(),
            netrc: None,
        }
    }
}

/// What AWS tools keep on a machine. Only AWS signatures look at it.
#[derive(Clone, Default)]
pub struct AwsSettings {
    /// The text of `~/.aws/credentials` (or of the file `AWS_SHARED_CREDENTIALS_FILE` names).
    pub credentials: Option<Secret>,
    /// The text of `~/.aws/config` (or of the file `AWS_CONFIG_FILE` names).
    pub config: Option<Secret>,
    /// The environment's variables whose names begin with `AWS_`.
    pub environment: Vec<(String, Secret)>,
}

impl AwsSettings {
    /// The variable of this name; an empty one is none.
    pub(crate) fn variable(&self, name: &str) -> Option<&Secret> {
        self.environment
            .iter()
            .find(|(known, value)| known == name && !value.is_empty())
            .map(|(_, value)| value)
    }
}

/// Where nonces come from.
pub trait Random: Send + Sync {
    /// Fills `bytes` with bytes that nobody can guess.
    ///
    /// # Errors
    /// [`Error::Random`] when the system has none.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Error>;

    /// A text that is used once: 128 random bits in hexadecimal.
    ///
    /// # Errors
    /// [`Error::Random`] when the system has none.
    fn nonce(&self) -> Result<String, Error> {
        let mut bytes = [0; 16];
        self.fill(&mut bytes)?;
        Ok(hex(&bytes))
    }
}

/// The system's random numbers.
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), Error> {
        getrandom::fill(bytes).map_err(|_| Error::Random)
    }
}

impl Surroundings {
    /// Now, as schemes write it.
    pub(crate) fn now(&self) -> Result<Timestamp, Error> {
        Timestamp::try_from(self.clock.now()).map_err(|_| Error::Clock)
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
