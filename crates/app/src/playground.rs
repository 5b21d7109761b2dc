//! The playground, started when a request is for it.

use errand_playground::Playground;
use tokio::sync::Mutex;

use crate::wire::WireError;

/// The port that the example workspace is written for.
pub const PORT: u16 = 4747;

/// The URL that the example workspace is written for.
pub fn fixed_url() -> String {
    format!("http://127.0.0.1:{PORT}")
}

/// The playground of this process, once somebody wanted it.
#[derive(Default)]
pub struct OnDemand(Mutex<Option<Playground>>);

impl OnDemand {
    /// Starts it if it does not run. Returns its URL, and whether it was started now.
    pub async fn start(&self) -> Result<(String, bool), WireError> {
        let mut running = self.0.lock().await;
        if let Some(playground) = &*running {
            return Ok((playground.url(), false));
        }
        let playground = Playground::start(Some(PORT)).await.map_err(|error| {
            WireError::new("playground", format!("The playground could not listen on port {PORT}: {error}."))
                .hint("Another program may use the port. Stop it, or run `errand playground --port N` and set base_url.")
        })?;
        let url = playground.url();
        *running = Some(playground);
        Ok((url, true))
    }

    /// Starts it when `url` is for it. A port in use is no error here: another window's playground
    /// may be the one that answers, and if not, the request's own error says so.
    pub async fn start_for(&self, url: &str) -> Option<String> {
        let url = url::Url::parse(url).ok()?;
        let loopback = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        if !loopback || url.port() != Some(PORT) {
            return None;
        }
        self.start().await.ok().and_then(|(url, started)| started.then_some(url))
    }

    /// Its URL, if it runs and nobody is starting it right now.
    pub fn url(&self) -> Option<String> {
        self.0.try_lock().ok().and_then(|running| running.as_ref().map(Playground::url))
    }
}
