use std::fmt;
use std::path::PathBuf;

/// What a workspace, which somebody else may have written, wants done on this machine to have a
/// secret's value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Access {
    /// Run this command, exactly as it is here: variables are filled in.
    Command(String),
    /// Read this file, which is outside the workspace. Links are followed.
    File(PathBuf),
    /// Show one's own credentials to this server, which the workspace names and the user's
    /// environment does not.
    Server {
        /// Whose credentials: `Vault token`, `AWS keys`.
        credentials: &'static str,
        /// Scheme, host and port.
        address: String,
    },
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Command(command) => write!(f, "run the command `{command}`"),
            Self::File(path) => {
                write!(f, "read the file {}, which is outside of it", path.display())
            }
            Self::Server { credentials, address } => {
                write!(f, "use your {credentials} at {address}")
            }
        }
    }
}

/// Says what the user has approved. Asked each time, before anything is done.
pub trait Approvals: Send + Sync {
    /// Whether the user approved this for this workspace. What is not known is not approved.
    fn approved(&self, access: &Access) -> bool;
}

impl<F: Fn(&Access) -> bool + Send + Sync> Approvals for F {
    fn approved(&self, access: &Access) -> bool {
        self(access)
    }
}
