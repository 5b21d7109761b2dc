use errand_interop::{Line, Source};

use super::Credential;
use super::texts::Texts;
use crate::importing::outline::Outline;
use crate::literals::in_text;
use crate::wire::WireError;

/// What is shown in the place of a value that has no name.
const HIDDEN: &str = "••••••";
/// How many lines before a mistake are looked at for what its message may quote, and after it.
const AROUND: (usize, usize) = (50, 5);

/// Takes credentials out of what is shown before anything is written.
pub struct Mask<'c>(Option<Texts<'c>>);

impl<'c> Mask<'c> {
    /// For these, by the names that they were given.
    pub fn of(credentials: &'c [Credential]) -> Result<Self, WireError> {
        if credentials.is_empty() {
            return Ok(Self(None));
        }
        let names: Vec<String> = credentials.iter().map(|one| one.name.clone()).collect();
        Texts::new(credentials, &names).map(Some).map(Self)
    }

    /// A name or a sentence: an ordinary word that is also a password stays in it.
    pub fn name(&self, name: &str) -> String {
        self.0.as_ref().and_then(|texts| texts.in_name(name)).unwrap_or_else(|| name.to_owned())
    }

    /// A text in which values stand, such as an address.
    pub fn text(&self, text: &str) -> String {
        self.0.as_ref().and_then(|texts| texts.in_text(text)).unwrap_or_else(|| text.to_owned())
    }

    /// The items as they are listed, with their places.
    pub fn outline(&self, outline: &mut Outline) {
        let Some(texts) = &self.0 else { return };
        for node in &mut outline.nodes {
            let masked = texts.in_name(&node.name);
            set(&mut node.name, masked);
            if let Some(url) = &mut node.url {
                let masked = texts.in_text(url);
                set(url, masked);
            }
        }
        for place in &mut outline.places {
            let masked = texts.in_name(place);
            set(place, masked);
        }
    }

    /// Lines of a receipt.
    pub fn lines(&self, lines: &mut [Line]) {
        for line in lines {
            // What was not carried is nowhere in the collection, and so is no credential of it.
            hide(&mut line.item, "");
            let Some(texts) = &self.0 else { continue };
            for text in [&mut line.place, &mut line.item, &mut line.note] {
                let masked = texts.in_name(text);
                set(text, masked);
            }
        }
    }
}

/// Takes what looks like a credential, at the place of a mistake, out of the message about it.
pub fn without_quotations(mut error: WireError, source: &Source) -> WireError {
    let place = error.place.as_ref();
    let file = place.and_then(|place| place.file.as_deref()).unwrap_or_default();
    let line = place.and_then(|place| place.line).map_or(0, |line| line as usize);
    let entry = source.entries.iter().find(|entry| entry.path == file);
    let text = entry.or(source.single()).and_then(|entry| entry.text().ok()).unwrap_or_default();
    let lines = text.lines().skip(line.saturating_sub(AROUND.0)).take(AROUND.0 + AROUND.1);
    let around = lines.collect::<Vec<_>>().join("\n");
    hide(&mut error.message, &around);
    error
}

fn hide(text: &mut String, around: &str) {
    let mut found = in_text(text);
    found.extend(in_text(around));
    for one in found {
        if text.contains(&one.literal) {
            *text = text.replace(&one.literal, HIDDEN);
        }
    }
}

fn set(text: &mut String, changed: Option<String>) {
    if let Some(changed) = changed {
        *text = changed;
    }
}
