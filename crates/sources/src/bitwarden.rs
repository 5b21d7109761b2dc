use errand_auth::Secret;
use serde_json::Value;

use crate::json::{self, Wiped};
use crate::process::{Ended, Program};
use crate::{Error, Machine, files, text};

const BW: Program =
    Program { name: "bw", hint: "Get the Bitwarden CLI from https://bitwarden.com/help/cli/." };

/// Fields that `bw get` knows by name.
const OWN: [&str; 5] = ["password", "username", "totp", "notes", "uri"];

/// `bw get password ITEM`, or a custom field of `bw get item ITEM`.
pub(crate) async fn get(
    item: &str,
    field: &str,
    machine: &Machine,
    limit: usize,
) -> Result<Secret, Error> {
    let field = if field.is_empty() { "password" } else { field };
    let object = if OWN.contains(&field) { field } else { "item" };
    let what = format!("Bitwarden's item \"{item}\"");
    // An item may be called like an option.
    let arguments = ["--nointeraction", "get", object, "--", item];
    let ended = BW.run(&arguments, machine, limit, &what).await?;
    if !ended.status.success() {
        return Err(explain(&ended, item, field, &what));
    }
    if object != "item" {
        return text::secret(&ended.output, &what);
    }
    let bad = || Error::BadAnswer { what: what.clone(), reason: "it is not JSON".to_owned() };
    custom(&Wiped::parse(&ended.output).ok_or_else(bad)?, field, &what)
}

fn custom(item: &Wiped, field: &str, what: &str) -> Result<Secret, Error> {
    let fields = item.0.get("fields").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let name = |entry: &Value| entry.get("name").and_then(Value::as_str).map(str::to_owned);
    let found = fields.iter().find(|entry| name(entry).as_deref() == Some(field));
    match found.and_then(|entry| entry.get("value")).filter(|value| !value.is_null()) {
        Some(value) => Ok(json::text(value)),
        None => Err(Error::NoField {
            what: what.to_owned(),
            field: format!("custom field \"{field}\""),
            hint: files::known(fields.iter().filter_map(name).collect()),
        }),
    }
}

fn explain(ended: &Ended, item: &str, field: &str, what: &str) -> Error {
    let said = ended.said.clone();
    let has = |words: &str| said.to_ascii_lowercase().contains(words);
    let locked = |unlock: &str| Error::Locked {
        what: "Bitwarden".to_owned(),
        said: said.clone(),
        unlock: unlock.to_owned(),
    };
    if has("vault is locked") || has("master password") {
        locked("Run `export BW_SESSION=$(bw unlock --raw)` and start Errand from that terminal.")
    } else if has("not logged in") {
        locked(
            "Run `bw login`, then `export BW_SESSION=$(bw unlock --raw)`, and start Errand from that terminal.",
        )
    } else if has("more than one result") {
        let hint =
            "Several items match this name: write the item's id (`bw list items --search NAME`).";
        Error::NotFound { what: format!("single Bitwarden item \"{item}\""), hint: hint.to_owned() }
    } else if has("available for this") || has("not a login") {
        Error::NoField {
            what: what.to_owned(),
            field: field.to_owned(),
            hint: format!("Bitwarden said: {said}."),
        }
    } else if has("not found") {
        // `bw get password` says so, too, of an item without a password.
        let hint =
            format!("There is no such item, or it has no {field}; `bw sync` fetches new items.");
        Error::NotFound { what: format!("{field} of a Bitwarden item \"{item}\""), hint }
    } else {
        ended.failed(what)
    }
}
