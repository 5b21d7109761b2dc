use errand_auth::Secret;

use crate::process::{Ended, Program};
use crate::{Error, Machine, files, text};

const PASS: Program =
    Program { name: "pass", hint: "Install the package `pass` (https://www.passwordstore.org)." };

/// `pass show ENTRY`: its first line, or the line `field: value`.
pub(crate) async fn show(
    entry: &str,
    field: &str,
    machine: &Machine,
    limit: usize,
) -> Result<Secret, Error> {
    let what = format!("The entry \"{entry}\" of pass");
    if is_folder(entry, machine) {
        let hint = "It is a folder: write an entry in it.".to_owned();
        return Err(Error::NotFound { what: format!("entry \"{entry}\" in pass"), hint });
    }
    let ended = PASS.run(&["show", "--", entry], machine, limit, &what).await?;
    if !ended.status.success() {
        return Err(explain(&ended, entry, &what));
    }
    let content = text::secret(&ended.output, &what)?;
    let mut lines = content.expose().lines();
    let first = lines.next().unwrap_or_default();
    if field.is_empty() {
        return Ok(Secret::from(first));
    }
    let pairs: Vec<(&str, &str)> =
        lines.filter_map(|line| line.split_once(':')).map(|(k, v)| (k.trim(), v.trim())).collect();
    let found = pairs
        .iter()
        .find(|(key, _)| *key == field)
        .or_else(|| pairs.iter().find(|(key, _)| key.eq_ignore_ascii_case(field)));
    found.map(|(_, value)| Secret::from(*value)).ok_or_else(|| Error::NoField {
        what,
        field: format!("line \"{field}: …\""),
        hint: files::known(pairs.iter().map(|(key, _)| (*key).to_owned()).collect()),
    })
}

/// Of a folder `pass` prints a picture, which is no password.
fn is_folder(entry: &str, machine: &Machine) -> bool {
    let store = match machine.raw("PASSWORD_STORE_DIR").filter(|dir| !dir.is_empty()) {
        Some(folder) => Some(folder.into()),
        None => machine.in_home(".password-store"),
    };
    store.is_some_and(|store| {
        store.join(entry).is_dir() && !store.join(format!("{entry}.gpg")).is_file()
    })
}

fn explain(ended: &Ended, entry: &str, what: &str) -> Error {
    let said = ended.said.clone();
    let has = |words: &str| said.to_ascii_lowercase().contains(words);
    if has("not in the password store") || has("password store is empty") {
        let hint = "`pass ls` shows the entries there are.".to_owned();
        Error::NotFound { what: format!("entry \"{entry}\" in pass"), hint }
    } else if has("gpg:") {
        let unlock = format!(
            "Run `pass show {entry}` in a terminal once: gpg asks for your key's passphrase there and remembers it."
        );
        Error::Locked { what: "The key that pass encrypts for".to_owned(), said, unlock }
    } else {
        ended.failed(what)
    }
}
