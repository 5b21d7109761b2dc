//! Cookies sent, set and expired (RFC 6265).

use http::StatusCode;
use http::header::{LOCATION, SET_COOKIE};
use serde_json::{Value, json};

use super::received::object;
use crate::answer::{Outcome, Refusal, empty, json_answer, set};
use crate::call::Call;

pub(crate) fn cookies(call: &Call) -> Outcome {
    match (call.text(1), call.path.len()) {
        ("", _) => Ok(json_answer(&json!({ "cookies": Value::Object(object(&call.cookies())) }))),
        ("set", 4) => change(&[(call.text(2), call.text(3))], "Path=/"),
        ("set", _) => change(&pairs(call), "Path=/"),
        _ => change(
            &pairs(call).iter().map(|(name, _)| (*name, "")).collect::<Vec<_>>(),
            "Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        ),
    }
}

fn pairs(call: &Call) -> Vec<(&str, &str)> {
    call.query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

fn change(pairs: &[(&str, &str)], attributes: &str) -> Outcome {
    let mut answer = empty(StatusCode::FOUND);
    set(&mut answer, LOCATION, "/cookies")?;
    for (name, value) in pairs {
        let broken = |text: &str| text.contains([';', ',', '\r', '\n']);
        if name.is_empty() || name.contains(['=', ' ']) || broken(name) || broken(value) {
            return Err(Refusal::bad(format!("{name:?} with value {value:?} cannot be a cookie.")));
        }
        set(&mut answer, SET_COOKIE, &format!("{name}={value}; {attributes}"))?;
    }
    Ok(answer)
}
