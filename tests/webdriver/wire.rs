//! JSON over HTTP to the driver (<https://www.w3.org/TR/webdriver2/>).

use std::time::Duration;

use serde_json::Value;
use ureq::Agent;

/// Why the driver did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The driver said no; `kind` is one of the specification's error codes, such as `stale element reference`.
    #[error("{kind}: {message}")]
    Said {
        /// The error code.
        kind: String,
        /// What the driver adds to it.
        message: String,
    },
    /// The driver could not be asked at all.
    #[error("the driver does not answer: {0}")]
    Silent(#[from] ureq::Error),
    /// The driver's answer is not JSON.
    #[error("the driver's answer is not JSON: {0}")]
    Garbled(#[from] serde_json::Error),
}

impl Refusal {
    /// Whether the page has replaced the element that was asked about (WebDriver §6.6).
    pub fn is_stale(&self) -> bool {
        let gone = ["stale element reference", "no such element", "detached shadow root"];
        matches!(self, Self::Said { kind, .. } if gone.contains(&kind.as_str()))
    }
}

/// A connection to one driver.
#[derive(Debug)]
pub struct Wire {
    agent: Agent,
    base: String,
}

/// No single command may take longer; a page that hangs must fail the test, not hang it.
const LONGEST: Duration = Duration::from_secs(60);
/// A screenshot of a large window is a few MB of base64.
const LARGEST: u64 = 64 << 20;

impl Wire {
    /// To the driver on that loopback port.
    pub fn to(port: u16) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(LONGEST))
            .proxy(None)
            .build()
            .into();
        Self { agent, base: format!("http://127.0.0.1:{port}") }
    }

    /// Reads.
    pub fn get(&self, path: &str) -> Result<Value, Refusal> {
        answer(self.agent.get(format!("{}{path}", self.base)).call()?)
    }

    /// Does.
    pub fn post(&self, path: &str, body: &Value) -> Result<Value, Refusal> {
        let request =
            self.agent.post(format!("{}{path}", self.base)).content_type("application/json");
        answer(request.send(serde_json::to_vec(body)?)?)
    }

    /// Ends.
    pub fn delete(&self, path: &str) -> Result<Value, Refusal> {
        answer(self.agent.delete(format!("{}{path}", self.base)).call()?)
    }
}

fn answer(mut response: ureq::http::Response<ureq::Body>) -> Result<Value, Refusal> {
    let bytes = response.body_mut().with_config().limit(LARGEST).read_to_vec()?;
    let mut answer: Value = serde_json::from_slice(&bytes)?;
    let value = answer.get_mut("value").map(Value::take).unwrap_or_default();
    if response.status().is_success() {
        return Ok(value);
    }
    let text = |key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    Err(Refusal::Said { kind: text("error"), message: text("message") })
}
