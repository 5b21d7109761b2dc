//! What is asked before anything is fetched, or kept in the keychain.

use std::io::IsTerminal as _;

use errand_app::wire::{ImportHost, ImportPreview, ImportSecret, SecretDecision};

use crate::exit::Failure;
use crate::output::{escape::line, message};
use crate::place::{Core, Interrupt};

use super::stopped;

/// Addresses that are shown of a host.
const MOST_ADDRESSES: usize = 10;

/// What becomes of the credentials that were found. At a terminal they are named and asked about;
/// elsewhere they go to the keychain. Without one they are left out.
pub fn secrets(
    core: &Core,
    interrupt: &mut Interrupt,
    preview: &ImportPreview,
) -> Result<Vec<SecretDecision>, Failure> {
    if preview.secrets.is_empty() {
        return Ok(Vec::new());
    }
    for secret in &preview.secrets {
        message::note(&named(secret));
    }
    let count = match preview.secrets.len() {
        1 => "This credential".to_owned(),
        count => format!("These {count} credentials"),
    };
    let has_keychain = core.session.has_keychain();
    if !has_keychain {
        message::warning(&format!(
            "{count} will be left out: there is no keychain, and credentials are written to no file. Set them later with errand secret set, or hand them to a run with --env-var."
        ));
    }
    let keep = if !has_keychain {
        Keep::None
    } else if at_terminal() {
        answered(core, interrupt, &count)?
    } else {
        message::note(&format!("{count} will go to the system's keychain, and into no file."));
        Keep::All
    };
    let mut decisions = Vec::new();
    for secret in &preview.secrets {
        let keep = match keep {
            Keep::All => true,
            Keep::None => false,
            Keep::Each => {
                let question = format!("Keep {}? [Y/n] ", line(&secret.name));
                yes(core, interrupt, &question, true)?
            }
        };
        decisions.push(SecretDecision { id: secret.id, keep, name: secret.name.clone() });
    }
    Ok(decisions)
}

#[derive(Clone, Copy)]
enum Keep {
    All,
    None,
    Each,
}

fn answered(core: &Core, interrupt: &mut Interrupt, count: &str) -> Result<Keep, Failure> {
    let question = format!(
        "{count} can be kept in the system's keychain, or left out. Keep? [Y]es, [n]o, ask for [e]ach: "
    );
    Ok(match read(core, interrupt, &question)?.as_str() {
        "" | "y" | "yes" => Keep::All,
        "e" | "each" => Keep::Each,
        _ => Keep::None,
    })
}

fn named(secret: &ImportSecret) -> String {
    let place =
        if secret.place.is_empty() { String::new() } else { format!(" in {}", secret.place) };
    let of = secret.environment.as_ref().map(|name| format!(" of {name}")).unwrap_or_default();
    format!("  {}{place}: becomes {{{{{}}}}}{of}", secret.what, secret.name)
}

/// Whether something is fetched from a host. Where nobody can be asked, only from those that were
/// allowed.
pub fn host(
    core: &Core,
    interrupt: &mut Interrupt,
    wanted: &ImportHost,
    allowed: &[String],
) -> Result<bool, Failure> {
    let addresses = match wanted.urls.len() {
        1 => "an address".to_owned(),
        count => format!("{count} addresses"),
    };
    message::note(&format!("It refers to {addresses} at {}:", wanted.host));
    for url in wanted.urls.iter().take(MOST_ADDRESSES) {
        message::note(&format!("  {url}"));
    }
    if allowed.iter().any(|host| host.eq_ignore_ascii_case(&wanted.host)) {
        return Ok(true);
    }
    if !at_terminal() {
        message::warning(&format!(
            "Nothing was fetched from there; what refers to it is incomplete. With --allow-host {} it is fetched.",
            wanted.host
        ));
        return Ok(false);
    }
    yes(core, interrupt, &format!("Fetch from {}? [y/N] ", line(&wanted.host)), false)
}

fn at_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

fn yes(
    core: &Core,
    interrupt: &mut Interrupt,
    question: &str,
    unless: bool,
) -> Result<bool, Failure> {
    Ok(match read(core, interrupt, question)?.as_str() {
        "" => unless,
        answer => matches!(answer, "y" | "yes"),
    })
}

/// What is answered. Who ends the input or interrupts the question wants nothing to be done.
fn read(core: &Core, interrupt: &mut Interrupt, question: &str) -> Result<String, Failure> {
    message::say(question);
    let (answer, answered) = tokio::sync::oneshot::channel();
    // A thread of its own, because nothing makes it stop reading when the answer is Ctrl+C.
    std::thread::spawn(move || {
        let mut text = String::new();
        let read = std::io::stdin().read_line(&mut text).map(|_| text);
        answer.send(read).ok()
    });
    let text = core.wait(async {
        tokio::select! {
            text = answered => text.ok(),
            () = interrupt.heard() => None,
        }
    });
    match text.transpose()? {
        Some(text) if !text.is_empty() => Ok(text.trim().to_lowercase()),
        _ => {
            message::say("\n");
            Err(stopped())
        }
    }
}
