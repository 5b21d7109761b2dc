//! A certificate as people read it.

use std::fmt::Write as _;
use std::net::IpAddr;

use serde::Serialize;
use sha2::{Digest, Sha256};
use x509_parser::prelude::{FromDer, GeneralName, X509Certificate};

/// One certificate of the server's chain (RFC 5280).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Certificate {
    /// Whom it is for.
    pub subject: String,
    /// Who signed it.
    pub issuer: String,
    /// The host names and addresses it is for.
    pub names: Vec<String>,
    /// Valid from: seconds since 1970.
    pub not_before: i64,
    /// Valid until: seconds since 1970.
    pub not_after: i64,
    /// The serial number, in hexadecimal.
    pub serial: String,
    /// The fingerprint, in hexadecimal.
    pub sha256: String,
}

impl Certificate {
    pub(crate) fn read(der: &[u8]) -> Self {
        let sha256 = hex(&Sha256::digest(der));
        let Ok((_, x509)) = X509Certificate::from_der(der) else {
            return Self { sha256, ..Self::default() };
        };
        let names = x509.subject_alternative_name().ok().flatten();
        Self {
            subject: x509.subject().to_string(),
            issuer: x509.issuer().to_string(),
            names: names
                .map(|san| san.value.general_names.iter().filter_map(name).collect())
                .unwrap_or_default(),
            not_before: x509.validity().not_before.timestamp(),
            not_after: x509.validity().not_after.timestamp(),
            serial: hex(x509.raw_serial()),
            sha256,
        }
    }

    pub(crate) fn is_self_signed(&self) -> bool {
        self.subject == self.issuer
    }
}

fn name(name: &GeneralName<'_>) -> Option<String> {
    match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        GeneralName::IPAddress(bytes) => match bytes.len() {
            4 => <[u8; 4]>::try_from(*bytes).ok().map(|bytes| IpAddr::from(bytes).to_string()),
            _ => <[u8; 16]>::try_from(*bytes).ok().map(|bytes| IpAddr::from(bytes).to_string()),
        },
        _ => None,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// `14 March 2025`, in UTC.
pub(crate) fn day(seconds: i64) -> Option<String> {
    let time = jiff::Timestamp::from_second(seconds).ok()?;
    Some(time.strftime("%-d %B %Y").to_string())
}
