use errand_auth::Secret;

use crate::process::Program;
use crate::{Error, Machine, text};

const OP: Program = Program {
    name: "op",
    hint: "Get the 1Password CLI from https://developer.1password.com/docs/cli/get-started.",
};

/// `op read op://vault/item/field`
pub(crate) async fn read(
    reference: &str,
    account: &str,
    machine: &Machine,
    limit: usize,
) -> Result<Secret, Error> {
    if !reference.starts_with("op://") {
        let reason = format!("is not op://vault/item/field but \"{reference}\"");
        return Err(Error::Invalid { field: "reference", reason });
    }
    let mut arguments = vec!["read", "--no-newline", reference];
    let account = format!("--account={account}");
    if account != "--account=" {
        arguments.push(&account);
    }
    let what = format!("1Password's {reference}");
    let ended = OP.run(&arguments, machine, limit, &what).await?;
    if ended.status.success() {
        return text::secret(&ended.output, &what);
    }
    let said = message(&ended.said);
    let has = |words: &[&str]| words.iter().any(|word| said.to_ascii_lowercase().contains(word));
    Err(
        if has(&[
            "not currently signed in",
            "not signed in",
            "no accounts configured",
            "authorization",
            "session expired",
            "biometric",
        ]) {
            Error::Locked {
            what: "1Password".to_owned(),
            said,
            unlock: "Unlock the 1Password app and turn on its CLI integration, or sign in with `eval $(op signin)` before starting Errand.".to_owned(),
        }
        } else if has(&["isn't a field", "does not have a field", "no field", "isn't a section"]) {
            let field = reference.rsplit('/').next().unwrap_or_default();
            Error::NoField {
                what: format!("The 1Password item of {reference}"),
                field: format!("field \"{field}\""),
                hint: format!("It said: {said}."),
            }
        } else if has(&[
            "isn't an item",
            "isn't a vault",
            "could not find item",
            "isn't an account",
            "found no account",
        ]) {
            Error::NotFound { what: reference.to_owned(), hint: format!("1Password said: {said}.") }
        } else {
            ended.failed(&what)
        },
    )
}

/// `[ERROR] 2025/08/08 15:24:36 could not …` without its head.
fn message(said: &str) -> String {
    let rest = said.strip_prefix("[ERROR] ").unwrap_or(said);
    rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '/' | ':' | ' ')).to_owned()
}
