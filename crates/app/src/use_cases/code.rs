//! Requests as source code.

use crate::session::Session;
use crate::wire::{CodeTarget, Empty, GenerateCode, GeneratedCode, WireError};

impl Session {
    pub(crate) async fn code_targets(&self, _: Empty) -> Result<Vec<CodeTarget>, WireError> {
        Ok(Vec::new())
    }

    pub(crate) async fn generate_code(&self, _: GenerateCode) -> Result<GeneratedCode, WireError> {
        Err(WireError::new("not-built", "Code is being built."))
    }
}
