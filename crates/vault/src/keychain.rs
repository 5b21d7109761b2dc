//! What differs between the platforms' keychains.

use std::collections::HashMap;
use std::sync::Arc;

use keyring_core::Error as Theirs;
use keyring_core::api::CredentialStore;

use crate::Error;

/// Whether the keychain is there, asked without causing a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Health {
    Open,
    Locked,
}

#[cfg(target_os = "macos")]
pub(crate) fn connect() -> keyring_core::Result<Arc<CredentialStore>> {
    apple_native_keyring_store::keychain::Store::new().map(|store| store as Arc<CredentialStore>)
}

#[cfg(windows)]
pub(crate) fn connect() -> keyring_core::Result<Arc<CredentialStore>> {
    windows_native_keyring_store::Store::new().map(|store| store as Arc<CredentialStore>)
}

#[cfg(not(any(target_os = "macos", windows)))]
pub(crate) fn connect() -> keyring_core::Result<Arc<CredentialStore>> {
    zbus_secret_service_keyring_store::Store::new().map(|store| store as Arc<CredentialStore>)
}

/// The attributes to find every entry of a service by.
pub(crate) fn search_by(service: &str) -> HashMap<&str, &str> {
    // Windows searches by a pattern over its own names; there all are listed and compared.
    if cfg!(windows) { HashMap::new() } else { HashMap::from([("service", service)]) }
}

/// A connection to ask by how the keychain is.
#[cfg(not(any(target_os = "macos", windows)))]
pub(crate) struct Line(secret_service::blocking::SecretService<'static>);

#[cfg(not(any(target_os = "macos", windows)))]
impl Line {
    pub(crate) fn open() -> Result<Self, Error> {
        use secret_service::{EncryptionType, blocking::SecretService};
        SecretService::connect(EncryptionType::Plain).map(Self).map_err(|e| explain_service(&e))
    }

    /// Asks for the default keyring: without one, the Secret Service answers "no such entry" to
    /// every read, which looks as if a secret had never been set.
    pub(crate) fn health(&self) -> Result<Health, Error> {
        let keyring = self.0.get_default_collection().map_err(|e| explain_service(&e))?;
        let locked = keyring.is_locked().map_err(|e| explain_service(&e))?;
        Ok(if locked { Health::Locked } else { Health::Open })
    }
}

#[cfg(any(target_os = "macos", windows))]
pub(crate) struct Line;

#[cfg(any(target_os = "macos", windows))]
impl Line {
    pub(crate) fn open() -> Result<Self, Error> {
        connect().map(|_| Self).map_err(|e| explain(&e))
    }

    pub(crate) fn health(&self) -> Result<Health, Error> {
        Ok(Health::Open)
    }
}

/// Whether a prompt could be shown to somebody.
pub(crate) fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    cfg!(any(target_os = "macos", windows)) || set("WAYLAND_DISPLAY") || set("DISPLAY")
}

/// What the library's error means here. Texts of it that hold stored bytes are not used.
pub(crate) fn explain(error: &Theirs) -> Error {
    let bad = |reason: &str| Error::BadAnswer { reason: reason.to_owned() };
    match error {
        Theirs::PlatformFailure(cause) => {
            explain_cause(cause.as_ref(), |reason| Error::NoKeychain { reason })
        }
        Theirs::NoStorageAccess(cause) => explain_cause(cause.as_ref(), |_| Error::Locked),
        Theirs::BadEncoding(_) => bad("the value is not text"),
        Theirs::BadDataFormat(..) => bad("the value cannot be decoded"),
        Theirs::BadStoreFormat(_) => bad("the keychain itself is damaged"),
        Theirs::Ambiguous(_) => bad("there are several entries of this name"),
        Theirs::TooLong(what, limit) => {
            bad(&format!("{what} is longer than the {limit} characters it takes"))
        }
        Theirs::Invalid(what, why) => bad(&format!("{what} {why}")),
        Theirs::NoDefaultStore | Theirs::NotSupportedByStore(_) => {
            Error::NoKeychain { reason: error.to_string() }
        }
        _ => bad("an unknown kind of error"),
    }
}

#[cfg(not(any(target_os = "macos", windows)))]
fn explain_cause(
    cause: &(dyn std::error::Error + 'static),
    _: impl FnOnce(String) -> Error,
) -> Error {
    match cause.downcast_ref::<secret_service::Error>() {
        Some(error) => explain_service(error),
        None => Error::BadAnswer { reason: cause.to_string() },
    }
}

#[cfg(any(target_os = "macos", windows))]
fn explain_cause(
    cause: &(dyn std::error::Error + 'static),
    otherwise: impl FnOnce(String) -> Error,
) -> Error {
    otherwise(cause.to_string())
}

#[cfg(not(any(target_os = "macos", windows)))]
fn explain_service(error: &secret_service::Error) -> Error {
    use secret_service::Error as Service;
    match error {
        Service::Locked | Service::Prompt | Service::PromptDisconnected => Error::Locked,
        Service::NoResult => Error::NoKeychain {
            reason: "there is a Secret Service, but no default keyring in it".to_owned(),
        },
        Service::Unavailable => {
            Error::NoKeychain { reason: "no D-Bus session or no Secret Service".to_owned() }
        }
        Service::Zbus(error) => explain_bus(error),
        Service::ZbusFdo(error) => explain_fdo(error),
        Service::Crypto(what) => Error::BadAnswer { reason: format!("decryption failed: {what}") },
        other => Error::BadAnswer { reason: other.to_string() },
    }
}

/// An error before anyone answered means that no one is there; one in the answer, a bad answer.
#[cfg(not(any(target_os = "macos", windows)))]
fn explain_bus(error: &zbus::Error) -> Error {
    use zbus::Error as Bus;
    match error {
        Bus::InputOutput(_) | Bus::Connection(..) | Bus::Address(_) | Bus::Handshake(_) => {
            Error::NoKeychain { reason: error.to_string() }
        }
        Bus::FDO(error) => explain_fdo(error),
        Bus::MethodError(name, text, _) => {
            let reason = text.clone().unwrap_or_else(|| name.to_string());
            match name.as_str() {
                "org.freedesktop.Secret.Error.IsLocked" => Error::Locked,
                "org.freedesktop.DBus.Error.ServiceUnknown"
                | "org.freedesktop.DBus.Error.NameHasNoOwner"
                | "org.freedesktop.DBus.Error.NoReply"
                | "org.freedesktop.DBus.Error.Disconnected" => Error::NoKeychain { reason },
                name if name.starts_with("org.freedesktop.DBus.Error.Spawn.") => {
                    Error::NoKeychain { reason }
                }
                _ => Error::BadAnswer { reason },
            }
        }
        other => Error::BadAnswer { reason: other.to_string() },
    }
}

#[cfg(not(any(target_os = "macos", windows)))]
fn explain_fdo(error: &zbus::fdo::Error) -> Error {
    use zbus::fdo::Error as Fdo;
    match error {
        Fdo::ServiceUnknown(_)
        | Fdo::NameHasNoOwner(_)
        | Fdo::NoReply(_)
        | Fdo::NoServer(_)
        | Fdo::Disconnected(_)
        | Fdo::SpawnExecFailed(_)
        | Fdo::SpawnFailed(_)
        | Fdo::SpawnServiceNotFound(_) => Error::NoKeychain { reason: error.to_string() },
        Fdo::ZBus(error) => explain_bus(error),
        other => Error::BadAnswer { reason: other.to_string() },
    }
}
