//! AWS as moto plays it, with its checks of signature and policy switched on.

use super::program::Program;

/// A running moto, furnished with a bucket that holds `hello.txt`, a secret, and who may use them.
#[derive(Debug)]
pub struct Moto {
    program: Program,
}

/// What signs a request to AWS.
#[derive(Debug, Clone)]
pub struct AwsKey {
    /// `AKIA…`, or `ASIA…` where it is temporary.
    pub id: String,
    /// The secret access key.
    pub secret: String,
    /// The session token of a temporary key.
    pub token: Option<String>,
}

impl Moto {
    /// Starts and furnishes it.
    pub fn start() -> Self {
        Self { program: Program::python("moto_serve.py") }
    }

    /// The URL of something on it, for whatever service the signature names: `/errand-tests/hello.txt`.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.program.told("/url"))
    }

    /// The region everything is in.
    pub fn region(&self) -> String {
        self.program.told("/region")
    }

    /// The bucket's name.
    pub fn bucket(&self) -> String {
        self.program.told("/bucket")
    }

    /// The name of the secret in Secrets Manager.
    pub fn secret_name(&self) -> String {
        self.program.told("/secretName")
    }

    /// What that secret is.
    pub fn secret(&self) -> String {
        self.program.told("/secret")
    }

    /// The key of a user who may use S3, Secrets Manager and STS.
    pub fn key(&self) -> AwsKey {
        self.pair("key", None)
    }

    /// The key of a user who may nothing.
    pub fn powerless_key(&self) -> AwsKey {
        self.pair("powerless", None)
    }

    /// A temporary key with what [`Moto::key`] may.
    pub fn session_key(&self) -> AwsKey {
        self.pair("session", Some(self.program.told("/session/token")))
    }

    fn pair(&self, which: &str, token: Option<String>) -> AwsKey {
        let told = |part: &str| self.program.told(&format!("/{which}/{part}"));
        AwsKey { id: told("id"), secret: told("secret"), token }
    }
}
