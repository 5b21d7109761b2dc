use std::io::{Read as _, Write as _};

use age::armor::{ArmoredReader, ArmoredWriter, Format};
use age::{DecryptError, Decryptor, Encryptor};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Identity, Recipient, ShareError, armor};
use crate::Secret;

const FORMAT: &str = "errand-secrets";
const VERSION: u32 = 1;

/// What a file of shared secrets holds. Who sealed it is what they wrote themselves: whoever can
/// write the file can write any name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// Id of the workspace it was sealed in; another copy of it may have another one.
    pub workspace: String,
    /// A name for people.
    pub sealed_by: String,
    /// When, by their clock.
    pub sealed_at: Timestamp,
    /// The secrets.
    pub secrets: Vec<SharedSecret>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedSecret {
    /// Its environment; none for the collection's own.
    pub environment: Option<String>,
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Secret,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wire<T> {
    format: String,
    version: u32,
    workspace: String,
    sealed_by: String,
    sealed_at: Timestamp,
    secrets: Vec<T>,
}

#[derive(Serialize)]
struct Written<'a> {
    environment: Option<&'a str>,
    name: &'a str,
    value: &'a str,
}

#[derive(Deserialize)]
struct Found {
    environment: Option<String>,
    name: String,
    value: String,
}

#[derive(Deserialize)]
struct Head {
    format: String,
    version: serde_json::Number,
}

/// The armoured text for `.errand/secrets.age`, by environment and name. It differs each time,
/// also for the same secrets.
///
/// # Errors
/// [`ShareError::NoRecipients`]; [`ShareError::Sealing`] should not happen.
pub fn seal(shared: &Shared, recipients: &[Recipient]) -> Result<String, ShareError> {
    let sealing = |reason: String| ShareError::Sealing { reason };
    let people = recipients.iter().map(|one| &one.key as &dyn age::Recipient);
    let encryptor = Encryptor::with_recipients(people).map_err(|error| match error {
        age::EncryptError::MissingRecipients => ShareError::NoRecipients,
        other => sealing(other.to_string()),
    })?;
    let json = written(shared).map_err(|error| sealing(error.to_string()))?;
    let encrypted = ArmoredWriter::wrap_output(Vec::new(), Format::AsciiArmor)
        .and_then(|armour| encryptor.wrap_output(armour))
        .and_then(|mut writer| writer.write_all(&json).map(|()| writer))
        .and_then(age::stream::StreamWriter::finish)
        .and_then(ArmoredWriter::finish)
        .map_err(|error| sealing(error.to_string()))?;
    String::from_utf8(encrypted).map_err(|error| sealing(error.to_string()))
}

/// What the text holds.
///
/// # Errors
/// [`ShareError::NotARecipient`], [`ShareError::Damaged`], [`ShareError::Newer`].
pub fn open(text: &str, identity: &Identity) -> Result<Shared, ShareError> {
    let armoured = armor::checked(text)?;
    let decryptor = Decryptor::new_buffered(ArmoredReader::new(armoured.as_bytes()));
    let key: &dyn age::Identity = &identity.0;
    let opened = decryptor.and_then(|file| file.decrypt(std::iter::once(key)));
    let mut reader = opened.map_err(|error| explain(&error, identity))?;
    // Longer than what comes out, so that nothing is left behind by growing.
    let mut json = Zeroizing::new(Vec::with_capacity(armoured.len()));
    reader
        .read_to_end(&mut json)
        .map_err(|_| damaged("its content was changed after it was sealed, or is cut off"))?;
    read(&json)
}

/// Whether this person can open the text; told by its head alone.
///
/// # Errors
/// [`ShareError::Damaged`], [`ShareError::Newer`].
pub fn is_sealed_for(text: &str, identity: &Identity) -> Result<bool, ShareError> {
    let armoured = armor::checked(text)?;
    let decryptor = Decryptor::new_buffered(ArmoredReader::new(armoured.as_bytes()));
    let key: &dyn age::Identity = &identity.0;
    match decryptor.and_then(|file| file.decrypt(std::iter::once(key))) {
        Ok(_) => Ok(true),
        Err(DecryptError::NoMatchingKeys) => Ok(false),
        Err(error) => Err(explain(&error, identity)),
    }
}

fn written(shared: &Shared) -> serde_json::Result<Zeroizing<Vec<u8>>> {
    let mut secrets: Vec<Written<'_>> = shared
        .secrets
        .iter()
        .map(|one| Written {
            environment: one.environment.as_deref(),
            name: &one.name,
            value: one.value.expose(),
        })
        .collect();
    secrets.sort_by_key(|one| (one.environment, one.name));
    // An escaped character takes six bytes at most; growing would leave a copy behind.
    let text =
        |one: &Written<'_>| one.environment.map_or(0, str::len) + one.name.len() + one.value.len();
    let room = secrets.iter().map(|one| 6 * text(one) + 128).sum::<usize>();
    let heads = 6 * (shared.workspace.len() + shared.sealed_by.len()) + 512;
    let mut json = Zeroizing::new(Vec::with_capacity(room + heads));
    let wire = Wire {
        format: FORMAT.to_owned(),
        version: VERSION,
        workspace: shared.workspace.clone(),
        sealed_by: shared.sealed_by.clone(),
        sealed_at: shared.sealed_at,
        secrets,
    };
    serde_json::to_writer_pretty(&mut *json, &wire)?;
    json.push(b'\n');
    Ok(json)
}

fn read(json: &[u8]) -> Result<Shared, ShareError> {
    // Texts of serde_json's errors can hold what it read: only the place is told.
    let wrong = |error: &serde_json::Error| {
        let (line, column) = (error.line(), error.column());
        damaged(&format!(
            "what was sealed is not what Errand writes (line {line}, column {column} of it)"
        ))
    };
    let head: Head = serde_json::from_slice(json).map_err(|error| wrong(&error))?;
    if head.format != FORMAT {
        return Err(damaged("what was sealed is not a list of Errand's secrets"));
    }
    if head.version.as_u64() != Some(u64::from(VERSION)) {
        return Err(ShareError::Newer { version: head.version.to_string() });
    }
    let wire: Wire<Found> = serde_json::from_slice(json).map_err(|error| wrong(&error))?;
    let secret = |found: Found| SharedSecret {
        environment: found.environment.filter(|name| !name.is_empty()),
        name: found.name,
        value: Secret::new(found.value),
    };
    Ok(Shared {
        workspace: wire.workspace,
        sealed_by: wire.sealed_by,
        sealed_at: wire.sealed_at,
        secrets: wire.secrets.into_iter().map(secret).collect(),
    })
}

fn explain(error: &DecryptError, identity: &Identity) -> ShareError {
    match error {
        DecryptError::NoMatchingKeys => {
            ShareError::NotARecipient { public_key: identity.public_key() }
        }
        DecryptError::UnknownFormat => {
            ShareError::Newer { version: "of age that is unknown".to_owned() }
        }
        DecryptError::InvalidMac => {
            damaged("its list of recipients was changed after it was sealed")
        }
        DecryptError::InvalidHeader => damaged("its head cannot be read"),
        other => damaged(other.to_string().trim_end_matches('.')),
    }
}

fn damaged(reason: &str) -> ShareError {
    ShareError::Damaged { line: None, reason: reason.to_owned() }
}
