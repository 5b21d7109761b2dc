//! Devices without a browser (RFC 8628): a code shown there, entered here.

use std::time::Duration;

use http::{Method, StatusCode};
use serde_json::json;

use super::client::authenticate;
use super::fault::Fault;
use super::page::{decision, page};
use super::state::{Device, DeviceState, field, form, grant, issuer, random};
use super::token::{INTERVAL, USER};
use crate::answer::{Answer, Outcome, Refusal, json_answer};
use crate::call::Call;

const LIFE: Duration = Duration::from_secs(600);
/// Letters that nobody takes for another, and that spell nothing.
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";

/// §3.1. With `approve=1` nobody needs to enter the code.
pub(crate) async fn begin(call: &mut Call) -> Result<Answer, Fault> {
    let form = form(call).await?;
    let client = authenticate(call, &form)?;
    let approved = field(&form, "approve") == Some("1");
    let (code, user_code) = (random()?, user_code()?);
    let device = Device {
        user_code: user_code.clone(),
        grant: grant(&form, client, Some(USER))?,
        state: if approved { DeviceState::Allowed } else { DeviceState::Waiting },
        polled: None,
    };
    call.site.oauth.kept().devices.put(&code, device, LIFE);
    let page = format!("{}/device", issuer(call));
    Ok(json_answer(&json!({
        "device_code": code,
        "user_code": user_code,
        "verification_uri": page,
        "verification_uri_complete": format!("{page}?user_code={user_code}"),
        "expires_in": LIFE.as_secs(),
        "interval": INTERVAL.as_secs(),
    })))
}

/// §3.3.
pub(crate) async fn verify(call: &mut Call) -> Outcome {
    let mut fields = call.query.clone();
    if call.method == Method::POST {
        fields.extend(form(call).await?);
    }
    let given = field(&fields, "user_code").unwrap_or_default().to_uppercase();
    let Some(decided) = field(&fields, "decision") else {
        return Ok(ask("Enter the code that the device shows.", &given));
    };
    let allowed = decided == "allow";
    let user = field(&fields, "user").unwrap_or(USER);
    let mut kept = call.site.oauth.kept();
    let waiting =
        |device: &&mut Device| device.user_code == given && device.state == DeviceState::Waiting;
    let Some(device) = kept.devices.values_mut().find(waiting) else {
        return Ok(ask(
            "No device waits with this code. Look again, or start anew on the device.",
            "",
        ));
    };
    device.grant.user = Some(user.to_owned());
    device.state = if allowed { DeviceState::Allowed } else { DeviceState::Denied };
    let heading = if allowed { "The device is let in" } else { "The device is kept out" };
    Ok(page(StatusCode::OK, heading, "You can close this page.", ""))
}

fn ask(text: &str, code: &str) -> Answer {
    let asked = [("user_code", "Code", code), ("user", "Your name", USER)];
    page(StatusCode::OK, "Let a device in?", text, &decision("/oauth/device", &[], &asked))
}

fn user_code() -> Result<String, Refusal> {
    let letters: Vec<char> = random()?
        .bytes()
        .take(8)
        .map(|byte| char::from(LETTERS[usize::from(byte) % LETTERS.len()]))
        .collect();
    let (first, last) = letters.split_at(4);
    Ok(format!("{}-{}", String::from_iter(first), String::from_iter(last)))
}
