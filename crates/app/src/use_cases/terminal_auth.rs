//! What the command line asks about credentials: whose they are, logging in and out.

use std::sync::Arc;

use errand_model::Auth;

use super::around::levels;
use crate::dispatch::EventSink;
use crate::errors;
use crate::session::Session;
use crate::wire::{AuthPlace, FinishLogin, LogIn, TokenView, WireError};

impl Session {
    /// The auth in force at a path: of a saved request, or of what would be in a folder; empty is
    /// the top. Blocks.
    pub fn auth_place(&self, path: &str) -> Result<AuthPlace, WireError> {
        let opened = self.opened()?;
        if path.is_empty() || opened.workspace.root().join(path).is_dir() {
            // Seen from inside, so that the folder's own variables are in sight.
            let path = if path.is_empty() { String::new() } else { format!("{path}/-") };
            levels(&opened.workspace, &path)?;
            return Ok(AuthPlace { path, auth: Auth::Inherit, request: None });
        }
        let read = opened.workspace.read_request(path);
        let (request, _) = read.map_err(|error| errors::workspace(&error))?;
        let auth = request.auth.clone();
        Ok(AuthPlace { path: path.to_owned(), auth, request: Some(request) })
    }

    /// What is known of the token there.
    pub async fn token_at(self: &Arc<Self>, place: AuthPlace) -> Result<TokenView, WireError> {
        self.token(place).await
    }

    /// Logs in; `login` names it for [`Session::stop`] and [`Session::finish_login_by_hand`]. What it
    /// waits for is told to `events`.
    pub async fn log_in_at(
        self: &Arc<Self>,
        login: &str,
        place: AuthPlace,
        events: EventSink,
    ) -> Result<TokenView, WireError> {
        self.log_in(LogIn { login: login.to_owned(), place }, events.typed()).await
    }

    /// Hands in what the browser's address bar said at the end of a login.
    pub async fn finish_login_by_hand(&self, login: &str, url: String) -> Result<(), WireError> {
        self.finish_login(FinishLogin { login: login.to_owned(), url }).await.map(drop)
    }

    /// Refreshes the token there, whether due or not.
    pub async fn refresh_at(self: &Arc<Self>, place: AuthPlace) -> Result<TokenView, WireError> {
        self.refresh_token(place).await
    }

    /// Has the provider revoke the token there, and forgets it.
    pub async fn revoke_at(self: &Arc<Self>, place: AuthPlace) -> Result<TokenView, WireError> {
        self.revoke_token(place).await
    }

    /// Asks the provider what the token there is worth; its answer as JSON.
    pub async fn introspect_at(self: &Arc<Self>, place: AuthPlace) -> Result<String, WireError> {
        self.introspect_token(place).await.map(|answer| answer.text)
    }

    /// Forgets the token there.
    pub async fn log_out_at(self: &Arc<Self>, place: AuthPlace) -> Result<TokenView, WireError> {
        self.log_out(place).await
    }
}
