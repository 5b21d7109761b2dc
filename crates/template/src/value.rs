use std::fmt;

use zeroize::Zeroizing;

/// The text of a secret. It cannot be printed or serialised, and its memory is cleared when it goes.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(Zeroizing<String>);

impl SecretText {
    /// Takes over `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The secret itself, for the one place that sends it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretText(…)")
    }
}

/// What a variable stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text that may be shown and may itself contain `{{…}}`.
    Plain(String),
    /// A secret: taken literally, never substituted again, masked wherever it is shown.
    Secret(SecretText),
    /// A variable declared secret whose value could not be had (keychain locked or absent, never set).
    Unavailable,
}

impl Value {
    /// A secret value.
    pub fn secret(text: impl Into<String>) -> Self {
        Self::Secret(SecretText::new(text))
    }

    /// Whether the variable is declared secret.
    pub fn is_secret(&self) -> bool {
        !matches!(self, Self::Plain(_))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Plain(text)
    }
}
