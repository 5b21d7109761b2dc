//! httpbin under gunicorn: Digest, Basic and Bearer as very many clients know them.

use super::program::Program;

/// A running httpbin.
#[derive(Debug)]
pub struct Httpbin {
    program: Program,
}

impl Httpbin {
    /// Starts it on a free port.
    pub fn start() -> Self {
        Self { program: Program::python("httpbin_serve.py") }
    }

    /// The URL of something on it: `/digest-auth/auth/ada/engine/SHA-256`.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.program.told("/url"))
    }
}
