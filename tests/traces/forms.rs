//! The forms that a text may be written in.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

/// Each form with its name: as it is and in one case, escaped for a URL, in JSON and XML, in UTF-16 (as web views
/// keep strings), in hexadecimal, and in base64 at each of the three places it can start. Each once.
pub fn named_forms(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let percent = |keep: &dyn Fn(u8) -> bool| -> Vec<u8> {
        text.bytes()
            .flat_map(|b| if keep(b) { vec![b] } else { format!("%{b:02X}").into_bytes() })
            .collect()
    };
    let hex = text.bytes().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let json = serde_json::to_string(text).unwrap_or_default();
    let escaped = text.encode_utf16().fold(String::new(), |mut escaped, unit| {
        let _ = write!(escaped, "\\u{unit:04x}");
        escaped
    });
    let xml = text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let mut forms = vec![
        ("raw", text.as_bytes().to_vec()),
        ("lower case", text.to_ascii_lowercase().into_bytes()),
        ("upper case", text.to_ascii_uppercase().into_bytes()),
        ("percent-encoded", percent(&|b| b.is_ascii_alphanumeric())),
        ("percent-encoded", percent(&|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b))),
        ("percent-encoded", percent(&|b| b.is_ascii_graphic() && !b"\"<>&#+%".contains(&b))),
        ("percent-encoded whole", percent(&|_| false)),
        ("form-encoded", text.replace(' ', "+").into_bytes()),
        ("UTF-16 LE", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16 BE", text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ("hexadecimal", hex.to_uppercase().into_bytes()),
        ("hexadecimal", hex.into_bytes()),
        ("JSON", json.trim_matches('"').as_bytes().to_vec()),
        ("JSON escapes", escaped.into_bytes()),
        ("XML", xml.into_bytes()),
        ("reversed", text.bytes().rev().collect()),
    ];
    for before in ["", "x", "xx"] {
        for (name, engine) in [("base64", STANDARD_NO_PAD), ("base64url", URL_SAFE_NO_PAD)] {
            let coded = engine.encode(format!("{before}{text}"));
            // The first letters and the last depend on what stands beside the text.
            let inner = coded.get(4..coded.len() - 2).unwrap_or_default();
            forms.push((name, inner.as_bytes().to_vec()));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    forms.retain(|(_, form)| seen.insert(form.clone()));
    forms
}

/// The same without names.
pub fn forms(text: &str) -> Vec<Vec<u8>> {
    named_forms(text).into_iter().map(|(_, form)| form).collect()
}
