use serde_json::Value;

use crate::Error;

/// How a description is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// JSON, two blanks for each level.
    Json,
    /// YAML 1.2.
    Yaml,
}

impl Syntax {
    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Yaml => "yaml",
        }
    }

    pub(super) fn write(self, root: &Value) -> Result<Vec<u8>, Error> {
        let failed = |what: String| Error::Export { what };
        Ok(match self {
            Self::Json => {
                let mut text =
                    serde_json::to_vec_pretty(root).map_err(|e| failed(e.to_string()))?;
                text.push(b'\n');
                text
            }
            Self::Yaml => crate::written::yaml(root)?.into_bytes(),
        })
    }
}
