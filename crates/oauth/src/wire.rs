use std::sync::{Mutex, PoisonError};

use errand_auth::{Clock, Http, HttpRequest, HttpResponse, Secret};
use jiff::Timestamp;

use crate::server_error::clean;
use crate::{Error, Ports};

/// One flow's view of the ports; knows what it has hidden, so that no server's words show it again.
pub(crate) struct Wire<'a> {
    http: &'a dyn Http,
    clock: &'a dyn Clock,
    hidden: Mutex<Vec<(Secret, String)>>,
}

/// Shorter texts are not looked for in a server's words: they would hit by chance.
const SHORTEST: usize = 4;

impl<'a> Wire<'a> {
    pub fn new(ports: &Ports<'a>) -> Self {
        Self { http: ports.http, clock: ports.clock, hidden: Mutex::default() }
    }

    /// From here on shown as `{{name}}`.
    pub fn hide(&self, secret: &Secret, name: &str) {
        if secret.is_empty() {
            return;
        }
        let shown = format!("{{{{{name}}}}}");
        self.http.hide(secret, &shown);
        let mut hidden = self.hidden.lock().unwrap_or_else(PoisonError::into_inner);
        hidden.push((secret.clone(), shown));
    }

    /// A server's words, safe to show.
    pub fn words(&self, text: &str) -> String {
        let mut text = text.to_owned();
        let mut hidden = self.hidden.lock().unwrap_or_else(PoisonError::into_inner);
        // A secret that holds a shorter one is replaced whole.
        hidden.sort_by_key(|(secret, _)| std::cmp::Reverse(secret.len()));
        for (secret, shown) in hidden.iter().filter(|(secret, _)| secret.len() >= SHORTEST) {
            text = text.replace(secret.expose(), shown);
        }
        clean(&text)
    }

    pub fn now(&self) -> Timestamp {
        // Out of the years 1 to 9999 only when the clock is broken; the epoch makes every check fail.
        Timestamp::try_from(self.clock.now()).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    pub async fn send(&self, request: HttpRequest) -> Result<HttpResponse, Error> {
        let step = request.title;
        self.http
            .send(request)
            .await
            .map_err(|error| Error::Http { step, reason: self.words(&error.0) })
    }

    pub async fn get(&self, title: &'static str, url: &str) -> Result<HttpResponse, Error> {
        let accept = ("Accept".to_owned(), Secret::from("application/json"));
        let request = HttpRequest {
            title,
            method: "GET",
            url: url.to_owned(),
            headers: vec![accept],
            body: None,
        };
        self.send(request).await
    }
}
