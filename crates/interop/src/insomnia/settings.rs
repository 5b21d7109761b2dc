//! How a request is sent.

use errand_model::RequestSettings;
use serde_json::{Value, json};

use crate::Scribe;
use crate::fields::{flag, text};

/// Reads `settings`; what Insomnia does anyway is left open.
pub(super) fn read(item: &Value, scribe: &mut Scribe<'_>) -> RequestSettings {
    let Some(settings) = item.get("settings") else { return RequestSettings::default() };
    let cookies = settings.get("cookies").unwrap_or(&Value::Null);
    let (send, store) = (flag(cookies, "send"), flag(cookies, "store"));
    if (send == Some(false)) != (store == Some(false)) {
        scribe.set_aside(
            "cookies",
            "sending and storing them is one setting here",
            "extensions.insomnia",
        );
    }
    for (key, why) in [
        ("renderRequestBody", "variables in bodies are always filled in"),
        ("rebuildPath", "paths are sent as they are written"),
    ] {
        if flag(settings, key) == Some(false) {
            scribe.set_aside(key, why, "extensions.insomnia");
        }
    }
    RequestSettings {
        encode_url: (flag(settings, "encodeUrl") == Some(false)).then_some(false),
        follow_redirects: match text(settings, "followRedirects") {
            "on" => Some(true),
            "off" => Some(false),
            _ => None,
        },
        use_cookies: (send == Some(false)).then_some(false),
        ..RequestSettings::default()
    }
}

/// The settings as Insomnia wants them, all of them; null when none is set.
pub(super) fn write(settings: &RequestSettings, scribe: &mut Scribe<'_>) -> Value {
    let RequestSettings { encode_url, follow_redirects, use_cookies, .. } = settings;
    let ours = RequestSettings {
        encode_url: *encode_url,
        follow_redirects: *follow_redirects,
        use_cookies: *use_cookies,
        ..RequestSettings::default()
    };
    if *settings != ours {
        scribe.not_carried(
            "settings",
            "Insomnia has timeouts, TLS checks and HTTP versions for the app as a whole",
        );
    }
    if ours == RequestSettings::default() {
        return Value::Null;
    }
    let redirects = match follow_redirects {
        None => "global",
        Some(true) => "on",
        Some(false) => "off",
    };
    let cookies = use_cookies.unwrap_or(true);
    json!({
        "renderRequestBody": true,
        "encodeUrl": encode_url.unwrap_or(true),
        "followRedirects": redirects,
        "cookies": { "send": cookies, "store": cookies },
        "rebuildPath": true
    })
}
